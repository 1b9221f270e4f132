"""A statement that takes too long ends where readers wait for it, and nowhere else."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.db import OperationalError, connection, transaction

from archive.database import base, limits
from tests.waiting import PATIENCE, comes_true

pytestmark = pytest.mark.django_db(transaction=True)

SLOW = "SELECT pg_sleep(600)"
RUNNING = "SELECT count(*) FROM pg_stat_activity WHERE query = %s AND state = 'active'"


@pytest.fixture
def limited(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A process that serves readers, who are in a hurry."""
    monkeypatch.setattr(limits, "of_this_process", 0.2)
    monkeypatch.setattr(base, "_silences", {"default": limits.Silence()})
    connection.close()
    yield
    connection.close()


def running() -> int:
    with connection.cursor() as cursor:
        cursor.execute(RUNNING, [SLOW])
        return int(cursor.fetchone()[0])


def test_a_reader_waits_five_seconds_at_most() -> None:
    assert settings.DATABASE_STATEMENT_SECONDS + limits.SECONDS_TO_CANCEL <= 5
    assert settings.DATABASES["default"]["OPTIONS"]["connect_timeout"] <= 5


@pytest.mark.usefixtures("limited")
def test_a_slow_statement_is_given_up_and_cancelled_and_the_next_is_answered() -> None:
    with pytest.raises(OperationalError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(SLOW)
    assert comes_true(lambda: running() == 0)


@pytest.mark.usefixtures("limited")
def test_a_rebuild_takes_the_time_that_it_needs() -> None:
    with connection.without_limit(), connection.cursor() as cursor:  # type: ignore[attr-defined]
        cursor.execute("SELECT 'done' FROM pg_sleep(0.5)")
        assert cursor.fetchone() == ("done",)


def test_commands_and_the_worker_have_no_limit_and_nothing_is_set_on_the_server() -> None:
    connection.close()
    with connection.cursor() as cursor:
        cursor.execute("SELECT 'done' FROM pg_sleep(0.5)")
        assert cursor.fetchone() == ("done",)
        cursor.execute("SHOW statement_timeout")
        assert cursor.fetchone() == ("0",)
    assert "options" not in connection.get_connection_params()


class FrozenServer:
    """Connects by a connection that never answers."""

    closed = False

    def wait(self, generator: Any, *, interval: float, timeout: float) -> None:
        raise psycopg.errors._WaitTimeout

    def cancel_safe(self, *, timeout: float) -> None:
        raise psycopg.errors.CancellationTimeout

    def close(self) -> None:
        self.closed = True


def test_while_a_server_is_silent_all_are_told_at_once_and_one_thread_finds_out_when_it_is_back() -> None:
    silence = limits.Silence()
    first, other = FrozenServer(), FrozenServer()
    for each in (first, other):
        limits.watch(each, silence, lambda: 0.1)
    with pytest.raises(psycopg.OperationalError, match="no answer within"):
        first.wait(None)  # type: ignore[call-arg]
    with pytest.raises(psycopg.OperationalError, match="has been silent"):
        other.wait(None)  # type: ignore[call-arg]
    assert first.closed and other.closed
    is_back = threading.Event()
    tried: list[int] = []

    def try_to() -> FrozenServer:
        tried.append(threading.get_ident())
        assert is_back.wait(PATIENCE)
        return FrozenServer()

    for _caller in range(5):
        with pytest.raises(psycopg.OperationalError, match="a moment ago"):
            silence.connect(lambda: pytest.fail("nobody is to wait"), try_to)
    is_back.set()
    assert comes_true(lambda: not silence._is_silent)
    assert len(tried) == 1
    assert silence.connect(lambda: "a connection", try_to) == "a connection"


def test_a_server_that_is_slow_to_let_us_in_is_silent() -> None:
    silence = limits.Silence()

    def connect() -> None:
        raise psycopg.errors.ConnectionTimeout

    def refuse() -> None:
        raise psycopg.OperationalError("the system is starting up")

    with pytest.raises(psycopg.errors.ConnectionTimeout):
        silence.connect(connect, refuse)
    with pytest.raises(psycopg.OperationalError, match="a moment ago"):
        silence.connect(connect, refuse)
    assert comes_true(lambda: not silence._is_silent)
