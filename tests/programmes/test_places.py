"""Places through the reforms: one address each, found by any of their names."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from programmes.models import Area
from programmes.place_slugs import place_slugs
from programmes.places import place_at, places_named
from programmes.register_files import REGISTERS, read_rows

FIRST, SECOND = date(2018, 1, 1), date(2020, 1, 1)
END = date(2019, 12, 31)


def row(code: str, name: str, start: date = FIRST, *successors: str, county: str = "") -> dict[str, Any]:
    """Return an area as the register file has it: one that begins in 2018 and has successors ends in 2019."""
    place = {"code": code, "name": name, "from": start}
    if successors:
        place |= {"to": END, "successors": list(successors)}
    return place | ({"county": county} if county else {})


def slugs(*rows: dict[str, Any]) -> dict[str, str]:
    return {f"{code} {first.year}": slug for (code, first), slug in place_slugs(rows).items()}


COUNTIES = (row("91", "Vestfylket", FIRST, "91"), row("91", "Vestfylket", SECOND), row("92", "Østfylket"))


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        pytest.param(
            (row("9101", "Li", FIRST, "9111", county="91"), row("9111", "Li", SECOND, county="91")),
            {"9101 2018": "li", "9111 2020": "li"},
            id="a new number is the same place",
        ),
        pytest.param(
            (row("9101", "Li", FIRST, "9111", county="91"), row("9111", "Elvebyen", SECOND, county="91")),
            {"9101 2018": "li", "9111 2020": "elvebyen"},
            id="a new name is another place, and the old keeps its address",
        ),
        pytest.param(
            (
                *(row("9101", "Å – Ååhke", FIRST, "9111", county="91"), row("9111", "Ååhke – Å", SECOND, county="91")),
                row("9201", "Bø", county="92"),
            ),
            {"9101 2018": "aahke-a", "9111 2020": "aahke-a", "9201 2018": "bo"},
            id="a name in two languages",
        ),
        pytest.param(
            (row("9101", "Bø (Vest)", FIRST, county="91"), row("9201", "Bø (Øst)", county="92")),
            {"9101 2018": "bo-vestfylket", "9201 2018": "bo-ostfylket"},
            id="two that stand have their counties",
        ),
        pytest.param(
            (
                *(row("9101", "Bø", FIRST, "9111", county="91"), row("9111", "Elvebyen", SECOND, county="91")),
                row("9201", "Bø", county="92"),
            ),
            {"9101 2018": "bo-vestfylket", "9111 2020": "elvebyen", "9201 2018": "bo"},
            id="the one that stands has the name alone",
        ),
        pytest.param(
            (row("9101", "Vestfylket", county="91"),),
            {"91 2018": "vestfylket-fylke", "91 2020": "vestfylket-fylke", "9101 2018": "vestfylket"},
            id="a county that is called what a municipality is",
        ),
    ],
)
def test_a_place_has_one_address(rows: tuple[dict[str, Any], ...], expected: dict[str, str]) -> None:
    assert expected.items() <= slugs(*COUNTIES, *rows).items()


def test_a_place_that_was_part_of_another_for_a_while_is_the_same_afterwards() -> None:
    rows = [
        row("9101", "Li", FIRST, "9111", county="91"),
        {**row("9111", "Elvebyen", SECOND, county="91"), "to": date(2023, 12, 31), "successors": ["9121", "9122"]},
        row("9121", "Elvebyen", date(2024, 1, 1), county="91"),
        row("9122", "Li", date(2024, 1, 1), county="91"),
    ]
    found = place_slugs([*COUNTIES, row("91", "Vestfylket", date(2024, 1, 1)), *rows])
    assert found["9101", FIRST] == found["9122", date(2024, 1, 1)] == "li"
    assert found["9111", SECOND] == found["9121", date(2024, 1, 1)] == "elvebyen"


def test_the_register_tells_every_place_apart() -> None:
    rows = read_rows(sorted(REGISTERS.glob("*.toml")))["area"]
    found = place_slugs(rows)
    assert found["0301", date(2024, 1, 1)] == "oslo"
    assert found["03", date(2024, 1, 1)] == "oslo-fylke"
    assert found["0403", FIRST] == found["3403", date(2024, 1, 1)] == "hamar"
    at_once = [(slug, first) for (_code, first), slug in found.items()]
    assert len(at_once) == len(set(at_once)), "no two areas of one day share an address"


@pytest.fixture
def country() -> Area:
    """Li, which became a part of Elvebyen, and Ååhke – Åsbygda with a new number."""
    county = Area.objects.create(code="91", name="Vestfylket", slug="vestfylket", level="county", valid_from=FIRST)

    def municipality(code: str, name: str, slug: str, start: date, end: date | None = None) -> Area:
        return Area.objects.create(
            code=code, name=name, slug=slug, level="municipality", county=county, valid_from=start, valid_to=end
        )

    li, old_elvebyen = municipality("9101", "Li", "li", FIRST, END), municipality("9102", "Elva", "elva", FIRST, END)
    new = municipality("9111", "Elvebyen", "elvebyen", SECOND)
    li.successors.add(new)
    old_elvebyen.successors.add(new)
    before = municipality("9103", "Åsbygda", "aahke-asbygda", FIRST, END)
    before.successors.add(municipality("9113", "Ååhke – Åsbygda", "aahke-asbygda", SECOND))
    return county


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("elvebyen", {"Elvebyen": True}),
        ("elv", {"Elvebyen": False, "Elva": False}),
        ("ÅSBYGDA", {"Ååhke – Åsbygda": True}),
        ("9103", {"Ååhke – Åsbygda": True}),
        ("asbygda", {"Ååhke – Åsbygda": True}),
        ("bygda", {}),
        ("!", {}),
    ],
)
def test_a_place_is_found_by_any_of_its_names(country: Area, words: str, found: dict[str, bool]) -> None:
    assert {area.name: is_called for area, is_called in places_named(words)} == found


@pytest.mark.django_db
def test_a_place_knows_what_it_came_of_and_became(country: Area) -> None:
    elvebyen, li, bygda = place_at("elvebyen"), place_at("li"), place_at("aahke-asbygda")
    assert elvebyen and li and bygda
    assert [area.name for area in elvebyen.predecessors()] == ["Elva", "Li"]
    assert [area.name for area in li.successors()] == ["Elvebyen"]
    assert (bygda.predecessors(), bygda.successors()) == ([], []), "its own older number is no other place"
    assert bygda.newest.code == "9113"
    assert place_at("finnes-ikke") is None
