"""What a PDF holds and its pages do not show as text, drawn as files have it: what must stay comes first."""

from __future__ import annotations

import io
from collections.abc import Sequence

import pytest
from reportlab.lib.colors import Color, HexColor, black, white
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from ingest.parser.parse import parse
from ingest.parser.readers.pdf.reader import read
from tests.ingest.parser.readers.pdf.pages import (
    LIST,
    Draw,
    drawn,
    furniture,
    raised,
    text,
    whole,
    with_watermark,
    written,
)
from tools.fuzz.files import FONT, pdf, stream

# Note numbers


@pytest.mark.parametrize(
    "parts",
    [
        (("- bygge verksted på 300 m", 0.0), ("2", 4.0), (" i Vik", 0.0)),
        (("- kutte CO", 0.0), ("2", -2.0), (" i Vik", 0.0)),
        (("- kutte CO", 0.0), ("2", 4.0), (" i Vik", 0.0)),
        (("- bruke 2 ", 0.0), ("1", 4.0), ("/3 million", 0.0)),
    ],
    ids=["area", "lowered", "formula raised by mistake", "fraction"],
)
def test_raised_and_lowered_figures_of_the_text_stay(parts: Sequence[tuple[str, float]]) -> None:
    def page(canvas: Canvas) -> None:
        written(canvas, 60, 750)
        raised(canvas, 60, 690, *parts)

    assert text(drawn(page)) == [*LIST, "".join(part for part, _ in parts)]


def test_a_note_number_is_no_digit_and_its_note_no_text() -> None:
    def page(canvas: Canvas) -> None:
        written(canvas, 60, 750)
        raised(canvas, 60, 690, ("- bruke 50", 0.0), ("3", 4.0), (" millioner", 0.0))
        raised(canvas, 60, 676, ("- bygge 120 boliger", 0.0), ("4", 4.0), (".", 0.0))
        canvas.setFont("Helvetica", 7)
        written(canvas, 60, 90, ("3 Statistikk for 2022, av Storfjell", "kommune.", "4 Vedtatt i fjor."))

    data = drawn(page)
    assert text(data) == [*LIST, "- bruke 50 millioner", "- bygge 120 boliger."]
    assert furniture(data) == {
        "3": "note number",
        "4": "note number",
        "3 Statistikk for 2022, av Storfjell": "footnote",
        "kommune.": "footnote",
        "4 Vedtatt i fjor.": "footnote",
    }


def test_a_note_with_its_number_raised() -> None:
    def page(canvas: Canvas) -> None:
        written(canvas, 60, 750)
        raised(canvas, 60, 690, ("- bruke 50", 0.0), ("12", 4.0), (" millioner", 0.0))
        canvas.setFont("Helvetica", 4)
        canvas.drawString(60, 93, "12")
        canvas.setFont("Helvetica", 7)
        canvas.drawString(67, 90, "Statistikk for 2022")

    assert text(drawn(page)) == [*LIST, "- bruke 50 millioner"]


def test_a_numbered_list_in_small_print_is_no_note() -> None:
    def page(canvas: Canvas) -> None:
        raised(canvas, 60, 750, ("Dette er for 3000", 0.0), ("1", 4.0), (" innbyggere", 0.0))
        canvas.setFont("Helvetica", 8)
        written(canvas, 60, 720, ("1. bygge skole", "2. bygge kino"))
        canvas.setFont("Helvetica", 10)
        written(canvas, 60, 650)

    assert text(drawn(page)) == ["Dette er for 3000 innbyggere", "1. bygge skole", "2. bygge kino", *LIST]


# Text that is not painted


def test_unpainted_text_is_hidden() -> None:
    def page(canvas: Canvas) -> None:
        written(canvas, 60, 750)
        hidden = canvas.beginText(60, 690)
        hidden.setTextRenderMode(3)
        hidden.textLine("SKJULT NOTAT: strøket av styret")
        canvas.drawText(hidden)

    assert text(drawn(page)) == list(LIST)
    assert furniture(drawn(page)) == {"SKJULT NOTAT: strøket av styret": "hidden text"}


def test_the_text_layer_of_a_scan_is_text() -> None:
    def page(canvas: Canvas) -> None:
        picture = ImageReader(io.BytesIO(b"P5 2 2 255\n" + bytes((255, 250, 245, 255))))
        canvas.drawImage(picture, 0, 0, *A4)
        layer = canvas.beginText(60, 750)
        layer.setTextRenderMode(3)
        layer.setFont("Helvetica", 10, 14)
        layer.textLines(LIST)
        canvas.drawText(layer)
        canvas.drawString(60, 40, "stempel")

    assert text(drawn(page)) == [*LIST, "stempel"]


@pytest.mark.parametrize("ink", [white, Color(0.99, 0.99, 1)], ids=["white", "nearly white"])
def test_white_on_white_is_hidden(ink: Color) -> None:
    def page(canvas: Canvas) -> None:
        written(canvas, 60, 750)
        canvas.setFillColor(ink)
        canvas.drawString(60, 690, "• hvit tekst på hvitt papir")

    assert text(drawn(page)) == list(LIST)
    assert furniture(drawn(page)) == {"• hvit tekst på hvitt papir": "hidden text"}


def test_a_scan_whose_picture_is_drawn_another_way_is_text() -> None:
    def page(canvas: Canvas) -> None:
        on_shading(canvas)
        layer = canvas.beginText(60, 750)
        layer.setTextRenderMode(3)
        layer.setFont("Helvetica", 10, 14)
        layer.textLines(LIST)
        canvas.drawText(layer)

    assert text(drawn(page)) == list(LIST)


def test_colours_that_we_do_not_know_hide_nothing() -> None:
    content = (
        b"/Lab cs 90 5 5 sc BT /F1 10 Tf 60 750 Td (Fjordpartiet vil bygge skole) Tj ET 0 g BT /F1 10 Tf 60 700 Td ("
        + b"a" * 60
        + b") Tj ET"
    )
    page = (
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>"
        b"/ColorSpace<</Lab[/Lab<</WhitePoint[1 1 1]>>]>>>>>>"
    )
    pages = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
    data = pdf([b"<</Type/Catalog/Pages 2 0 R>>", pages, page, stream(content), FONT])
    assert text(data)[0] == "Fjordpartiet vil bygge skole"


def on_dark_ground(canvas: Canvas) -> None:
    canvas.setFillColor(HexColor("#104020"))
    canvas.rect(50, 640, 300, 60, 0, 1)


def on_dark_line(canvas: Canvas) -> None:
    canvas.setLineWidth(60)
    canvas.line(50, 670, 350, 670)


def on_picture(canvas: Canvas) -> None:
    picture = ImageReader(io.BytesIO(b"P6 1 1 255\n" + bytes((10, 40, 20))))
    canvas.drawImage(picture, 50, 640, 300, 60)


def on_shading(canvas: Canvas) -> None:
    canvas.linearGradient(50, 640, 350, 700, (black, HexColor("#104020")))


@pytest.mark.parametrize("ground", [on_dark_ground, on_dark_line, on_picture, on_shading])
def test_white_text_on_what_is_not_white_stays(ground: Draw) -> None:
    def page(canvas: Canvas) -> None:
        written(canvas, 60, 750)
        ground(canvas)
        canvas.setFillColor(white)
        written(canvas, 60, 680, ("Storfjell", "for alle som bor her"))

    assert set(text(drawn(page))) == {*LIST, "Storfjell", "for alle som bor her"}


@pytest.mark.parametrize("is_ring", [False, True], ids=["drawn round it", "painted with a hole"])
def test_text_in_the_colour_of_its_frame_stays(is_ring: bool) -> None:
    orange = HexColor("#e07a1f")

    def page(canvas: Canvas) -> None:
        written(canvas, 60, 750)
        canvas.setStrokeColor(orange)
        canvas.setFillColor(orange)
        frame = canvas.beginPath()
        frame.rect(50, 600, 200, 60)
        if is_ring:
            frame.rect(52, 602, 196, 56)
            canvas.drawPath(frame, stroke=0, fill=1, fillMode=0)
        else:
            canvas.drawPath(frame, stroke=1, fill=0)
        canvas.drawString(60, 630, "Ferje og vei")

    assert text(drawn(page)) == [*LIST, "Ferje og vei"]


def test_text_in_the_colour_of_its_box_is_hidden() -> None:
    def page(canvas: Canvas) -> None:
        written(canvas, 60, 750)
        on_dark_ground(canvas)
        canvas.drawString(60, 680, "grønt på grønt")

    assert furniture(drawn(page)) == {"grønt på grønt": "hidden text"}


def test_white_text_all_over_a_page_has_a_ground_that_we_do_not_know() -> None:
    def page(canvas: Canvas) -> None:
        canvas.setFillColor(white)
        written(canvas, 60, 750)

    assert text(drawn(page)) == list(LIST)


# Layers


def layered(catalogue: bytes, properties: bytes) -> bytes:
    """Return a PDF with an entry in a layer that the page calls /L, the layer being object 6."""
    content = (
        b"BT /F1 10 Tf 14 TL 60 750 Td (Fjordpartiet vil:) Tj T* (- bygge skole) Tj T* "
        b"/OC /L BDC (- i et lag) Tj EMC T* (- gi lege til alle) Tj ET"
    )
    page = (
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
        b"/Resources<</Font<</F1 5 0 R>>/Properties<</L " + properties + b">>>>>>"
    )
    pages = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
    root = b"<</Type/Catalog/Pages 2 0 R/OCProperties<</OCGs[6 0 R]/D<<" + catalogue + b">>>>>>"
    return pdf([root, pages, page, stream(content), FONT, b"<</Type/OCG/Name(Notater)>>"])


MEMBERS = b"<</Type/OCMD/OCGs[6 0 R]%b>>"


@pytest.mark.parametrize(
    ("catalogue", "properties", "is_shown"),
    [
        (b"/ON[6 0 R]", b"6 0 R", True),
        (b"/BaseState/OFF/ON[6 0 R]", b"6 0 R", True),
        (b"/OFF[6 0 R]", MEMBERS % b"/P/AllOff", True),
        (b"/OFF[6 0 R]", b"6 0 R", False),
        (b"/BaseState/OFF", b"6 0 R", False),
        (b"/OFF[6 0 R]", MEMBERS % b"", False),
        (b"/ON[6 0 R]", MEMBERS % b"/P/AnyOff", False),
    ],
)
def test_what_stands_in_a_layer_counts_if_the_layer_is_on(catalogue: bytes, properties: bytes, is_shown: bool) -> None:
    data = layered(catalogue, properties)
    assert ("- i et lag" in text(data)) == is_shown
    assert furniture(data) == ({} if is_shown else {"- i et lag": "hidden text"})


# The edges of the page


def test_what_stands_outside_the_crop_box_is_not_on_the_page() -> None:
    def page(canvas: Canvas) -> None:
        written(canvas, 60, 750)
        canvas.drawString(60, 20, "korrektur_v7.indd")
        canvas.drawString(60, 825, "ikke for publisering")

    data = drawn(page, crop=(20, 40, 575, 800))
    assert text(data) == list(LIST)
    assert set(furniture(data).values()) == {"outside the page"}
    first = read(data, "a.pdf").lines[0].box
    assert first is not None and (first.x0, round(first.bottom)) == (40, 52)


def test_each_page_of_a_spread_that_is_cut_shows_its_own_half() -> None:
    def spread(canvas: Canvas) -> None:
        written(canvas, 30, 750, LIST[:2])
        written(canvas, 320, 750, LIST[2:])

    left, right = (text(drawn(spread, crop=crop)) for crop in ((0, 0, 297, 842), (297, 0, 595, 842)))
    assert (left, right) == (list(LIST[:2]), list(LIST[2:]))


def test_a_crop_box_that_leaves_no_page_is_not_believed() -> None:
    assert text(drawn(lambda canvas: written(canvas, 60, 750), crop=(700, 10, 710, 20))) == list(LIST)


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_page_that_is_shown_turned_is_read_as_it_stands(turn: int) -> None:
    assert text(drawn(lambda canvas: written(canvas, 60, 500), turn=turn)) == list(LIST)


def test_a_page_whose_words_are_written_upside_down() -> None:
    def page(canvas: Canvas) -> None:
        canvas.translate(*A4)
        canvas.rotate(180)
        written(canvas, 60, 750)

    assert text(drawn(page)) == list(LIST)


# Struck-out words and lines that strike nothing out


def lines_under_and_around(canvas: Canvas) -> None:
    canvas.line(60, 748, 140, 748)
    canvas.line(20, 739, 500, 739)
    canvas.line(20, 753, 56, 753)


def test_lines_under_and_beside_words_strike_nothing_out() -> None:
    def page(canvas: Canvas) -> None:
        written(canvas, 60, 750)
        lines_under_and_around(canvas)
        canvas.line(20, 725, 560, 725)  # across the page, through words too

    assert text(drawn(page)) == list(LIST)


@pytest.mark.parametrize("is_bar", [False, True])
def test_a_line_through_words_strikes_them_out(is_bar: bool) -> None:
    def page(canvas: Canvas) -> None:
        written(canvas, 60, 750)
        start = 60 + canvas.stringWidth("• bygge skole ", "Helvetica", 10)
        end = start + canvas.stringWidth("på Nes", "Helvetica", 10)
        if is_bar:
            canvas.rect(start, 738.7, end - start, 0.6, 0, 1)
        else:
            canvas.line(start, 739, end, 739)

    assert text(drawn(page)) == [LIST[0], "• bygge skole og i Vik", *LIST[2:]]
    assert furniture(drawn(page)) == {"på Nes": "struck-out text"}


# Fonts


def without_letters(encoding: bytes, codes: bytes) -> bytes:
    """Return a page of a font that does not say which letters its codes are."""
    font = b"<</Type/Font/Subtype/Type3/FontBBox[0 0 1 1]/FontMatrix[1 0 0 1 0 0]/CharProcs<<>>" + encoding
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R/F2 6 0 R>>>>>>"
    content = b"BT /F1 10 Tf 14 TL 60 750 Td (Fjordpartiet vil bygge skole) Tj T* /F2 10 Tf <" + codes + b"> Tj ET"
    return pdf(
        [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>", page, stream(content), FONT, font]
    )


def test_a_font_that_names_no_letters_leaves_no_blanks() -> None:
    font = b"/FirstChar 1/LastChar 5/Widths[.5 .5 .5 .5 .5]/Encoding<</Differences[1/g1/g2/g3/g4/g5]>>>>"
    data = without_letters(font, b"0102030405")
    assert text(data) == ["Fjordpartiet vil bygge skole", "\ufffd" * 5]
    assert parse(data, "a.pdf").problems[0].kind == "unreadable letters"


def test_the_editor_is_told_once_of_each_kind_and_nothing_is_lost() -> None:
    def page(canvas: Canvas) -> None:
        with_watermark(canvas, "UTKAST", 300, 200, 60, "#d8d8d8", 45)

    def hidden(canvas: Canvas) -> None:
        written(canvas, 60, 750)
        raised(canvas, 60, 690, ("- bruke 50", 0.0), ("3", 4.0), (" millioner", 0.0))
        canvas.setFillColor(white)
        canvas.drawString(60, 640, "hvit tekst")
        canvas.drawString(60, 600, "mer hvit tekst")

    parsed = parse(drawn(page, hidden), "a.pdf")
    told = [(problem.kind, problem.page) for problem in parsed.problems if not problem.of]
    assert told == [("watermark", 1), ("note number", 2), ("hidden text", 2)]
    assert whole(parsed)
