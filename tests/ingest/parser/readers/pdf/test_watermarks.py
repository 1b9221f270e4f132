"""Watermarks of a PDF, askew and upright; large grey words that are none."""

from __future__ import annotations

import pytest
from reportlab.lib.colors import HexColor, black
from reportlab.pdfgen.canvas import Canvas

from tests.ingest.parser.readers.pdf.pages import LIST, Draw, drawn, furniture, text, with_watermark, written


@pytest.mark.parametrize("turn", [0, 20, 45, 60, 300])
def test_a_watermark_at_any_angle(turn: int) -> None:
    data = drawn(lambda canvas: with_watermark(canvas, "UTKAST", 100, 600, 60, "#d8d8d8", turn))
    assert text(data)[:4] == list(LIST)
    assert furniture(data) == {"UTKAST": "watermark"}


def test_a_dark_watermark_recurs_over_the_text() -> None:
    def page(canvas: Canvas) -> None:
        with_watermark(canvas, "HØRING", 100, 600, 60, "#c03030")

    assert not furniture(drawn(page))
    assert set(furniture(drawn(page, page)).values()) == {"watermark"}


def test_large_and_grey_headings_are_no_watermark() -> None:
    def page(number: int) -> Draw:
        def draw(canvas: Canvas) -> None:
            canvas.setFillColor(HexColor("#a0a0a0"))
            canvas.setFont("Helvetica-Bold", 24)
            canvas.drawString(60, 780, f"{('Skole', 'Helse')[number]} i bygda")
            canvas.setFillColor(black)
            canvas.setFont("Helvetica", 10)
            written(canvas, 60, 750)

        return draw

    assert not furniture(drawn(page(0), page(1)))
