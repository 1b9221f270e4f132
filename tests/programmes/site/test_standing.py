"""What is not the party's policy says so, and a pledge has its lead-in with it, in every place where it stands."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from html import unescape

import pytest
from django.test import Client

from ingest.intake.details import Details
from programmes.models import Passage, Programme
from programmes.publishing import publish, withdraw
from programmes.standing import cautions
from tests import builders

pytestmark = pytest.mark.django_db(transaction=True)

THEME = "kultur-idrett-og-fritid"
LEAD_IN = builders.LEAD_IN
PARENT = "Utrede byantikvar som ser på:"
SUB_PLEDGE = "Bryggene ved byantikvaren."
DISSENT = "Mindretallet foreslår"


@dataclass(frozen=True)
class Standing:
    """One way in which words are not the party's policy, and what readers are told."""

    name: str
    words: str
    """Where there is little room."""
    sentence: str
    """Where there is more."""


STANDINGS = [
    Standing("proposal", "forslag", "Dette står i et forslag til program. Det er ikke vedtatt."),
    Standing("hearing", "høringsutkast", "Dette står i et høringsutkast. Det er ikke vedtatt."),
    Standing("unknown", "ukjent om vedtatt", "Arkivet vet ikke om dette programmet er vedtatt."),
    Standing("replaced", "eldre utgave", "Dette står i en eldre utgave av programmet."),
    Standing("dissent", DISSENT, "Dette er ikke partiets eget løfte."),
]
OF_PROGRAMMES = STANDINGS[:4]
ids = {"argvalues": STANDINGS, "ids": [standing.name for standing in STANDINGS]}


def archive(standing: str) -> Passage:
    """Publish a programme with a pledge and a sub-pledge of that standing; return the pledge."""
    builders.theme(THEME)
    parse = builders.parsed(
        ["Verne byantikvar.", PARENT], below=[SUB_PLEDGE], prose=["Om byantikvar i bygda."], theme=THEME
    )
    programme = builders.programme(parse=parse)
    if standing in Programme.Status.values:
        Programme.objects.update(status=standing)
    if standing == "replaced":
        newer = builders.programme(title="Nyere", parse=builders.parsed(["Noe annet."]))
        newer.replaces = programme
        newer.save()
        publish(newer)
    if standing == "dissent":
        programme.passages.filter(kind__in=["pledge", "sub_pledge"]).update(dissent=DISSENT)
    programme.refresh_from_db()
    publish(programme)
    return programme.passages.get(text="Verne byantikvar.")


def places(pledge: Passage) -> dict[str, str]:
    """Return every address where a pledge stands, or its chapter does, by what it is; lists ask for older editions."""
    programme = pledge.programme
    every = "&utgaver=alle"
    return {
        "pledge": pledge.get_absolute_url(),
        "chapter": pledge.section.get_absolute_url(),
        "programme": programme.get_absolute_url(),
        "programme by theme": f"{programme.get_absolute_url()}?vis=tema",
        "hits": f"/sok/?q=byantikvar{every}",
        "hits by party": f"/sok/?q=byantikvar&grupper=parti{every}",
        "text": f"/sok/?q=byantikvar&del=tekst{every}",
        "headings": f"/sok/?q=kultur&del=kapitler{every}",
        "theme": f"/tema/{THEME}/",
        "branch": programme.branch.get_absolute_url(),
        "party": programme.branch.party.get_absolute_url(),
        "year": "/aar/2023/",
        "csv": f"/sok.csv?q=byantikvar{every}",
        "json": f"/sok.json?q=byantikvar{every}",
        "feed": f"/sok.atom?q=byantikvar{every}",
    }


NOT_OF_REPLACED = {"theme"}
"""Lists that have no older editions."""
NOT_OF_DISSENTS = {"programme by theme", "theme", "text", "headings", "branch", "party", "year"}
"""Lists of the party's own pledges, of other text, and of programmes."""


def shown_at(client: Client, address: str) -> str:
    """Return the words of an answer, of a page without its markup."""
    answer = client.get(address)
    assert answer.status_code == 200, address
    text = answer.getvalue().decode()
    if answer["Content-Type"].startswith("text/html"):
        text = unescape(re.sub(r"<[^>]*>", " ", text[text.index("<main") :]))
    return " ".join(text.split())


@pytest.mark.parametrize("standing", **ids)
def test_what_is_no_policy_says_so_in_every_place(client: Client, standing: Standing) -> None:
    pledge = archive(standing.name)
    left_out = {"replaced": NOT_OF_REPLACED, "dissent": NOT_OF_DISSENTS}.get(standing.name, set())
    for name, address in places(pledge).items():
        if name not in left_out:
            shown = shown_at(client, address).casefold()
            assert standing.words.casefold() in shown or standing.sentence.casefold() in shown, name
    page = shown_at(client, pledge.get_absolute_url())
    assert standing.sentence in page
    assert f"{standing.words}]" in page, "the citation"


@pytest.mark.parametrize("standing", OF_PROGRAMMES, ids=[standing.name for standing in OF_PROGRAMMES])
def test_what_is_offered_while_one_types_says_so(client: Client, standing: Standing) -> None:
    archive(standing.name)
    offered = client.get("/sok/forslag/?q=verne byanti").json()
    named = [each["label"] for each in offered if each["kind"] == "pledge"]
    assert all(f"[{standing.words}]" in label for label in named)
    assert bool(named) == (standing.name != "replaced")


def test_a_dissent_counts_nowhere_as_the_partys_own(client: Client) -> None:
    pledge = archive("dissent")
    pledge.programme.refresh_from_db()
    assert pledge.programme.pledge_count == 3, "as it was read; the parser counts no dissents"
    assert "Verne byantikvar." not in shown_at(client, f"/tema/{THEME}/")
    assert "Verne byantikvar." not in shown_at(client, f"{pledge.programme.get_absolute_url()}?vis=tema")
    answer = json.loads(shown_at(client, "/sok.json?q=byantikvar"))
    assert (answer["antall"], answer["dissenser"]) == (0, 3)
    assert {row["kind"] for row in client.get("/sok/forslag/?q=verne byanti").json()} <= {"word"}


def test_an_adopted_programme_has_no_such_words(client: Client) -> None:
    pledge = archive("adopted")
    assert cautions(pledge.programme) == ()
    for name, address in places(pledge).items():
        shown = shown_at(client, address)
        assert not [each.sentence for each in STANDINGS if each.sentence in shown], name
    assert "[vedtatt]" not in shown_at(client, pledge.get_absolute_url())


@pytest.mark.parametrize("name", ["pledge", "chapter", "programme", "programme by theme", "hits", "hits by party"])
def test_a_pledge_has_its_lead_in_with_it(client: Client, name: str) -> None:
    assert LEAD_IN in shown_at(client, places(archive("adopted"))[name])


@pytest.mark.parametrize("name", ["theme", "csv", "json", "feed"])
def test_a_pledge_among_others_has_its_lead_in_with_it(client: Client, name: str) -> None:
    assert LEAD_IN in shown_at(client, places(archive("adopted"))[name])


def test_a_sub_pledge_has_what_it_stands_under_with_it(client: Client) -> None:
    pledge = archive("adopted")
    below = Passage.objects.get(text=SUB_PLEDGE)
    assert below.introductions == (LEAD_IN, PARENT)
    for address in (below.get_absolute_url(), "/sok/?q=bryggene", "/sok.csv?q=bryggene", "/sok.atom?q=bryggene"):
        shown = shown_at(client, address)
        assert LEAD_IN in shown and PARENT in shown, address
    Passage.objects.filter(parent=None).update(kind="question")  # so that it stands alone in the lists
    shown = shown_at(client, f"{pledge.programme.get_absolute_url()}?vis=tema")
    assert f"{PARENT} {SUB_PLEDGE}" in shown


def test_an_entry_that_holds_the_lead_in_is_said_once() -> None:
    archive("adopted")
    Passage.objects.filter(text=PARENT).update(text=f"Havna. {LEAD_IN}")
    assert Passage.objects.get(text=SUB_PLEDGE).introductions == (f"Havna. {LEAD_IN}",)


def test_the_lead_in_of_neighbours_stands_over_them(client: Client) -> None:
    parse = builders.parsed(["Utrede byantikvar.", "Verne bryggene."])
    programme = builders.programme(parse=parse)
    programme.passages.filter(text="Verne bryggene.").update(lead_in="Bygdelista vil ikke:")
    page = shown_at(client, programme.passages.get(text="Utrede byantikvar.").get_absolute_url())
    assert re.search(r"Bygdelista vil ikke: ¶ 2 Verne bryggene\.", page)


def test_a_withdrawn_programme_says_so_at_the_pledges_address(client: Client) -> None:
    pledge = archive("adopted")
    withdraw(pledge.programme, reason="Feil fil.")
    pledge.programme.refresh_from_db()
    assert [each.words for each in cautions(pledge.programme)] == ["trukket tilbake"]
    for address in (pledge.get_absolute_url(), pledge.section.get_absolute_url()):
        answer = client.get(address)
        assert answer.status_code == 410 and "Feil fil." in answer.content.decode()


def test_nobody_said_means_unknown() -> None:
    details = Details(title="Program", kind="municipal", period_start=2023, period_end=2027)
    assert details.status == Programme().status == "unknown"
