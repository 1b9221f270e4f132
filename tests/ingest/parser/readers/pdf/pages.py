"""Pages for the tests, drawn by hand, and what a reader makes of them."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from ingest.parser.document import ParsedProgramme
from ingest.parser.readers.pdf.reader import read

LIST = ("Fjordpartiet vil:", "• bygge skole på Nes og i Vik", "• gi støtte til kultur i kommunen", "• senke skatten")
Draw = Callable[[Canvas], None]


def drawn(*pages: Draw, crop: Sequence[float] = (), turn: int = 0) -> bytes:
    """Return a PDF with these pages, each in black Helvetica of 10 points to begin with."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4)
    for page in pages:
        if crop:
            canvas.setCropBox(crop)
        canvas.setPageRotation(turn)
        canvas.setFont("Helvetica", 10)
        page(canvas)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def written(canvas: Canvas, x: float, y: float, lines: Sequence[str] = LIST) -> None:
    """Write lines one under the other, the first at a height above the foot of the page."""
    for number, line in enumerate(lines):
        canvas.drawString(x, y - 14 * number, line)


def text(data: bytes) -> list[str]:
    return [line.text for line in read(data, "a.pdf").lines if not line.furniture]


def furniture(data: bytes) -> dict[str, str]:
    return {line.text: line.furniture for line in read(data, "a.pdf").lines if line.furniture}


def raised(canvas: Canvas, x: float, y: float, *parts: tuple[str, float]) -> None:
    """Write parts of a line one after the other, each so much above it; what is raised or lowered is set small."""
    for part, rise in parts:
        size = 6 if rise else 10
        canvas.setFont("Helvetica", size)
        canvas.drawString(x, y + rise, part)
        x += canvas.stringWidth(part, "Helvetica", size)
    canvas.setFont("Helvetica", 10)


def whole(parsed: ParsedProgramme) -> bool:
    return parsed.coverage.unassigned == 0


def with_watermark(canvas: Canvas, words: str, x: float, y: float, size: float, ink: str, turn: float = 0) -> None:
    written(canvas, 60, 750, [*LIST, *("Bygda trenger en skole der alle blir sett og ingen",) * 20])
    canvas.setFillColor(HexColor(ink))
    canvas.setFont("Helvetica-Bold", size)
    canvas.translate(x, y)
    canvas.rotate(turn)
    canvas.drawString(0, 0, words)
