"""Public pages are kept until the archive changes, and who has a page already is told that it still holds."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import caches
from django.db import OperationalError
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from programmes.models import Party
from programmes.search.state import advance

pytestmark = pytest.mark.django_db

STATE = 1
"""Queries that a kept page costs: that for the state of the archive."""


@pytest.fixture(autouse=True)
def kept_pages(settings: Any) -> Iterator[None]:
    """Keep pages, as the site does and tests don't."""
    settings.KEPT_PAGES_SECONDS = 60
    caches["pages"].clear()
    advance(0)
    yield
    caches["pages"].clear()


@pytest.fixture
def party() -> Party:
    """A party whose page is read."""
    return Party.objects.create(code="GRAN", slug="granpartiet", name_nb="Granpartiet", name_nn="Granpartiet")


def test_the_same_page_is_made_once(
    client: Client, party: Party, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    first = client.get("/partier/granpartiet/")
    with django_assert_num_queries(STATE):
        second = client.get("/partier/granpartiet/")
    assert second.content == first.content
    assert b"Granpartiet" in second.content


def test_a_change_of_what_is_published_is_seen_at_once(client: Client, party: Party) -> None:
    client.get("/partier/granpartiet/")
    Party.objects.update(name_nb="Furupartiet")
    assert b"Furupartiet" not in client.get("/partier/granpartiet/").content
    advance(0)
    assert b"Furupartiet" in client.get("/partier/granpartiet/").content


def test_a_forced_reload_shows_the_page_anew(client: Client, party: Party) -> None:
    client.get("/partier/granpartiet/")
    Party.objects.update(name_nb="Furupartiet")
    assert b"Furupartiet" in client.get("/partier/granpartiet/", headers={"Cache-Control": "no-cache"}).content
    assert b"Furupartiet" in client.get("/partier/granpartiet/").content, "and keeps that"


def test_each_language_has_its_own(client: Client, party: Party) -> None:
    assert b'lang="nb"' in client.get("/partier/granpartiet/").content
    assert b'lang="nn"' in client.get("/partier/granpartiet/", headers={"Accept-Language": "nn"}).content
    assert b'lang="nb"' in client.get("/partier/granpartiet/").content


def test_who_is_logged_in_sees_pages_made_anew(admin_client: Client, party: Party) -> None:
    admin_client.get("/partier/granpartiet/")
    Party.objects.update(name_nb="Furupartiet")
    assert b"Furupartiet" in admin_client.get("/partier/granpartiet/").content


@pytest.mark.parametrize(("sent", "told"), [("If-None-Match", "ETag"), ("If-Modified-Since", "Last-Modified")])
def test_who_has_the_page_is_told_that_it_holds(
    client: Client, party: Party, sent: str, told: str, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    first = client.get("/partier/granpartiet/")
    with django_assert_num_queries(STATE):
        again = client.get("/partier/granpartiet/", headers={sent: first[told]})
    assert (again.status_code, again.content) == (304, b"")
    assert again["Cache-Control"] == "no-cache", "kept by the browser, and asked for every time"


def test_a_page_that_reads_the_same_after_a_change_holds(client: Client, party: Party) -> None:
    etag = client.get("/partier/granpartiet/")["ETag"]
    advance(0)
    assert client.get("/partier/granpartiet/", headers={"If-None-Match": etag}).status_code == 304
    Party.objects.update(name_nb="Furupartiet")
    advance(0)
    assert client.get("/partier/granpartiet/", headers={"If-None-Match": etag}).status_code == 200


def test_it_is_sent_compressed_to_whom_can_read_that(client: Client, party: Party) -> None:
    plain = client.get("/partier/granpartiet/")
    sent = client.get("/partier/granpartiet/", headers={"Accept-Encoding": "gzip"})
    assert sent["Content-Encoding"] == "gzip"
    assert gzip.decompress(sent.content) == plain.content
    assert "Accept-Encoding" in sent["Vary"]
    assert int(sent["Content-Length"]) == len(sent.content)


@pytest.mark.parametrize("path", ["/helse/", "/redaksjon/logg-inn/", "/finnes/ikke/"])
def test_what_is_not_everybodys_is_not_kept(client: Client, path: str) -> None:
    assert "ETag" not in client.get(path)


def test_another_name_of_the_site_has_its_own(client: Client, settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["en.example", "to.example"]
    assert b"http://en.example/" in client.get("/robots.txt", headers={"Host": "en.example"}).content
    assert b"http://to.example/" in client.get("/robots.txt", headers={"Host": "to.example"}).content
    assert client.get("/robots.txt", headers={"Host": "tre.example"}).status_code == 400


def test_without_a_database_nothing_is_kept(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> str:
        raise OperationalError

    monkeypatch.setattr("programmes.site.kept_pages.state_of_pages", fail)
    assert "ETag" not in client.get("/om/kvalitet/")
