"""What the file holds and its pages do not show as text, and what nobody can read: one remark for each kind."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from textwrap import shorten

from ingest.parser.document import Cut, Line, Problem

REMARKS = {
    # why it is furniture   what the editor reads
    "note number": "Hevet skrift er tatt for notetall og holdt utenfor teksten",
    "hidden text": "Tekst som ikke vises på siden, er holdt utenfor",
    "struck-out text": "Tekst med strek gjennom er holdt utenfor",
    "outside the page": "Tekst utenfor siden slik den vises, er holdt utenfor",
    "watermark": "Vannmerke er holdt utenfor",
}
_UNREADABLE = re.compile(r"\ufffd(?=\w)|(?<=\w)\ufffd|\ufffd{2}")
"""A letter that is lost; alone before white space it was a bullet."""


def remarks(furniture: Sequence[Cut]) -> Iterator[Problem]:
    """Yield one problem for each kind of text that is not shown or not read on, at its first place."""
    found: dict[str, list[Cut]] = defaultdict(list)
    for cut in furniture:
        if cut.why in REMARKS and any(map(str.isalnum, cut.piece.text)):
            found[cut.why].append(cut)
    for why, cuts in found.items():
        first = cuts[0].piece
        shown = shorten(first.text, 60, placeholder=" …")
        times = f"{len(cuts)} steder, først " if len(cuts) > 1 else ""
        message = f"{REMARKS[why]}: {times}«{shown}». Se etter i originalen."
        yield Problem(first.line.page, first.line.number, message, why)


def unreadable(lines: Sequence[Line]) -> Iterator[Problem]:
    """Yield a problem where a font or an encoding does not say which letters its signs are."""
    lost = [line for line in lines if "\ufffd" in line.text and _UNREADABLE.search(line.text)]
    if lost:
        message = (
            f"{len(lost)} linjer har tegn som filen ikke sier hvilke bokstaver er; de står som \ufffd. "
            "Skriv dem inn etter originalen, eller kjør tekstgjenkjenning (OCR) på filen."
        )
        yield Problem(lost[0].page, lost[0].number, message, "unreadable letters")
