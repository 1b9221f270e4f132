"""The site as the world meets it: real gunicorn, its headers, a real browser."""

from __future__ import annotations

import gc
import urllib.request
from types import SimpleNamespace
from typing import Any

import psycopg
import pytest
from haystack import connections

from archive import gunicorn_conf
from programmes.search import engine_named
from programmes.search.postgres_index import BUILDING
from tests import builders
from tools.servers import database_url

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}


def test_every_page_carries_the_security_headers(live_gunicorn):
    with urllib.request.urlopen(f"{live_gunicorn}/") as answer:  # noqa: S310
        headers = answer.headers
    assert {name: headers[name] for name in HEADERS} == HEADERS
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "geolocation=()" in headers["Permissions-Policy"]


def test_static_files_are_kept_for_good_under_names_that_change(live_gunicorn):
    with urllib.request.urlopen(f"{live_gunicorn}/") as answer:  # noqa: S310
        html = answer.read().decode()
    style = next(part.split('"')[0] for part in html.split('href="') if part.split('"')[0].endswith(".css"))
    with urllib.request.urlopen(live_gunicorn + style) as answer:  # noqa: S310
        assert "immutable" in answer.headers["Cache-Control"]


def test_gunicorn_sees_what_a_test_commits(live_gunicorn, django_user_model):
    from django.test import Client

    django_user_model.objects.create_superuser("kari", password="et langt nok passord")  # noqa: S106
    assert Client().login(username="kari", password="et langt nok passord")  # noqa: S106
    with urllib.request.urlopen(f"{live_gunicorn}/admin/login/") as answer:  # noqa: S310
        assert answer.status == 200


@pytest.mark.browser
def test_a_browser_signs_in_to_the_admin_under_the_strict_policy(live_gunicorn, page, django_user_model):
    django_user_model.objects.create_superuser("kari", password="et langt nok passord")  # noqa: S106
    page.goto(f"{live_gunicorn}/admin/")
    page.fill("#id_username", "kari")
    page.fill("#id_password", "et langt nok passord")
    page.click("[type=submit]")
    page.wait_for_selector("#site-name")
    assert page.locator("#user-tools").is_visible()


@pytest.mark.django_db(transaction=True)
def test_a_web_starts_while_another_builds_the_index(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.SEARCH_ENGINE = "postgres"
    monkeypatch.setitem(connections.connections_info, "default", settings.SEARCH_ENGINES["postgres"])
    connections.reload("default")
    builders.programme(parse=builders.parsed(["Gratis skole."]))
    engine_named("postgres").clear()
    said: list[str] = []
    with psycopg.connect(database_url()) as another:
        another.execute("SELECT pg_advisory_lock(%s)", [BUILDING])
        try:
            gunicorn_conf.post_worker_init(SimpleNamespace(log=SimpleNamespace(exception=said.append)))
        finally:
            gc.unfreeze()  # the other tests' objects are to be collected
    assert said == ["The search could not be warmed up"]
