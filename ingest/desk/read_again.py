"""Programmes read anew in the background: the file that was kept, today's parser, the same ids."""

from __future__ import annotations

import logging

from django.contrib.auth.models import User
from django.db import DatabaseError, connection, transaction
from procrastinate import JobContext
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.exceptions import AlreadyEnqueued

from ingest.desk.log import record
from ingest.intake.jobs import GIVEN_UP, LIVE, MOST_ATTEMPTS, QUEUE, RETRY
from ingest.intake.read_again import ProgrammeIsGone, Report, parse_again, put_in_place
from ingest.models import LogEntry
from ingest.parser.document import ParsedProgramme
from ingest.parser.errors import IngestError, ParserFailure
from ingest.parser.sandbox.parent import Sandbox
from ingest.parser.version import parser_version
from programmes.models import Programme
from programmes.site.request_log import on_behalf_of, request_id

logger = logging.getLogger(__name__)

TASK = "parse_again"
READ, FAILED = "programme.parsed_again", "programme.parse_failed"
"""What the log calls a reading that went well, and one that did not."""


def enqueue_parse_again(programme: Programme, *, user: User) -> bool:
    """Queue a programme to be read anew; return whether that was needed, for it may be in the queue already."""
    job = read_again.configure(queueing_lock=f"programme-{programme.pk}")
    try:
        with transaction.atomic():  # what the queue refuses must not spoil the caller's transaction
            job.defer(programme_id=programme.pk, user_id=user.pk, request=request_id())
    except AlreadyEnqueued:
        return False
    return True


def waiting_to_be_read() -> set[int]:
    """Return the keys of the programmes that wait to be read anew, or are being read."""
    jobs = ProcrastinateJob.objects.filter(task_name=TASK, status__in=LIVE)
    return set(jobs.values_list("args__programme_id", flat=True))


def last_failure(programme: Programme) -> LogEntry | None:
    """Return the log's line on a programme's last reading, if that failed."""
    readings = LogEntry.objects.filter(programme=programme, action__in=(READ, FAILED))
    last = readings.select_related("user").first()
    return last if last is not None and last.action == FAILED else None


@app.task(name=TASK, queue=QUEUE, pass_context=True, retry=RETRY)
def read_again(context: JobContext, *, programme_id: int, user_id: int, request: str = "") -> None:
    """Parse a programme's file once more and put the result in its place; the log says how it went.

    `request` is the id of the request that asked for it, for the server's log.
    """
    try:
        with on_behalf_of(request):
            _read_again(programme_id, User.objects.get(pk=user_id), attempts=context.job.attempts)
    finally:
        connection.close()  # the worker's thread may have no other job for long, or end


def _read_again(programme_id: int, user: User, *, attempts: int = 0) -> None:
    programme = Programme.objects.select_related("branch__party").filter(pk=programme_id).first()
    if programme is None:  # deleted while it waited
        return
    if attempts >= MOST_ATTEMPTS:
        record_failure(programme, GIVEN_UP, user=user)
        return
    try:
        with Sandbox() as sandbox:
            parsed = parse_again(programme, sandbox)
        store_again(programme, parsed, user=user)
    except ProgrammeIsGone:
        return
    except IngestError as error:
        record_failure(programme, str(error), user=user)
    except DatabaseError:  # tried again
        raise
    except Exception:
        logger.exception("Programme %s could not be read again", programme_id)
        record_failure(programme, ParserFailure.message, user=user)


def store_again(programme: Programme, parsed: ParsedProgramme, *, user: User | None) -> Report:
    """Put a new parse in a programme's place and log it, both or neither. Raises `ProgrammeIsGone`."""
    with transaction.atomic():
        report = put_in_place(programme.pk, parsed)
        details = {
            "items": report.pledges_after,
            "kept": report.kept,
            "new": report.new,
            "gone": report.gone,
            "unfit": len(report.corrections_unfit),
            "parser": parser_version(),
        }
        record(user=user, action=READ, programme=programme, subject=str(programme), details=details)
    return report


def record_failure(programme: Programme, reason: str, *, user: User | None) -> None:
    """Log that a programme could not be read again, and why."""
    details = {"error": reason}
    record(user=user, action=FAILED, programme=programme, subject=str(programme), details=details)
