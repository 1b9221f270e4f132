"""The thresholds of what is seen and what is not: what lies just below each, and what lies just above it."""

from __future__ import annotations

import math

import pytest
from reportlab.pdfgen.canvas import Canvas

from ingest.parser.furniture.placed import Usual
from ingest.parser.readers.pdf import unseen, watermarks
from ingest.parser.readers.pdf.encoding import repair
from ingest.parser.readers.pdf.glyphs import Face, Glyph, Rule, Sheet
from ingest.parser.readers.pdf.notes import mark_notes, without_numbers
from ingest.parser.readers.pdf.painted import is_alike, rules_of, shown_box
from ingest.parser.readers.pdf.spans import FaceRun, Span
from ingest.parser.readers.pdf.tables import is_row_of_values, tables
from tests.ingest.parser.readers.pdf.pages import LIST, drawn, furniture, written

FACE = Face("Fjord", "Fjord", False, False)
USUAL = Usual(10.0, 14.0)
UPRIGHT = (1, 0, 0, 1, 0, 0)


def glyph(x: float, y: float, why: str = "", size: float = 10) -> Glyph:
    return Glyph("a", x, x + 5, y, size, FACE, "", "", why=why)


def words(text: str, x: float, y: float, size: float = 10, colour: str = "", why: str = "") -> Span:
    return Span([FaceRun(text, FACE, size, colour, "")], x, x + 5 * len(text), y, size, why=why)


@pytest.mark.parametrize(("hidden", "expected"), [(45, {unseen.HIDDEN}), (55, {""})])
def test_so_much_of_a_page_is_hidden_by_its_colour(hidden: int, expected: set[str]) -> None:
    ink = [unseen.ON_ITS_COLOUR] * hidden + [""] * (100 - hidden)
    sheet = Sheet(0, 600, 800, [glyph(10, 10, why) for why in ink])
    unseen.settle(sheet)
    assert {one.why for one in sheet.glyphs[:hidden]} == expected


@pytest.mark.parametrize(("beyond", "is_outside"), [(0.9, False), (1.1, True)])
def test_so_far_a_letter_may_stand_outside(beyond: float, is_outside: bool) -> None:
    sheet = Sheet(0, 600, 800, [glyph(597.5 + beyond, 100)])
    unseen.settle(sheet)
    assert (sheet.glyphs[0].why == unseen.OUTSIDE) == is_outside


@pytest.mark.parametrize(("longer", "is_struck"), [(5.5, True), (7, False)])
def test_a_line_is_as_long_as_the_words_that_it_strikes_out(longer: float, is_struck: bool) -> None:
    sheet = Sheet(0, 600, 800, [glyph(100 + 5 * n, 100) for n in range(6)])
    sheet.rules.append(Rule(100 - longer, 97, 130, 97))
    unseen.strike_out(sheet)
    assert (sheet.glyphs[0].why == unseen.STRUCK) == is_struck


@pytest.mark.parametrize(("height", "is_struck"), [(98.8, False), (98.4, True), (95.7, True), (95.3, False)])
def test_a_line_that_strikes_out_runs_through_the_middle(height: float, is_struck: bool) -> None:
    sheet = Sheet(0, 600, 800, [glyph(100 + 5 * n, 100) for n in range(6)])
    sheet.rules.append(Rule(100, height, 130, height))
    unseen.strike_out(sheet)
    assert (sheet.glyphs[0].why == unseen.STRUCK) == is_struck


@pytest.mark.parametrize(("colour", "alike"), [("#f6f6f6", True), ("#f3f3f3", False)])
def test_colours_that_nobody_can_tell_apart(colour: str, alike: bool) -> None:
    assert is_alike("#ffffff", colour) == alike


@pytest.mark.parametrize(
    ("thick", "long", "is_rule"), [(1.8, 50, True), (2.2, 50, False), (0.5, 4.5, True), (0.5, 3.5, False)]
)
def test_a_bar_that_is_a_line(thick: float, long: float, is_rule: bool) -> None:
    path = [("m", 50, 50), ("l", 50 + long, 50), ("l", 50 + long, 50 + thick), ("l", 50, 50 + thick), ("h",)]
    assert bool(list(rules_of(UPRIGHT, 1.0, path, False, 0, 800))) == is_rule


@pytest.mark.parametrize(("width", "expected"), [(55, (0, 0, 55, 842)), (45, (0, 0, 595, 842))])
def test_the_smallest_page_that_a_crop_box_leaves(width: float, expected: tuple[float, ...]) -> None:
    assert shown_box((0, 0, 595, 842), (0, 0, width, 842)) == expected


@pytest.mark.parametrize(("degrees", "is_askew"), [(5, False), (6.5, True)])
def test_writing_that_climbs_like_a_watermark(degrees: float, is_askew: bool) -> None:
    def page(canvas: Canvas) -> None:
        written(canvas, 60, 750)
        canvas.translate(60, 500)
        canvas.rotate(degrees)
        canvas.drawString(0, 0, "UTKAST")

    assert (furniture(drawn(page)) == {"UTKAST": "watermark"}) == is_askew
    assert math.tan(math.radians(5)) < 0.1 < math.tan(math.radians(6.5))


@pytest.mark.parametrize(("size", "gap", "is_note"), [(8, 0, True), (9, 0, False), (6, 3, True), (6, 4, False)])
def test_a_notes_number_is_small_and_near(size: float, gap: float, is_note: bool) -> None:
    base = words("bruke 50", 60, 100)
    kept, found = without_numbers([base, words("3", base.x1 + gap, 96, size)])
    assert (len(found), len(kept)) == (is_note, 2 - is_note)


@pytest.mark.parametrize(("gap", "is_note"), [(9, True), (11, False)])
def test_so_far_a_note_begins_behind_its_number(gap: float, is_note: bool) -> None:
    _, found = without_numbers([words("3", 60, 96, 6), words("Statistikk", 65 + gap, 100)])
    assert bool(found) == is_note


@pytest.mark.parametrize(("size", "is_note"), [(9, True), (10, False)])
def test_notes_are_small_print(size: float, is_note: bool) -> None:
    note = words("3 Statistikk", 60, 700, size)
    mark_notes([[words("bruke 50", 60, 100), note]], [[words("3", 100, 96, 6, why="note number")]], USUAL)
    assert (note.why == "footnote") == is_note


@pytest.mark.parametrize(
    ("size", "colour", "length", "is_mark"),
    [
        (20, "#d0d0d0", 6, True),
        (16, "#d0d0d0", 6, False),
        (20, "#999999", 6, True),
        (20, "#808080", 6, False),
        (20, "#d0d0d0", 50, True),
        (20, "#d0d0d0", 70, False),
    ],
)
def test_a_watermark_is_large_pale_and_short(size: float, colour: str, length: int, is_mark: bool) -> None:
    mark = words("U" * length, 60, 105, size, colour)
    watermarks.mark([[words("bygge skole på Nes", 60, 100), mark]], USUAL)
    assert (mark.why == "watermark") == is_mark


@pytest.mark.parametrize(("pages", "is_mark"), [(1, False), (2, True)])
def test_a_dark_watermark_stands_on_two_pages(pages: int, is_mark: bool) -> None:
    found = [[words("bygge skole på Nes", 60, 100), words("UTKAST", 60, 105, 20)] for _ in range(pages)]
    watermarks.mark(found, USUAL)
    assert {page[1].why == "watermark" for page in found} == {is_mark}


def grid(xs: list[float], ys: list[float]) -> list[Rule]:
    """Return the lines of a table."""
    standing = [Rule(x, ys[0], x, ys[-1]) for x in xs]
    return [*standing, *(Rule(xs[0], y, xs[-1], y) for y in ys)]


@pytest.mark.parametrize(("apart", "columns"), [(2.6, 2), (3.4, 3)])
def test_lines_that_are_one(apart: float, columns: int) -> None:
    rules = grid([50, 150, 150 + apart, 300], [100, 120, 140])
    cells = [words("ab", x, y) for x in (60, 200) for y in (115, 135)]
    assert len(tables(rules, cells)[0].rows[0]) == columns


@pytest.mark.parametrize(("filled", "is_table"), [(4, True), (3, False)])
def test_rows_of_a_table_have_words_in_several_cells(filled: int, is_table: bool) -> None:
    rules = grid([50, 150, 300], [100 + 20 * n for n in range(8)])
    cells = [words("ab", 60, 115 + 20 * n) for n in range(7)]
    cells += [words("cd", 160, 115 + 20 * n) for n in range(filled)]
    assert bool(tables(rules, cells)) == is_table


@pytest.mark.parametrize(("lines", "is_value"), [(6, True), (7, False)])
def test_a_cell_with_many_lines_holds_text_of_its_own(lines: int, is_value: bool) -> None:
    assert is_row_of_values([[words("ab", 60, 100 + 14 * n) for n in range(lines)], [words("1", 200, 100)]]) == is_value


@pytest.mark.parametrize(("damaged", "mended"), [("li6", "litt"), ("o6", "o6")])
def test_the_shortest_word_that_a_repair_makes(damaged: str, mended: str) -> None:
    found = words(f"ska6 ska6en oppre6e ska6e {damaged}", 60, 100)
    repair([found])
    assert found.text == f"skatt skatten opprette skatte {mended}"


def test_the_pages_of_these_tests_are_read() -> None:
    assert not furniture(drawn(lambda canvas: written(canvas, 60, 750, LIST)))
