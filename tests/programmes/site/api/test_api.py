"""The API: what it shows and hides, how it pages, refuses and counts, and that its queries don't grow with its rows."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import schemathesis
from django.core.cache import caches
from django.core.management import call_command
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ingest.intake.store import replace_text
from programmes.models import FormerAddress, Passage, Programme, Theme
from programmes.publishing import withdraw
from programmes.search.engine import IndexBeingBuilt
from programmes.search.state import advance
from programmes.site.api.description import description
from programmes.site.callers import SEARCHES
from tests import builders
from tools.fuzz.api import SETTINGS, fuzz_api, known_of

pytestmark = pytest.mark.django_db

READER = "203.0.113.7"
PROGRAMME = "bygdelista/nasjonalt/2023-2027"
CASES = 44
"""Of the 22 addresses, a right one and a wrong one each."""
THEME = "kultur-idrett-og-fritid"
URI = "https://psi.norge.no/los/tema/kultur-idrett-og-fritid"

QUERIES = {
    "/search?q=byantikvar": 7,
    "/passages?is_pledge=true": 8,
    f"/passages?programme={PROGRAMME}": 8,
    f"/passages?theme={THEME}": 9,
    "/programmes": 1,
    f"/programmes/{PROGRAMME}": 1,
    f"/programmes/{PROGRAMME}/history": 7,
    f"/programmes/{PROGRAMME}/changes": 14,
    "/sections": 2,
    "/branches": 1,
    "/parties": 1,
    "/themes": 1,
    "/compare?side=bygdelista&side=granlista&q=byantikvar": 16,
    "/coverage": 6,
}
"""Address → SQL statements, whether the programmes have one pledge each or three."""


def got(client: Client, address: str, *, status: int = 200, **headers: str) -> Any:
    answer = client.get(f"/api/v1{address}", headers=headers)
    assert answer.status_code == status, (address, answer.status_code, answer.content[:500])
    return answer.json()


def fill(rows: int = 2, *, others: bool = False, **more: Any) -> Programme:
    """Publish a party's programmes of two elections, and `others` of another party; return the newest."""
    theme = builders.theme()
    Theme.objects.filter(pk=theme.pk).update(uri=URI)
    pledges = [f"Utrede behov for en byantikvar {number}." for number in range(rows)]
    gran, bygd = ("GRAN", "Granlista"), ("BYGD", "Bygdelista")
    for party, year in ((gran, 2023), (bygd, 2019), (bygd, 2023))[0 if others else 1 :]:
        parse = builders.parsed(pledges, theme=theme.slug, content=f"{party} {year}".encode(), **more)
        newest = builders.programme(branch=builders.national_branch(*party), year=year, parse=parse)
    return newest


def test_queries_do_not_grow_with_rows(client: Client) -> None:
    counts: dict[str, list[int]] = {address: [] for address in QUERIES}
    for rows in (1, 3):
        Programme.objects.all().delete()
        fill(rows, others=True)
        for address, found in counts.items():
            got(client, address)
            with CaptureQueriesContext(connection) as queries:
                got(client, address)
            found.append(len(queries))
    assert counts == {address: [most, most] for address, most in QUERIES.items()}


def test_a_passage_comes_with_all_that_a_quotation_needs(client: Client) -> None:
    programme = fill(dissents=["Rive byantikvaren."])
    pledge = programme.passages.pledges().first()
    answer = got(client, f"/passages/{pledge.public_id}")
    assert (answer["id"], answer["url"]) == (pledge.public_id, f"http://testserver/lofte/{pledge.public_id}/")
    assert (answer["text"], answer["lead_in"]) == (pledge.readable_text, builders.LEAD_IN)
    assert (answer["party"], answer["programme"], answer["status"]) == ("BYGD", PROGRAMME, "adopted")
    assert (answer["theme_uri"], answer["file_sha256"]) == (URI, programme.sha256)
    dissent = got(client, "/passages?is_dissent=true&party=BYGD&year=2023")["items"][0]
    assert not dissent["is_pledge"] and dissent["cautions"][0]["quoted"] == builders.DISSENT


def test_only_the_fields_asked_for_and_the_id(client: Client) -> None:
    fill()
    for fields in ("fields=text,party", "fields=text&fields=party"):
        rows = got(client, f"/passages?is_pledge=true&{fields}")["items"]
        assert {frozenset(row) for row in rows} == {frozenset({"id", "text", "party"})}
    assert got(client, "/passages?fields=tekst", status=422)["errors"][0]["parameter"] == "fields"


def test_a_page_begins_behind_the_row_before_whatever_came_since(client: Client) -> None:
    fill(3)
    first = got(client, "/passages?limit=2&fields=text")
    builders.programme(year=2027)
    seen = [row["id"] for row in first["items"]]
    after = first["next"]
    while after:
        page = got(client, f"/passages?limit=2&fields=text&cursor={after}")
        seen += [row["id"] for row in page["items"]]
        after = page["next"]
    assert len(seen) == len(set(seen))
    assert set(seen) == set(Passage.objects.values_list("public_id", flat=True))
    assert got(client, f"/sections?cursor={first['next']}", status=404)["errors"][0]["parameter"] == "cursor"


def test_search_answers_as_the_command_and_the_file_do(client: Client, capsys: Any) -> None:
    fill(3, others=True, prose=["Byantikvaren er alt her."])
    call_command("search", "hva mener bygdelista om byantikvar 2023", "--json", "--limit", "2")
    command = json.loads(capsys.readouterr().out)
    answer = got(client, "/search?q=hva mener bygdelista om byantikvar 2023&limit=2")
    rest = {"took_ms", "hits", "elsewhere"}
    assert {key: answer[key] for key in command.keys() - rest} == {key: command[key] for key in command.keys() - rest}
    assert [hit["id"] for hit in answer["hits"]] == [hit["id"] for hit in command["hits"]]
    assert answer["read_as"]["party"] == ["BYGD"] and answer["elsewhere"]["total"] == 1
    assert answer["hits"][0]["url"] == f"http://testserver{command['hits'][0]['url']}"
    assert answer["hits"][0]["themes"] == [{"theme": THEME, "uri": URI, "is_main": True}]
    assert answer["identifiers"]["party"] == {"bygdelista": "BYGD", "granlista": "GRAN"}
    next_page = got(client, f"/search?q=hva mener bygdelista om byantikvar 2023&cursor={answer['next']}")
    assert {hit["id"] for hit in next_page["hits"]}.isdisjoint(hit["id"] for hit in answer["hits"])
    file = client.get("/sok.json?q=byantikvar&parti=bygdelista")
    assert '</api/v1/search?q=byantikvar&party=bygdelista>; rel="successor-version"' in file["Link"]
    told = json.loads(b"".join(file.streaming_content))
    of_file = got(client, "/search?q=byantikvar&party=BYGD")
    assert {told["antall"], told["total"], of_file["total"]} == {6}
    assert told["facets"] == of_file["facets"]


def test_filters_go_by_what_registers_say(client: Client) -> None:
    fill()
    for asked in ("party=BYGD", f"theme={URI}", "year=2023", "branch=bygdelista/nasjonalt", "level=national"):
        found = got(client, f"/search?{asked}")["total"]
        assert 0 < found == len(got(client, f"/passages?is_pledge=true&{asked}")["items"]), asked


def test_what_is_no_longer_there_says_what_became_of_it(client: Client) -> None:
    programme = fill()
    first = programme.passages.pledges().first()
    replace_text(programme=programme, parsed=builders.parsed(["Noe helt annet.", "Og mer til."]))
    gone = got(client, f"/passages/{first.public_id}", status=410)
    assert (gone["became"], gone["text"], gone["programme"]) == ("gone", first.readable_text, PROGRAMME)
    other = programme.passages.pledges().first()
    withdraw(programme, reason="Feil utgave.")
    for address in (f"/passages/{other.public_id}", f"/programmes/{PROGRAMME}", f"/passages?programme={PROGRAMME}"):
        assert got(client, address, status=410)["reason"] == "Feil utgave."


def test_drafts_are_nowhere(client: Client) -> None:
    draft = builders.programme(published=False)
    passage = draft.passages.first()
    assert got(client, f"/passages/{passage.public_id}", status=404)["title"]
    got(client, f"/sections/{passage.section.public_id}", status=404)
    got(client, f"/programmes/{PROGRAMME}", status=404)
    for listed in ("/passages", "/sections", "/programmes", "/branches"):
        assert got(client, listed)["items"] == []


def test_a_programme_is_found_by_the_id_that_it_once_had(client: Client) -> None:
    programme = fill()
    FormerAddress.objects.create(programme=programme, branch=programme.branch, slug="gammel")
    answer = client.get("/api/v1/programmes/bygdelista/nasjonalt/gammel")
    assert (answer.status_code, answer["Location"]) == (301, f"/api/v1/programmes/{PROGRAMME}")


def test_what_changed_since_last_time_and_what_is_like_it(client: Client) -> None:
    programme = fill()
    answer = got(client, f"/programmes/{PROGRAMME}/changes?fields=text&limit=1")
    assert answer["since"]["id"] == "bygdelista/nasjonalt/2019-2023"
    assert answer["counts"] == {"new": 0, "reworded": 0, "gone": 0, "kept": 2}
    more = got(client, f"/programmes/{PROGRAMME}/changes?fields=text&limit=1&cursor={answer['next']}")
    assert answer["items"][0]["later"]["id"] != more["items"][0]["later"]["id"] and more["next"] is None
    history = got(client, f"/programmes/{PROGRAMME}/history")
    assert (history["before"]["id"], history["after"]) == ("bygdelista/nasjonalt/2019-2023", [])
    pledge = programme.passages.pledges().first()
    editions = got(client, f"/passages/{pledge.public_id}/history?fields=text")["editions"]
    assert [(each["is_before"], each["is_same"]) for each in editions] == [(True, True)]
    assert got(client, f"/passages/{pledge.public_id}/alike")["alike"] == [], "the worker has not compared them yet"


def test_sides_are_compared_as_on_the_page(client: Client) -> None:
    fill(others=True)
    answer = got(client, f"/compare?side=BYGD&side=Granlista&theme={URI}&fields=text")
    assert [side["side"] for side in answer["sides"]] == ["bygdelista", "granlista"]
    assert client.get(answer["page_url"]).status_code == 200
    shown = [each for row in answer["shared"] for own in row["pledges"] for each in own]
    assert len(shown) + sum(map(len, answer["alone"])) == 4
    assert got(client, "/compare?side=BYGD&side=Ingen&q=buss", status=404)["errors"][0]["parameter"] == "side"
    got(client, "/compare?side=BYGD&q=buss", status=422)
    got(client, "/compare?side=BYGD&side=GRAN", status=422)


def test_quotations_are_checked_and_nothing_is_kept(client: Client) -> None:
    programme = fill()
    text = f"Bygdelista vil «{programme.passages.pledges().first().text.lower()[:-1]}» i perioden 2023–2027."
    answer = client.post("/api/v1/quote-check", {"text": text}, content_type="application/json")
    (checked,) = answer.json()["quotations"]
    assert (answer["Cache-Control"], checked["verdict"], checked["named_party"]) == ("no-store", "exact", "BYGD")
    assert text[checked["start"] : checked["end"]] == checked["quote"]
    assert checked["passages"][0]["programme"] == PROGRAMME and checked["url"] == checked["passages"][0]["url"]


@pytest.mark.parametrize(
    ("sent", "content_type", "status"),
    [
        ('{"text": "«Ja»", "mer": 1}', "application/json", 422),
        ("{", "application/json", 400),
        ("text=ja", "application/x-www-form-urlencoded", 415),
        (json.dumps({"text": "a" * 20_001}), "application/json", 422),
        ("a" * 200_001, "application/json", 413),
    ],
)
def test_what_cannot_be_checked_is_refused(client: Client, sent: str, content_type: str, status: int) -> None:
    answer = client.post("/api/v1/quote-check", sent, content_type=content_type)
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")


def test_what_says_nothing_is_no_fault(client: Client) -> None:
    fill()
    twice = client.get("/api/v1/parties?limit=1&fields=" + ",".join(["name_nb"] * 40))
    assert set(twice.json()["items"][0]) == {"id", "name_nb"}
    no_words = client.post("/api/v1/quote-check", {"text": "\x0f "}, content_type="application/json")
    assert (no_words.status_code, no_words.json()) == (200, {"quotations": [], "is_full": False})


@pytest.mark.parametrize(
    ("address", "status", "kind"),
    [
        ("/finnes-ikke", 404, "not-found"),
        ("/parties/%C2%8FA", 400, "bad-request"),
        ("/parties/%C2%A7A", 422, "invalid"),
        ("/passages/22222222", 404, "not-found"),
        ("/search?qq=skole", 422, "invalid"),
        ("/search?limit=0", 422, "invalid"),
        ("/quote-check", 405, "method-not-allowed"),
        ("/passages/%00", 400, "bad-request"),
    ],
)
def test_problems_are_told_in_the_callers_language(client: Client, address: str, status: int, kind: str) -> None:
    titles = {}
    for language in ("nb", "nn", "en", "en-GB,en;q=0.9,nb;q=0.8", "de"):
        answer = client.get(f"/api/v1{address}", headers={"accept-language": language})
        assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")
        assert (answer.json()["type"], answer.json()["status"]) == (f"/api/v1/#{kind}", status)
        titles[language] = answer.json()["title"]
    assert titles["en"] == titles["en-GB,en;q=0.9,nb;q=0.8"] != titles["nb"] == titles["de"]


def test_out_of_order_is_told_as_a_problem(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def being_built(*args: object, **options: object) -> None:
        raise IndexBeingBuilt

    monkeypatch.setattr("programmes.site.api.searching.search", being_built)
    answer = client.get("/api/v1/search?q=skole")
    assert (answer.status_code, answer.json()["status"], answer["Retry-After"]) == (503, 503, "30")


def test_head_options_and_pages_of_others(client: Client) -> None:
    fill()
    answer, head = client.get("/api/v1/programmes"), client.head("/api/v1/programmes")
    assert (head.status_code, head["Content-Type"], head.content) == (200, answer["Content-Type"], b"")
    assert answer["Access-Control-Allow-Origin"] == "*" and "RateLimit-Remaining" in answer
    assert answer["Cross-Origin-Resource-Policy"] == "cross-origin"
    for address, allowed in (("programmes", "GET, HEAD, OPTIONS"), ("quote-check", "HEAD, OPTIONS, POST")):
        told = client.options(f"/api/v1/{address}", headers={"origin": "https://avis.example"})
        assert (told.status_code, told["Allow"]) == (204, allowed)
        assert (
            told["Access-Control-Allow-Methods"] == allowed and "Content-Type" in told["Access-Control-Allow-Headers"]
        )
        assert client.delete(f"/api/v1/{address}")["Allow"] == allowed
    assert "Access-Control-Allow-Origin" not in client.get("/om/")


def test_callers_are_counted_and_told(client: Client) -> None:
    left = [client.get("/api/v1/search?limit=0", REMOTE_ADDR=READER) for _turn in range(SEARCHES.at_once + 1)]
    assert [int(answer["RateLimit-Remaining"]) for answer in left[:3]] == [119, 118, 117]
    assert {answer["RateLimit-Limit"] for answer in left} == {"120"}
    refused = left[-1]
    assert (refused.status_code, refused.json()["status"], refused["RateLimit-Remaining"]) == (429, 429, "0")
    assert int(refused["Retry-After"]) >= 1
    assert client.get("/api/v1/parties", REMOTE_ADDR=READER)["RateLimit-Limit"] == "600"


@pytest.fixture
def kept_pages(settings: Any) -> Iterator[None]:
    settings.KEPT_PAGES_SECONDS = 60
    caches["pages"].clear()
    advance(0)
    yield
    caches["pages"].clear()


def test_an_answer_holds_until_the_archive_changes(client: Client, kept_pages: None) -> None:
    programme = fill()
    first = client.get("/api/v1/programmes")
    assert first["Last-Modified"] and first["Cache-Control"] == "no-cache"
    with CaptureQueriesContext(connection) as queries:
        again = client.get("/api/v1/programmes", headers={"if-none-match": first["ETag"]}, REMOTE_ADDR=READER)
    assert (again.status_code, len(queries), again["Access-Control-Allow-Origin"]) == (304, 1, "*")
    assert "RateLimit-Limit" not in again, "what is kept costs nothing, and another caller's count is not told"
    english = client.get("/api/v1/programmes", headers={"accept-language": "en", "if-none-match": first["ETag"]})
    assert english["Content-Language"] == "en"
    withdraw(programme, reason="Feil utgave.")
    changed = client.get("/api/v1/programmes", headers={"if-none-match": first["ETag"]})
    assert changed.status_code == 200 and changed["ETag"] != first["ETag"]


def test_the_page_shows_each_address_and_leads_from_its_forms_to_it(client: Client) -> None:
    page = client.get("/api/v1/").content.decode()
    description = client.get("/api/v1/openapi.json").json()
    names = [told["operationId"] for methods in description["paths"].values() for told in methods.values()]
    assert len(names) == len(set(names)) == 22
    assert [name for name in names if f'id="{name}"' not in page] == []
    assert "<script>" not in page and " style=" not in page
    assert "<code>party/branch</code>" in page and "`" not in page
    asked = {"operation": "search_programmes", "q": "buss og tog", "party": "SV, A", "year": "", "limit": "5"}
    led = client.get(reverse("api_try"), asked)
    assert led["Location"] == "/api/v1/search?limit=5&q=buss+og+tog&party=SV&party=A"
    led = client.get(reverse("api_try"), {"operation": "get_passage", "passage_id": "a/b"})
    assert led["Location"] == "/api/v1/passages/a%2Fb"
    assert client.get(reverse("api_try"), {"operation": "check_quotes"}).status_code == 404


@contextmanager
def same_connection() -> Iterator[None]:
    """Let a WSGI application answer within the test's transaction: else each request ends its connection."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def test_answers_keep_to_the_description(client: Client) -> None:
    """Some of what `manage.py fuzz_api` asks by the thousand; a client is made of the description there."""
    fill(others=True, prose=["Byantikvaren er alt her."], dissents=["Rive byantikvaren."])
    known = known_of(lambda path: got(client, path.removeprefix("/api/v1")))
    config = schemathesis.Config.from_dict(SETTINGS)
    with same_connection():
        schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application(), config=config)
        asked = list(fuzz_api(schema, known, cases=CASES, seed=1))
    assert [each.failure for each in asked if each.failure] == []
    assert {each.operation.partition(" ")[2] for each in asked} == set(description()["paths"])
    assert {each.is_right for each in asked} == {True, False} and sum(each.status == 200 for each in asked) >= 8
