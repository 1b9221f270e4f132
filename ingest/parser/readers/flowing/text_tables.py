"""Plain text that shows a table: which of its lines are rows.

The cells of a row stand apart by three spaces or more, and those of several rows begin in one place or are figures that
end in one. A mark or a number with its words behind it is a list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest.parser.language.markers import mark_of

MIN_ROWS = 3
"""Rows: fewer are a line of a letter, or the head of a page. Chosen."""

_ROW = re.compile(r"\s*(?P<first>\S.*?\S) {3,}(?P<last>\S.*)")
_LETTERS = re.compile(r"[^\W\d_]{3}")
_FIGURE = re.compile(r"[-–+]?\d[\d., ]*\s?\S*")


def rows_of_tables(lines: Sequence[str]) -> set[int]:
    """Return the places of the lines that are rows of a table; blank lines may stand between them."""
    found = set[int]()
    for run in _runs(lines):
        if len(run) >= MIN_ROWS:
            found.update(run)
    return found


def _runs(lines: Sequence[str]) -> Iterator[list[int]]:
    """Yield the places of lines, one after the other, whose last cells stand below each other."""
    run: list[int] = []
    above: re.Match[str] | None = None
    for place, line in enumerate(lines):
        if not line or line.isspace():
            continue
        cells = _ROW.fullmatch(line.rstrip()) if "   " in line else None
        if cells is not None and (not _LETTERS.search(cells["first"]) or mark_of(cells["first"] + " a")):
            cells = None
        if cells is None or above is None or not _aligned(above, cells):
            yield run
            run = []
        if cells is not None:
            run.append(place)
        above = cells
    yield run


def _aligned(above: re.Match[str], cells: re.Match[str]) -> bool:
    """Return whether the cells of two rows begin in one place, or are figures that end in one."""
    if above.start("last") == cells.start("last"):
        return True
    return above.end() == cells.end() and bool(_FIGURE.fullmatch(cells["last"]))
