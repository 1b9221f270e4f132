"""Who has waited too long for a thread is told so; the others, and what is sent, are served."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connections
from django.http import HttpResponse
from django.test import Client

from archive.noting_pool import NotingPool, seconds_waited
from archive.overload import COME_BACK, MOST_SECONDS


def waited(seconds: float, ask: Callable[[], HttpResponse]) -> HttpResponse:
    """Return what a request is answered that waits so long for the only thread of a pool."""
    free = threading.Event()

    def asked() -> HttpResponse:
        try:
            return ask()
        finally:
            connections.close_all()

    with NotingPool(max_workers=1) as pool:
        pool.submit(free.wait)
        request = pool.submit(asked)
        threading.Timer(seconds, free.set).start()
        answer: HttpResponse = request.result()
    return answer


def test_a_reader_who_waited_too_long_is_told_when_to_come_back() -> None:
    answer = waited(MOST_SECONDS + 0.1, lambda: Client().get("/partier/"))
    assert answer.status_code == 503
    assert "Mange leser arkivet akkurat nå" in answer.text
    assert answer.headers["Retry-After"] == str(COME_BACK)
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Content-Security-Policy" in answer.headers


@pytest.mark.django_db(transaction=True)
def test_whoever_asks_whether_the_site_is_alive_is_answered_however_late() -> None:
    assert waited(MOST_SECONDS + 0.1, lambda: Client().get("/helse/")).status_code == 200


@pytest.mark.django_db(transaction=True)
def test_what_somebody_sends_is_never_turned_away() -> None:
    sent = waited(MOST_SECONDS + 0.1, lambda: Client().post("/redaksjon/logg-inn/", {"username": "", "password": ""}))
    assert sent.status_code != 503


def test_the_next_request_of_a_thread_does_not_inherit_the_wait(client: Client, db: Any) -> None:
    with NotingPool(max_workers=1) as pool:
        free = threading.Event()
        pool.submit(free.wait)
        late = pool.submit(seconds_waited)
        threading.Timer(0.2, free.set).start()
        assert late.result() >= 0.2
        assert pool.submit(seconds_waited).result() < late.result()
    assert seconds_waited() == 0.0
    assert client.get("/partier/").status_code == 200
