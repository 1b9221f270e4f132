"""The log: written with what it tells of, read by administrators, changed by nobody."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, transaction

from ingest.desk.log import record
from ingest.models import LogEntry, Role
from tests.ingest.desk import people

pytestmark = pytest.mark.django_db


def test_the_database_refuses_to_change_or_remove_a_line() -> None:
    programme = people.programme()
    user = people.person(Role.EDITOR)
    entry = record(user=user, action="programme.published", programme=programme, subject="Program", details={"a": 1})
    rows = LogEntry.objects.filter(pk=entry.pk)
    for change in (
        lambda: rows.update(subject="Noe annet"),
        lambda: rows.update(user=None),
        lambda: rows.update(programme=None, action="login"),
        lambda: rows.delete(),
        lambda: entry.delete(),
    ):
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
            change()
    assert rows.values_list("subject", "action", "details").get() == ("Program", "programme.published", {"a": 1})


def test_a_programme_that_is_deleted_lets_go_of_its_lines_and_their_words_stay() -> None:
    programme = people.programme()
    record(user=None, action="programme.deleted", programme=programme, subject=str(programme))
    programme.delete()
    entry = LogEntry.objects.get()
    assert (entry.programme, entry.subject) == (None, "Bygdelista: Program")


def test_the_page_narrows_by_action_person_programme_and_day(client) -> None:
    user, other = people.person(Role.ADMINISTRATOR), people.person(Role.EDITOR)
    programme = people.programme()
    record(user=user, action="user.created", subject="Ola Nordmann")
    record(user=other, action="programme.published", programme=programme, subject="Bygdas program")
    client.force_login(user)
    today = LogEntry.objects.first().at.date().isoformat()
    for query, shown in {
        "": {"Ola Nordmann", "Bygdas program"},
        "?hva=user.created": {"Ola Nordmann"},
        f"?hvem={other.pk}": {"Bygdas program"},
        f"?program={programme.pk}": {"Bygdas program"},
        f"?fra={today}": {"Ola Nordmann", "Bygdas program"},
        "?til=2020-01-01": set(),
        "?fra=2026-02-31": {"Ola Nordmann", "Bygdas program"},
    }.items():
        html = client.get(f"/redaksjon/logg/{query}").content.decode()
        assert {name for name in ("Ola Nordmann", "Bygdas program") if name in html} == shown, query
