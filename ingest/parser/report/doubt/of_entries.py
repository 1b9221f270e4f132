"""What tells that an entry may be wrong: see `features.py`. The limits are chosen, and the weights make up for them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from ingest.parser.document import Block
from ingest.parser.language.demands import Leaning
from ingest.parser.language.lead_ins import is_lead_in, lists_other
from ingest.parser.language.markers import is_mere_sign, mark_of
from ingest.parser.language.sentences import ends_sentence
from ingest.parser.profile import type_of
from ingest.parser.report.doubt.context import SHORT, Run, is_prose, like_title
from ingest.parser.report.doubt.features import CONTACT, ENDS, Sign, below, size_of
from programmes.norwegian.sentences import sentence_starts

_NUMBER_IN_WORD = re.compile(r"\d(?:(?<=[a-zæøå]{3}\d)|[a-zæøå]{4,})")
_INNER_MARK = re.compile(r" (?:[•●▪■◦·*–—-] +\w|\d{1,2}[.)] +[A-ZÆØÅ])")
_CAPITAL_WITHIN = re.compile(r" (?<=[a-zæøå]{3} )(?!Norge|Noreg)[A-ZÆØÅ][a-zæøå]")


@dataclass(slots=True)
class Seen:
    """An entry in its run."""

    block: Block
    run: Run
    place: int
    """Its place in the run, from 0."""

    @property
    def text(self) -> str:
        """The words of the entry."""
        return self.block.text


OF_ENTRY: dict[str, tuple[Callable[[Seen], Sign], Callable[[Run], object]]] = {}
"""The signs of entries, each with a test of the whole run: where that fails no entry has the sign."""


def of_entry(
    where: Callable[[Run], object] = lambda run: True,
) -> Callable[[Callable[[Seen], Sign]], Callable[[Seen], Sign]]:
    """Enter a sign of entries, by the function's name; it is looked for only in runs that pass the test."""

    def enter(function: Callable[[Seen], Sign]) -> Callable[[Seen], Sign]:
        OF_ENTRY[function.__name__.replace("_", " ")] = (function, where)
        return function

    return enter


@of_entry()
def reads(seen: Seen) -> Sign:
    """Tell what the wording says of the entry."""
    return seen.run.leanings[seen.place].name.lower()


@of_entry(lambda run: len(set(run.leanings)) > 1)
def reads_unlike_others(seen: Seen) -> Sign:
    """Tell whether it asks for nothing where most do, or for something where few do."""
    asks = seen.run.leanings[seen.place] is Leaning.DEMAND
    return (not asks and seen.run.demands >= 0.8) or (asks and seen.run.demands < 0.2)


@of_entry(lambda run: len(run.blocks) > 1)
def place(seen: Seen) -> Sign:
    """Tell whether it is the first or last of several."""
    last = len(seen.run.blocks) - 1
    return bool(last) and ("first" if not seen.place else "last" if seen.place == last else False)


@of_entry(lambda run: len(run.blocks) > 1 and run.below is not None)
def last_before(seen: Seen) -> Sign:
    """Tell whether it is the last of several, and this stands below."""
    if seen.place != len(seen.run.blocks) - 1 or not seen.place:
        return False
    return below(seen.run) if seen.run.below is not None else False


@of_entry(lambda run: 0 < run.stops < 1)
def stop_unlike_others(seen: Seen) -> Sign:
    """Tell whether it ends in a stop where most don't, or in none where most do."""
    stopped = ends_sentence(seen.text)
    return (stopped and seen.run.stops < 0.34) or (not stopped and seen.run.stops > 0.66)


@of_entry(lambda run: 0 < run.lower < 1)
def case_unlike_others(seen: Seen) -> Sign:
    """Tell whether it begins with a capital where most don't, or in lower case where most do not."""
    lower = seen.text[:1].islower()
    return (lower and seen.run.lower < 0.34) or (not lower and seen.run.lower > 0.66)


@of_entry(lambda run: max(run.lengths) > 2.5 * min(run.lengths) + 20)
def length_unlike_others(seen: Seen) -> Sign:
    """Tell whether it is much shorter or longer than the usual entry beside it."""
    here, usual = len(seen.text), seen.run.usual_length
    return "longer" if here > 2.5 * usual + 40 else "shorter" if 2.5 * here + 20 < usual else False


@of_entry()
def size(seen: Seen) -> Sign:
    """Tell how long it is."""
    return size_of(seen.block)


@of_entry(lambda run: not all(map(str.isalpha, run.begin)))
def begins_with(seen: Seen) -> Sign:
    """Tell whether it begins with a figure, or with a sign that is no letter."""
    first = seen.text[:1]
    return False if first.isalpha() else "a figure" if first.isdigit() else "a sign"


@of_entry(lambda run: ". " in run.words or "! " in run.words or "? " in run.words)
def sentences(seen: Seen) -> Sign:
    """Tell whether it has several sentences."""
    count = len(sentence_starts(seen.text)) if len(seen.text) > 40 else 0
    return "many" if count > 2 else "two" if count else False


@of_entry(lambda run: min(run.lengths) <= SHORT and run.demands < 1)
def could_be_title(seen: Seen) -> Sign:
    """Tell whether it is as short as a title, has no stop, and asks for nothing."""
    if not like_title(seen.text) or seen.run.leanings[seen.place] is Leaning.DEMAND:
        return False
    return "gap" if seen.block.gap else True


@of_entry(lambda run: any(block.gap > 0 for block in run.blocks[1:]))
def gap_within(seen: Seen) -> Sign:
    """Tell whether white space stands above it, as above few others of its run."""
    return seen.place > 0 and seen.block.gap > 0


@of_entry(lambda run: not run.end.isdisjoint(ENDS))
def ends_in(seen: Seen) -> Sign:
    """Tell whether it ends in a colon, a question mark, a comma or a hyphen."""
    return ENDS.get(seen.text[-1:], False)


@of_entry(lambda run: ":" in run.words or "vil" in run.words)
def could_introduce(seen: Seen) -> Sign:
    """Tell whether it is a lead-in by its own words."""
    return is_lead_in(seen.text)


@of_entry(lambda run: _INNER_MARK.search(run.words))
def mark_within(seen: Seen) -> Sign:
    """Tell whether a mark stands within it."""
    found = _INNER_MARK.search(seen.text)
    return ("a dash" if found[0][1] in "–—-" else "a mark") if found else False


@of_entry(lambda run: _CAPITAL_WITHIN.search(run.words))
def capital_within(seen: Seen) -> Sign:
    """Tell whether a capital follows on a small letter in the middle of it, and whether a line begins there."""
    if not _CAPITAL_WITHIN.search(seen.text):
        return False
    return "at a line" if _capital_line(seen.block) else "in a line"


def _capital_line(block: Block) -> bool:
    return any(
        below.text[:1].isupper() and above.text[-1:].isalpha() for above, below in pairwise(block.pieces) if below.text
    )


@of_entry(lambda run: run.digits and _NUMBER_IN_WORD.search(run.words))
def number_in_a_word(seen: Seen) -> Sign:
    """Tell whether digits stand right behind the letters of a word."""
    return bool(_NUMBER_IN_WORD.search(seen.text))


@of_entry(lambda run: run.digits or "@" in run.words or "www" in run.words)
def reach_it_by(seen: Seen) -> Sign:
    """Tell whether an address or a telephone number stands in it."""
    return bool(CONTACT.search(seen.text))


@of_entry(lambda run: run.types > 1)
def type_unlike_others(seen: Seen) -> Sign:
    """Tell whether it is set otherwise than most of its run."""
    return type_of(seen.block.pieces[0]) != seen.run.type


@of_entry(lambda run: run.wrapped)
def types_within(seen: Seen) -> Sign:
    """Tell whether its lines are set in several types."""
    pieces = seen.block.pieces
    return len(pieces) > 1 and any(type_of(piece) != type_of(pieces[0]) for piece in pieces)


@of_entry(lambda run: run.wrapped)
def lines(seen: Seen) -> Sign:
    """Tell whether it has several lines, and one in the middle is short, or it runs over a page or column."""
    pieces = seen.block.pieces
    if len(pieces) < 2:
        return False
    widths = [len(piece.text) for piece in pieces[:-1]]
    if pieces[0].line.page != pieces[-1].line.page or pieces[0].line.region != pieces[-1].line.region:
        return "over a page"
    return "short line" if min(widths) < 0.6 * max(*widths, seen.run.whole.profile.width) else False


@of_entry(lambda run: run.wrapped)
def gap_in_the_middle(seen: Seen) -> Sign:
    """Tell whether white space stands between its lines."""
    return any(piece.gap for piece in seen.block.pieces[1:])


@lru_cache(maxsize=1024)
def _is_known(mark: str) -> bool:
    return mark_of(f"{mark} x") is not None or is_mere_sign(mark)


@of_entry(lambda run: 0 < run.unmarked < 1 or not all(map(_is_known, run.marks)))
def mark_is_odd(seen: Seen) -> Sign:
    """Tell whether its mark is none that the rules know, or unlike the others of its run."""
    if seen.block.marker is None:
        return "none among others" if seen.run.unmarked < 1 else False
    return False if _is_known(seen.block.mark) else "unknown"


@of_entry(lambda run: run.sort != "prose" and any(block.depth for block in run.blocks))
def depth(seen: Seen) -> Sign:
    """Tell whether it stands inside another."""
    return bool(seen.block.depth)


@of_entry(lambda run: run.demands < 1)
def opens_something_else(seen: Seen) -> Sign:
    """Tell whether its words open another list: candidates, contact, achievements."""
    asks = seen.run.leanings[seen.place] is Leaning.DEMAND
    return not asks and len(seen.text) <= 80 and lists_other(seen.text)


@of_entry(lambda run: run.sort == "prose")
def names_the_document(seen: Seen) -> Sign:
    """Tell whether it was taken for a title of the document."""
    return seen.block.names_document


@of_entry(lambda run: run.blocks[0].first.line.tag)
def table_row(seen: Seen) -> Sign:
    """Tell whether it is a row of a table."""
    return seen.block.is_row


@of_entry(lambda run: run.blocks[0].first.line.box)
def in_a_box(seen: Seen) -> Sign:
    """Tell whether it stands in a box beside the text."""
    return seen.block.first.line.aside > 0


@of_entry(lambda run: run.sort == "items" and any(block.dissent for block in run.blocks))
def is_a_dissent(seen: Seen) -> Sign:
    """Tell whether it stands under a dissent."""
    return bool(seen.block.dissent)


@of_entry(lambda run: run.sort == "prose")
def beside(seen: Seen) -> Sign:
    """Tell whether a paragraph of one line stands right beside a list."""
    if seen.run.sort != "prose" or is_prose(seen.text):
        return False
    above, below = seen.run.above, seen.run.below
    over = above is not None and not seen.place and above.kind == "item"
    under = below is not None and seen.place == len(seen.run.blocks) - 1 and below.kind in ("item", "lead_in")
    return "both" if over and under else "below a list" if over else "above a list" if under else "no list"
