"""What the log tells of a request, and what it never does."""

from __future__ import annotations

import json
import logging
import logging.config
from collections.abc import Iterator
from copy import deepcopy
from io import StringIO
from typing import Any

import pytest
from django.conf import settings as ours
from django.contrib.auth.models import User
from django.test import Client

from ingest.intake import jobs
from programmes.site.request_log import on_behalf_of, request_id
from tests.ingest.desk import people

CALLER = {"REMOTE_ADDR": "203.0.113.7", "HTTP_USER_AGENT": "Nettleser 9", "HTTP_REFERER": "https://kilde.example/"}


@pytest.fixture
def lines() -> Iterator[StringIO]:
    """What is written to the log as in production, an object a line."""
    written = StringIO()
    configuration = deepcopy(ours.LOGGING)
    made = logging.config.DictConfigurator(configuration)
    handler = logging.StreamHandler(written)
    handler.setFormatter(made.configure_formatter(configuration["formatters"]["json"]))
    handler.addFilter(made.configure_filter(configuration["filters"]["request"]))
    loggers = [logging.getLogger(), logging.getLogger("django")]
    for logger in loggers:
        logger.addHandler(handler)
    yield written
    for logger in loggers:
        logger.removeHandler(handler)


def read(lines: StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in lines.getvalue().splitlines()]


def test_a_request_is_logged_without_who_asked_or_for_what(lines: StringIO) -> None:
    answer = Client().get("/helse/?q=hemmelig", **CALLER)
    (line,) = read(lines)
    assert (line["logger"], line["level"]) == ("archive.access", "INFO")
    assert (line["method"], line["path"], line["status"]) == ("GET", "/helse/", 200)
    assert line["took_ms"] > 0
    assert line["request_id"] == answer["X-Request-ID"]
    assert not [word for word in ("hemmelig", *CALLER.values()) if word in lines.getvalue()]


def test_addresses_that_may_name_somebody_are_logged_by_their_pattern(lines: StringIO, db: None) -> None:
    Client().get("/redaksjon/program/17/")
    Client().get("/redaksjon/finnes/ikke/")
    assert [line["path"] for line in read(lines)] == ["/redaksjon/program/<int:pk>/", "/…"]


@pytest.mark.parametrize(
    ("proxies", "given", "is_believed"),
    [
        (1, "0f8fad5b-d9cb-469f-a165-70867728950e", True),
        (0, "0f8fad5b-d9cb-469f-a165-70867728950e", False),
        (1, "kort", False),
        (1, 'a" level="ERROR', False),
        (1, "a" * 65, False),
    ],
)
def test_only_our_own_proxy_names_a_request(settings: Any, proxies: int, given: str, is_believed: bool) -> None:
    settings.TRUSTED_PROXIES = proxies
    ids = [Client().get("/helse/", headers={"X-Request-ID": given})["X-Request-ID"] for _time in range(2)]
    assert [each == given for each in ids] == [is_believed] * 2
    assert (len(set(ids)) == 2) is not is_believed


def test_what_callers_do_wrong_is_no_error(lines: StringIO, db: None) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.get("/finnes-ikke/")
    browser.post("/redaksjon/logg-ut/", {"a": "b"})
    browser.get("/helse/?q=hemmelig", headers={"Host": "annen.example"})
    assert {line["level"] for line in read(lines)} <= {"INFO", "WARNING"}
    assert "Traceback" not in lines.getvalue()
    assert "hemmelig" not in lines.getvalue()


def test_what_gunicorn_says_of_a_caller_has_no_address(lines: StringIO) -> None:
    logging.getLogger("gunicorn.test").warning("Invalid request from ip=203.0.113.7: odd")
    assert read(lines)[-1]["message"] == "Invalid request from ip=- odd"


def test_a_job_is_logged_by_the_request_that_queued_it(
    transactional_db: None, kari: User, monkeypatch: pytest.MonkeyPatch, work: Any
) -> None:
    seen: list[str] = []
    monkeypatch.setattr(jobs, "_read", lambda upload_id: seen.append(request_id()))
    with on_behalf_of("12345678"):
        jobs.enqueue_parse(people.upload(kari, "waiting"))
    work()
    assert (seen, request_id()) == (["12345678"], "")
