"""The pages of places, and the ways to them."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from programmes.branches import get_or_create_branch
from programmes.coverage import last_local_election
from programmes.models import Area, Branch, Party
from tests import builders

pytestmark = pytest.mark.django_db

FOUNDED = date(2000, 1, 1)


@pytest.fixture
def county() -> Area:
    """A county with two municipalities; Li became a part of one of them in 2020."""
    county = Area.objects.create(code="91", name="Vestfylket", slug="vestfylket", level="county", valid_from=FOUNDED)
    options = {"level": "municipality", "county": county}
    elvebyen = Area.objects.create(code="9101", name="Elvebyen", slug="elvebyen", valid_from=FOUNDED, **options)
    Area.objects.create(code="9102", name="Bø", slug="bo", valid_from=FOUNDED, **options)
    ended = date(2019, 12, 31)
    li = Area.objects.create(code="9103", name="Li", slug="li", valid_from=FOUNDED, valid_to=ended, **options)
    li.successors.add(elvebyen)
    return county


def chapter(code: str, name: str, area_code: str, *, level: str = "municipality", year: int = 2023) -> Branch:
    party = builders.party(code, name)
    return get_or_create_branch(party=party, name=f"{name} {area_code}", level=level, area_code=area_code, on_year=year)


def fill(parties: int) -> None:
    """Publish the programme of some parties in Elvebyen, its county and Li."""
    theme = builders.theme()
    for number in range(parties):
        name = f"Parti{number}"
        for area_code, level, year in (
            ("91", "county", 2023),
            ("9101", "municipality", 2023),
            ("9103", "municipality", 2015),
        ):
            branch = chapter(f"P{number}", name, area_code, level=level, year=year)
            parse = builders.parsed([f"Bygge bro {number}."], theme=theme.slug)
            builders.programme(branch=branch, year=year, title=f"Program for {area_code}", parse=parse)


def shown(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_a_place_shows_its_programmes_by_election_and_what_is_missing(client: Client, county: Area) -> None:
    fill(1)
    Party.objects.create(code="SIT", slug="sitterpartiet", name_nb="Sitterpartiet", name_nn="Sit", storting_since=1993)
    builders.programme(branch=chapter("P1", "Parti1", "9101"), year=2019, title="Gammelt program")
    page = shown(client, "/sted/elvebyen/")
    assert "2 programmer fra 2 partier" in page
    assert page.index("Programmer fra 2023–2027") < page.index("Programmer fra 2019–2023")
    newest, oldest = page.split("Programmer fra 2023–2027")[1].split("Programmer fra 2019–2023")
    assert "Program for 9101" in newest and "Gammelt program" in oldest
    assert "Arkivet mangler:</strong> Parti1, Sitterpartiet." in newest
    assert "Arkivet mangler:</strong> Parti0, Sitterpartiet." in oldest
    assert "/sok/?lag=parti0/elvebyen&amp;lag=parti1/elvebyen" in page
    assert '<a href="/sted/vestfylket/">Vestfylket</a> <span class="muted">(1 program)' in page
    assert '<a href="/sted/li/">Li</a> <span class="number">1 program' in page
    assert "/tema/kultur-idrett-og-fritid/?lag=parti0/elvebyen" in page


def test_a_place_without_programmes_says_so(client: Client, county: Area) -> None:
    Party.objects.create(code="SIT", slug="sitterpartiet", name_nb="Sitterpartiet", name_nn="Sit", storting_since=1993)
    page = shown(client, "/sted/bo/")
    assert "Arkivet har ingen programmer herfra ennå." in page
    assert f"Valget i {last_local_election(date.today())}" in page
    assert "Arkivet mangler:</strong> Sitterpartiet." in page


def test_a_place_that_is_no_more_tells_what_it_became(client: Client, county: Area) -> None:
    fill(1)
    page = shown(client, "/sted/li/")
    assert 'Li fantes til 31. desember 2019. Ble til: <a href="/sted/elvebyen/">Elvebyen</a>' in page
    assert "Programmer fra 2015–2019" in page and "2023" not in page.split("Programmer fra")[1]


def test_a_county_lists_its_municipalities(client: Client, county: Area) -> None:
    fill(2)
    page = shown(client, "/sted/vestfylket/").split("Kommuner i fylket")[1]
    assert '<a href="/sted/elvebyen/">Elvebyen</a> <span class="number">2</span>' in page
    assert '<a href="/sted/bo/">Bø</a> <span class="number">0</span>' in page


@pytest.mark.parametrize(
    ("address", "status", "leads_to"),
    [
        ("/sted/?q=elvebyen", 302, "/sted/elvebyen/"),
        ("/sted/?q=elve", 302, "/sted/elvebyen/"),
        ("/sted/?q=9102", 302, "/sted/bo/"),
        ("/sted/BO/", 301, "/sted/bo/"),
        ("/sted/finnes-ikke/", 404, ""),
    ],
)
def test_a_name_leads_to_the_place(client: Client, county: Area, address: str, status: int, leads_to: str) -> None:
    response = client.get(address)
    assert (response.status_code, response.get("Location", "")) == (status, leads_to)


def test_a_name_that_several_have_is_a_choice(client: Client, county: Area) -> None:
    Area.objects.create(code="9109", name="Bø", slug="bo-nord", level="municipality", county=county, valid_from=FOUNDED)
    page = shown(client, "/sted/?q=bø")
    assert 'href="/sted/bo/"' in page and 'href="/sted/bo-nord/"' in page
    assert "Ingen kommuner eller fylker heter dette." in shown(client, "/sted/?q=romfart")


def test_the_ways_to_a_place(client: Client, county: Area) -> None:
    fill(1)
    assert '<a href="/sted/vestfylket/">Vestfylket</a>' in shown(client, "/sted/")
    assert '<a href="/sted/elvebyen/">Elvebyen</a>' in shown(client, "/lag/parti0/elvebyen/")
    assert '<a href="/sted/elvebyen/">Elvebyen</a>' in shown(client, "/dekning/?fylke=91")
    assert '<a href="/sted/?q=Elvebyen">alle partiene i Elvebyen</a>' in shown(client, "/sok/?q=bro i Elvebyen")
    assert 'action="/sted/"' in shown(client, "/")
    sitemap = client.get("/sitemap-steder.xml").content.decode()
    assert sitemap.count("<loc>") == 3 and "/sted/bo/" not in sitemap


def test_branches_go_by_county_and_are_found_by_name(client: Client, county: Area) -> None:
    fill(2)
    assert '<a href="/lag/?fylke=91">Vestfylket</a> <span class="number"> 6 lag' in shown(client, "/lag/")
    page = shown(client, "/lag/?fylke=91")
    assert page.index('href="/sted/vestfylket/"') < page.index('href="/sted/elvebyen/"')
    assert "Parti0 9103" in page, "a chapter of what is now a part of another stands there"
    found = shown(client, "/lag/?q=parti1 elvebyen")
    assert 'href="/lag/parti1/elvebyen/"' in found and "/lag/parti0/" not in found
    assert "Ingen lag med program i arkivet heter dette." in shown(client, "/lag/?q=romfart")
    assert client.get("/lag/?fylke=55").status_code == 404


@pytest.mark.parametrize(
    ("address", "most"),
    [
        ("/sted/elvebyen/", 8),
        ("/sted/vestfylket/", 10),
        ("/sted/", 3),
        ("/lag/", 4),
        ("/lag/?fylke=91", 5),
        ("/lag/?q=parti", 1),
    ],
)
def test_queries_do_not_grow(client: Client, county: Area, address: str, most: int) -> None:
    fill(3)
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    assert len(queries) <= most, [query["sql"][:160] for query in queries]
