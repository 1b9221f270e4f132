"""The numbers that a source prints of its pages and lines stand beside the entries."""

from __future__ import annotations

from ingest.parser.document import Box, Cut, Line, Passage, Piece, Place, RawDocument, Source
from ingest.parser.draft import Draft
from ingest.parser.parse import interpret
from ingest.parser.report.printed import printed
from tests.ingest.parser.sketches import document

FOLK = "bygge flere boliger, rydde snø, ansette lærere, drive kinoen videre, holde svømmehallen åpen"


def line(text: str, number: int, x: float, top: float) -> Line:
    return Line(text, 1, number, box=Box(x, top, x + 100, top + 10))


def cut(line: Line, why: str) -> Cut:
    return Cut(Piece(line, 0, len(line.text), line.text), why)


def numbers(entries: list[Line], furniture: list[Cut]) -> list[tuple[str, str]]:
    """Return the printed page and line beside each line of text, between such furniture."""
    lines = (*entries, *(each.piece.line for each in furniture))
    passages = tuple(
        Passage(f"p{each.number}", "s0", "prose", each.text, Place(1, 1, each.number, each.number)) for each in entries
    )
    raw = RawDocument(Source("program.pdf", "0" * 64, "application/pdf", 1), lines)
    done = printed(Draft(raw, furniture=tuple(furniture), entries=passages))
    return [(entry.printed.page, entry.printed.line) for entry in done.entries]


def test_line_numbers_of_a_text_stand_beside_its_entries() -> None:
    words = [f"• {word} i byen" for word in ", ".join([FOLK] * 5).split(", ")]
    text = "\n".join(f"{number} {line}" for number, line in enumerate(["Folkets By vil:", *words], start=1))
    items = interpret(document(text)).items
    assert [item.printed.line for item in items] == [str(number) for number in range(2, len(words) + 2)]
    assert {item.printed.page for item in items} == {""}


def test_a_line_number_may_have_a_line_of_its_own_on_the_same_height() -> None:
    text = [line("bygge skole", 1, 50, 100), line("rydde snø", 3, 50, 120), line("ansette lærere", 4, 50, 140)]
    beside = [cut(line("5", 2, 20, 101), "line number"), cut(line("10", 5, 20, 141), "line number")]
    assert numbers(text, beside) == [("", "5"), ("", ""), ("", "10")]


def test_a_page_s_number_stands_beside_what_begins_there() -> None:
    assert numbers([line("bygge skole", 1, 50, 100)], [cut(line("Side 7 av 40", 2, 50, 700), "page number")]) == [
        ("7", "")
    ]
    assert numbers([line("bygge skole", 1, 50, 100)], [cut(line("Bygdelista 2023", 2, 50, 700), "running header")]) == [
        ("", "")
    ]


def test_a_spread_has_two_numbers_and_each_column_its_own() -> None:
    text = [line("bygge skole", 1, 50, 100), line("rydde snø", 2, 400, 100)]
    feet = [cut(line("4", 3, 60, 700), "artifact"), cut(line("5", 4, 500, 700), "artifact")]
    assert numbers(text, feet) == [("4", ""), ("5", "")]


def test_two_numbers_of_a_page_without_places_tell_nothing() -> None:
    feet = [cut(Line("4", 1, 2), "page number"), cut(Line("5", 1, 9), "page number")]
    assert numbers([Line("bygge skole", 1, 1)], feet) == [("", "")]


def test_a_text_without_pages_tells_no_page() -> None:
    text = "Bygdelista vil:\n\n• bygge skole\n• rydde snø\n"
    assert {item.printed.page + item.printed.line for item in interpret(document(text)).items} == {""}


def numbered(*feet: str, words_on: tuple[int, int] = (1, 1)) -> str:
    """Return the printed pages of a passage over some pages of a file, whose feet print such words, "" for nothing."""
    first, last = words_on
    texts = [Line("bygge skole", page, 1, box=Box(50, 100, 150, 110)) for page in range(1, len(feet) + 1)]
    cuts = tuple(
        cut(Line(text, page, 2, box=Box(50, 700, 60, 710)), "page footer") for page, text in enumerate(feet, 1) if text
    )
    raw = RawDocument(
        Source("program.pdf", "0" * 64, "application/pdf", len(feet)), (*texts, *(each.piece.line for each in cuts))
    )
    passage = Passage("p1", "s0", "prose", "bygge skole", Place(first, last, 1, 1))
    (entry,) = printed(Draft(raw, furniture=cuts, entries=(passage,))).entries
    return f"{entry.printed.page}–{entry.printed.page_last}"


def test_a_passage_over_two_pages_has_the_number_of_each() -> None:
    assert numbered("11", "12", words_on=(1, 2)) == "11–12"


def test_a_passage_from_one_page_of_a_spread_to_the_other_has_both() -> None:
    text = [line("bygge skole", 1, 50, 100), line("og kai", 2, 400, 100)]
    feet = [cut(line("4", 3, 60, 700), "artifact"), cut(line("5", 4, 500, 700), "artifact")]
    raw = RawDocument(Source("a.pdf", "0" * 64, "application/pdf", 1), (*text, *(each.piece.line for each in feet)))
    passage = Passage("p1", "s0", "prose", "bygge skole og kai", Place(1, 1, 1, 2))
    (entry,) = printed(Draft(raw, furniture=tuple(feet), entries=(passage,))).entries
    assert (entry.printed.page, entry.printed.page_last) == ("4", "5")


def test_pages_before_the_text_may_have_roman_numbers() -> None:
    assert numbered("iv", "1") == "iv–iv"
    assert numbered("Side XII") == "XII–XII"
    for no_number in ("vi vil", "civil", "i byen", "mil", "iiii", "lix a"):
        assert numbered(no_number) == "–", no_number


def test_a_page_between_two_that_are_numbered_is_counted_with_them() -> None:
    assert numbered("3", "", "", "6", words_on=(2, 2)) == "4–4"
    assert numbered("3", "", "", "6", words_on=(2, 3)) == "4–5"


def test_a_page_between_two_that_do_not_count_alike_is_not_counted() -> None:
    assert numbered("3", "", "9", words_on=(2, 2)) == "–"
    assert numbered("", "3", "4") == "–", "before the first number nobody knows where the count begins"
    assert numbered("3", "4", "", words_on=(3, 3)) == "–"


def test_a_year_in_a_running_header_is_no_page_number_among_others() -> None:
    assert numbered("3", "2025", "5", words_on=(2, 2)) == "4–4"


def test_a_mark_of_one_capital_is_no_number() -> None:
    assert numbered("V") == "–"
    text = [line("bygge skole", 1, 50, 100)]
    feet = [cut(line("12", 2, 500, 700), "page footer"), cut(line("xi", 3, 60, 700), "artifact")]
    assert numbers(text, feet) == [("12", "")]
