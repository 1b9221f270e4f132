"""How the source of a programme is cut into sheets: its pages, and long ones into stretches that fit a screen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from ingest.parser.document import Item, ParsedProgramme, Passage

LONGEST_PAGE = 120
"""Lines: a page with more, as a text file has, is shown in sheets."""
SHEET = 60
"""Lines of such a sheet, or a few more."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A stretch of the source that is shown at a time: a page, or a part of a long one."""

    number: int
    page: int
    first: int
    last: int

    def holds(self, page: int, line: int) -> bool:
        """Return whether a line stands on the sheet."""
        return page == self.page and self.first <= line <= self.last

    def meets(self, entry: Item | Passage) -> bool:
        """Return whether any of an entry stands on the sheet."""
        return entry.place.begins <= (self.page, self.last) and (self.page, self.first) <= entry.place.ends


def sheets_of(parsed: ParsedProgramme) -> list[Sheet]:
    """Return the sheets of a programme's source: its pages, long ones cut where a chapter begins or a line is empty."""
    places = [(line.page, line.number, line.text) for line in parsed.lines] or [
        (*entry.place.begins, entry.text) for entry in parsed.entries
    ]
    headings = {(section.page, section.line) for section in parsed.sections}
    sheets: list[Sheet] = []
    for page, on_page in groupby(sorted(set(places)), key=lambda place: place[0]):
        lines = [(number, text) for _page, number, text in on_page]
        begins = [0]
        if len(lines) > LONGEST_PAGE:
            for index, (number, text) in enumerate(lines):
                length = index - begins[-1]
                if (length >= SHEET / 2 and (page, number) in headings) or (
                    length >= SHEET and (not text.strip() or length >= 2 * SHEET)
                ):
                    begins.append(index)
        for begin, end in zip(begins, [*begins[1:], len(lines)], strict=True):
            sheets.append(Sheet(len(sheets) + 1, page, lines[begin][0], lines[end - 1][0]))
    return sheets or [Sheet(1, 1, 1, 1)]


def sheet_at(sheets: Sequence[Sheet], page: int, line: int) -> Sheet:
    """Return the sheet that a line stands on, else the last one before it."""
    before = [sheet for sheet in sheets if (sheet.page, sheet.first) <= (page, line)]
    return before[-1] if before else sheets[0]


def furniture_lines(parsed: ParsedProgramme) -> set[tuple[int, int]]:
    """Return the page and number of each line that is furniture as a whole."""
    texts = {(line.page, line.line): line.text for line in parsed.furniture}
    return {
        (line.page, line.number) for line in parsed.lines if texts.get((line.page, line.number)) == line.text.strip()
    }
