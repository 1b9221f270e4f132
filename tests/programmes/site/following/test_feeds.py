"""Feeds: the newest published or changed first, valid, with what must be known, and sent again only when changed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import caches
from django.test import Client

from programmes.branches import get_or_create_branch
from programmes.models import Area, Branch, Passage, Programme
from programmes.publishing import publish, refresh, withdraw
from tests import builders
from tests.programmes.site.following import atom

pytestmark = pytest.mark.django_db

SITE = "http://testserver"


@pytest.fixture
def county() -> Area:
    return Area.objects.create(
        code="98", name="Fjellfylket", slug="fjellfylket", level="county", valid_from="2020-01-01"
    )


@pytest.fixture
def municipality(county: Area) -> Area:
    return Area.objects.create(
        code="9801", name="Storfjell", slug="storfjell", level="municipality", county=county, valid_from="2020-01-01"
    )


@pytest.fixture
def chapter(municipality: Area) -> Branch:
    return get_or_create_branch(
        party=builders.party(), name="Storfjell Bygdeliste", level="municipality", area_code="9801", on_year=2023
    )


def entries(client: Client, address: str) -> list[str]:
    """Return the words of the pledges in a valid feed, as they come."""
    answer = client.get(address)
    assert answer.status_code == 200, address
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    root = atom.read(answer.content)
    own = root.find(f"{atom.ATOM}link[@rel='self']").get("href")
    assert atom.faults(answer.content, address=own) == []
    return [title.split(": ", 1)[1] for entry in root.iter(f"{atom.ATOM}entry") for title in atom.texts(entry, "title")]


def test_what_was_published_last_comes_first_whatever_year_it_is_for(client: Client) -> None:
    builders.programme(
        year=2027, title="Ny", parse=builders.parsed(["Gratis buss hver dag.", "Gratis buss om natten."])
    )
    assert entries(client, "/sok.atom?q=buss") == ["Gratis buss hver dag.", "Gratis buss om natten."]
    builders.programme(year=2003, title="Gammel", parse=builders.parsed(["Behold bussen."]))
    assert entries(client, "/sok.atom?q=buss")[0] == "Behold bussen."


def test_what_is_changed_comes_first_and_keeps_its_id(client: Client) -> None:
    old = builders.programme(year=2019, parse=builders.parsed(["Bygge vei.", "Bygge bru."]))
    builders.programme(year=2023, parse=builders.parsed(["Bygge skole."]))
    assert entries(client, "/sok.atom?q=bygge") == ["Bygge skole.", "Bygge vei.", "Bygge bru."]
    before = atom.read(client.get("/sok.atom?q=bygge").content)
    Passage.objects.filter(text="Bygge bru.").update(corrected="Bygge bruer.")
    refresh(old)
    assert entries(client, "/sok.atom?q=bygge") == ["Bygge bruer.", "Bygge skole.", "Bygge vei."]
    after = atom.read(client.get("/sok.atom?q=bygge").content)
    ids = [[atom.texts(entry, "id")[0] for entry in feed.iter(f"{atom.ATOM}entry")] for feed in (before, after)]
    assert ids[1] == [ids[0][2], ids[0][0], ids[0][1]]
    changed = next(after.iter(f"{atom.ATOM}entry"))
    assert atom.texts(changed, "published") < atom.texts(changed, "updated")


def test_every_thing_that_can_be_followed_has_a_feed(client: Client, chapter: Branch) -> None:
    theme = builders.theme()
    builders.programme(parse=builders.parsed(["Hele landet."]))
    builders.programme(branch=chapter, parse=builders.parsed(["Bare her."], theme=theme.slug))
    assert entries(client, "/partier/bygdelista.atom") == ["Bare her.", "Hele landet."]
    assert entries(client, f"/lag/bygdelista/{chapter.slug}.atom") == ["Bare her."]
    assert entries(client, f"/tema/{theme.slug}.atom") == ["Bare her."]
    assert entries(client, "/sted/storfjell.atom") == entries(client, "/sted/fjellfylket.atom") == ["Bare her."]
    assert entries(client, "/sok.atom") == ["Bare her.", "Hele landet."]
    assert entries(client, "/sok.atom?q=her&parti=bygdelista&form=list") == ["Bare her."]
    for address in ("/partier/x.atom", "/lag/bygdelista/x.atom", "/tema/x.atom", "/sted/x.atom"):
        assert client.get(address).status_code == 404


def test_each_page_names_its_feed_and_leads_to_following_it(client: Client, chapter: Branch) -> None:
    theme = builders.theme()
    builders.programme(branch=chapter, parse=builders.parsed(["Bare her."], theme=theme.slug))
    feeds = {
        "/": "/sok.atom",
        "/sok/?q=her&side=1&utm_source=x": "/sok.atom?q=her",
        "/partier/bygdelista/": "/partier/bygdelista.atom",
        chapter.get_absolute_url(): f"/lag/bygdelista/{chapter.slug}.atom",
        f"/tema/{theme.slug}/": f"/tema/{theme.slug}.atom",
        f"/tema/{theme.slug}/?parti=bygdelista": f"/sok.atom?parti=bygdelista&amp;tema={theme.slug}",
    }
    for page, feed in feeds.items():
        content = client.get(page).content.decode()
        assert content.count('rel="alternate"') == 1
        assert f'href="{feed}"' in content, page
        assert page == "/" or 'href="/varsel/?' in content, page


def test_a_misspelt_search_is_followed_as_it_was_searched(client: Client) -> None:
    builders.programme(parse=builders.parsed(["Utrede behov for byantikvar."]))
    assert 'href="/sok.atom?q=byantikvar"' in client.get("/sok/?q=byantikvvar").content.decode()


def test_no_word_is_left_out_where_nothing_has_all(client: Client) -> None:
    builders.programme(parse=builders.parsed(["Gratis buss.", "Bygge bru."]))
    assert entries(client, "/sok.atom?q=buss bru") == []
    assert entries(client, "/sok.atom?q=byss") == []


def test_what_must_be_known_goes_with_each_entry(client: Client) -> None:
    proposal = builders.programme(parse=builders.parsed(["Gratis buss."], dissents=["Ingen buss."]))
    Programme.objects.update(status="proposal")
    refresh(proposal)
    root = atom.read(client.get("/sok.atom?q=buss").content)
    own, dissent = sorted(root.iter(f"{atom.ATOM}entry"), key=lambda entry: "Ingen" in atom.texts(entry, "title")[0])
    assert "forslag" in atom.texts(own, "title")[0] and "dissens" not in atom.texts(own, "title")[0]
    assert f"dissens: {builders.DISSENT}" in atom.texts(dissent, "title")[0]
    for entry in (own, dissent):
        assert f"<em>{builders.LEAD_IN}</em>" in atom.texts(entry, "summary")[0]
        assert "forslag" in atom.texts(entry, "summary")[0]


def test_words_are_no_markup(client: Client) -> None:
    builders.programme(parse=builders.parsed(['Fjerne <script>alert("x")</script> & <b>avgifter</b>.']))
    assert entries(client, "/sok.atom?q=avgifter") == ['Fjerne <script>alert("x")</script> & <b>avgifter</b>.']
    summary = next(atom.read(client.get("/sok.atom?q=avgifter").content).iter(f"{atom.ATOM}summary")).text
    assert summary and "&lt;script&gt;" in summary and "<script>" not in summary


def test_the_feeds_own_address_has_no_more_than_what_is_followed(client: Client) -> None:
    builders.programme(parse=builders.parsed(["Gratis buss."]))
    for address in ("/sok.atom?q=buss&utm_source=x&side=3&sorter=parti", "/sok.atom?side=3&q=%20buss%0A"):
        root = atom.read(client.get(address).content)
        assert root.find(f"{atom.ATOM}link[@rel='self']").get("href") == f"{SITE}/sok.atom?q=buss"
        assert atom.texts(root, "id") == [f"{SITE}/sok.atom?q=buss"]
    one = atom.read(client.get("/sok.atom?parti=bygdelista").content)
    assert atom.texts(one, "id") == [f"{SITE}/partier/bygdelista.atom"]


def test_withdrawn_pledges_are_gone_and_come_back_as_old_ones(client: Client) -> None:
    first = builders.programme(parse=builders.parsed(["Gratis buss."]))
    builders.programme(year=2027, parse=builders.parsed(["Billig buss."]))
    withdraw(first, reason="Feil utgave.")
    assert entries(client, "/sok.atom?q=buss") == ["Billig buss."]
    publish(Programme.objects.get(pk=first.pk))
    assert entries(client, "/sok.atom?q=buss") == ["Billig buss.", "Gratis buss."]


def test_of_many_pledges_the_fifty_newest_are_sent(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("programmes.search.news.AT_ONCE", 10)
    for year in range(2001, 2009):
        builders.programme(year=year, parse=builders.parsed([f"Buss nummer {n} i {year}." for n in range(12)]))
    Passage.objects.filter(text="Buss nummer 7 i 2001.").update(corrected="Buss nummer 7 og 8 i 2001.")
    refresh(Programme.objects.get(period_start=2001))
    found = entries(client, "/sok.atom?q=buss")
    assert found[0] == "Buss nummer 7 og 8 i 2001."
    assert found[1:] == [f"Buss nummer {n} i {year}." for year in (2008, 2007, 2006, 2005) for n in range(12)] + [
        "Buss nummer 0 i 2004."
    ]


@pytest.mark.parametrize(
    "address",
    [
        "/sok.atom?" + "&".join(f"parti={n}" for n in range(31)),
        "/sok.atom?q=" + "a" * 501,
        "/sok.atom?lag=" + "a" * 101,
    ],
)
def test_nobody_follows_so_much(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


def test_odd_values_make_a_feed_without_entries(client: Client) -> None:
    builders.programme(parse=builders.parsed(["Gratis buss."]))
    for query in ("parti=//", "lag=a/b/c", "tema=<x>", "aar=x", "q=%C2%85%0C", "lag=", "form=x", "sted=a/b"):
        answer = client.get(f"/sok.atom?{query}")
        assert answer.status_code == 200
        own = atom.read(answer.content).find(f"{atom.ATOM}link[@rel='self']").get("href")
        assert atom.faults(answer.content, address=own) == [], query


@pytest.fixture
def kept(settings: Any) -> Iterator[None]:
    settings.KEPT_PAGES_SECONDS = 60
    caches["pages"].clear()
    yield
    caches["pages"].clear()


@pytest.mark.parametrize("keeps", [True, False])
def test_who_has_it_already_is_told_so_until_it_changes(client: Client, request: Any, *, keeps: bool) -> None:
    if keeps:
        request.getfixturevalue("kept")
    builders.programme(parse=builders.parsed(["Gratis buss."]))
    first = client.get("/sok.atom?q=buss")
    told = {"If-None-Match": first["ETag"]}, {"If-Modified-Since": first["Last-Modified"]}
    assert [client.get("/sok.atom?q=buss", headers=each).status_code for each in told] == [304, 304]
    builders.programme(year=2027, parse=builders.parsed(["Billig bru."]))
    assert client.get("/sok.atom?q=buss", headers=told[0]).status_code == 304, "nothing of it has changed"
    builders.programme(year=2031, parse=builders.parsed(["Billig buss."]))
    assert client.get("/sok.atom?q=buss", headers=told[0]).status_code == 200


def test_a_caller_may_ask_so_often(client: Client) -> None:
    builders.programme()
    answers = {client.get("/partier/bygdelista.atom", REMOTE_ADDR="203.0.113.9").status_code for _call in range(130)}
    assert answers == {200, 429}


def test_the_validator_sees_what_is_wrong(client: Client) -> None:
    builders.programme(parse=builders.parsed(["Gratis buss.", "Billig buss."]))
    address = f"{SITE}/sok.atom?q=buss"
    good = client.get("/sok.atom?q=buss").content.decode()
    assert atom.faults(good.encode(), address=address) == []
    second = good[good.rindex("<entry") : good.rindex("</feed>")]
    for old, new in (
        ('rel="self"', 'rel="alternate"'),
        ("<id>http", "<id>/http"),
        ("<author><name>Programarkivet</name>", "<author><name></name>"),
        ('type="html"', ""),
        ("&lt;p&gt;", "&lt;script&gt;"),
        ("</entry></feed>", f"</entry>{second}</feed>"),
        ("</feed>", "<entry/></feed>"),
        ("T", "t"),
    ):
        assert atom.faults(good.replace(old, new).encode(), address=address), (old, new)
    assert atom.faults(good.encode(), address=f"{SITE}/sok.atom?q=annet")
