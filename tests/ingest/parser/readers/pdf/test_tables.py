"""Ruled tables of a PDF: what is read row by row, and what only looks like a table."""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.pdfgen.canvas import Canvas

from ingest.parser.parse import parse
from tests.ingest.parser.readers.pdf.pages import LIST, drawn, text, whole, written


def table(canvas: Canvas, rows: Sequence[Sequence[str]], is_ruled: bool = True) -> None:
    """Draw a table with words of several lines in its cells."""
    written(canvas, 60, 780, LIST)
    edges, y = (60, 200, 330, 450), 700.0
    heights = [y]
    for cells in rows:
        lines = [cell.split("|") for cell in cells]
        for x, cell in zip(edges, lines, strict=False):
            written(canvas, x + 5, y - 12, cell)
        y -= 14 * max(map(len, lines)) + 4
        heights.append(y)
    if is_ruled:
        for x in edges:
            canvas.line(x, heights[0], x, heights[-1])
        for height in heights:
            canvas.line(edges[0], height, edges[-1], height)
    canvas.setFont("Helvetica-Bold", 18)
    canvas.drawString(60, y - 40, "Helse i bygda")
    canvas.setFont("Helvetica", 10)
    written(canvas, 60, y - 70)


def test_a_ruled_table_is_read_row_by_row() -> None:
    rows = (
        ("Tiltak", "Kostnad", "Når"),
        ("Bygge skole på Nes|med plass til alle", "40 mill.", "2025"),
        ("Flere lærere skal|ansettes i kommunen", "10 mill. kroner|hvert eneste år", "2026"),
        ("1. Kultur", "", "2027"),
    )
    data = drawn(lambda canvas: table(canvas, rows))
    assert text(data)[4:8] == [
        "Tiltak\tKostnad\tNår",
        "Bygge skole på Nes med plass til alle\t40 mill.\t2025",
        "Flere lærere skal ansettes i kommunen\t10 mill. kroner hvert eneste år\t2026",
        "1. Kultur\t\t2027",
    ]
    parsed = parse(data, "a.pdf")
    assert [item.text for item in parsed.items] == [line.removeprefix("• ") for line in (*LIST[1:], *LIST[1:])]
    assert [section.title for section in parsed.sections if section.title] == ["Helse i bygda"]
    assert whole(parsed)


def test_cells_that_hold_lists_are_read_as_text() -> None:
    rows = (("Skole", "• bygge skole|• ansette lærere"), ("Helse", "• bygge sykehjem|• ansette leger"))
    found = text(drawn(lambda canvas: table(canvas, rows)))
    assert found[4:10] == ["Skole", "• bygge skole", "• ansette lærere", "Helse", "• bygge sykehjem", "• ansette leger"]


def test_a_frame_around_running_text_is_no_table() -> None:
    def page(canvas: Canvas) -> None:
        written(canvas, 60, 750)
        for height in (770, 765, 690):
            canvas.line(50, height, 400, height)
        for x in (50, 400):
            canvas.line(x, 770, x, 690)

    assert text(drawn(page)) == list(LIST)
