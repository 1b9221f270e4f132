"""What tells that the parser may be wrong: one small function for each sign, of an entry, its run or a heading.

A function returns whether its sign is there, or in words how much of it; the words are then part of the sign's name.
No sign depends on one file's wording. How much each weighs was trained on documents whose right result is known: see
`model.py`. The limits are chosen: the weights make up for what they miss.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from ingest.parser.document import Block
from ingest.parser.language.demands import is_plain_demand
from ingest.parser.language.lead_ins import strength
from ingest.parser.profile import Medium
from ingest.parser.report.doubt.context import Run, Whole, is_prose

CONTACT = re.compile(r"@|www\.|https?:|\b\d\d ?\d\d ?\d\d ?\d\d\b|\b\d{4} [A-ZÆØÅ]")
YEAR = re.compile(r"\b(?:19|20)\d\d\b")

Sign = bool | str
OF_RUN: dict[str, Callable[[Run], Sign]] = {}


def of_run(function: Callable[[Run], Sign]) -> Callable[[Run], Sign]:
    """Enter a sign of runs, by the function's name."""
    OF_RUN[function.__name__.replace("_", " ")] = function
    return function


def share(value: float) -> str:
    """Return a share in words."""
    if value >= 0.8:
        return "nearly all"
    if value >= 0.5:
        return "most"
    return "some" if value >= 0.2 else "few" if value else "none"


def size_of(block: Block) -> str:
    """Return how long a block is, in words."""
    count = len(block.text)
    return next((name for most, name in SIZES if count <= most), "huge")


SIZES = ((12, "a word"), (30, "tiny"), (60, "short"), (120, "a line"), (300, "some lines"), (600, "long"))


ENDS: dict[str, Sign] = {":": "colon", "?": "question", ",": "comma", ";": "comma", "-": "hyphen", "!": "shout"}


@of_run
def medium(run: Run) -> Sign:
    """Tell what the file says of its lines."""
    return medium_of(run.whole)


def medium_of(whole: Whole) -> str:
    """Return what a file says of its lines, in words."""
    profile = whole.profile
    if profile.medium is not Medium.PLAIN:
        return str(profile.medium.value)
    return "plain, wrapped" if profile.width else "plain, tight" if profile.tight else "plain, paragraphs"


@of_run
def two_columns(run: Run) -> Sign:
    """Tell whether the text was taken out of two columns in the wrong order."""
    return run.whole.profile.two_columns


@of_run
def lead_ins_elsewhere(run: Run) -> Sign:
    """Tell how many lead-ins the document has."""
    count = run.whole.lead_ins
    return "none" if not count else "one" if count == 1 else "some" if count < 4 else "many"


@of_run
def document_of_marks(run: Run) -> Sign:
    """Tell how many of the document's items carry a mark."""
    return share(1 - run.whole.unmarked / run.whole.items) if run.whole.items else "no items"


@of_run
def ruled_by(run: Run) -> Sign:
    """Tell what decided that the list is one of pledges, or none."""
    return f"{run.blocks[0].ruled_by}, {margin_of(run.blocks[0])}" if run.blocks[0].ruled_by else False


def margin_of(block: Block) -> str:
    """Return by how much it was decided, in words."""
    margin = block.margin
    return "toss-up" if margin < 0.1 else "narrowly" if margin < 0.25 else "clearly" if margin < 0.5 else "plainly"


@of_run
def made_by(run: Run) -> Sign:
    """Tell what made entries of paragraphs."""
    return run.blocks[0].by or False


def _look_of(block: Block | None) -> str:
    """Return what stands right beside a run, in a word or two."""
    if block is None:
        return "nothing"
    if block.kind == "text":
        return "colon" if block.text.endswith(":") else "prose" if is_prose(block.text) else "short line"
    return block.kind


@of_run
def above(run: Run) -> Sign:
    """Tell what stands right above."""
    return _look_of(run.above)


@of_run
def words_above(run: Run) -> Sign:
    """Tell what the lead-in right above says, and whether it ends in a colon."""
    if run.strength is None or run.above is None:
        return False
    return f"{run.strength.name.lower()}{'' if run.above.text.endswith(':') else ', no colon'}"


@of_run
def lead_in_is_long(run: Run) -> Sign:
    """Tell whether the lead-in right above is more than a line."""
    return run.strength is not None and run.above is not None and len(run.above.text) > 120


@of_run
def rules_from_afar(run: Run) -> Sign:
    """Tell whether the entries have a lead-in that does not stand right above."""
    block = run.blocks[0]
    return bool(block.lead_in) and (run.above is None or run.above.kind != "lead_in")


@of_run
def heading_above_opens_other(run: Run) -> Sign:
    """Tell whether the heading above opens something else than pledges."""
    return run.heading is not None and strength(run.heading.text).opens_other


@of_run
def heading_above_asks(run: Run) -> Sign:
    """Tell whether the heading above ends in a colon or question mark, or asks for something."""
    text = run.heading.text if run.heading else ""
    return text[-1:] in (":", "?", "!") or bool(text and is_plain_demand(text))


@of_run
def below(run: Run) -> Sign:
    """Tell what stands right below."""
    return _look_of(run.below)


@of_run
def length(run: Run) -> Sign:
    """Tell how many entries stand together."""
    count = len(run.blocks)
    return "one" if count == 1 else "two" if count == 2 else "few" if count < 5 else "some" if count < 15 else "many"


@of_run
def usual_size(run: Run) -> Sign:
    """Tell how long a usual entry is, of one or of several: short paragraphs in a row may be a list."""
    size = next((name for most, name in SIZES if run.usual_length <= most), "huge")
    return f"{size}, {'one' if len(run.blocks) == 1 else 'several'}"


@of_run
def demands(run: Run) -> Sign:
    """Tell how many of the entries ask for something."""
    return share(run.demands)


@of_run
def plain_demands(run: Run) -> Sign:
    """Tell how many of the entries begin as no plain sentence does."""
    return share(run.plainly)


@of_run
def demands_unlike_document(run: Run) -> Sign:
    """Tell whether far fewer of the entries ask for something than of the document's items."""
    return run.whole.demands - run.demands > 0.4


@of_run
def lead_in_is_usual(run: Run) -> Sign:
    """Tell whether the lead-in that rules the entries recurs in the document, or stands alone among others that do."""
    found = run.whole.recurs(run.blocks[0].lead_in) if run.sort == "items" else 0
    if found > 2:
        return "usual"
    return "alone among usual ones" if found and run.whole.has_usual_lead_in else False


@of_run
def facts(run: Run) -> Sign:
    """Tell how many of the entries are facts."""
    return share(run.facts)


@of_run
def stops(run: Run) -> Sign:
    """Tell whether some entries end as sentences do, and others don't."""
    return 0 < run.stops < 1


@of_run
def cases(run: Run) -> Sign:
    """Tell whether some entries begin in lower case, and others don't."""
    return 0 < run.lower < 1


@of_run
def marks(run: Run) -> Sign:
    """Tell how the entries are marked: alike, as others in the document, or by no known mark."""
    if run.unmarked:
        return "none" if run.unmarked == 1 else "not all"
    if len(run.families) > 1:
        return "mixed"
    return "unlike others" if run.whole.family not in run.families else "alike"


@of_run
def under_a_bare_heading(run: Run) -> Sign:
    """Tell whether no item stands under the same heading."""
    return run.bare


@of_run
def no_heading_above(run: Run) -> Sign:
    """Tell whether no heading stands above."""
    return run.heading is None
