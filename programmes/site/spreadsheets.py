"""Tables for spreadsheets, as CSV and XLSX: æøå come whole, columns apart, and no cell is run as a formula."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from tempfile import TemporaryFile

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from programmes.site.odd_input import cleaned

CSV = "text/csv; charset=utf-8"
BYTE_ORDER_MARK = "\ufeff"
"""Tells Excel that a CSV file is UTF-8."""
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST_CELL = 32_767
"""Characters that a cell of a spreadsheet holds."""
LONGEST_NAME = 31
"""Characters of the name of a sheet."""
PIECE = 64 * 1024
"""Bytes sent at a time."""
WIDE, USUAL, NARROW = 80, 22, 10
"""Widths of columns, in characters of the usual type."""
SHORT = 12
"""Characters of a first cell that makes its column narrow."""

ADDRESS = re.compile(r"https?://\S{1,2000}")
"""What becomes a link; a spreadsheet takes 2,079 characters, and 65,530 links on a sheet."""

Cell = str | int


class _Echo:
    """A file that gives back what is written to it, so that rows can be streamed."""

    def write(self, value: str) -> str:
        """Return the row."""
        return value


def csv_lines(columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[str]:
    """Yield the lines of a CSV file, `;` between the cells, for to a Norwegian Excel `,` is part of a number."""
    writer = csv.writer(_Echo(), delimiter=";")
    yield BYTE_ORDER_MARK + writer.writerow(columns)
    for row in rows:
        yield writer.writerow(map(_harmless, row))


def _harmless(cell: Cell) -> Cell:
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell


def workbook(
    *,
    name: str,
    columns: Sequence[str],
    rows: Iterable[Sequence[Cell]],
    about_name: str,
    about: Iterable[tuple[str, Cell]],
) -> Iterator[bytes]:
    """Yield a workbook as the bytes of a file: a sheet with a row of headings, and one that tells `about` it.

    An address (`https://…`) becomes a link; nothing becomes a formula. The rows go to a file on disk as they come, so
    memory holds one of them. `name` and `about_name` are what the sheets are called.
    """
    with TemporaryFile() as file:
        book = Workbook(file, {"constant_memory": True, "strings_to_formulas": False, "strings_to_numbers": False})
        bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
        sheet = book.add_worksheet(name[:LONGEST_NAME])
        _write_table(sheet, columns, rows, bold=bold, wrapped=wrapped)
        told = book.add_worksheet(about_name[:LONGEST_NAME])
        told.set_column(0, 0, USUAL)
        told.set_column(1, 1, WIDE, wrapped)
        for number, row in enumerate(about):
            _write_row(told, number, row, None)
        book.close()
        file.seek(0)
        while piece := file.read(PIECE):
            yield piece


def _write_table(
    sheet: Worksheet, columns: Sequence[str], rows: Iterable[Sequence[Cell]], *, bold: Format, wrapped: Format
) -> None:
    """Write headings that stay in sight, and the rows; the first row tells how wide its columns are."""
    sheet.freeze_panes(1, 0)
    last = 0
    for last, row in enumerate(rows, start=1):
        if last == 1:  # widths and headings come before any row, since rows are written for good
            for column, cell in enumerate(row):
                sheet.set_column(column, column, _width(cell))
            _write_row(sheet, 0, columns, bold)
        _write_row(sheet, last, row, wrapped)
    if not last:
        _write_row(sheet, 0, columns, bold)
    sheet.autofilter(0, 0, last, len(columns) - 1)


def _width(cell: Cell) -> int:
    length = len(str(cell))
    if isinstance(cell, str) and ADDRESS.fullmatch(cell):
        return USUAL
    return NARROW if length <= SHORT else USUAL if length <= 2 * USUAL else WIDE


def _write_row(sheet: Worksheet, number: int, row: Iterable[Cell], form: Format | None) -> None:
    for column, cell in enumerate(row):
        if isinstance(cell, int):
            sheet.write_number(number, column, cell, form)
        elif ADDRESS.fullmatch(cell):
            sheet.write_url(number, column, cell)
        else:
            sheet.write_string(number, column, cleaned(cell)[:LONGEST_CELL], form)
