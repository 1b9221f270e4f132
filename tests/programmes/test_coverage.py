"""Coverage: the places of today, through mergers and splits, in three stages; and what the public is told."""

from __future__ import annotations

from datetime import date

import pytest

from programmes.branches import get_or_create_branch
from programmes.coverage import ArchiveCoverage, Stage, coverage, election_years
from programmes.models import Area, Programme
from tests import builders

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 22)


@pytest.fixture
def country() -> dict[str, Area]:
    """Two counties; Elvebyen came of Nordvika and Storfjell in 2020."""
    vest = Area.objects.create(code="91", name="Vestfylket", slug="vest", level="county", valid_from="2018-01-01")
    east = Area.objects.create(code="92", name="Østfylket", slug="ost", level="county", valid_from="2018-01-01")

    def municipality(code: str, name: str, county: Area, valid_from: str, valid_to: str | None = None) -> Area:
        return Area.objects.create(
            code=code,
            name=name,
            slug=name.lower(),
            level="municipality",
            county=county,
            valid_from=valid_from,
            valid_to=valid_to,
        )

    old = [municipality(f"910{n}", name, vest, "2018-01-01", "2019-12-31") for n, name in enumerate(("Nordvika", "Li"))]
    elvebyen = municipality("9105", "Elvebyen", vest, "2020-01-01")
    for area in old:
        area.successors.add(elvebyen)
    return {
        "Vestfylket": vest,
        "Østfylket": east,
        "Nordvika": old[0],
        "Elvebyen": elvebyen,
        "Grenda": municipality("9201", "Grenda", east, "2018-01-01"),
    }


def programme_of(area: Area, *, year: int, published: bool = True, kind: str = "municipal") -> Programme:
    branch = get_or_create_branch(
        party=builders.party(), name=f"{area.name} Bygdeliste", level=area.level, area_code=area.code, on_year=year
    )
    return builders.programme(branch=branch, year=year, kind=kind, published=published)


def stages(found: ArchiveCoverage) -> dict[str, str]:
    places = [place for county in found.counties for place in (county.place, *county.municipalities)]
    return {place.area.name: place.best.name for place in places}


def test_three_stages_for_the_places_of_today(country) -> None:
    programme_of(country["Elvebyen"], year=2023)
    programme_of(country["Grenda"], year=2023, published=False)
    empty = programme_of(country["Østfylket"], year=2023, published=False, kind="county")
    Programme.objects.filter(pk=empty.pk).update(pledge_count=0)
    found = coverage(year=2023, today=TODAY, public=False)
    expected = {"Vestfylket": "MISSING", "Elvebyen": "PUBLISHED", "Østfylket": "FILE", "Grenda": "PARSED"}
    assert stages(found) == expected
    assert (found.municipalities, found.at_least, found.counties_at_least) == (2, [2, 2, 1], [1, 0, 0])


def test_the_public_is_told_of_what_is_published_alone(country) -> None:
    programme_of(country["Grenda"], year=2023, published=False)
    assert set(stages(coverage(year=2023, today=TODAY, public=True)).values()) == {"MISSING"}
    programme_of(country["Grenda"], year=2019, published=False)
    assert election_years(today=TODAY, public=True) == [2023]
    assert election_years(today=TODAY, public=False) == [2023, 2019]


def test_a_programme_of_a_place_that_is_no_more_counts_where_it_went(country) -> None:
    programme_of(country["Nordvika"], year=2019)
    assert stages(coverage(year=2019, today=TODAY, public=True))["Elvebyen"] == Stage.PUBLISHED.name


def test_statements_and_other_parties_are_not_counted(country) -> None:
    programme_of(country["Grenda"], year=2023, kind="statement")
    assert stages(coverage(year=2023, today=TODAY, public=True))["Grenda"] == "MISSING"
    programme_of(country["Grenda"], year=2023)
    other = builders.party("FJORD", "Fjordpartiet")
    assert stages(coverage(year=2023, today=TODAY, public=True, party=other))["Grenda"] == "MISSING"


def test_the_election_in_office_is_offered_where_there_is_no_programme_at_all() -> None:
    years = {date(2026, 1, 1): [2023], date(2027, 10, 1): [2027], date(2023, 1, 1): [2023]}
    assert {day: election_years(today=day, public=True) for day in years} == years


def test_the_page_asks_few_questions_and_draws_what_it_tables(client, country, django_assert_num_queries) -> None:
    programme_of(country["Elvebyen"], year=2023)
    with django_assert_num_queries(7):
        html = client.get("/dekning/?aar=2023").content.decode()
    assert 'role="img"' in html
    assert "style=" not in html
    with django_assert_num_queries(7):
        html = client.get("/dekning/?aar=2023&fylke=91").content.decode()
    assert "Elvebyen" in html
    for query in ("?aar=1999", "?aar=tull", "?fylke=77", "?parti=finnes-ikke"):
        assert client.get(f"/dekning/{query}").status_code == 404, query


def test_the_register_has_the_357_municipalities_and_15_counties_of_today(client, db) -> None:
    from django.core.management import call_command

    call_command("load_registers", verbosity=0)
    found = coverage(year=2023, today=TODAY, public=True)
    assert (found.municipalities, len(found.counties)) == (357, 15)
    html = client.get("/dekning/").content
    assert html.count(b'class="tile-name"') == 15
    assert len(html) < 100_000
