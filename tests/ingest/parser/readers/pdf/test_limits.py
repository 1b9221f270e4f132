"""The thresholds of the PDF reader: what lies just below each, and what lies just above it."""

from __future__ import annotations

import io
from collections.abc import Sequence
from types import SimpleNamespace

import pytest
from pdfminer.pdfinterp import PDFResourceManager
from pdfminer.psparser import PSLiteral
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from ingest.parser.errors import NoText
from ingest.parser.furniture.placed import Usual
from ingest.parser.readers.pdf import reader
from ingest.parser.readers.pdf.device import GlyphDevice
from ingest.parser.readers.pdf.encoding import repair
from ingest.parser.readers.pdf.glyphs import Dot, Face, Glyph, Sheet
from ingest.parser.readers.pdf.layout import Region, glue_markers, mark_drawn, may_be_spread, regions
from ingest.parser.readers.pdf.leaders import join_contents
from ingest.parser.readers.pdf.lines import page_lines
from ingest.parser.readers.pdf.recognised import level, text_lines
from ingest.parser.readers.pdf.spans import FaceRun, Span, spans

FACE = Face("Fjord", "Fjord", bold=False, italic=False)
BOLD = Face("Fjord-Bold", "Fjord", bold=True, italic=False)
USUAL = Usual(10.0, 14.0)
PAGE = Sheet(0, 600.0, 800.0)
TEXT = tuple(
    f"{word} ligger mellom fjorden og fjellet"
    for word in ("Bygda", "Skolen", "Kirka", "Elva", "Kaia", "Hallen", "Banen")
)
MORE = tuple(
    f"{word} går ned til sjøen i nord" for word in ("Veien", "Stien", "Dalen", "Jordet", "Skogen", "Myra", "Enga")
)


def glyphs(text: str, *, x: float = 50.0, y: float = 100.0, width: float = 5.0, gap: float = 0.0) -> list[Glyph]:
    return [
        Glyph(letter, x + place * (width + gap), x + place * (width + gap) + width, y, 10.0, FACE, "", "")
        for place, letter in enumerate(text)
    ]


def texts(painted: Sequence[Glyph]) -> list[str]:
    return [span.text for span in spans(painted)]


def span(text: str, x: float, y: float, *, size: float = 10.0, x1: float = 0.0, face: Face = FACE) -> Span:
    return Span([FaceRun(text, face, size, "", "")], x, x1 or x + 0.5 * size * len(text), y, size, text_x=x)


def bullet(x: float, y: float) -> Span:
    """Return a bullet alone."""
    found = span("•", x, y)
    found.marker = "•"
    return found


def entry(text: str, x: float, y: float) -> Span:
    """Return a list entry whose words hang clear of its bullet."""
    found = span(f"• {text}", x, y)
    found.marker, found.text_x, found.hangs = "•", x + 12, True
    return found


def column(rows: Sequence[str], x: float, *, y: float = 100.0, x1: float = 0.0, size: float = 10.0) -> list[Span]:
    return [span(text, x, y + 1.4 * size * row, size=size, x1=x1) for row, text in enumerate(rows)]


def order(found: Sequence[Span], usual: Usual = USUAL) -> list[str]:
    """Return the words of a page in reading order."""
    return [
        part.text for region in regions(PAGE, found, usual) for part in sorted(region.spans, key=lambda s: (s.y, s.x0))
    ]


# Glyphs and spans


def test_a_gap_that_stands_for_a_space() -> None:
    assert texts(glyphs("vil") + glyphs("bygge", x=66.5)) == ["vilbygge"]
    assert texts(glyphs("vil") + glyphs("bygge", x=66.9)) == ["vil bygge"]


def test_a_gap_that_ends_a_span() -> None:
    assert texts(glyphs("vil") + glyphs("bygge", x=70.3)) == ["vil bygge"]
    assert texts(glyphs("vil") + glyphs("bygge", x=71.7)) == ["vil", "bygge"]


def test_white_space_after_a_marker_that_no_space_bar_makes() -> None:
    assert not spans(glyphs("•") + glyphs("skole", x=59.0))[0].hangs
    assert spans(glyphs("•") + glyphs("skole", x=60.0))[0].hangs


def test_baselines_within_one_span() -> None:
    assert len(spans(glyphs("vil") + glyphs("bygge", x=65, y=100.5))) == 1
    assert len(spans(glyphs("vil") + glyphs("bygge", x=65, y=100.7))) == 2


def test_letters_of_a_title_that_is_set_wide() -> None:
    assert texts(glyphs("SKOLER", width=5, gap=2)) == ["SKOLER"]
    assert texts(glyphs("SKOLER", width=3.2, gap=2)) == ["S K O L E R"]


def test_few_gaps_show_a_title_set_wide_only_if_all_are_wide() -> None:
    two = [*glyphs("AB", width=8), *glyphs("C", x=69, width=8)]
    three = [*glyphs("AB", width=8), *glyphs("C", x=69, width=8), *glyphs("D", x=80, width=8)]
    assert texts(two) == ["AB C"]
    assert texts(three) == ["ABCD"]


def test_the_same_letter_in_the_same_spot() -> None:
    assert texts([*glyphs("t", x=50), *glyphs("t", x=50.95)]) == ["t"]
    assert texts([*glyphs("t", x=50.3), *glyphs("t", x=51.3)]) == ["tt"]


def test_three_cases_show_a_broken_sign() -> None:
    broken = span("eWektiv oWentlig treWe", 50, 100)
    assert (repair([broken]), broken.text) == (3, "effektiv offentlig treffe")


# What is drawn


def drawn(width: float, height: float) -> Sheet:
    """Return a page with a rectangle on it."""
    device = GlyphDevice(PDFResourceManager())
    device.sheet, device.ctm = Sheet(0, 600, 800), (1, 0, 0, 1, 0, 0)
    path = [("m", 50, 50), ("l", 50 + width, 50), ("l", 50 + width, 50 + height), ("l", 50, 50 + height)]
    device.paint_path(
        SimpleNamespace(ncolor=(0,), ncs=None, linewidth=1), stroke=True, fill=True, evenodd=False, path=path
    )
    return device.sheet


def test_a_rectangle_that_can_hold_text() -> None:
    assert not drawn(36, 100).frames
    assert not drawn(100, 18).frames
    assert drawn(44, 22).frames


def test_a_figure_that_can_be_a_bullet() -> None:
    assert [bool(drawn(side, side).dots) for side in (0.9, 1.1, 7, 9)] == [False, True, True, False]


@pytest.mark.parametrize(("count", "text"), [(11, "skole"), (14, "a" * 14)])
def test_a_text_that_replaces_a_few_glyphs(count: int, text: str) -> None:
    device = GlyphDevice(PDFResourceManager())
    device.sheet = Sheet(0, 600, 800)
    device.begin_tag(PSLiteral("Span"), {"ActualText": b"skole"})
    device.sheet.glyphs.extend(glyphs("a" * count))
    device.end_tag()
    assert "".join(glyph.text for glyph in device.sheet.glyphs) == text


def dotted(count: int, gap: float = 10.0, above: float = 3.0) -> list[str]:
    """Return the markers of some lines with a drawn dot before each, so many points away and above the baseline."""
    lines = column(TEXT[:count], 100)
    mark_drawn([([Dot(96 - gap, 100 - gap, line.y - above, "•") for line in lines], lines)])
    return [line.marker for line in lines]


def test_drawn_bullets_stand_before_their_lines() -> None:
    assert dotted(2) == [""] * 2
    assert dotted(3) == ["•"] * 3
    assert dotted(3, gap=28) == [""] * 3
    assert dotted(3, gap=21) == ["•"] * 3
    assert dotted(3, above=7) == [""] * 3
    assert dotted(3, above=5.5) == ["•"] * 3


def test_a_marker_far_from_its_words() -> None:
    assert len(glue_markers([bullet(50, 100), span("skole", 55 + 55, 100)])) == 1
    assert len(glue_markers([bullet(50, 100), span("skole", 55 + 66, 100)])) == 2


# Columns


def test_a_spread_is_wider_than_high() -> None:
    assert not may_be_spread(Sheet(0, 800, 750))
    assert may_be_spread(Sheet(0, 800, 600))


@pytest.mark.parametrize(("size", "gutter", "columns"), [(8, 7, False), (8, 9, True), (14, 10, False), (14, 12, True)])
def test_a_gutter_is_wider_than_a_space(size: float, gutter: float, columns: bool) -> None:
    found = [*column(TEXT[:5], 60, x1=300, size=size), *column(MORE[:5], 300 + gutter, size=size, x1=590)]
    assert (order(found, Usual(size, 1.4 * size)) == [*TEXT[:5], *MORE[:5]]) is columns


def test_a_page_number_within_the_gutter_leaves_it_one() -> None:
    foot = 100 + 14 * len(TEXT)
    found = [*column(TEXT, 60, x1=300), *column(MORE, 314, x1=590), span("12", 301, foot, x1=309)]
    assert order(found) == [*TEXT, *MORE, "12"]
    assert order([*found[:-1], span("ly", 301, foot, x1=309)]) != [*TEXT, *MORE, "ly"]


def test_columns_have_three_lines() -> None:
    assert order([*column(TEXT[:2], 60), *column(MORE[:2], 320)]) != [*TEXT[:2], *MORE[:2]]
    assert order([*column(TEXT[:3], 60), *column(MORE[:3], 320)]) == [*TEXT[:3], *MORE[:3]]


def cells(length: int, rows: int, aligned: int) -> bool:
    """Return whether cells of a length, some of which stand beside each other, are read row by row."""
    left = [f"{letter * length}" for letter in "abcdefghij"[:rows]]
    right = [f"{letter * length}" for letter in "klmnopqrst"[:rows]]
    spans_right = column(right, 320)
    for part in spans_right[aligned:]:
        part.y += 5
    return order([*column(left, 60), *spans_right]) != [*left, *right]


def test_a_table_has_short_cells_side_by_side() -> None:
    assert not cells(22, 6, 6)
    assert cells(18, 6, 6)
    assert not cells(10, 10, 7)
    assert cells(10, 6, 5)


def test_two_lists_side_by_side_begin_at_one_height() -> None:
    left = [entry("bygge skole", 60, 100), entry("rydde snø", 60, 114)]
    assert order([*left, entry("åpne kinoen", 320, 102.6), entry("verne myra", 320, 116.6)])[1] == "• rydde snø"
    assert order([*left, entry("åpne kinoen", 320, 103.4), entry("verne myra", 320, 117.4)])[1] != "• rydde snø"


def beside(gutter: float, size: float) -> bool:
    """Return whether two lines beside running text are read by themselves."""
    caption = [span("Utsikt", 320 + gutter, 128, size=size), span("mot nord", 320 + gutter, 142, size=size)]
    return order([*column(TEXT, 60, x1=320), *caption])[-2:] == ["Utsikt", "mot nord"]


def test_a_caption_stands_beside_the_text() -> None:
    assert not beside(22, 10)
    assert beside(28, 10)
    assert not beside(12, 9.3)
    assert beside(12, 9.1)


def bands(white: float, lower: float) -> bool:
    """Return whether two columns are cut before a heading, with white space above it and its text below."""
    left = [*column(TEXT[:4], 60), span("Skole", 60, 142 + 9.7 + white, face=BOLD)]
    start = left[-1].y
    left += column(TEXT[4:], 60, y=start + 14)
    right = [*column(MORE[:4], 320), *column(MORE[4:], 320, y=start + lower)]
    return order([*left, *right]).index(MORE[0]) < order([*left, *right]).index("Skole")


def test_white_space_before_a_heading_ends_the_columns_above() -> None:
    assert not bands(18, 14)
    assert bands(24, 14)
    assert bands(24, 50)
    assert not bands(24, 62)


def test_what_shares_the_line_of_a_crossing_word_is_part_of_it() -> None:
    def read(y: float) -> list[str]:
        head = [
            span("Bygda er vår, og her skal vi bo i alle år som kommer her", 60, 86, x1=370),
            span("fremover", 380, y),
        ]
        return order([*head, *column(TEXT[:4], 60), *column(MORE[:4], 320)])

    assert read(86.9)[1] == "fremover"
    assert read(87.2)[1] != "fremover"


def test_rows_of_contents() -> None:
    def rows(count: int) -> int:
        pages = [span(str(row + 2), 500, 100 + 14 * row, x1=510) for row in range(count)]
        return len(join_contents([*column(TEXT[:count], 60), *pages]))

    assert rows(3) == 6
    assert rows(4) == 4


# Lines


def lines(*parts: Span) -> list[str]:
    return [line.text for line in page_lines([Region(list(parts))], 1, USUAL)]


def test_baselines_within_one_line() -> None:
    assert lines(span("Skole", 60, 100), span("Helse", 120, 102.6)) == ["Skole Helse"]
    assert lines(span("Skole", 60, 100), span("Helse", 120, 103.4)) == ["Skole", "Helse"]


def test_a_raised_figure_is_part_of_the_line() -> None:
    assert lines(span("Skole", 60, 100), span("12", 86, 94.8, size=6)) == ["Skole12"]
    assert lines(span("Skole", 60, 100), span("12", 86, 93.2, size=6)) == ["12", "Skole"]


def test_white_space_that_is_more_than_uneven_setting() -> None:
    def space(apart: float) -> float:
        return page_lines([Region([span("Skole", 60, 100), span("Helse", 60, 100 + apart)])], 1, USUAL)[1].space_before

    assert space(14 + 2.4) == 0
    assert space(14 + 3.2) > 0


# Scans and what was recognised


def word(text: str, x: float, y: float = 100.0, size: float = 10.0) -> Span:
    return Span([FaceRun(text, FACE, size, "", "")], x, x + 5 * len(text), y, size, text_x=x)


@pytest.mark.parametrize(
    ("second", "count"),
    [
        (word("skole", 80, 104.5), 1),
        (word("skole", 80, 105.5), 2),
        (word("skole", 75 + 18), 1),
        (word("skole", 75 + 22), 2),
        (word("skole", 75 - 2.6), 1),
        (word("skole", 75 - 3.4), 2),
    ],
)
def test_recognised_words_of_one_line(second: Span, count: int) -> None:
    assert len(text_lines([word("bygge", 50), second])) == count


@pytest.mark.parametrize(("size", "levelled"), [(11.3, 10.0), (11.7, 11.7)])
def test_recognised_lines_of_one_size(size: float, levelled: float) -> None:
    heading = span("Skole", 50, 120, size=size)
    level([[span("Bygda er vår", 50, 100), heading]])
    assert heading.size == levelled


def pictured(letters: str) -> bytes:
    """Return a page with a picture and some letters."""
    buffer, picture = io.BytesIO(), io.BytesIO()
    Image.new("RGB", (8, 8)).save(picture, "PNG")
    canvas = Canvas(buffer)
    canvas.drawImage(ImageReader(picture), 50, 50, 300, 300)
    canvas.drawString(60, 500, letters)
    canvas.save()
    return buffer.getvalue()


def test_a_page_with_a_picture_and_hardly_a_letter_is_a_scan() -> None:
    with pytest.raises(NoText):
        reader._read(pictured("a" * 17), "x.pdf")
    assert reader._read(pictured("a" * 22), "x.pdf").lines
