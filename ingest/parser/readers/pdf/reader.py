"""PDF, with pdfminer.six: a file's pages as lines in reading order, its bookmarks and its title.

The pages are read one by one to spans, which are small, in a long file on several cores; then the whole file is looked
at for what recurs, for its usual type and for broken encodings, and each page laid out.
"""

from __future__ import annotations

import hashlib
import io
import logging
import os
import struct
import zlib
from collections import Counter
from dataclasses import dataclass, replace
from typing import Any

from pdfminer.pdfdocument import PDFDocument, PDFEncryptionError, PDFPasswordIncorrect
from pdfminer.pdfinterp import PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import resolve1
from pdfminer.psexceptions import PSException
from pdfminer.utils import decode_text

from ingest.parser.document import Line, Problem, RawDocument, Source
from ingest.parser.errors import BrokenFile, EncryptedFile, NoText
from ingest.parser.furniture import pages as furniture
from ingest.parser.furniture.placed import Usual
from ingest.parser.progress import report_progress
from ingest.parser.readers.pdf import encoding, notes, parallel, recognised, switches, unseen, watermarks
from ingest.parser.readers.pdf.content import Document
from ingest.parser.readers.pdf.device import GlyphDevice, PageInterpreter
from ingest.parser.readers.pdf.glyphs import Dot, Frame, Glyph, Rule, Sheet
from ingest.parser.readers.pdf.layers import layers_off
from ingest.parser.readers.pdf.layout import Region, glue_markers, mark_drawn, may_be_spread, regions
from ingest.parser.readers.pdf.leaders import join_contents
from ingest.parser.readers.pdf.lines import page_lines
from ingest.parser.readers.pdf.scan import recognise
from ingest.parser.readers.pdf.spans import Span, spans
from ingest.parser.readers.pdf.structure import bookmarks, page_tags

MOST_PAGES = 100_000
"""A file that says it has more is not believed."""
LEAST_LETTERS = 20
"""Letters a page on average, below which a file with pictures is a scan. Chosen, not measured."""

SCANNED = "PDF-en er skannet. Teksten er funnet med tekstgjenkjenning (OCR) og bør kontrolleres mot originalen."

BROKEN = (
    PSException,
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    NotImplementedError,
    OSError,
    RecursionError,
    TypeError,
    ValueError,
    struct.error,
    zlib.error,
)
"""What pdfminer raises on damaged files, found by fuzzing."""

# pdfminer unpickles character maps from the folder that this names.
os.environ.pop("CMAP_PATH", None)
logging.getLogger("pdfminer").setLevel(logging.ERROR)


@dataclass(slots=True)
class _Page:
    """A page whose glyphs have become spans."""

    sheet: Sheet
    spans: list[Span]
    turned: str
    unseen: list[Span]
    """What the page does not show as text, each with why."""
    watermark: list[str]
    """What is written askew."""


def read(data: bytes, filename: str) -> RawDocument:
    """Read a PDF; a scan's text is recognised first, where that can be done.

    Raises `EncryptedFile`, `BrokenFile`, `NoText` or `ParseLimitReached`.
    """
    try:
        document = _read(data, filename)
    except NoText:
        count = _guarded(lambda: _page_count(_open(data)), 0)
        document = _read(recognise(data, count), filename)
        document = replace(document, problems=(*document.problems, Problem(1, 1, SCANNED)))
    return replace(document, source=replace(document.source, sha256=hashlib.sha256(data).hexdigest()))


def _read(data: bytes, filename: str) -> RawDocument:
    document = _open(data)
    problems: list[Problem] = []
    ids: dict[object, int] = {}
    found = _pages(document, ids, problems)
    if not found:
        raise BrokenFile
    letters = sum(len(span.text) for page in found for span in page.spans)
    if letters == 0 or (letters < LEAST_LETTERS * len(found) and all(page.sheet.images for page in found)):
        raise NoText
    heights = {page.sheet.number: page.sheet.up for page in found}
    return RawDocument(
        Source(filename, "", "application/pdf", len(ids)),
        tuple(_lines(found)),
        _guarded(lambda: bookmarks(document, ids, heights), ()),
        _guarded(lambda: _title(document), ""),
        tuple(problems),
    )


def _open(data: bytes) -> PDFDocument:
    try:
        return Document(PDFParser(io.BytesIO(data)))
    except (PDFPasswordIncorrect, PDFEncryptionError) as error:
        raise EncryptedFile from error
    except BROKEN as error:
        raise BrokenFile from error


def _guarded(call: Any, otherwise: Any) -> Any:
    """Return what a call returns, or something else where the file is damaged there."""
    try:
        return call()
    except BROKEN:
        return otherwise


def _title(document: PDFDocument) -> str:
    for info in document.info:
        title = resolve1(info.get("Title"))
        if isinstance(title, bytes) and (text := decode_text(title).strip("\x00 ")):
            return text
    return ""


def _pages(document: PDFDocument, ids: dict[object, int], problems: list[Problem]) -> list[_Page]:
    """Return the pages as spans; a damaged page is a problem, and the others are read."""
    drawn = _drawn(document, ids)
    read = _PageReader(document, drawn)
    total = max(_page_count(document), len(drawn))
    found = parallel.each(read, len(drawn), lambda done: report_progress("read", done, total))
    for number, page in enumerate(found, start=1):
        if page is None:
            problems.append(Problem(number, 1, f"Side {number} er skadet og kunne ikke leses."))
    return [page for page in found if page is not None]


def _drawn(document: PDFDocument, ids: dict[object, int]) -> list[PDFPage | None]:
    """Return the file's pages as pdfminer finds them, and note their numbers; where the tree breaks off, nothing."""
    tree = PDFPage.create_pages(document)
    drawn: list[PDFPage | None] = []
    while True:
        try:
            page = next(tree)
        except StopIteration:
            return drawn
        except BROKEN:
            return [*drawn, None]
        drawn.append(page)
        ids[page.pageid] = len(drawn)


class _PageReader:
    """Reads one page after another to spans; what comes of a page depends on no other."""

    def __init__(self, document: PDFDocument, drawn: list[PDFPage | None]) -> None:
        self._document, self._drawn = document, drawn
        resources = PDFResourceManager()
        self._device = GlyphDevice(resources)
        self._device.layers_off = _guarded(lambda: layers_off(document), frozenset())
        self._interpreter = PageInterpreter(resources, self._device)

    def __call__(self, place: int) -> _Page | None:
        """Return the page in a place from 0, nothing if it is damaged."""
        page, device = self._drawn[place], self._device
        try:
            if page is None:
                return None
            device.tags = page_tags(self._document, page)
            self._interpreter.process_page(page)
        except BROKEN:
            return None
        sheet = device.sheet
        sheet.number = place + 1
        return _page(sheet)


def _page(sheet: Sheet) -> _Page:
    """Return a page with its letters as words, those that it does not show as text apart."""
    unseen.settle(sheet)
    _set_upright(sheet)
    unseen.strike_out(sheet)
    shown = [glyph for glyph in sheet.glyphs if not glyph.why]
    turned = "".join(glyph.text for glyph in shown if glyph.turned)
    words = spans(shown)
    apart: list[Span] = []
    askew: list[str] = []
    if len(shown) < len(sheet.glyphs):
        askew = unseen.slanted_words(glyph for glyph in sheet.glyphs if glyph.why == unseen.WATERMARK)
        for why in (unseen.HIDDEN, unseen.STRUCK, unseen.OUTSIDE):
            glyphs = [glyph for glyph in sheet.glyphs if glyph.why == why]
            for glyph in glyphs:
                glyph.turned = 0
            apart += [replace(span, why=why) for span in spans(glyphs)]
    if recognised.is_recognised(words):
        words = recognised.text_lines(words)
    else:
        words, numbers = notes.without_numbers(words)
        apart += numbers
        words = glue_markers(words)
    sheet.glyphs = []
    return _Page(sheet, words, turned, apart, askew)


def _page_count(document: PDFDocument) -> int:
    """Return how many pages the file says it has, 0 where it says nothing one can believe."""
    count = _guarded(lambda: resolve1(resolve1(document.catalog["Pages"])["Count"]), 0)
    return count if isinstance(count, int) and 0 < count <= MOST_PAGES else 0


def _set_upright(sheet: Sheet) -> None:
    """Turn a page whose text runs sideways or stands on its head."""
    turned = Counter(glyph.turned for glyph in sheet.glyphs)
    if turned[2] * 2 > len(sheet.glyphs):
        _turn_over(sheet)
        return
    sideways = [glyph for glyph in sheet.glyphs if glyph.turned in (1, 3)]
    if not sheet.glyphs or len(sideways) * 2 < len(sheet.glyphs):
        return
    up = sum(glyph.turned == 1 for glyph in sideways) * 2 > len(sideways)
    for glyph in sheet.glyphs:
        _turn(glyph, sheet, up)
    sheet.width, sheet.height = sheet.height, sheet.width
    sheet.frames, sheet.dots, sheet.rules = [], [], []


def _turn_over(sheet: Sheet) -> None:
    """Turn a page by half a turn."""
    width, height = sheet.width, sheet.height
    for glyph in sheet.glyphs:
        glyph.x0, glyph.x1, glyph.y = width - glyph.x1, width - glyph.x0, height - glyph.y
        glyph.turned = (glyph.turned + 2) % 4
    sheet.frames = [Frame(width - f.x1, height - f.bottom, width - f.x0, height - f.top) for f in sheet.frames]
    sheet.rules = [Rule(width - r.x1, height - r.bottom, width - r.x0, height - r.top) for r in sheet.rules]
    sheet.dots = [Dot(width - dot.x1, width - dot.x0, height - dot.y, dot.sign) for dot in sheet.dots]


def _turn(glyph: Glyph, sheet: Sheet, up: bool) -> None:
    """Turn one glyph by a quarter: text that runs up the page then runs to the right."""
    x, y, length = glyph.x0, glyph.y, glyph.length
    glyph.x0, glyph.y = (sheet.height - y, x) if up else (y, sheet.width - x)
    glyph.x1 = glyph.x0 + length
    glyph.turned = 0 if glyph.turned == (1 if up else 3) else 1


def _lines(found: list[_Page]) -> list[Line]:
    """Return the lines of all pages in reading order."""
    recognised.level([page.spans for page in found if recognised.is_recognised(page.spans)])
    mark_drawn((page.sheet.dots, page.spans) for page in found)
    usual = Usual.of([page.spans for page in found])
    watermarks.mark([page.spans for page in found], usual)
    encoding.repair(span for page in found for span in page.spans)
    furniture.mark([page.spans for page in found], [page.sheet.height for page in found], usual)
    switches.mark([page.spans for page in found], usual)
    notes.mark_notes([page.spans for page in found], [page.unseen for page in found], usual)
    lines: list[Line] = []
    for page in found:
        taken = [*(span for span in page.spans if span.why), *page.unseen]
        body = join_contents([span for span in page.spans if not span.why])
        on_page = page_lines([*regions(page.sheet, body, usual), Region(taken)], page.sheet.number, usual)
        if turned := " ".join(page.turned.split()):
            on_page.append(Line(turned, page.sheet.number, len(on_page) + 1, furniture="turned text"))
        for words in page.watermark:
            on_page.append(Line(words, page.sheet.number, len(on_page) + 1, furniture=unseen.WATERMARK))
        lines.extend(on_page)
        page.spans, page.unseen = [], []
    folds = {page.sheet.number: page.sheet.width / 2 for page in found if may_be_spread(page.sheet)}
    return furniture.name_furniture(lines, usual, folds)
