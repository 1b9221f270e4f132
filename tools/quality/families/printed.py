"""PDFs: one column, two columns, a page printed from a browser."""

from __future__ import annotations

import io
from collections.abc import Callable
from html import escape
from random import Random

from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate, Paragraph

from tools.quality.families.content import Block, Programme, blocks
from tools.quality.families.text import FOOTER, MENU

WIDTH, HEIGHT = A4
MARGIN = 60
GUTTER = 24
TYPES = (("Helvetica", "Helvetica-Bold"), ("Times-Roman", "Times-Bold"))
HEADINGS = (1.6, 1.35, 1.15, 1.0)
"""Size of the headings of each level, in sizes of the text."""
OnPage = Callable[[Canvas, BaseDocTemplate], None]


def one_column(programme: Programme, chance: Random) -> bytes:
    """Set a paper with page numbers."""
    return _pdf(programme, _flowables(programme, chance), 1, _numbered)


def two_columns(programme: Programme, chance: Random) -> bytes:
    """Set a brochure of two columns with page numbers."""
    return _pdf(programme, _flowables(programme, chance, size=9.5), 2, _numbered)


def printed_page(programme: Programme, chance: Random) -> bytes:
    """Print a web page: date, title, address and page number in the margins, the menu above, related pages below."""
    day = (
        f"{chance.randint(1, 28):02}.{chance.randint(1, 12):02}.2027, {chance.randint(8, 22)}:{chance.randint(10, 59)}"
    )
    address = f"https://www.fjordpartiet.example/{chance.choice(['program', 'politikk/lokalt', 'valg-2027'])}/"
    pages = 0

    def margins(canvas: Canvas, paper: BaseDocTemplate) -> None:
        nonlocal pages
        pages = max(pages, canvas.getPageNumber())
        canvas.setFont("Helvetica", 7.5)
        canvas.drawString(24, HEIGHT - 22, day)
        canvas.drawCentredString(WIDTH / 2, HEIGHT - 22, programme.title)
        canvas.drawString(24, 16, address)
        canvas.drawRightString(WIDTH - 24, 16, f"{canvas.getPageNumber()}/{total}")

    language = programme.language
    small = ParagraphStyle("menu", fontName="Helvetica", fontSize=9, leading=12)
    state = chance.getstate()
    total = 0
    for _ in range(2):  # the second time with the number of pages that the first came to
        chance.setstate(state)
        menu = [Paragraph(name, small) for name in MENU[language][: chance.randint(4, 8)]]
        footer = [Paragraph(line, small) for line in FOOTER[language][: chance.randint(4, 9)]]
        printed = _pdf(programme, [*menu, *_flowables(programme, chance), *footer], 1, margins)
        total = pages
    return printed


def _numbered(canvas: Canvas, paper: BaseDocTemplate) -> None:
    canvas.setFont("Helvetica", 8)
    canvas.drawCentredString(WIDTH / 2, 30, str(canvas.getPageNumber()))


def _pdf(programme: Programme, parts: list[Flowable], columns: int, on_page: OnPage) -> bytes:
    width = (WIDTH - 2 * MARGIN - GUTTER * (columns - 1)) / columns
    frames = [
        Frame(MARGIN + place * (width + GUTTER), MARGIN, width, HEIGHT - 2 * MARGIN, 0, 0, 0, 0)
        for place in range(columns)
    ]
    file = io.BytesIO()
    paper = BaseDocTemplate(file, pagesize=A4, invariant=1, title=programme.title)
    paper.addPageTemplates(PageTemplate("page", frames, onPage=on_page))
    paper.build(parts)
    return file.getvalue()


def _flowables(programme: Programme, chance: Random, size: float = 10.5) -> list[Flowable]:
    body, bold = chance.choice(TYPES)
    mark = chance.choice("•–")
    strong = bold if chance.random() < 0.5 else body
    return [_flowable(block, body, bold, strong, mark, size) for block in blocks(programme, chance)]


def _flowable(block: Block, body: str, bold: str, strong: str, mark: str, size: float) -> Paragraph:
    def style(font: str, scale: float = 1, before: float = 0.6, indent: float = 0) -> ParagraphStyle:
        points = size * scale
        return ParagraphStyle(
            "style", fontName=font, fontSize=points, leading=points * 1.3, spaceBefore=size * before, leftIndent=indent
        )

    text = escape(block.text, quote=False)
    match block.kind:
        case "title":
            return Paragraph(text, style(bold, 2))
        case "heading":
            return Paragraph(text, style(bold, HEADINGS[min(block.level, len(HEADINGS)) - 1], 1.6))
        case "entry":
            hanging = style(body, before=0.2, indent=14 * block.level)
            hanging.bulletIndent = 14 * (block.level - 1) + 2
            return Paragraph(text, hanging, bulletText=mark)
        case "lead_in":
            return Paragraph(text, style(strong, before=0.8))
    return Paragraph(text, style(body))
