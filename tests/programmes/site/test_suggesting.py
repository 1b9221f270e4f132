"""What the search box offers while one types."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from programmes.models import Party
from programmes.publishing import withdraw
from tests import builders
from tests.programmes.site.showcase import registers

pytestmark = pytest.mark.django_db(transaction=True)


def offered(client: Client, typed: str) -> list[tuple[str, str, str]]:
    """Return kind, label, and address or query of each suggestion."""
    answer = client.get("/sok/forslag/", {"q": typed}).json()
    return [(each["kind"], each["label"], each.get("url") or each["q"]) for each in answer]


def fill() -> None:
    _county, storfjell, _rival = registers()
    Party.objects.filter(code="FJORD").update(short="FjP")
    storfjell.refresh_from_db()
    texts = ["Gratis skoleskyss for alle.", "Bygge ny skole.", "Pusse opp skolene.", "Utvide skolen."]
    parse = builders.parsed(texts, section="Skoleskyss og buss", theme="trafikk-og-transport")
    builders.programme(branch=storfjell, title="Storfjell i bevegelse", parse=parse)


def test_parties_branches_and_programmes_are_offered_by_any_name(client: Client) -> None:
    fill()
    party = ("party", "Fjordpartiet", "/partier/fjordpartiet/")
    branch = ("branch", "Storfjell Fjordparti", "/lag/fjordpartiet/storfjell/")
    programme = (
        "programme",
        "Storfjell Fjordparti 2023–2027: Storfjell i bevegelse",
        "/program/fjordpartiet/storfjell/2023-2027/",
    )
    assert offered(client, "fjp")[:1] == [party]
    assert offered(client, "fjordp")[:2] == [party, branch]
    assert offered(client, "storfjell f")[:2] == [branch, programme]
    assert offered(client, "storfjell fjp 2023") == [programme]
    assert offered(client, "i bevegelse")[:1] == [programme]


def test_themes_and_headings_are_offered(client: Client) -> None:
    fill()
    assert ("theme", "Trafikk og transport", "/tema/trafikk-og-transport/") in offered(client, "transp")
    kinds = {kind: label for kind, label, _where in offered(client, "skoleskyss")}
    assert kinds["chapter"] == "Skoleskyss og buss · Storfjell Fjordparti 2023–2027"
    assert kinds["pledge"] == "Gratis skoleskyss for alle. · Storfjell Fjordparti 2023–2027"


def test_one_word_of_each_family_is_offered(client: Client) -> None:
    fill()
    assert [label for kind, label, _where in offered(client, "sko") if kind == "word"] == ["skole", "skoleskyss"]


def test_a_suggestion_says_what_it_is_in_the_readers_language(client: Client) -> None:
    fill()
    client.cookies["django_language"] = "en"
    assert client.get("/sok/forslag/?q=fjordp").json()[0]["what"] == "party"


@pytest.mark.parametrize("typed", ["", "f", '"', "parti:", "((", "\x00", "a" * 600, "skole OR", "-skole", "🚌🚌🚌🚌"])
def test_whatever_is_typed_is_answered(client: Client, typed: str) -> None:
    fill()
    assert client.get("/sok/forslag/", {"q": typed}).status_code == 200


def test_nothing_that_is_not_public_is_offered(client: Client) -> None:
    programme = builders.programme(
        title="Hemmelig plan", parse=builders.parsed(["Hemmelig skyss."], section="Hemmelig")
    )
    assert len(offered(client, "hemmelig")) == 4
    withdraw(programme, reason="Feil utgave.")
    assert offered(client, "hemmelig") == []


def test_a_suggestion_costs_few_queries(client: Client) -> None:
    fill()
    offered(client, "skoleskyss")
    with CaptureQueriesContext(connection) as queries:
        offered(client, "skoleskyss")
    assert len(queries) <= 3, [query["sql"] for query in queries]
