"""What stands where on the pages of whole files: running titles, contents, boxes, headings over columns."""

from __future__ import annotations

import io

import pytest
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from ingest.parser.document import Line
from ingest.parser.furniture.placed import Usual
from ingest.parser.readers.pdf import switches
from ingest.parser.readers.pdf.glyphs import Face
from ingest.parser.readers.pdf.reader import read
from ingest.parser.readers.pdf.spans import FaceRun, Span
from tests.ingest.parser.readers.pdf.drawing import PITCH, Ground, Page, Words, column, furniture, lines, text
from tests.ingest.parser.readers.pdf.test_reader import MORE, PROSE

CHAPTERS = ("Skole og oppvekst", "Helse og omsorg", "Natur og miljø", "Kultur og idrett", "Samferdsel")


# Running titles


def test_a_chapter_that_begins_every_page_is_no_running_header():
    pages = [[*column(60, 80, [f"# {name}", "", *PROSE])] for name in CHAPTERS]
    assert furniture(pages) == {}


def test_numbers_of_chapters_are_no_running_header():
    pages = [[*column(60, 80, [f"# Kapittel {n}", f"# {name}", *PROSE])] for n, name in enumerate(CHAPTERS)]
    assert furniture(pages) == {}


def test_small_type_right_above_the_text_is_no_running_header():
    pages = [[Words(60, 66, f"Vedtatt av {name}", 8), *column(60, 80, PROSE)] for name in CHAPTERS]
    assert furniture(pages) == {}


@pytest.mark.parametrize("size", [8.0, 10.0], ids=["in small type", "in the type of the text"])
@pytest.mark.parametrize("number", ["", "2. "], ids=["", "with its number"])
def test_the_name_of_each_chapter_above_its_only_page(size: float, number: str):
    pages = [
        [Words(400, 40, number + name, size), *column(60, 100, [f"# {number}{name}", "", *PROSE])] for name in CHAPTERS
    ]
    assert list(furniture(pages)) == [number + name for name in CHAPTERS]


def test_a_shortened_name_in_small_type_clear_of_the_text():
    pages = [[Words(60, 40, name[:5], 8), *column(60, 100, [f"# {name} for alle", "", *PROSE])] for name in CHAPTERS]
    assert set(furniture(pages).values()) == {"running header"}


# Signs of what opens and closes


@pytest.mark.parametrize("sign", "+–−-×▾▼▴▲▸▶˅˄⌄⌃›")
def test_a_sign_at_the_right_of_a_title_is_a_button(sign: str):
    face = Face("Helvetica", "Helvetica", bold=False, italic=False)
    span = Span([FaceRun(sign, face, 14, "", "")], 500, 508, 80, 14)
    title = Span([FaceRun("Skole", face, 14, "", "")], 60, 100, 80, 14)
    switches.mark([[title, span]], Usual(10, 12))
    assert (span.why, title.why) == ("button", "")


def test_titles_with_signs_are_headings():
    opened = [Words(60, 60, "Skole", 14), Words(500, 60, "–", 14), *column(60, 80, PROSE)]
    closed = [Words(60, 260, "Helse", font="Helvetica-Bold"), Words(500, 262, "+")]
    assert furniture([[*opened, *closed]]) == {"–": "button", "+": "button"}


def test_a_sign_in_the_text_is_no_button():
    page = [Words(60, 60, "Budsjett", 14), Words(300, 60, "2027", 14), Words(500, 60, "–", 14), *column(60, 80, PROSE)]
    assert furniture([[*page, Words(60, 300, "Vei"), Words(500, 300, "–"), Words(500, 400, "–", 14)]]) == {}


def test_a_heading_below_cards_heads_the_text_below_it():
    cards = [Ground(55, 40, 300, 135), *column(60, 60, ["# Eldre", "", "Vi vil:", "* ha dagsenter", "* gi buss"])]
    cards += [Ground(315, 40, 560, 135), *column(320, 60, ["# Vann", "", "Vi vil:", "* bytte ut rørene", "* grave"])]
    below = [Words(60, 186, "Veien", 18), *column(60, 214, ["Veien er lang og smal, og den skal rustes opp. " * 2] * 4)]
    assert [line for line in text([[*cards, *below]]) if len(line) < 6] == ["Eldre", "Vann", "Veien"]


# Contents and index


def contents(numbers: bool = True) -> list[Words]:
    found = [Words(60, 80, "Innhold", 18)]
    for row, title in enumerate(CHAPTERS):
        y = 110 + 20 * row
        found.append(Words(60, y, title))
        if numbers:
            found += [Words(200, y, "................"), Words(500, y, str(row + 2))]
    return found


def chapters() -> list[Page]:
    return [[*column(60, 80, [f"# {title}", "", *PROSE])] for title in CHAPTERS]


def test_a_list_of_wishes_is_no_contents():
    assert furniture([column(60, 80, ["Innhold i skolen", *(f"* {title}" for title in CHAPTERS)]), *chapters()]) == {}


@pytest.mark.parametrize("numbers", [True, False], ids=["leaders and numbers", "titles alone"])
def test_contents(numbers: bool):
    found = furniture([contents(numbers), *chapters()])
    assert len(found) == 6
    assert set(found.values()) == {"table of contents"}


def test_contents_beside_the_first_chapter_on_a_spread():
    first = [Words(470, 80, CHAPTERS[0], 24), *column(470, 120, PROSE)]
    left = [Words(word.x if word.x < 400 else 380, word.y, word.text, word.size) for word in contents()]
    others = [[*column(60, 80, [f"# {title}", *PROSE]), *column(470, 80, MORE)] for title in CHAPTERS[1:]]
    found = text([[*left, *first], *others], size=(842, 595))
    assert found[:5] == [CHAPTERS[0], *PROSE]


def test_page_numbers_of_contents_are_no_line_numbers():
    rows = [f"{name} {part}" for part in ("nå", "i dag", "i morgen") for name in CHAPTERS]
    first = [Words(60, 110 + 20 * row, words) for row, words in enumerate(rows)]
    first += [Words(500, 110 + 20 * row, str(row + 2)) for row in range(len(rows))]
    pages = [[Words(60, 80, "Innhold", 18), *first]]
    pages += [[*column(60, 80, [f"# {title}", *PROSE, *MORE, *PROSE]), Words(500, 800, str(n))] for n, title in
              enumerate(rows, start=2)]  # fmt: skip
    assert set(furniture(pages).values()) == {"table of contents", "page number"}


def test_an_index_at_the_end():
    words = [f"{name} {n}, {n + 20}" for n, name in enumerate(("ask", "bru", "dal", "elv", "fisk") * 4, start=3)]
    found = furniture([*chapters(), *chapters(), column(60, 80, words)])
    assert set(found.values()) == {"index"}
    assert len(found) == 20


def test_a_long_title_that_the_contents_name_is_no_pull_quote():
    title = "Fjorden er vår felles arv og vårt ansvar"
    rows = [*CHAPTERS, title]
    first = [Words(60, 110 + 20 * row, f"{words} {row + 2}") for row, words in enumerate(rows)]
    pages = [first, *chapters(), [Words(60, 80, title, 30)], column(60, 80, PROSE)]
    assert title in text(pages)


# Columns and boxes


def test_a_heading_that_ends_in_the_gutter_stands_above_both_columns():
    heading = Words(60, 160, "Et levende demokrati", 26, "Helvetica-Bold")
    page = [*column(60, 80, PROSE), *column(320, 80, MORE), heading, *column(60, 190, MORE), *column(320, 190, PROSE)]
    assert text([page]) == [*PROSE, *MORE, heading.text, *MORE, *PROSE]


def test_a_short_list_goes_on_at_the_head_of_the_right_column():
    page = [
        *column(72, 80, ["* 0", "* 1", "* 2"]),
        *column(332, 80, ["* den siste, som går", "  over to linjer"]),
        Words(60, 150, "Et kapittel som går over hele bredden av siden og litt til", 18),
        *column(60, 200, PROSE),
        *column(320, 200, MORE),
    ]  # fmt: skip
    assert text([page])[:5] == ["• 0", "• 1", "• 2", "• den siste, som går", "over to linjer"]


def test_wide_spaces_in_a_justified_line_are_no_gutter():
    wide = [
        Words(x, 80 + 4 * PITCH, word) for x, word in ((60, "fram"), (110, "skynde"), (180, "arbeidet"), (260, "nå"))
    ]
    page = [*column(60, 80, PROSE), *wide, *column(60, 80 + 5 * PITCH, ["2029", *PROSE])]  # fmt: skip
    assert text([page]) == [*PROSE, "fram skynde arbeidet nå", "2029", *PROSE]


def test_lines_know_the_side_box_that_they_stand_in():
    box = [Ground(330, 90, 540, 170), *column(340, 110, ["Visste du at", "* en", "* to"])]
    found = lines([[*column(60, 80, [*PROSE, *MORE, *PROSE]), *box], column(60, 80, PROSE)])
    assert {line.text for line in found if line.aside} == {"Visste du at", "• en", "• to"}


def test_a_title_set_wide_keeps_its_words():
    x, title = 60.0, []
    for letter in "NATUR OG HELSE":
        if letter != " ":
            title.append(Words(x, 60, letter, 18))
        x += stringWidth(letter, "Helvetica", 18) + 6
    assert text([[*title, *column(60, 100, PROSE)]])[0] == "NATUR OG HELSE"


# Bullets that are no letters


def dotted(words: list[str], dots: list[int]) -> list[Line]:
    """Return the lines of a page with some words one under the other, and a drawn dot before some of them."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer)
    for row, line in enumerate(words):
        canvas.drawString(72, 700 - row * PITCH, line)
        if row in dots:
            canvas.circle(62, 703 - row * PITCH, 1.6, stroke=0, fill=1)
    canvas.save()
    return list(read(buffer.getvalue(), "program.pdf").lines)


def test_two_drawn_dots_are_ornaments():
    assert not any(line.marker for line in dotted(["Skole", "Helse", "Natur"], [0, 2]))


def test_drawn_bullets():
    found = dotted(["bygge bru", "over fjorden", "senke skatten", "styrke skolen"], [0, 2, 3])
    assert [line.text for line in found] == ["• bygge bru", "over fjorden", "• senke skatten", "• styrke skolen"]
    assert [line.text_x for line in found if line.marker] == [72.0] * 3


def test_letters_of_a_font_of_signs():
    page = [Words(60, 80, "\u2714", 10, "ZapfDingbats"), Words(72, 80, "bygge bru"), Words(60, 110, "4 år", 10)]
    assert text([page]) == ["✓ bygge bru", "4 år"]


def test_page_numbers_half_way_up_the_page():
    pages = [[*column(60, 80, PROSE), Words(560, 400, str(n)), Words(60, 400, "2027")] for n in range(3, 9)]
    assert {words: why for words, why in furniture(pages).items() if why == "page number"} == dict.fromkeys(
        map(str, range(3, 9)), "page number"
    )
