"""The worker's checks: run, kept, told of when late, and begun anew when their worker dies."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.contrib.django.models import ProcrastinateJob

from ingest import schedule, scheduled_checks
from ingest.models import CheckFinding
from ingest.schedule import Outcome, ScheduledCheck
from programmes.models import Passage
from programmes.search import engine_named
from tests import builders
from tests.paths import ROOT

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def check() -> Iterator[ScheduledCheck]:
    """One whose outcome a test decides, known to the schedule but without times of its own."""
    found = ScheduledCheck("prøve", "prøve", "0 0 * * *", timedelta(days=1), lambda: Outcome(True, "3 sett"))
    schedule.SCHEDULE[found.name] = found
    yield found
    del schedule.SCHEDULE[found.name]


def last(name: str) -> Outcome:
    return {each.name: outcome for each, outcome in schedule.found()}[name]


def begin_later(name: str) -> None:
    """Run every job of the schedule's queue as the worker does."""
    with app.replace_connector(DjangoConnector().get_worker_connector()) as worker_app:

        async def until_empty() -> None:
            async with worker_app.open_async():
                await worker_app.tasks[name].defer_async(timestamp=0)
                await worker_app.run_worker_async(
                    queues=[schedule.QUEUE], wait=False, listen_notify=False, delete_jobs="always"
                )

        asyncio.run(until_empty())


def test_a_process_that_has_imported_no_job_knows_every_check() -> None:
    ask = "import django; django.setup(); from ingest import schedule; print(*schedule.all_checks())"
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "archive.settings"}
    done = subprocess.run([sys.executable, "-c", ask], cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE)
    assert set(done.stdout.decode().split()) == set(schedule.all_checks())


def test_the_worker_clears_sessions_and_keeps_what_it_found() -> None:
    Session.objects.create(session_key="gammel", expire_date=timezone.now() - timedelta(days=1))
    Session.objects.create(session_key="ny", expire_date=timezone.now() + timedelta(days=1))
    begin_later("clearsessions")
    assert list(Session.objects.values_list("session_key", flat=True)) == ["ny"]
    row = CheckFinding.objects.get(name="clearsessions")
    assert (row.is_ok, row.figure) == (True, "1 utløpte økter er fjernet")
    assert row.last_ok_at == row.ended_at
    assert not ProcrastinateJob.objects.filter(queue_name=schedule.QUEUE).exists()


def test_an_index_that_differs_is_mended_and_told_of() -> None:
    builders.programme()
    engine_named().rebuild()
    assert scheduled_checks.check_index().is_ok
    Passage.objects.update(text="Endret uten at noen sa det til søket.")
    schedule.run("check_index")
    assert not last("check_index").is_ok
    assert "er bygd på nytt" in last("check_index").figure
    schedule.run("check_index")
    assert last("check_index").is_ok


def test_a_check_that_fails_has_found_that(check: ScheduledCheck) -> None:
    def fails() -> Outcome:
        raise OSError("disken svarer ikke")

    schedule.SCHEDULE[check.name] = ScheduledCheck(check.name, check.label, check.cron, check.late_after, fails)
    assert not schedule.run(check.name).is_ok
    assert last(check.name).details == ("OSError: disken svarer ikke",)
    assert "disken" not in last(check.name).figure


def test_what_is_wrong_is_kept_line_by_line(check: ScheduledCheck) -> None:
    schedule.run(check.name)
    ok_at = CheckFinding.objects.get(name=check.name).last_ok_at
    schedule.note(check.name, Outcome(False, "2 feil", tuple(f"fil {number}" for number in range(200))))
    assert last(check.name).details == tuple(f"fil {number}" for number in range(schedule.MOST_DETAILS))
    assert CheckFinding.objects.get(name=check.name).last_ok_at == ok_at


def test_one_that_never_comes_through_is_late(check: ScheduledCheck) -> None:
    assert last(check.name).is_ok
    schedule.expect_all()
    schedule.expect_all()
    assert last(check.name) == Outcome(True, "har ikke gått ennå")
    long_ago = timezone.now() - 2 * check.late_after
    CheckFinding.objects.filter(name=check.name).update(known_since=long_ago)
    assert last(check.name) == Outcome(False, "har aldri gått ferdig.")
    schedule.run(check.name)
    assert last(check.name).is_ok
    CheckFinding.objects.filter(name=check.name).update(ended_at=long_ago)
    assert not last(check.name).is_ok
    assert last(check.name).figure.endswith("3 sett")


def test_a_dead_workers_check_is_begun_anew_once_and_then_given_up(check: ScheduledCheck) -> None:
    def killed(attempts: int) -> None:
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM procrastinate_jobs")
            cursor.execute(
                "INSERT INTO procrastinate_jobs (queue_name, task_name, status, attempts) VALUES (%s, %s, 'doing', %s)",
                [schedule.QUEUE, check.name, attempts],
            )

    def rescue() -> None:
        with app.replace_connector(DjangoConnector().get_worker_connector()) as worker_app:

            async def once() -> None:
                async with worker_app.open_async():
                    await schedule.take_up_again(stalled_after=20)

            asyncio.run(once())

    killed(1)
    rescue()
    assert ProcrastinateJob.objects.get().status == "todo"
    killed(2)
    rescue()
    assert not ProcrastinateJob.objects.exists()
    assert "avbrutt" in last(check.name).figure
