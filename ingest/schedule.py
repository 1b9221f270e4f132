"""What the worker checks by itself, when, and what it found the last time.

A check is a function without arguments that looks at something and returns an `Outcome`:

    @scheduled("check_index", label="søkeindeks mot arkiv", cron="41 3 * * *", late_after=timedelta(days=2))
    def check_index() -> Outcome: ...

It stands in a module that `settings.PROCRASTINATE_IMPORT_PATHS` names. A command that does the same by hand calls
`run("check_index")`, so that what it found is kept in the same place.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from importlib import import_module

from asgiref.sync import sync_to_async
from django.conf import settings
from django.db import DatabaseError, connection
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.jobs import Status

from ingest.models import CheckFinding

logger = logging.getLogger(__name__)

QUEUE = "scheduled"
"""A queue of its own, with one job at a time for each worker: no upload waits behind a check of everything."""
MOST_ATTEMPTS = 2
"""A check whose worker died is begun anew so many times in all, and then left until its next time."""
MOST_DETAILS = 100
"""Lines that are kept of what was found."""
INTERRUPTED = "Ble avbrutt. Se i loggen til arbeideren hvorfor."


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a check found, told to administrators in Norwegian."""

    is_ok: bool
    figure: str
    """What was looked at and found, in a few words with figures."""
    details: tuple[str, ...] = ()
    """One line for each thing that is wrong."""


@dataclass(frozen=True, slots=True)
class ScheduledCheck:
    """A check, its times (cron, in UTC), and how long it may be since it was last through before that is a fault."""

    name: str
    label: str
    cron: str
    late_after: timedelta
    look: Callable[[], Outcome]


SCHEDULE: dict[str, ScheduledCheck] = {}
"""The checks of the modules that are imported; `all_checks` gives those of the others too."""


def all_checks() -> dict[str, ScheduledCheck]:
    """Return every check by its name, in whatever process: web processes import no jobs until they queue one."""
    for module in settings.PROCRASTINATE_IMPORT_PATHS:
        import_module(module)
    return SCHEDULE


def scheduled(
    name: str, *, label: str, cron: str, late_after: timedelta
) -> Callable[[Callable[[], Outcome]], Callable[[], Outcome]]:
    """Have the worker run a check at the times of `cron`, and keep what it finds."""

    def register(look: Callable[[], Outcome]) -> Callable[[], Outcome]:
        SCHEDULE[name] = ScheduledCheck(name, label, cron, late_after, look)

        @app.periodic(cron=cron)
        @app.task(name=name, queue=QUEUE, queueing_lock=name, lock=name)
        def check(timestamp: int) -> None:
            try:
                run(name)
            finally:
                connection.close()  # the worker's thread may have no other job for long, or end

        return look

    return register


def run(name: str) -> Outcome:
    """Run a check now and keep what it finds; one that fails has found that, and the log has the reason.

    Raises KeyError for an unknown name, and what the database raises.
    """
    check = all_checks()[name]
    CheckFinding.objects.update_or_create(name=name, defaults={"began_at": timezone.now()})
    try:
        outcome = check.look()
    except DatabaseError:
        raise
    except Exception as problem:
        logger.exception("The check %s failed", name)
        told = f"{type(problem).__name__}: {problem}"  # may name paths, which are not for everybody
        outcome = Outcome(False, "Kunne ikke gjennomføres. Loggen til arbeideren sier hvorfor.", (told,))
    note(name, outcome)
    return outcome


def note(name: str, outcome: Outcome) -> None:
    """Keep what a check has found, in the place of what it found before."""
    now = timezone.now()
    fields = {
        "ended_at": now,
        "is_ok": outcome.is_ok,
        "figure": outcome.figure[:300],
        "details": list(outcome.details[:MOST_DETAILS]),
        **({"last_ok_at": now} if outcome.is_ok else {}),
    }
    CheckFinding.objects.update_or_create(name=name, defaults=fields)


def expect_all() -> None:
    """Note that each check is expected from now on, so that one that never comes through is told of as late."""
    rows = [CheckFinding(name=name) for name in all_checks()]
    CheckFinding.objects.bulk_create(rows, ignore_conflicts=True)


def found() -> Iterator[tuple[ScheduledCheck, Outcome]]:
    """Yield every check with what it found last; one that is late, or was never run, says so."""
    rows = {row.name: row for row in CheckFinding.objects.all()}
    for check in all_checks().values():
        yield check, _last(check, rows.get(check.name))


def _last(check: ScheduledCheck, row: CheckFinding | None) -> Outcome:
    if row is None:
        return Outcome(True, "har ikke gått ennå")
    since = row.ended_at or row.known_since
    if timezone.now() - since > check.late_after:
        when = f"gikk sist {timezone.localtime(since):%d.%m.%Y %H:%M}" if row.ended_at else "har aldri gått ferdig"
        return Outcome(False, f"{when}. {row.figure}".strip(), tuple(row.details))
    if row.ended_at is None:
        return Outcome(True, "har ikke gått ennå")
    when = f"{timezone.localtime(row.ended_at):%d.%m.%Y %H:%M}"
    return Outcome(row.is_ok, f"{when}: {row.figure}", tuple(row.details))


async def take_up_again(*, stalled_after: float) -> None:
    """Begin dead workers' checks anew, or give them up until their next time."""
    for job in await app.job_manager.get_stalled_jobs(queue=QUEUE, seconds_since_heartbeat=stalled_after):
        if job.attempts < MOST_ATTEMPTS:
            logger.warning("The check %s of a dead worker is begun anew", job.task_name)
            await app.job_manager.retry_job(job)
        else:
            logger.error("The check %s was cut off %s times and is left for now", job.task_name, job.attempts)
            await app.job_manager.finish_job(job, status=Status.FAILED, delete_job=True)
            await sync_to_async(_note_interrupted, thread_sensitive=False)(job.task_name)


def _note_interrupted(name: str) -> None:
    try:
        note(name, Outcome(False, INTERRUPTED))
    finally:
        connection.close()
