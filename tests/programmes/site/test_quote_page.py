"""The page that checks quotations: the form, the answer, its limits, and that nothing of a text is kept."""

from __future__ import annotations

import logging
import re

import pytest
from django.test import Client
from playwright.sync_api import Page

from programmes.models import Passage
from programmes.quotes import MOST_SIGNS
from programmes.site.callers import SEARCHES
from tests import builders
from tests.programmes.site.test_accessibility import RULES, violations

ADDRESS = "/sitatsjekk/"
TEXT = (
    "Bygdelista vil «bygge 14 nye lekeplasser ved skolene innen 2027», og Fjordpartiet vil «stanse busstrafikken».\n\n"
    "Bygdelista vil «feste <b>trappene</b> i elva»."
)


@pytest.fixture
def archive(db: None) -> None:
    builders.programme(
        parse=builders.parsed(["Bygge 12 nye lekeplasser ved skolene innen 2027.", "Male alle bussene grønne."])
    )
    builders.party("FJORD", "Fjordpartiet")


def words_of(html: str) -> str:
    """Return what a reader of the main part of a page reads."""
    main = html[html.index("<main") : html.index("</main>")]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def test_the_form_says_what_it_takes_and_is_never_kept(client: Client, archive: None) -> None:
    answer = client.get(ADDRESS)
    assert (answer.status_code, answer["Cache-Control"]) == (200, "no-store, private")
    assert "Inntil 20 000 tegn" in words_of(answer.content.decode())
    assert f'<a href="{ADDRESS}"' in client.get("/").content.decode()


def test_an_article_is_shown_with_its_verdicts(client: Client, archive: None) -> None:
    answer = client.post(ADDRESS, {"tekst": TEXT})
    html = answer.content.decode()
    assert (answer.status_code, answer["Cache-Control"]) == (200, "no-store, private")
    assert '<a class="to-card" href="#sitat-1">' in html
    assert '<li id="sitat-1" class="quote-card verdict-near">' in html
    assert re.search(r"<del><span[^>]*>utelatt: </span>12</del> <ins><span[^>]*>satt inn: </span>14</ins>", html)
    said = words_of(html)
    assert "Tallet er et annet: 14 her, 12 i kilden." in said
    assert "Arkivet har ikke noe program fra Fjordpartiet." in said
    assert Passage.objects.get(text__startswith="Bygge").get_absolute_url() in html
    assert "<b>trappene" not in html
    assert "&lt;b&gt;trappene" in html


def test_all_languages_have_the_page(client: Client, archive: None) -> None:
    for language, words in (("nn", "Avvik frå kjelda"), ("en", "Differs from the source")):
        client.cookies["django_language"] = language
        assert words in words_of(client.post(ADDRESS, {"tekst": TEXT}).content.decode())


def test_what_is_empty_or_too_long_is_told(client: Client, archive: None) -> None:
    empty = client.post(ADDRESS, {"tekst": "  "})
    assert (empty.status_code, "Lim inn en tekst først." in empty.content.decode()) == (400, True)
    longest = "Nå. " * (MOST_SIGNS // 4)
    assert client.post(ADDRESS, {"tekst": longest}).status_code == 200
    long = client.post(ADDRESS, {"tekst": longest + "."})
    assert (long.status_code, f"Grensen er {MOST_SIGNS}" in long.content.decode()) == (400, True)
    assert client.post(ADDRESS, {"tekst": "a" * 300_000}).status_code == 413
    assert client.put(ADDRESS).status_code == 405


def test_nothing_of_a_text_is_logged(client: Client, archive: None, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        client.post(ADDRESS, {"tekst": TEXT})
    lines = [record for record in caplog.records if not record.name.startswith("django.db")]
    assert lines
    assert not [
        record for record in lines if "lekeplasser" in record.getMessage() or "lekeplasser" in str(vars(record))
    ]


def test_it_is_limited_as_search_is(client: Client, archive: None) -> None:
    answers = [client.get(ADDRESS, REMOTE_ADDR="203.0.113.7").status_code for _turn in range(SEARCHES.at_once + 1)]
    assert (set(answers[:-1]), answers[-1]) == ({200}, 429)


def test_forged_forms_are_refused(archive: None) -> None:
    assert Client(enforce_csrf_checks=True).post(ADDRESS, {"tekst": TEXT}).status_code == 403


@pytest.mark.browser
def test_a_journalist_checks_an_article(live_gunicorn: str, page: Page) -> None:
    builders.programme(
        parse=builders.parsed(["Bygge 12 nye lekeplasser ved skolene innen 2027.", "Male alle bussene grønne."])
    )
    page.goto(f"{live_gunicorn}/")
    page.click(".site-footer a:has-text('Sitatsjekk')")
    page.fill("textarea", TEXT)
    page.click("button:has-text('Sjekk sitatene')")
    page.click(".to-card >> nth=0")
    assert page.url.endswith("#sitat-1")
    assert page.locator("#sitat-1").inner_text().startswith("1")
    assert violations(page, RULES) == []
    page.set_viewport_size({"width": 320, "height": 640})
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")
    page.click("#sitat-1 >> text=Se løftet i kilden")
    assert "Bygge 12 nye lekeplasser" in page.inner_text("h1")
