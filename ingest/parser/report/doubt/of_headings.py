"""What tells that a heading may be none: see `features.py`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ingest.parser.document import Block
from ingest.parser.language.demands import is_demand, leaning
from ingest.parser.language.lead_ins import Strength, strength
from ingest.parser.language.sentences import can_end_title, ends_sentence
from ingest.parser.profile import type_of
from ingest.parser.report.doubt.context import Whole, is_prose, like_title
from ingest.parser.report.doubt.features import CONTACT, ENDS, YEAR, Sign, medium_of, size_of


@dataclass(slots=True)
class Headed:
    """A heading, and what stands right above and below it."""

    block: Block
    above: Block | None
    below: Block | None
    whole: Whole


OF_HEADING: dict[str, Callable[[Headed], Sign]] = {}


def of_heading(function: Callable[[Headed], Sign]) -> Callable[[Headed], Sign]:
    """Enter a sign of headings, by the function's name."""
    OF_HEADING[function.__name__.replace("_", " ")] = function
    return function


@of_heading
def made_by(seen: Headed) -> Sign:
    """Tell what made a heading of a paragraph; a tag or type of its own vouches for it, its shape alone does not."""
    return f"{seen.block.by or 'mark'}{', tagged' if seen.block.heading_level else ''}"


@of_heading
def medium(seen: Headed) -> Sign:
    """Tell what the file says of its lines."""
    return medium_of(seen.whole)


@of_heading
def reads(seen: Headed) -> Sign:
    """Tell what its wording would say of an entry."""
    return leaning(seen.block.text).name.lower()


@of_heading
def ends_in(seen: Headed) -> Sign:
    """Tell which sign it ends in."""
    return ENDS.get(seen.block.text[-1:], "stop" if ends_sentence(seen.block.text) else False)


@of_heading
def size(seen: Headed) -> Sign:
    """Tell how long it is."""
    return size_of(seen.block)


@of_heading
def stands_below(seen: Headed) -> Sign:
    """Tell what stands right above it."""
    return kind_of(seen.above)


@of_heading
def stands_above(seen: Headed) -> Sign:
    """Tell what stands right below it."""
    return kind_of(seen.below)


@of_heading
def stands_between(seen: Headed) -> Sign:
    """Tell what stands on both sides of it."""
    return f"{kind_of(seen.above)} and {kind_of(seen.below)}"


@of_heading
def no_gap(seen: Headed) -> Sign:
    """Tell whether no white space stands above it, and this does."""
    return False if seen.block.gap else f"{seen.block.by}, {kind_of(seen.above)}"


@of_heading
def numbered(seen: Headed) -> Sign:
    """Tell whether it has a number."""
    return seen.block.number is not None


@of_heading
def unsigned_among_signed(seen: Headed) -> Sign:
    """Tell whether nothing but its shape makes it one, and the file marks most others."""
    whole = seen.whole
    return whole.signed * 2 > whole.headings and seen.block.by != "sign" and not seen.block.heading_level


@of_heading
def type_unlike_others(seen: Headed) -> Sign:
    """Tell whether it is set otherwise than most headings."""
    return seen.whole.heading_type is not None and type_of(seen.block.pieces[0]) != seen.whole.heading_type


@of_heading
def lower_case(seen: Headed) -> Sign:
    """Tell whether it begins in lower case."""
    return seen.block.text[:1].islower()


@of_heading
def says(seen: Headed) -> Sign:
    """Tell what it would say of a list as a lead-in."""
    found = strength(seen.block.text)
    return False if found is Strength.OPEN else found.name.lower()


@of_heading
def in_a_list(seen: Headed) -> Sign:
    """Tell whether items stand on both sides of it: with one mark, or with several."""
    above, below = seen.above, seen.below
    if above is None or below is None or above.kind != "item" or below.kind != "item":
        return False
    marks = "marks alike" if above.mark == below.mark else "marks unlike"
    return f"{marks}{', short entries' if like_title(above.text) else ''}"


@of_heading
def reach_it_by(seen: Headed) -> Sign:
    """Tell whether an address or a telephone number stands in it."""
    return bool(CONTACT.search(seen.block.text))


@of_heading
def year(seen: Headed) -> Sign:
    """Tell whether a year stands in it, or it ends in a number."""
    return seen.block.text[-1:].isdigit() or bool(YEAR.search(seen.block.text))


@of_heading
def names_the_document(seen: Headed) -> Sign:
    """Tell whether it names the document."""
    return seen.block.names_document


@of_heading
def ends_like_no_title(seen: Headed) -> Sign:
    """Tell whether it ends in a word or sign that no title ends in."""
    return not can_end_title(seen.block.text)


@of_heading
def sentence_that_asks(seen: Headed) -> Sign:
    """Tell whether it says what is to be done, as a sentence of running text does."""
    return is_demand(seen.block.text)


@of_heading
def in_a_box(seen: Headed) -> Sign:
    """Tell whether it stands in a box beside the text."""
    return seen.block.first.line.aside > 0


def kind_of(block: Block | None) -> str:
    """Return what a block is, in a word or two."""
    if block is None:
        return "nothing"
    if block.kind == "text":
        return "prose" if is_prose(block.text) else "short line"
    return block.kind
