"""What several parties promise alike, first on a theme's page and on a place's, and folded among hits."""

from __future__ import annotations

import json
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from programmes.alike import upkeep
from programmes.branches import get_or_create_branch
from programmes.models import Area, Branch, Programme
from tests import builders

pytestmark = pytest.mark.django_db

THEME = "kultur-idrett-og-fritid"
RINK = "Bevare skøytebanen på Torvmyra."
RINK_TOO = "At skøytebanen på Torvmyra skal bevares."
AGAINST = "Ikke bevare skøytebanen på Torvmyra."
POOL = "Bygge ny svømmehall på Elvestad."
FOLDED = "Nesten likt:"


def of_party(code: str, *pledges: str, branch: Branch | None = None, status: str = "adopted", **more: object) -> None:
    builders.theme()
    programme = builders.programme(
        branch=branch or builders.national_branch(code, f"{code.title()}partiet"),
        parse=builders.parsed(pledges, theme=THEME, **more),
    )
    Programme.objects.filter(pk=programme.pk).update(status=status)


def shown(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def shared(page: str) -> str:
    return page.partition('<section class="shared"')[2].partition("</section>")[0]


def test_a_theme_begins_with_what_most_parties_share(client: Client) -> None:
    of_party("FJORD", POOL, RINK)
    of_party("MYR", RINK_TOO, POOL)
    of_party("SKOG", POOL)
    upkeep.catch_up()
    page = shown(client, f"/tema/{THEME}/")
    found = shared(page)
    assert found.index("Elvestad") < found.index("Torvmyra"), "three parties before two"
    assert "3 partier" in found and "2 partier" in found
    assert found.count("<h3") == 2, "each pledge in one row"
    assert page.index("Mest delt av partiene") < page.index("Parti for parti") < page.index("Vis alle")


def test_dissents_drafts_and_what_is_against_are_not_shared(client: Client) -> None:
    of_party("FJORD", RINK)
    of_party("MYR", AGAINST)
    of_party("SKOG", POOL, dissents=(RINK,))
    of_party("LI", RINK, status="proposal")
    of_party("HEI", POOL)
    upkeep.catch_up()
    found = shared(shown(client, f"/tema/{THEME}/"))
    assert POOL in found
    assert "skøytebanen" not in found


def test_a_party_shares_nothing_with_itself(client: Client) -> None:
    of_party("FJORD", RINK, RINK_TOO)
    of_party("MYR", "Støtte folkehøgskolene.")
    upkeep.catch_up()
    assert not shared(shown(client, f"/tema/{THEME}/"))


def test_a_place_shows_what_its_parties_agree_on(client: Client) -> None:
    Area.objects.create(
        code="9101", name="Elvebyen", slug="elvebyen", level="municipality", valid_from=date(2000, 1, 1)
    )
    for code, words in (("FJORD", RINK), ("MYR", RINK_TOO)):
        chapter = get_or_create_branch(
            party=builders.party(code, code.title()),
            name=f"Elvebyen {code.title()}",
            level="municipality",
            area_code="9101",
            on_year=2023,
        )
        of_party(code, words, branch=chapter)
    of_party("SKOG", RINK)
    upkeep.catch_up()
    found = shared(shown(client, "/sted/elvebyen/"))
    assert "Det flere partier her er enige om" in found
    assert "2 partier" in found, "a party that has no chapter here does not count"


def test_as_many_queries_for_many_parties_as_for_few(client: Client) -> None:
    counts = []
    for number in (2, 5):
        for party in range(number):
            if not Branch.objects.filter(party__code=f"P{party}").exists():
                of_party(f"P{party}", POOL, RINK)
        upkeep.catch_up()
        client.get(f"/tema/{THEME}/")
        with CaptureQueriesContext(connection) as queries:
            shown(client, f"/tema/{THEME}/?ny={number}")
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_hits_that_say_nearly_the_same_are_one_row_on_the_page_alone(client: Client) -> None:
    of_party("FJORD", RINK)
    of_party("MYR", "Bevare skøytebane på Torvmyra.", AGAINST)
    of_party("SKOG", "Bevare skøytebanene.", dissents=("Bevare skøytebane på Torvmyra.",))
    upkeep.catch_up()
    rows = shown(client, "/sok/?q=skøytebanen").split('class="hit"')[1:]
    (folded,) = [row for row in rows if FOLDED in row]
    assert "Torvmyra" in folded and "Ikke" not in folded and folded.count("/lofte/") == 3
    assert sum("Ikke bevare" in row for row in rows) == 1, "what is against it has a row of its own"
    listed = json.loads(b"".join(client.get("/sok.json?q=skøytebanen").streaming_content))
    assert listed["antall"] == len(rows) + 1 - sum("dissens" in row.lower() for row in rows), "a file lists each"
