"""Tables for spreadsheets: XLSX here, CSV by `programmes.csv_lines`; no cell is run as a formula."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from tempfile import TemporaryFile

from django.utils.translation import gettext as _
from xlsxwriter import Workbook

from programmes.csv_lines import Cell
from programmes.site.odd_input import cleaned

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"
WIDTHS = {"tekst": 80, "innledning": 30, "kapittel": 30, "program": 30}
"""Columns of a sheet that are wider than others, in characters."""
USUAL_WIDTH = 14
LONGEST_CELL = 32_767
"""Characters that a cell of a spreadsheet holds."""
PIECE = 64 * 1024
"""Bytes sent at a time."""


def workbook(columns: Sequence[str], rows: Iterable[Sequence[Cell]], *, title: str) -> bytes:
    """Return an XLSX file as `workbook_pieces` makes it."""
    return b"".join(workbook_pieces(columns, rows, title=title))


def workbook_pieces(
    columns: Sequence[str], rows: Iterable[Sequence[Cell]], *, title: str, about: Sequence[tuple[str, Cell]] = ()
) -> Iterator[bytes]:
    """Yield an XLSX file with a sheet of rows, and one that tells `about` it where anything is to be told.

    Words are written as words, so that none can be a formula; a column `adresse` has links, of which a sheet holds
    65,530. Each row goes to a file on disk as it comes, so that memory holds one of them.
    """
    with TemporaryFile() as file:
        book = Workbook(file, {"constant_memory": True})
        book.set_properties({"title": title})
        bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
        sheet = book.add_worksheet(_("Løfter"))
        for number, column in enumerate(columns):
            sheet.set_column(number, number, WIDTHS.get(column, USUAL_WIDTH), wrapped)
        for number, column in enumerate(columns):
            sheet.write_string(0, number, column, bold)
        sheet.freeze_panes(1, 0)
        line = 0
        for line, row in enumerate(rows, 1):
            for number, (column, cell) in enumerate(zip(columns, row, strict=True)):
                if isinstance(cell, int):
                    sheet.write_number(line, number, cell, wrapped)
                elif column == "adresse":
                    sheet.write_url(line, number, cell)
                else:
                    sheet.write_string(line, number, cleaned(cell)[:LONGEST_CELL], wrapped)
        sheet.autofilter(0, 0, line, len(columns) - 1)
        if about:
            told = book.add_worksheet(_("Om filen"))
            told.set_column(0, 0, USUAL_WIDTH, bold)
            told.set_column(1, 1, WIDTHS["tekst"], wrapped)
            for number, (name, said) in enumerate(about):
                told.write_string(number, 0, name, bold)
                told.write_string(number, 1, cleaned(str(said)), wrapped)
        book.close()
        file.seek(0)
        while piece := file.read(PIECE):
            yield piece
