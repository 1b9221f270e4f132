"""The numbers that the source itself prints: its page's, and its line's where lines are numbered.

They are furniture, and kept beside what stands there, because people quote by them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import pairwise

from ingest.parser.document import Line, Piece, Place, Printed
from ingest.parser.draft import Draft
from ingest.parser.values import replace

PAGE_NUMBERS = ("page number", "artifact", "running header", "page header", "page footer")
"""Reasons of furniture that may be a page's number."""
LINE_NUMBER = "line number"

_NUMBER = re.compile(r"\W*(?:side\s*)?(\d{1,5})(?:\s*(?:av|/|of)\s*\d{1,5})?\W*", re.IGNORECASE)
_ROMAN = re.compile(
    r"\W*(?:[Ss]ide\s*)?((?=[ivxlc])l?x{0,4}(?:ix|iv|v?i{0,3})|(?=[IVXLC]{2})L?X{0,4}(?:IX|IV|V?I{0,3}))\W*"
)
"""A roman number up to 89, as the pages before a text have them; one capital alone may be anybody's mark."""
_DIGITS = re.compile(r"\d{1,5}")


def printed(draft: Draft) -> Draft:
    """Return the document with the printed number of each entry's page and first line beside the entry.

    A page in a file without pages of its own has none; of the two numbers of a spread it is the nearer one. A page
    between two that count alike is counted with them, whether it prints no number or another (a year, say).
    """
    numbers: defaultdict[int, list[Piece]] = defaultdict(list)
    lines: dict[tuple[int, int], str] = {}
    on_page: defaultdict[int, list[Piece]] = defaultdict(list)
    for cut in draft.furniture:
        line = cut.piece.line
        if cut.why in PAGE_NUMBERS and _number_in(cut.piece.text):
            numbers[line.page].append(cut.piece)
        elif cut.why == LINE_NUMBER and (match := _DIGITS.search(cut.piece.text)):
            lines[line.page, line.number] = match[0]
            on_page[line.page].append(cut.piece)
    for page, pieces in numbers.items():  # a page that has a number in digits has no other
        numbers[page] = [piece for piece in pieces if _number_in(piece.text).isdigit()] or pieces
    if not numbers and not lines:
        return draft
    by_place = _by_place(draft.raw.lines)
    counted = _counted(numbers)

    def page_of(place: tuple[int, int]) -> str:
        page, _number = place
        return counted.get(page) or _of_page(by_place.get(place), numbers.get(page, ()))

    def of(place: Place) -> Printed:
        line = by_place.get(place.begins)
        beside = lines.get(place.begins) or _beside(line, on_page[place.page_first])
        return Printed(page_of(place.begins), beside, page_of(place.ends))

    return replace(draft, entries=tuple(replace(entry, printed=of(entry.place)) for entry in draft.entries))


def _number_in(text: str) -> str:
    """Return the number of a page that a text is, in digits or in roman numerals; nothing where it is none."""
    match = _NUMBER.fullmatch(text) or _ROMAN.fullmatch(text)
    return match[1] if match else ""


def _counted(numbers: Mapping[int, Sequence[Piece]]) -> dict[int, str]:
    """Return the numbers of the pages that stand between two which count alike, one number for each page of the file.

    These two are the nearest on either side that print one number in digits, as far from the file's own count. Where
    a page's own number fits neither of them, it is no page number.
    """
    printed = {page: {_number_in(piece.text) for piece in pieces} for page, pieces in numbers.items()}
    ahead = {
        page: int(*found) - page for page, found in printed.items() if len(found) == 1 and all(map(str.isdigit, found))
    }
    pages = sorted(ahead)
    counted = {}
    for before, after in pairwise(pages):
        if ahead[before] == ahead[after]:
            between = [page for page in range(before + 1, after) if page not in printed]
            counted.update({page: str(page + ahead[before]) for page in between})
    for before, page, after in zip(pages, pages[1:], pages[2:], strict=False):
        if ahead[before] == ahead[after] != ahead[page]:
            counted[page] = str(page + ahead[before])
    return counted


def _by_place(lines: Sequence[Line]) -> Mapping[tuple[int, int], Line]:
    return {(line.page, line.number): line for line in lines}


def _of_page(line: Line | None, pieces: Sequence[Piece]) -> str:
    """Return a page's number; of several, that of the nearest column, and none where that cannot be told."""
    found = {_number_in(piece.text): piece for piece in pieces}
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
