"""Whether a connection still works: not asked again and again, and found out at once where its server has ended it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from django.db import connection
from django.db.backends.postgresql.base import DatabaseWrapper as DjangoWrapper

from archive.database import base, limits
from tests.waiting import comes_true

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[bool]]:
    """What the server was asked for, on a new connection that has been asked once."""
    answers: list[bool] = []
    ask = DjangoWrapper.is_usable

    def noted(wrapper: Any) -> bool:
        answers.append(ask(wrapper))
        return answers[-1]

    monkeypatch.setattr(DjangoWrapper, "is_usable", noted)
    monkeypatch.setattr(base, "TRUSTED_SECONDS", 600.0)
    connection.close()
    connection.ensure_connection()
    assert connection.is_usable()
    yield answers
    connection.close()


def test_a_connection_that_answered_a_moment_ago_is_not_asked_again(asked: list[bool]) -> None:
    assert connection.is_usable()
    assert asked == [True]


def test_it_is_asked_again_after_a_while(asked: list[bool], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(base, "TRUSTED_SECONDS", -1.0)
    assert connection.is_usable()
    assert asked == [True, True]


def test_a_connection_that_its_server_has_ended_is_found_out(asked: list[bool]) -> None:
    with psycopg.connect(**connection.get_connection_params()) as other:
        other.execute("SELECT pg_terminate_backend(%s)", [connection.connection.info.backend_pid])
    assert comes_true(lambda: not connection.is_usable())
    assert asked[-1] is False


def test_a_connection_from_before_a_silence_is_asked(asked: list[bool], monkeypatch: pytest.MonkeyPatch) -> None:
    silence = limits.Silence()
    silence.count = 1
    monkeypatch.setitem(base._silences, "default", silence)
    assert connection.is_usable()
    assert asked == [True, True]
