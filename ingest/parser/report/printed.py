"""The numbers that the source itself prints: its page's, and its line's where lines are numbered.

They are furniture, and kept beside what stands there, because people quote by them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence

from ingest.parser.document import Line, Piece, Place, Printed
from ingest.parser.draft import Draft
from ingest.parser.values import replace

PAGE_NUMBERS = ("page number", "artifact", "running header", "page header", "page footer")
"""Reasons of furniture that may be a page's number."""
LINE_NUMBER = "line number"

_NUMBER = re.compile(r"\W*(?:side\s*)?(\d{1,5})(?:\s*(?:av|/|of)\s*\d{1,5})?\W*", re.IGNORECASE)
_DIGITS = re.compile(r"\d{1,5}")


def printed(draft: Draft) -> Draft:
    """Return the document with the printed number of each entry's page and first line beside the entry.

    A page in a file without pages of its own has none; of the two numbers of a spread it is the nearer one.
    """
    numbers: defaultdict[int, list[Piece]] = defaultdict(list)
    lines: dict[tuple[int, int], str] = {}
    on_page: defaultdict[int, list[Piece]] = defaultdict(list)
    for cut in draft.furniture:
        line = cut.piece.line
        if cut.why in PAGE_NUMBERS and _NUMBER.fullmatch(cut.piece.text):
            numbers[line.page].append(cut.piece)
        elif cut.why == LINE_NUMBER and (match := _DIGITS.search(cut.piece.text)):
            lines[line.page, line.number] = match[0]
            on_page[line.page].append(cut.piece)
    if not numbers and not lines:
        return draft
    begins = _by_place(draft.raw.lines)

    def of(place: Place) -> Printed:
        line = begins.get(place.begins)
        beside = lines.get(place.begins) or _beside(line, on_page[place.page_first])
        return Printed(_of_page(line, numbers[place.page_first]), beside)

    return replace(draft, entries=tuple(replace(entry, printed=of(entry.place)) for entry in draft.entries))


def _by_place(lines: Sequence[Line]) -> Mapping[tuple[int, int], Line]:
    return {(line.page, line.number): line for line in lines}


def _of_page(line: Line | None, pieces: Sequence[Piece]) -> str:
    """Return a page's number; of several, that of the nearest column, and none where that cannot be told."""
    found = {match[1]: piece for piece in pieces if (match := _NUMBER.fullmatch(piece.text))}
    if len(found) <= 1:
        return next(iter(found), "")
    if line is None or line.box is None or any(piece.line.box is None for piece in found.values()):
        return ""
    left = line.box.x0
    return min(found, key=lambda number: abs(_left(found[number]) - left))


def _left(piece: Piece) -> float:
    return piece.line.box.x0 if piece.line.box else 0.0


def _beside(line: Line | None, pieces: Sequence[Piece]) -> str:
    """Return the number that stands on a line's height, where numbers have lines of their own."""
    if line is None or line.box is None:
        return ""
    middle = (line.box.top + line.box.bottom) / 2
    boxes = ((piece.line.box, piece.text) for piece in pieces)
    found = next((text for box, text in boxes if box and box.top <= middle <= box.bottom), "")
    match = _DIGITS.search(found)
    return match[0] if match else ""
