"""Scans from end to end, where OCRmyPDF and Tesseract's Norwegian model are installed."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image
from pypdfium2 import PdfDocument
from reportlab.pdfgen.canvas import Canvas

from ingest.parser.progress import Progress
from ingest.parser.readers.pdf.glyphs import Face
from ingest.parser.readers.pdf.recognised import level, text_lines
from ingest.parser.readers.pdf.spans import FaceRun, Span
from ingest.parser.sandbox.parent import Limits, parse_in_sandbox
from tests.ingest.parser.sketches import sketch
from tests.installed import needs_ocr

FACE = Face("GlyphLessFont", "GlyphLessFont", bold=False, italic=False)


def word(text: str, x: float, y: float, size: float) -> Span:
    """Return a word as Tesseract lays it over the picture: five points a letter."""
    return Span([FaceRun(text, FACE, size, "", "")], x, x + 5 * len(text), y, size, text_x=x)


def test_words_of_uneven_size_on_a_climbing_line_are_one_line() -> None:
    words = [word("Bygda", 50, 100, 9.6), word("har", 80, 100.4, 10.3), word("alt", 100, 101, 9.9)]

    lines = text_lines([*words, word("Skole", 50, 114, 14), word("til", 300, 100, 10)])
    level([lines])

    assert [(line.text, line.size) for line in lines] == [("Bygda har alt", 9.9), ("Skole", 14), ("til", 9.9)]


@pytest.mark.parametrize("mark", ["*", "e", "»", "+", "©", "•", "—"])
def test_what_a_bullet_is_read_as_is_a_marker(mark: str) -> None:
    (line,) = text_lines([word(mark, 50, 100, 10), word("bygge", 64, 100, 10), word("skole", 94, 100, 10)])

    assert (line.marker, line.text_x, line.hangs) == (mark, 64, True)


def test_a_quotation_is_no_marker() -> None:
    (line,) = text_lines([word("«Bygda»", 50, 100, 10), word("vår", 90, 100, 10)])

    assert line.marker == ""


PAGE = (
    (50, 20, "Program for Elvebyen"),
    (50, 10, "Elvebyen er en god by å bo i, men mye kan bli bedre for barn"),
    (50, 10, "og unge som vokser opp her i årene som kommer."),
    (50, 15, "Skole"),
    (50, 10, "Folkets By vil:"),
    (64, 10, "ansette flere lærere i alle skolene, slik at hver elev får"),
    (65, 10, "hjelp"),
    (64, 10, "bygge ny svømmehall på Nesøya"),
    (64, 10, "støtte korpsene"),
    (50, 15, "Helse"),
    (50, 10, "Folkets By vil:"),
    (64, 10, "gjøre det lettere å få fastlege"),
    (64, 10, "åpne legevakta om natten"),
)


@pytest.fixture
def scanned(tmp_path: Path) -> Path:
    """Return a programme of two pages that were laid askew on the scanner."""
    drawn = io.BytesIO()
    canvas = Canvas(drawn, pagesize=(360, 320))
    y = 300
    for x, size, words in PAGE:
        y -= size + (14 if size > 10 else 5)
        canvas.setFont("Helvetica", size)
        canvas.drawString(x, y, words)
        if x == 64:
            canvas.drawString(54, y, "•")
    canvas.save()
    picture = PdfDocument(drawn.getvalue())[0].render(scale=220 / 72, grayscale=True).to_pil()
    pages = [picture.rotate(turn, fillcolor=255, resample=Image.Resampling.BICUBIC) for turn in (0.8, -0.6)]
    file = io.BytesIO()
    pages[0].save(file, "PDF", save_all=True, append_images=pages[1:], resolution=220)
    path = tmp_path / "skannet.pdf"
    path.write_bytes(file.getvalue())
    return path


@needs_ocr
def test_a_scanned_programme(scanned: Path) -> None:
    told: list[Progress] = []

    parsed = parse_in_sandbox(scanned, limits=Limits(progress_seconds=0), follow=told.append)

    half = """# Skole
: Folkets By vil:
- ansette flere lærere i alle skolene, slik at hver elev får hjelp
- bygge ny svømmehall på Nesøya
- støtte korpsene
# Helse
: Folkets By vil:
- gjøre det lettere å få fastlege
- åpne legevakta om natten"""
    assert sketch(parsed).replace("## ", "# ").count(half) == 2
    assert "OCR" in parsed.problems[0].message
    assert parsed.coverage.unassigned == 0
    assert {progress.pages_done for progress in told if progress.step == "recognise"} >= {0, 1}
