"""Tables as CSV: æøå come whole, columns apart, and no cell is run as a formula."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence

Cell = str | int
BYTE_ORDER_MARK = "\ufeff"
"""Tells Excel that a CSV file is UTF-8."""
DELIMITER = ";"


class _Echo:
    """A file that gives back what is written to it, so that rows can be streamed."""

    def write(self, value: str) -> str:
        """Return the row."""
        return value


def _harmless(cell: Cell) -> Cell:
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell


def csv_lines(columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[str]:
    """Yield the lines of a CSV file, `;` between the cells, for to a Norwegian Excel `,` is part of a number."""
    yield BYTE_ORDER_MARK + csv_line(columns)
    yield from map(csv_line, rows)


def csv_line(cells: Sequence[Cell]) -> str:
    """Return a row of a CSV file, its line end with it."""
    return str(csv.writer(_Echo(), delimiter=DELIMITER).writerow(map(_harmless, cells)))
