"""Names over an archive and its registers: chapters, counties through the reforms, parties without programmes."""

from __future__ import annotations

from datetime import date

import pytest

from programmes.branches import get_or_create_branch
from programmes.models import Area
from programmes.search import search
from programmes.search.places import Places, bare_names
from tests import builders

pytestmark = pytest.mark.django_db(transaction=True)

LOCAL = ("Bygge nye skoler ved elva.", "Rydde stien.")
NATIONAL = ("Styrke alle skoler i landet.",)


@pytest.fixture(autouse=True)
def archive():
    """Storfjell lay in Nordfylket until 2019, and lies in Storfylket since; nobody has a programme from Tomdal."""
    old = Area.objects.create(
        code="91",
        name="Nordfylket",
        slug="nordfylket",
        level="county",
        valid_from=date(2018, 1, 1),
        valid_to=date(2019, 12, 31),
    )
    new = Area.objects.create(
        code="92", name="Storfylket", slug="storfylket", level="county", valid_from=date(2020, 1, 1)
    )
    place = {"name": "Storfjell", "level": "municipality"}
    before = Area.objects.create(
        code="9101",
        slug="storfjell-9101",
        county=old,
        valid_from=date(2018, 1, 1),
        valid_to=date(2019, 12, 31),
        **place,
    )
    after = Area.objects.create(code="9201", slug="storfjell", county=new, valid_from=date(2020, 1, 1), **place)
    before.successors.add(after)
    Area.objects.create(
        code="9202", name="Tomdal", slug="tomdal", level="municipality", county=new, valid_from=date(2020, 1, 1)
    )
    branch = get_or_create_branch(
        party=builders.party(), name="Storfjell Bygdelista", level="municipality", area_code="9201", on_year=2023
    )
    builders.programme(branch=branch, parse=builders.parsed(LOCAL))
    builders.programme(year=2025, parse=builders.parsed(NATIONAL))
    builders.party("FJORD", "Fjordpartiet")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("Storfjell", LOCAL),
        ("Storfjell Bygdelista skole", LOCAL[:1]),
        ("skole i Storfjell kommune", LOCAL[:1]),
        ("skole i Storfylket", LOCAL[:1]),
        ("skole i Nordfylket", LOCAL[:1]),
        ("sted:storfjell skole", LOCAL[:1]),
        ("sted:tomdal skole", ()),
        ("Tomdal skole", (LOCAL[0], *NATIONAL)),
        ("bygdelista 2025 skole", NATIONAL),
        ("år:2024 skole", LOCAL[:1]),
        ("år:2025–2029 skole", NATIONAL),
        ("fjordpartiet skole", ()),
        ("parti:fjordpartiet skole", ()),
        ("skole -Storfjell", NATIONAL),
        ("hva mener Bygdelista i Storfjell om skole?", LOCAL[:1]),
    ],
)
def test_names_narrow_the_search(query, found):
    answer = search(query)
    assert sorted(hit.passage.text for hit in answer.hits) == sorted(found)
    assert answer.problems == ()


def test_what_no_register_knows_is_a_mistake():
    assert [problem for query in ("parti:tullball", "sted:ingensted") for problem in search(query).problems] == [
        "Arkivet har ingenting for «parti:tullball».",
        "Arkivet har ingenting for «sted:ingensted».",
    ]


def test_a_theme_is_known_by_its_address_its_first_word_or_any_other():
    builders.theme()
    builders.programme(year=2021, parse=builders.parsed(["Spille sjakk."], theme="kultur-idrett-og-fritid"))
    for value in ("kultur-idrett-og-fritid", "kultur", "idrett"):
        assert [hit.passage.text for hit in search(f"tema:{value}").hits] == ["Spille sjakk."]


def test_places_have_the_names_that_people_use():
    assert bare_names("Herøy (Nordland)") == ("Herøy",)
    assert bare_names("Hábmer – Hamarøy") == ("Hábmer", "Hamarøy")
    branch_area = Area.objects.get(slug="storfjell")
    assert Places.load().county_names(branch_area.pk) == ("Nordfylket", "Storfylket")
