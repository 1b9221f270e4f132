from __future__ import annotations

import pytest

from ingest.parser.parse import parse
from ingest.parser.readers.flowing.text_tables import rows_of_tables

TABLE = (
    " Inndekning                    Millioner kroner",
    "",
    " Økt eiendomsskatt             11",
    "",
    " Færre konsulenter             6",
)


@pytest.mark.parametrize(
    "lines",
    [
        TABLE[:3],
        ["•      bygge ny skole", "•      bygge ny bro", "•      verne myra"],
        ["12     Bygda er god å bo i", "13     og skal være det", "14     i alle år"],
        ["Skole     for alle", "Helse        for alle", "Kultur   for alle"],
        ["Bygda er   god å bo i hver", "og skal være det for   alle", "i alle de år som   kommer nå"],
    ],
    ids=["two rows", "marks", "line numbers", "cells apart", "justified text"],
)
def test_what_is_no_table(lines: list[str]) -> None:
    assert not rows_of_tables(lines)


def test_cells_that_begin_in_one_place() -> None:
    assert rows_of_tables(["Slik dekkes det:", *TABLE, "Vi vil:"]) == {1, 3, 5}


def test_figures_that_end_in_one() -> None:
    assert rows_of_tables(["Skole        1 200", "Helse           34", "Kultur       5 678"]) == {0, 1, 2}


def test_rows_are_no_headings_and_no_pledges() -> None:
    parsed = parse("\n".join([*TABLE, "", "Bygdelista vil:", "• bygge skole"]).encode(), "x.txt")

    assert [item.text for item in parsed.items] == ["bygge skole"]
    assert not [section for section in parsed.sections if section.title]
    assert [passage.text for passage in parsed.passages] == [" ".join(row.split()) for row in TABLE if row]
