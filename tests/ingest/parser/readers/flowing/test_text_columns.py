from __future__ import annotations

from collections.abc import Sequence

import pytest

from ingest.parser.parse import parse
from ingest.parser.readers.flowing.text_columns import in_reading_order

LEFT = (
    "Skole",
    "Skolen er kommunens største",
    "arbeidsplass, og den skal være",
    "god for alle barn i bygda.",
    "",
    "Bygdelista vil:",
    "• ansette flere lærere på alle",
    "  skolene i bygda",
    "• gi gratis leksehjelp",
)
RIGHT = (
    "Helse",
    "",
    "Legene har for mange pasienter,",
    "og de eldre må vente lenge på",
    "hjelp hjemme.",
    "Bygdelista vil:",
    "• ansette flere leger",
    "",
    "• bygge et nytt sykehjem ved elva",
    "  innen fire år",
)


def beside(left: Sequence[str], right: Sequence[str], width: int = 40) -> list[str]:
    """Return the lines of two columns side by side."""
    most = max(len(left), len(right))
    rows = zip([*left, *[""] * (most - len(left))], [*right, *[""] * (most - len(right))], strict=True)
    return [f"{one:<{width}}{other}".rstrip() for one, other in rows]


def is_cut(left: Sequence[str], right: Sequence[str]) -> bool:
    rows = beside(left, right)
    return in_reading_order(rows) != rows


def test_columns_are_read_one_after_the_other() -> None:
    rows = in_reading_order(beside(LEFT, RIGHT))
    assert [row for row in rows if row] == [row for row in (*LEFT, *RIGHT) if row]


def test_three_columns() -> None:
    rows = in_reading_order(beside(beside(LEFT, RIGHT), LEFT, 80))
    assert [row for row in rows if row] == [row for row in (*LEFT, *RIGHT, *LEFT) if row]


def test_what_spans_the_columns_stays_above_and_below_them() -> None:
    title = ["Valgprogram for Bygdelista, som vil gjøre bygda bedre", ""]
    foot = ["bygdelista.example                                 1"]
    rows = in_reading_order([*title, *beside(LEFT, RIGHT), *foot, "", "", "Side"])
    assert rows[:2] == title
    assert rows[-4:] == [*foot, "", "", "Side"]


def test_each_page_has_columns_of_its_own() -> None:
    page = ["\fKultur", "Korpset  skal øve."]
    assert in_reading_order([*beside(LEFT, RIGHT), *page])[-2:] == page


def test_a_column_that_stands_half_a_line_lower_has_no_white_space_of_its_own() -> None:
    left = [*LEFT, "", "• bygge skole", "", "• bygge hall"]
    right = [*RIGHT[:9], "• ha tid", "", "• ha råd", "", "• ha mot"]
    rows = in_reading_order(beside(left, right))
    assert rows[-4:] == ["• bygge et nytt sykehjem ved elva", "• ha tid", "• ha råd", "• ha mot"]


@pytest.mark.parametrize(
    "rows",
    [
        beside(["Skole", "Helse", "Kultur", "Vei", "Vann", "Brann", "Sum"], ["11", "6", "4", "10", "1", "2", "34"]),
        beside([f"{number}. Kari Fjord Storfjell" for number in range(9)], ["lærer på skolen i bygda"] * 9),
        beside(["a)", "b)", "c)", "d)", "e)", "f)", "g)"], ["gi skolen flere lærere"] * 7, 5),
        [f"Skole om fjorden {'.' * 20}  {number}" for number in range(9)],
    ],
    ids=["figures", "people", "letters", "contents"],
)
def test_tables_and_lists_are_left_alone(rows: list[str]) -> None:
    assert in_reading_order(rows) == rows


def test_a_table_of_sentences_is_left_alone() -> None:
    one = ["Flere lærere på alle", "skolene i bygda", ""]
    other = ["Skolen får fem lærere", "til i løpet av våren", ""]
    assert not is_cut(one * 4, other * 4)


WORDS = "Fjorden er fin og"


@pytest.mark.parametrize(("count", "cut"), [(5, False), (6, True), (7, True)])
def test_six_lines_beside_each_other_are_columns(count: int, cut: bool) -> None:
    column = [WORDS, "fjellet er fint òg"] * 4
    assert is_cut(column[:count], column[:count]) is cut


@pytest.mark.parametrize(("length", "cut"), [(13, False), (17, True)])
def test_the_lines_of_columns_are_long(length: int, cut: bool) -> None:
    column = ["Fjorden er fin og"[:length], "fjellet er fint òg"[:length]] * 4
    assert is_cut(column, [WORDS, "fjellet er fint òg"] * 4) is cut


@pytest.mark.parametrize(("lower", "cut"), [(1, False), (2, True)])
def test_lines_of_columns_go_on(lower: int, cut: bool) -> None:
    column = ["fjellet er fint òg"] * lower + [WORDS] * (8 - lower)
    assert is_cut(column, ["fjellet er fint òg"] * 4 + [WORDS] * 4) is cut


def test_a_programme_in_columns() -> None:
    text = "\n".join(beside(LEFT, RIGHT)).encode()
    assert [item.text for item in parse(text, "x.txt").items] == [
        "ansette flere lærere på alle skolene i bygda",
        "gi gratis leksehjelp",
        "ansette flere leger",
        "bygge et nytt sykehjem ved elva innen fire år",
    ]
