"""The PDF reader on small PDFs, drawn as layout programs draw them: what it must leave alone comes first."""

from __future__ import annotations

import io
import os
import subprocess
import sys

import pytest
from reportlab.pdfgen.canvas import Canvas

from ingest.parser.document import RawDocument
from ingest.parser.errors import BrokenFile, EncryptedFile, IngestError, NoText
from ingest.parser.readers.pdf.reader import read
from tests.ingest.parser.readers.pdf.drawing import BODY, PITCH, Ground, Words, column, furniture, lines, pdf, text
from tests.installed import needs_ocr
from tests.paths import ROOT

PROSE = (
    "Bygda trenger en skole der alle blir sett, og",
    "der ingen faller utenfor. Fjorden er vår felles",
    "arv, og den skal vi ta vare på for dem som",
    "kommer etter oss her i Storfjell kommune.",
)
MORE = (
    "Bussen går for sjelden, og mange er avhengige",
    "av bil for å komme seg til jobb og skole i",
    "Elvebyen og i Nordvika når dagen begynner.",
)


# Reading order


def test_one_column_stays_one_although_its_entries_hang():
    page = column(
        60, 80, ["Fjordpartiet vil:", "* bygge bru over fjorden ved", "  Nordvika", "* senke skatten", "* gi", "* ta"]
    )
    assert text([page]) == [
        "Fjordpartiet vil:",
        "• bygge bru over fjorden ved",
        "Nordvika",
        "• senke skatten",
        "• gi",
        "• ta",
    ]


def test_columns_are_read_one_after_the_other():
    assert text([[*column(60, 80, PROSE), *column(320, 80, MORE)]]) == [*PROSE, *MORE]


def test_columns_whose_lines_stand_at_different_heights():
    assert text([[*column(60, 80, PROSE), *column(320, 85, MORE, pitch=16)]]) == [*PROSE, *MORE]


def test_three_columns():
    parts = [
        [f"{name} {n}" for n in range(5)]
        for name in ("på venstre side av arket", "midt på arket, linje", "på høyre side, som nummer")
    ]
    assert text([[word for n, part in enumerate(parts) for word in column(60 + 170 * n, 80, part)]]) == [
        *parts[0],
        *parts[1],
        *parts[2],
    ]


def test_a_table_is_read_row_by_row():
    cells = [(f"Skole {row}", f"{row}0 kroner", "hvert år") for row in range(4)]
    page = [
        Words(60 + 130 * n, 200 + PITCH * row, cell) for row, cols in enumerate(cells) for n, cell in enumerate(cols)
    ]
    assert text([[*column(60, 80, PROSE), *page]]) == [*PROSE, *(" ".join(row) for row in cells)]


def test_a_heading_over_both_columns_comes_first_and_a_paragraph_under_them_last():
    wide = "Til slutt en lang linje som går over hele bredden av siden, under begge spaltene, for alle som leser."
    page = [Words(60, 60, "Et kapittel som heter noe langt, så langt at det rekker over begge", 14)]
    page += [*column(60, 100, PROSE), *column(320, 100, MORE), Words(60, 190, wide)]
    assert text([page]) == [page[0].text, *PROSE, *MORE, wide]


def test_bands_of_columns_are_read_band_by_band():
    def band(top: float, title: str) -> list[Words]:
        left = [
            Words(60, top, title, 16, "Helvetica-Bold"),
            *column(60, top + 30, [f"{title}: {PROSE[1]}", *PROSE[2:]]),
        ]
        return left + column(320, top + 30, ["Vi vil:", f"* bygge mer {title}", f"* styrke {title}"])

    found = text([[*band(80, "Skole"), *band(230, "Helse"), *band(380, "Natur")]])
    assert [found.index(title) for title in ("Skole", "• styrke Skole", "Helse", "• styrke Helse", "Natur")] == [
        0,
        6,
        7,
        13,
        14,
    ]


def test_columns_that_pause_at_one_height_are_still_columns():
    left = [*PROSE, "", *PROSE, "", *MORE]
    right = [*MORE, "", "", *MORE, "", *PROSE]
    assert text([[*column(60, 80, left), *column(320, 80, right)]]) == [line for line in left + right if line]


def test_a_spread_is_read_page_by_page():
    spread = [*column(50, 80, PROSE), Words(200, 560, "4", 8), *column(470, 80, MORE), Words(620, 560, "5", 8)]
    assert text([spread], size=(842, 595))[:7] == [*PROSE, *MORE]


def test_a_side_box_is_read_by_itself():
    page = [
        *column(60, 80, [*PROSE, *MORE, *PROSE]),
        Ground(330, 90, 540, 170),
        *column(340, 110, ["Visste du at", "* en", "* to"]),
    ]
    found = text([page])
    at = found.index("Visste du at")
    assert found[at : at + 3] == ["Visste du at", "• en", "• to"]
    assert [line for line in found if line not in found[at : at + 3]] == [*PROSE, *MORE, *PROSE]


# Markers


@pytest.mark.parametrize("sunk", [0.0, 2.5, -2.5], ids=["on the baseline", "below it", "above it"])
def test_a_marker_far_from_its_words_is_glued_to_them(sunk: float):
    page = [Words(60, 80, "Vi vil:")]
    for row in range(3):
        y = 100 + row * PITCH
        page += [Words(72, y + sunk, "•", 12), Words(72 + 4 + 18, y, f"bygge hus nummer {row}")]
    marked = lines([page])[1:]
    assert [(line.marker, line.text, line.text_x) for line in marked] == [
        ("•", f"• bygge hus nummer {row}", 94.0) for row in range(3)
    ]


def test_numbers_hang_although_the_longer_leave_less_room():
    page = [
        word
        for row, number in enumerate((8, 9, 10, 11))
        for word in (Words(60, 80 + row * PITCH, f"{number}."), Words(78, 80 + row * PITCH, f"bygge {row}"))
    ]
    assert [line.marker for line in lines([page])] == ["8.", "9.", "10.", "11."]


def test_a_number_in_a_sentence_is_no_marker():
    assert not any(
        line.marker for line in lines([column(60, 80, ["Abort er tillatt til utgangen av", "12. svangerskapsuke"])])
    )


def test_a_code_that_the_encoding_leaves_out_is_a_bullet():
    assert lines([[Words(60, 80, "•"), Words(72, 80, "bygge")]])[0].marker == "•"


# Furniture


def test_what_recurs_in_the_text_stays():
    pages = [
        [*column(60, 80, [f"# Kapittel {name}", "", *PROSE, "", "Fjordpartiet vil:", f"* bygge {name}"])]
        for name in "ABCD"
    ]
    assert furniture(pages) == {}


def test_a_lead_in_at_the_head_of_every_page_stays():
    assert furniture([[*column(60, 80, ["Fjordpartiet vil:", f"* bygge {name}"])] for name in "ABCD"]) == {}


def test_running_headers_and_page_numbers():
    pages = [
        [
            Words(60, 40, "Fjordpartiets program 2027–2031", 8),
            *column(60, 100, [f"Om {name}", *PROSE]),
            Words(290, 800, f"Side {n} av 4", 8),
        ]
        for n, name in enumerate(("skole", "helse", "natur", "kultur"), start=1)
    ]
    found = furniture(pages)
    assert found["Fjordpartiets program 2027–2031"] == "running header"
    assert [found[f"Side {n} av 4"] for n in range(1, 5)] == ["page number"] * 4
    assert len(found) == 5


def test_printed_line_numbers_go_and_years_stay():
    def page(first: int) -> list[Words]:
        found = []
        for row in range(25):
            words = "2027" if row == 3 else f"linje nummer {row} av mange i et program"
            found += [Words(70, 80 + row * PITCH, words), Words(30, 80 + row * PITCH, str(first + row), 8)]
        return found

    found = lines([page(1), page(26)])
    assert [line.text for line in found if line.furniture == "line number"] == [str(n) for n in range(1, 51)]
    assert sum(line.text == "2027" and not line.furniture for line in found) == 2


def test_a_table_of_contents():
    titles = ("Skole", "Helse", "Natur", "Samferdsel", "Kultur")
    contents = [Words(60, 80, "Innhold", 18)]
    for row, title in enumerate(titles):
        contents += [Words(60, 110 + 20 * row, title), Words(500, 110 + 20 * row, str(row + 2))]
    pages = [contents, *([*column(60, 80, [f"# {title}", *PROSE])] for title in titles)]
    assert {words: why for words, why in furniture(pages).items() if why == "table of contents"} == dict.fromkeys(
        ("Innhold", *(f"{title} {n}" for n, title in enumerate(titles, start=2))), "table of contents"
    )


def test_pull_quotes_and_photo_credits():
    quote = [
        Words(330, 150 + 20 * row, words, 16)
        for row, words in enumerate(("«Fjorden er vår felles", "arv, og den skal vi ta vare på»"))
    ]
    found = furniture([[*column(60, 80, [*PROSE, *MORE]), *quote, Words(330, 300, "Foto: Kari Fjord", 6)]])
    assert found == {quote[0].text: "pull quote", quote[1].text: "pull quote", "Foto: Kari Fjord": "photo credit"}


def test_text_that_runs_up_the_edge():
    def draw(canvas: Canvas) -> None:
        for row, words in enumerate(PROSE):
            canvas.drawString(60, 700 - row * PITCH, words)
        canvas.rotate(90)
        canvas.drawString(300, -20, "Fjordpartiet")

    found = read(drawn(draw), "program.pdf").lines
    assert [(line.text, line.furniture) for line in found] == [
        *((words, "") for words in PROSE),
        ("Fjordpartiet", "turned text"),
    ]


# What the file itself tells


def drawn(draw: object, title: str = "") -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer)
    canvas.setTitle(title)
    draw(canvas)  # type: ignore[operator]
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def test_actual_text_replaces_the_glyph_of_a_ligature():
    def draw(canvas: Canvas) -> None:
        words = canvas.beginText(60, 700)
        for before, actual, after in (("Konserva", "ti", "v poli"), ("", "ti", "kk")):
            words.textOut(before)
            words._code.append(f"/Span <</ActualText ({actual})>> BDC")
            words.textOut("K")
            words._code.append("EMC")
            words.textOut(after)
        canvas.drawText(words)

    assert read(drawn(draw), "program.pdf").lines[0].text == "Konservativ politikk"


def test_tags_of_marked_content():
    def draw(canvas: Canvas) -> None:
        for row, (tag, words) in enumerate(
            (("H2", "Skole"), ("P", PROSE[0]), ("LBody", "bygge"), ("Artifact", "Side 1"))
        ):
            canvas._code.append(f"/{tag} BMC")
            canvas.drawString(60, 700 - 20 * row, words)
            canvas._code.append("EMC")

    found = read(drawn(draw), "program.pdf").lines
    assert [(line.tag, line.furniture) for line in found] == [
        ("H2", ""),
        ("P", ""),
        ("LI", ""),
        ("Artifact", "artifact"),
    ]


def test_bookmarks_and_title():
    data = pdf([column(60, 80, PROSE)] * 2, bookmarks=[("Skole", 0, 1), ("Barneskole", 1, 1), ("Helse", 0, 2)])
    assert [(mark.title, mark.level, mark.page) for mark in read(data, "program.pdf").bookmarks] == [
        ("Skole", 1, 1),
        ("Barneskole", 2, 1),
        ("Helse", 1, 2),
    ]
    assert (
        read(drawn(lambda canvas: canvas.drawString(60, 700, "Vi vil"), "Vårt program"), "x.pdf").title
        == "Vårt program"
    )


def test_size_weight_colour_and_box():
    line = lines([[Words(60, 80, "Skole", 18, "Helvetica-Bold", "#c8102e")]])[0]
    assert (line.style.size, line.style.bold, line.style.colour, line.style.font) == (18, True, "#c8102e", "Helvetica")
    assert line.box is not None
    assert (line.box.x0, round(line.box.bottom - 80)) == (60, 4)


def test_a_letter_painted_twice_is_read_once():
    twice = [Words(60, 80, "Skole", 18), Words(60.3, 80, "Skole", 18)]
    assert text([[*twice, *column(60, 120, PROSE)]]) == ["Skole", *PROSE]


# What cannot be read


def test_a_password():
    with pytest.raises(EncryptedFile):
        read(pdf([column(60, 80, PROSE)], password="hemmelig"), "program.pdf")  # noqa: S106


@pytest.mark.parametrize("keep", [0.1, 0.5, 0.9, 0.99])
def test_a_file_cut_short_ends_in_a_result_or_in_a_named_error(keep: float):
    data = pdf([column(60, 80, PROSE)] * 3)
    try:
        document = read(data[: int(len(data) * keep)], "program.pdf")
    except IngestError:
        return
    assert isinstance(document, RawDocument)


def test_a_file_that_only_says_that_it_is_a_pdf():
    with pytest.raises(BrokenFile):
        read(b"%PDF-1.7\nikke noe mer", "program.pdf")


def scan(words: str) -> bytes:
    """Return a PDF whose words are a picture."""
    from PIL import Image, ImageDraw
    from reportlab.lib.utils import ImageReader

    picture = Image.new("L", (1240, 400), 255)
    ImageDraw.Draw(picture).text((60, 60), words, fill=0, font_size=60)
    return drawn(lambda canvas: canvas.drawImage(ImageReader(picture), 0, 400, 595, 192))


def test_a_scan_without_the_programs_that_read_it(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("PATH", "/nonexistent")
    with pytest.raises(NoText, match="skannet"):
        read(scan("Fjordpartiet vil bygge"), "program.pdf")


@needs_ocr
def test_a_scan_is_recognised():
    document = read(scan("Fjordpartiet vil bygge"), "program.pdf")
    assert "Fjordpartiet" in document.lines[0].text
    assert "OCR" in document.problems[-1].message


def test_character_maps_are_never_read_from_a_folder_that_the_environment_names():
    code = "import os, ingest.parser.readers.pdf.reader; print(os.environ.get('CMAP_PATH'))"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, env={**os.environ, "CMAP_PATH": "kart"}
    )
    assert done.stdout.strip() == "None"


def test_body_size_is_what_the_drawing_says():
    assert {line.style.size for line in lines([column(60, 80, PROSE)])} == {BODY}


def test_text_without_a_size_stops_nobody():
    drawn = io.BytesIO()
    canvas = Canvas(drawn)
    for at, words in enumerate(("Fjordpartiet vil:", "bygge bru over fjorden", "senke skatten for alle")):
        canvas.setFont("Helvetica", 0)
        canvas.drawString(60, 700 - 20 * at, words)
    canvas.save()
    found = read(drawn.getvalue(), "program.pdf").lines  # letters that stand in one place are taken for one letter
    assert found[0].text.startswith("Fjord")
