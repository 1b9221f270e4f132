"""The numbers that a source prints of its pages and lines stand beside the entries."""

from __future__ import annotations

from ingest.parser.parse import interpret
from tests.ingest.parser.sketches import document

FOLK = "bygge flere boliger, rydde snø, ansette lærere, drive kinoen videre, holde svømmehallen åpen"


def test_line_numbers_of_a_text_stand_beside_its_entries() -> None:
    words = [f"• {word} i byen" for word in (FOLK + ", " + FOLK + ", " + FOLK + ", " + FOLK + ", " + FOLK).split(", ")]
    text = "\n".join(f"{number} {line}" for number, line in enumerate(["Folkets By vil:", *words], start=1))
    items = interpret(document(text)).items
    assert [item.printed.line for item in items] == [str(number) for number in range(2, len(words) + 2)]
    assert {item.printed.page for item in items} == {""}


def test_a_page_s_number_stands_beside_what_begins_there() -> None:
    pages = [
        f"Bygdelista vil:\n\n• bygge skole nummer {number} i bygda\n• rydde snø på vei {number}\n\n{number}\n"
        for number in range(7, 12)
    ]
    items = interpret(document("\f".join(pages))).items
    assert [item.printed.page for item in items] == ["7", "7", "8", "8", "9", "9", "10", "10", "11", "11"]


def test_a_spread_has_two_numbers_and_each_column_its_own() -> None:
    def spread(number: int) -> str:
        return (
            f"{{page={number} x=50}} Bygdelista vil:\n{{}} • bygge skole nummer {number}\n{{}} • rydde vei {number}\n"
            f"{{x=400 region=1}} Bygdelista vil:\n{{}} • bygge kai {number}\n{{}} • rydde sti {number}\n"
            f"{{x=60 region=2 gap=6}} {2 * number}\n{{x=500 region=3}} {2 * number + 1}"
        )

    items = interpret(document("\n".join(map(spread, range(1, 6))))).items
    assert [item.printed.page for item in items[:8]] == ["2", "2", "3", "3", "4", "4", "5", "5"]


def test_a_text_without_pages_tells_no_page() -> None:
    text = "Bygdelista vil:\n\n• bygge skole\n• rydde snø\n"
    assert {item.printed.page + item.printed.line for item in interpret(document(text)).items} == {""}
