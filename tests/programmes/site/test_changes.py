"""What changed from one programme to the next: kept, reworded, new and gone; as a page and as a table."""

from __future__ import annotations

import csv
from io import StringIO

import pytest
from django.test import Client

from programmes.changes import Fate, changes_between, counts_of, programmes_compared_with
from programmes.models import Branch, Programme
from tests import builders

pytestmark = pytest.mark.django_db

KEPT, GONE, NEW = "Bevare skøytebanen på Torvmyra.", "Støtte folkehøgskolene i fylket.", "Gratis buss til skolen."
BEFORE, AFTER = "Bygge ny svømmehall på Elvestad innen 2023.", "Bygge ny svømmehall på Elvestad innen 2027."


@pytest.fixture
def branch() -> Branch:
    return builders.national_branch("FJORD", "Fjordpartiet")


@pytest.fixture
def newer(branch: Branch) -> Programme:
    builders.theme()
    builders.programme(branch=branch, year=2019, parse=builders.parsed([KEPT, BEFORE, GONE]))
    theme = "kultur-idrett-og-fritid"
    return builders.programme(branch=branch, year=2023, parse=builders.parsed([KEPT, AFTER, NEW], theme=theme))


def test_each_pledge_of_both_is_told_of_once(newer: Programme) -> None:
    [older] = programmes_compared_with(newer)
    changes = changes_between(older, newer)
    told = {change.pledge.text: change.became for change in changes}
    assert told == {KEPT: Fate.KEPT, AFTER: Fate.REWORDED, NEW: Fate.NEW, GONE: Fate.GONE}
    assert set(counts_of(changes).values()) == {1}


def test_editions_are_matched_as_periods_are(newer: Programme, branch: Branch) -> None:
    edition = builders.programme(
        branch=branch, year=2023, title="Ny utgave", parse=builders.parsed([KEPT, AFTER, "Flere lærere."])
    )
    counts = counts_of(changes_between(newer, edition))
    assert counts == {Fate.NEW: 1, Fate.REWORDED: 0, Fate.GONE: 1, Fate.KEPT: 2}


def test_the_page_marks_what_was_reworded_and_has_a_table(newer: Programme, client: Client) -> None:
    address = newer.get_absolute_url().replace("/program/", "/endringer/")
    page = client.get(address).content.decode()
    assert "<del>2023.</del>" in page
    assert "<ins>2027.</ins>" in page
    response = client.get(f"{address.removesuffix('/')}.csv")
    rows = list(csv.DictReader(StringIO(response.content.decode().removeprefix("\ufeff")), delimiter=";"))
    assert {row["endring"] for row in rows} == {"nytt", "omformulert", "borte", "likt"}
    assert client.get(f"{address.removesuffix('/')}.xlsx").content.startswith(b"PK")


def test_the_page_is_narrowed_by_what_happened_and_by_theme(newer: Programme, client: Client) -> None:
    address = newer.get_absolute_url().replace("/program/", "/endringer/")
    gone = client.get(f"{address}?ble=borte").content.decode()
    assert GONE in gone
    assert NEW not in gone
    themed = client.get(f"{address}?tema=kultur-idrett-og-fritid").content.decode()
    assert NEW in themed
    assert GONE not in themed


def test_without_an_earlier_programme_that_is_said(branch: Branch, client: Client) -> None:
    programme = builders.programme(branch=branch, year=2019)
    page = client.get(programme.get_absolute_url().replace("/program/", "/endringer/")).content.decode()
    assert "Arkivet har ikke noe tidligere program" in page
    assert "omformulert" not in page


def test_a_former_address_leads_on(newer: Programme, client: Client) -> None:
    old = newer.get_absolute_url().replace("/program/", "/endringer/")
    newer.former_addresses.create(branch=newer.branch, slug=newer.slug)
    Programme.objects.filter(pk=newer.pk).update(slug="ny-adresse")
    response = client.get(f"{old}?ble=nytt")
    assert response.status_code == 301
    assert response["Location"].endswith("/ny-adresse/?ble=nytt")
    assert response["Location"].startswith("/endringer/")
