"""From glyphs to spans: what stays together, and what a file paints that nobody should read."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.parser.readers.pdf.glyphs import Face, Glyph
from ingest.parser.readers.pdf.spans import spans

FACE = Face("Fjord", "Fjord", False, False)


def glyphs(text: str, x: float = 50.0, y: float = 100.0, size: float = 10.0, width: float = 5.0) -> list[Glyph]:
    return [
        Glyph(letter, x + place * width, x + (place + 1) * width, y, size, FACE, "", "")
        for place, letter in enumerate(text)
    ]


def texts(painted: Sequence[Glyph]) -> list[str]:
    return [span.text for span in spans(painted)]


def test_letters_in_a_row_are_one_span():
    assert texts(glyphs("Vi vil bygge")) == ["Vi vil bygge"]


def test_a_gap_is_a_space_where_the_file_paints_none():
    assert texts(glyphs("vil") + glyphs("bygge", x=68)) == ["vil bygge"]


def test_a_wide_gap_ends_the_span():
    assert texts(glyphs("venstre") + glyphs("høyre", x=120)) == ["venstre", "høyre"]


def test_a_new_baseline_begins_a_span():
    assert texts(glyphs("øverst") + glyphs("nederst", y=114)) == ["øverst", "nederst"]


def test_a_glyph_of_no_width_keeps_its_place_in_the_content():
    first, *rest = glyphs("likestille")
    nothing = Glyph("\x07", first.x0, first.x0, first.y, first.size, FACE, "", "")
    assert texts([nothing, first, *rest]) == ["likestille"]


def test_a_ring_painted_over_its_letter_is_one_letter():
    letter = glyphs("a")[0]
    ring = Glyph("\u02da", letter.x0 + 0.5, letter.x1 - 0.5, letter.y, letter.size, FACE, "", "")
    assert texts([letter, ring, *glyphs("pen", x=letter.x1)]) == ["åpen"]


def test_shadows_are_read_once_and_double_letters_twice():
    assert texts(glyphs("gatte", x=50) + glyphs("gatte", x=50.2)) == ["gatte"]


def test_white_space_at_the_ends_goes():
    span = spans(glyphs("  skole  "))[0]
    assert (span.text, span.x0, span.x1) == ("skole", 60.0, 85.0)


def test_a_mark_and_its_words():
    span = spans(glyphs("• skole"))[0]
    assert (span.marker, span.text_x, span.hangs) == ("•", 60.0, True)


def test_turned_glyphs_are_left_out():
    turned = glyphs("opp")
    for glyph in turned:
        glyph.turned = 1
    assert texts(turned) == []
