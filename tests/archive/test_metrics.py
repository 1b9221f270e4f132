"""What Prometheus fetches: summed over all processes, and for those with the token alone."""

from __future__ import annotations

import http.client
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client
from prometheus_client.parser import text_string_to_metric_families as families

from tests import builders
from tests.conftest import METRICS_TOKEN

AUTHORIZATION = {"Authorization": f"Bearer {METRICS_TOKEN}"}


def ask(address: str, path: str, *, method: str = "GET", headers: dict[str, str] | None = None) -> tuple[int, str]:
    """Return the answer to a request on a connection of its own, so that any process may get it."""
    connection = http.client.HTTPConnection(urlsplit(address).netloc)
    connection.request(method, path, headers=headers or {})
    answer = connection.getresponse()
    text = answer.read().decode()
    connection.close()
    return answer.status, text


def samples(text: str) -> dict[tuple[str, frozenset[tuple[str, str]]], float]:
    found = (sample for family in families(text) for sample in family.samples)
    return {(sample.name, frozenset(sample.labels.items())): sample.value for sample in found}


def test_all_processes_are_counted_together(live_gunicorn: str) -> None:
    builders.programme()

    def count(name: str, **labels: str) -> float:
        status, text = ask(live_gunicorn, "/metrics", headers=AUTHORIZATION)
        assert status == 200
        return samples(text).get((name, frozenset(labels.items())), 0)

    name = "django_http_responses_total_by_status_view_method_total"
    missing = {"status": "404", "view": "<unnamed view>", "method": "GET"}
    before = count(name, **missing)
    for _time in range(12):
        ask(live_gunicorn, "/finnes-ikke/")
    assert count(name, **missing) == before + 12
    ask(live_gunicorn, "/sok/?q=skole")
    assert count("programarkivet_search_seconds_count", engine="whoosh") >= 1
    assert count("django_db_query_duration_seconds_count", alias="default", vendor="postgresql") > 1
    assert count("programarkivet_disk_free_bytes") > 0
    assert count("programarkivet_ok", what="database") == 1


def test_a_method_that_a_caller_made_up_makes_no_series(live_gunicorn: str) -> None:
    ask(live_gunicorn, "/helse/", method="OPPDIKTET")
    _status, text = ask(live_gunicorn, "/metrics", headers=AUTHORIZATION)
    assert "invalid method" in text
    assert "OPPDIKTET" not in text


@pytest.mark.parametrize("given", [{}, {"Authorization": "Bearer feil"}, {"Authorization": METRICS_TOKEN}])
def test_nobody_else_gets_them(settings: Any, client: Client, db: None, given: dict[str, str]) -> None:
    settings.METRICS_TOKEN = METRICS_TOKEN
    assert client.get("/metrics", headers=given).status_code == 404


def test_without_a_token_nobody_gets_them(settings: Any, client: Client, db: None) -> None:
    settings.METRICS_TOKEN = ""
    assert client.get("/metrics", headers={"Authorization": "Bearer "}).status_code == 404
