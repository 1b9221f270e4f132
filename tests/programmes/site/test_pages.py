"""Every public page: what it shows, what it hides, and that its queries do not grow with its rows."""

from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO
from urllib.parse import quote, urlencode

import pytest
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from ingest.intake.store import replace_text
from programmes.models import Passage, Programme, Theme
from programmes.publishing import publish, withdraw
from programmes.search import search
from tests import builders

pytestmark = pytest.mark.django_db

FORM = "application/x-www-form-urlencoded"
PROGRAMME = "/program/bygdelista/nasjonalt/2023-2027/"

PAGES = {
    "/": "Hva partiene vil",
    "/partier/": "Bygdelista",
    "/partier/bygdelista/": "Bygdelista",
    "/lag/": "Bygdelista",
    "/lag/bygdelista/nasjonalt/": "Program",
    "/aar/": "2023",
    "/aar/2023/": "Programmer fra 2023",
    "/tema/": "Kultur, idrett og fritid",
    "/tema/kultur-idrett-og-fritid/": "Utrede behov for en byantikvar 0.",
    PROGRAMME: "Utrede behov for en byantikvar 0.",
    f"{PROGRAMME}?vis=tema": "Kultur, idrett og fritid",
    f"{PROGRAMME}kultur/": "Utrede behov for en byantikvar 0.",
    "/om/": "Hva et løfte er",
    "/om/kvalitet/": "Hva tallene betyr",
}
"""Address → what stands on the page."""

QUERIES = {
    "/": 7,
    "/partier/": 2,
    "/partier/bygdelista/": 3,
    "/lag/": 4,
    "/lag/bygdelista/nasjonalt/": 4,
    "/aar/": 1,
    "/aar/2023/": 1,
    "/tema/": 2,
    "/tema/kultur-idrett-og-fritid/": 6,
    PROGRAMME: 6,
    f"{PROGRAMME}?vis=tema": 7,
    f"{PROGRAMME}kultur/": 5,
    "/om/": 1,
    "/om/kvalitet/": 0,
    "pledge": 9,
}
"""Address → SQL statements, whether the archive has one programme and pledge or three."""


def fill(rows: int) -> Passage:
    """Publish `rows` programmes of `rows` pledges each under one theme; return the first pledge."""
    theme = builders.theme()
    pledges = [f"Utrede behov for en byantikvar {number}." for number in range(rows)]
    for number in range(rows):
        below = [f"delløfte {n} i {number}" for n in range(rows)]
        builders.programme(
            title=f"Program {number}",
            parse=builders.parsed(
                pledges, prose=["Brødtekst."] * rows, below=below, theme=theme.slug, content=f"{number}".encode()
            ),
        )
    return Passage.objects.filter(text=pledges[0], programme__slug="2023-2027").get()


@pytest.mark.parametrize("address", PAGES)
def test_page_shows(client: Client, address: str) -> None:
    fill(1)
    response = client.get(address)
    assert response.status_code == 200
    assert PAGES[address] in response.content.decode()


def test_a_pledge_says_why_it_stands_under_its_themes(client: Client) -> None:
    pledge = fill(1)
    pledge.passage_themes.update(reasons=[["text", "byantikvar"], ["heading", "Kultur"], ["neighbours", ""]])
    why = folded(client, pledge)
    assert "(hovedtema, valgt av maskinen): ord i løftet «byantikvar»; ord i overskriften «Kultur»" in why
    assert "; løftene rundt handler om det samme" in why
    pledge.passage_themes.update(origin="editor", reasons=[])
    assert "(hovedtema, satt av redaksjonen)" in folded(client, pledge)


def folded(client: Client, pledge: Passage) -> str:
    page = client.get(pledge.get_absolute_url()).content.decode()
    return " ".join(page.partition('<details class="why">')[2].partition("</details>")[0].split())


def test_all_counts_of_a_theme_follow_the_filters(client: Client) -> None:
    theme = builders.theme()
    labels = dict.fromkeys(("label_nb", "label_nn", "label_en"), "Bibliotek")
    Theme.objects.create(slug="bibliotek", parent=theme, **labels)
    fjord = builders.national_branch("FJORD", "Fjordpartiet")
    for branch, year, pledges in ((None, 2019, ["Ja."]), (None, 2023, ["Ja.", "Nei."]), (fjord, 2023, ["Kanskje."])):
        parse = builders.parsed(pledges, theme=theme.slug, content=f"{branch} {year}".encode())
        entries = tuple(replace(entry, sub_themes=("bibliotek",)) for entry in parse.entries)
        builders.programme(branch=branch, year=year, parse=replace(parse, entries=entries))
    assert counts(client, "") == {"Bygdelista": 3, "Fjordpartiet": 1, "Bibliotek": 4, "2023": 3, "2019": 1}
    assert counts(client, "?parti=bygdelista&aar=2023")["Bibliotek"] == 2
    assert counts(client, "?nytt=1") == {"Bygdelista": 1, "Bibliotek": 1, "2023": 1}
    page = client.get("/tema/kultur-idrett-og-fritid/?parti=bygdelista").content.decode()
    assert 'href="/tema/bibliotek/?parti=bygdelista"' in page


def test_pledges_in_running_text_count_and_are_told_apart(client: Client) -> None:
    theme = builders.theme()
    parse = builders.parsed(["Bygge kino.", "Bygge scene."], prose=["Vi vil ansette flere.", "Her er fjord."])
    in_text, prose, *pledges = (replace(entry, theme=theme.slug) for entry in parse.entries)
    parse = replace(parse, entries=(replace(in_text, kind="prose_pledge"), replace(prose, theme=None), *pledges))
    programme = builders.programme(parse=parse)
    party, branch = programme.branch.party, programme.branch
    told = "3 løfter, 1 av dem i løpende tekst"
    for page in (programme, programme.sections.get(), branch, party, theme):
        assert told in client.get(page.get_absolute_url()).content.decode(), page
    assert counts(client, "") == {"Bygdelista": 3, "2023": 3}
    assert 'title="1 av dem i løpende tekst">3 løfter<' in client.get(branch.get_absolute_url()).content.decode()
    assert [row.count for row in search("").facets["theme"]] == [3], "search and pages say the same"
    by_theme = client.get(f"{programme.get_absolute_url()}?vis=tema").content.decode()
    assert "Vi vil ansette flere." in by_theme and "løfte i løpende tekst" in by_theme
    assert "Her er fjord." not in by_theme


def counts(client: Client, query: str) -> dict[str, int]:
    page = client.get(f"/tema/kultur-idrett-og-fritid/{query}").content.decode()
    return {
        label: int(count) for label, count in re.findall(r">([^<>]+)</a> <span class=\"number\">(\d+)</span>", page)
    }


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize("address", QUERIES)
def test_queries_do_not_grow(client: Client, address: str, rows: int) -> None:
    pledge = fill(rows)
    if address == "/":
        client.get(address)  # its examples are asked once for each state of the archive
    with CaptureQueriesContext(connection) as queries:
        assert client.get(pledge.get_absolute_url() if address == "pledge" else address).status_code == 200
    assert len(queries) == QUERIES[address], [query["sql"] for query in queries]


@pytest.mark.parametrize(
    ("kind", "address"),
    [("pledge", "/lofte/"), ("prose_pledge", "/lofte/"), ("prose", "/avsnitt/"), ("question", "/avsnitt/")],
)
def test_a_passage_has_its_address_by_its_kind_and_the_other_leads_there(
    kind: str, address: str, client: Client
) -> None:
    programme = builders.programme()
    programme.passages.update(kind=kind)
    passage = programme.passages.get()
    assert passage.get_absolute_url() == f"{address}{passage.public_id}/"
    other = ({"/lofte/", "/avsnitt/"} - {address}).pop()
    answer = client.get(f"{other}{passage.public_id}/?q=by")
    assert (answer.status_code, answer["Location"]) == (301, f"{address}{passage.public_id}/?q=by")
    assert client.get(answer["Location"]).status_code == 200
    programme.publication = "draft"
    programme.save()
    assert {client.get(f"{each}{passage.public_id}/").status_code for each in (address, other)} == {404}


@pytest.mark.parametrize(
    "address", ["/partier/tull/", "/lag/tull/tull/", "/aar/1900/", "/tema/tull/", "/lofte/tull/", "/x/"]
)
def test_what_is_not_there_is_said_in_norwegian(client: Client, address: str) -> None:
    response = client.get(address)
    assert response.status_code == 404
    assert "Siden finnes ikke" in response.content.decode()


@pytest.mark.parametrize("address", PAGES)
def test_an_empty_archive_has_no_broken_page(client: Client, address: str) -> None:
    builders.theme()
    builders.national_branch()
    expected = 404 if address.startswith(("/program/", "/aar/2")) else 200
    assert client.get(address).status_code == expected


def addresses_of(programme: Programme) -> list[str]:
    pledge = programme.passages.exclude(number="").first()
    return [programme.get_absolute_url(), f"{programme.get_absolute_url()}kultur/", pledge.get_absolute_url()]


def test_a_draft_is_nowhere(client: Client) -> None:
    draft = builders.programme(published=False, parse=builders.parsed(["Hemmelig løfte."], theme=builders.theme().slug))
    for address in [*addresses_of(draft), f"{draft.get_absolute_url()}original/"]:
        assert client.get(address).status_code == 404
    for address in ["/", "/partier/", "/lag/", "/aar/", "/tema/kultur-idrett-og-fritid/", "/lag/bygdelista/nasjonalt/"]:
        page = client.get(address).content.decode()
        assert "Hemmelig" not in page
        assert draft.get_absolute_url() not in page


def test_a_withdrawn_programme_says_why_at_all_its_addresses(client: Client) -> None:
    programme = builders.programme()
    withdraw(programme, reason="Feil utgave.")
    for address in addresses_of(programme):
        response = client.get(address)
        assert response.status_code == 410
        assert "Feil utgave." in response.content.decode()
    assert client.get(f"{programme.get_absolute_url()}original/").status_code == 404
    publish(programme)
    assert client.get(programme.get_absolute_url()).status_code == 200


def test_a_withdrawal_needs_a_reason() -> None:
    with pytest.raises(ValueError, match="reason"):
        withdraw(builders.programme(), reason=" ")


def test_a_gone_pledge_says_so_at_its_address(client: Client) -> None:
    programme = builders.programme(parse=builders.parsed(["Bygge skole.", "Senke skatten."]))
    gone = programme.passages.get(text="Senke skatten.").get_absolute_url()
    replace_text(programme=programme, parsed=builders.parsed(["Bygge skole."]))
    response = client.get(gone)
    assert response.status_code == 410
    assert "Senke skatten." in response.content.decode()


def content_of(programme: Programme) -> bytes:
    with programme.file.open() as file:
        return file.read()


def test_the_original_comes_back_whole_with_its_hash_and_is_never_run(client: Client) -> None:
    programme = builders.programme()
    response = client.get(f"{programme.get_absolute_url()}original/")
    assert b"".join(response.streaming_content) == content_of(programme)
    assert response["Content-Disposition"].startswith("attachment")
    assert "sandbox" in response["Content-Security-Policy"]
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Repr-Digest"].startswith("sha-256=:")


def test_words_of_the_source_are_escaped_on_every_page(client: Client) -> None:
    hostile = "<script>alert(1)</script> & mer"
    parse = builders.parsed([hostile], section="<b>Kultur</b>", prose=[hostile], theme=builders.theme().slug)
    programme = builders.programme(parse=parse, title="<i>Program</i>")
    pledge = programme.passages.exclude(number="").get()
    pages = ["/", "/tema/kultur-idrett-og-fritid/", programme.get_absolute_url(), pledge.get_absolute_url()]
    for address in pages:
        page = client.get(address).content.decode()
        assert "<script>alert" not in page
        assert "<b>Kultur" not in page
        assert "<i>Program" not in page


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", {"Program 2023", "Program 2019"}),
        ("?aar=2019", {"Program 2019"}),
        ("?aar=2019&aar=2023", {"Program 2023", "Program 2019"}),
        ("?parti=bygdelista&aar=2023", {"Program 2023"}),
        ("?lag=bygdelista/nasjonalt", {"Program 2023", "Program 2019"}),
        ("?parti=tull", set()),
        ("?lag=tull", set()),
        ("?aar=abc", set()),
        ("?aar=99999999999999999999", set()),
        ("?side=99", {"Program 2023", "Program 2019"}),
    ],
)
def test_a_theme_is_narrowed_by_its_address(client: Client, query: str, shown: set[str]) -> None:
    theme = builders.theme()
    for year in (2019, 2023):
        parse = builders.parsed([f"Løfte fra {year}."], theme=theme.slug, content=str(year).encode())
        builders.programme(year=year, title=f"Program {year}", parse=parse)
    page = client.get(theme.get_absolute_url() + query).content.decode()
    assert {f"Program {year}" for year in (2019, 2023) if f"Løfte fra {year}." in page} == shown


@pytest.mark.parametrize(
    ("cookie", "accepts", "language"),
    [
        (None, "", "nb"),
        (None, "en-GB,en;q=0.9", "nb"),
        (None, "nn-NO,nn;q=0.9,nb;q=0.8", "nn"),
        ("en", "nn", "en"),
        ("tull", "", "nb"),
    ],
)
def test_bokmal_first(client: Client, cookie: str | None, accepts: str, language: str) -> None:
    if cookie:
        client.cookies["django_language"] = cookie
    page = client.get("/om/", headers={"accept-language": accepts}).content.decode()
    assert re.search(r'<html lang="(\w+)"', page)[1] == language


@pytest.mark.parametrize(
    ("target", "leads_to"), [("/tema/", "/tema/"), ("https://ond.example/", "/"), ("//ond.example", "/"), ("", "/")]
)
def test_the_choice_of_language_leads_back_and_nowhere_else(client: Client, target: str, leads_to: str) -> None:
    response = client.post("/sprak/", urlencode({"language": "nn", "next": target}), content_type=FORM)
    assert response["Location"] == leads_to
    assert client.cookies["django_language"].value == "nn"


@pytest.mark.parametrize(
    ("kind", "size", "status"),
    [(FORM, 1024, 302), (FORM, 1025, 413), ("multipart/form-data; boundary=x", 60, 400), ("text/plain", 60, 400)],
)
def test_a_choice_of_language_is_a_small_form_and_nothing_else(
    client: Client, kind: str, size: int, status: int
) -> None:
    body = BytesIO(b"language=nn&next=/tema/".ljust(size, b"a"))
    request = RequestFactory().post("/sprak/", data=body.getvalue(), content_type=kind).environ
    response = client.request(**{**request, "wsgi.input": body})
    assert response.status_code == status
    assert body.tell() == (size if status == 302 else 0), "what is refused is not read"


def test_a_long_address_is_gone_back_to_all_the_same(client: Client) -> None:
    address = f"/sok/?q={quote('ø' * 200)}"
    page = client.get(address).content.decode()
    assert 'name="next"' not in page
    response = client.post(
        "/sprak/", "language=nn", content_type=FORM, headers={"referer": f"http://testserver{address}"}
    )
    assert response["Location"].endswith(address)


def test_health(client: Client) -> None:
    assert client.get("/helse/").json() == {"status": "ok"}


def test_robots_find_what_is_published_and_stay_out_of_the_search(client: Client) -> None:
    shown = builders.programme()
    draft = builders.programme(published=False, title="Kladd", parse=builders.parsed(["Annet."], content=b"annet"))
    rules = client.get("/robots.txt").content.decode()
    assert "Disallow: /sok/" in rules
    index = client.get(re.search(r"Sitemap: (\S+)", rules)[1]).content.decode()
    parts = [client.get(address).content.decode() for address in re.findall(r"<loc>(.*?)</loc>", index)]
    found = re.findall(r"<loc>(.*?)</loc>", "".join(parts))
    assert f"http://testserver{shown.get_absolute_url()}" in found
    assert f"http://testserver{shown.branch.get_absolute_url()}" in found
    assert f"http://testserver{draft.get_absolute_url()}" not in found
    assert all(client.get(address).status_code == 200 for address in found)
