"""Draws small PDFs for the tests: words at places, as a layout program leaves them."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from ingest.parser.document import Line
from ingest.parser.readers.pdf.reader import read

PITCH = 14.0
BODY = 10.0


@dataclass(frozen=True)
class Words:
    """A line of type: `y` is its baseline, from the top of the page."""

    x: float
    y: float
    text: str
    size: float = BODY
    font: str = "Helvetica"
    colour: str = "#000000"


@dataclass(frozen=True)
class Ground:
    """A coloured rectangle behind words."""

    x0: float
    top: float
    x1: float
    bottom: float


Page = Sequence["Words | Ground"]


def pdf(
    pages: Iterable[Page],
    size: tuple[float, float] = A4,
    bookmarks: Sequence[tuple[str, int, int]] = (),
    password: str = "",
) -> bytes:
    """Return a PDF with some pages; bookmarks are (title, level from 0, page from 1)."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=size, encrypt=password or None)
    for number, page in enumerate(pages, start=1):
        for title, level, target in bookmarks:
            if target == number:
                canvas.bookmarkPage(title)
                canvas.addOutlineEntry(title, title, level)
        for thing in page:
            if isinstance(thing, Ground):
                canvas.setFillColor(HexColor("#e0f0e0"))
                canvas.rect(thing.x0, size[1] - thing.bottom, thing.x1 - thing.x0, thing.bottom - thing.top, 0, 1)
                continue
            canvas.setFillColor(HexColor(thing.colour))
            canvas.setFont(thing.font, thing.size)
            canvas.drawString(thing.x, size[1] - thing.y, thing.text)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def column(x: float, y: float, lines: Sequence[str], *, pitch: float = PITCH, **look: object) -> list[Words]:
    """Return lines of text one under the other; an empty one leaves a blank line.

    `# ` sets a heading, `## ` one in bold, `* ` an entry whose bullet stands 12 points out.
    """
    found: list[Words] = []
    for line in lines:
        if line.startswith("# "):
            found.append(Words(x, y, line[2:], 18, "Helvetica-Bold"))
        elif line.startswith("## "):
            found.append(Words(x, y, line[3:], BODY, "Helvetica-Bold"))
        elif line.startswith("* "):
            found.append(Words(x, y, "•", **look))  # type: ignore[arg-type]
            found.append(Words(x + 12, y, line[2:], **look))  # type: ignore[arg-type]
        elif line.startswith("  "):
            found.append(Words(x + 12, y, line[2:], **look))  # type: ignore[arg-type]
        elif line:
            found.append(Words(x, y, line, **look))  # type: ignore[arg-type]
        y += pitch
    return found


def lines(pages: list[Page], **options: object) -> list[Line]:
    return list(read(pdf(pages, **options), "program.pdf").lines)  # type: ignore[arg-type]


def text(pages: list[Page], **options: object) -> list[str]:
    """Return the lines that are no furniture."""
    return [line.text for line in lines(pages, **options) if not line.furniture]


def furniture(pages: list[Page], **options: object) -> dict[str, str]:
    return {line.text: line.furniture for line in lines(pages, **options) if line.furniture}
