"""Programmes read anew in the background: the file that was kept, today's parser, the same ids."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.db import connection, transaction
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.exceptions import AlreadyEnqueued

from ingest.desk.log import record
from ingest.intake.jobs import LIVE, QUEUE, RETRY
from ingest.intake.read_again import ProgrammeIsGone, Report, parse_again, put_in_place
from ingest.parser.document import ParsedProgramme
from ingest.parser.errors import IngestError
from ingest.parser.sandbox.parent import Sandbox
from ingest.parser.version import parser_version
from programmes.models import Programme

TASK = "parse_again"


def enqueue_parse_again(programme: Programme, *, user: User) -> bool:
    """Queue a programme to be read anew; return whether that was needed, for it may be in the queue already."""
    job = read_again.configure(queueing_lock=f"programme-{programme.pk}")
    try:
        with transaction.atomic():  # what the queue refuses must not spoil the caller's transaction
            job.defer(programme_id=programme.pk, user_id=user.pk)
    except AlreadyEnqueued:
        return False
    return True


def waiting_to_be_read() -> set[int]:
    """Return the keys of the programmes that wait to be read anew, or are being read."""
    jobs = ProcrastinateJob.objects.filter(task_name=TASK, status__in=LIVE)
    return set(jobs.values_list("args__programme_id", flat=True))


@app.task(name=TASK, queue=QUEUE, retry=RETRY)
def read_again(*, programme_id: int, user_id: int) -> None:
    """Parse a programme's file once more and put the result in its place; the log says how it went."""
    try:
        _read_again(programme_id, User.objects.get(pk=user_id))
    finally:
        connection.close()  # the worker's thread may have no other job for long, or end


def _read_again(programme_id: int, user: User) -> None:
    programme = Programme.objects.select_related("branch__party").filter(pk=programme_id).first()
    if programme is None:  # deleted while it waited
        return
    try:
        with Sandbox() as sandbox:
            parsed = parse_again(programme, sandbox)
        store_again(programme, parsed, user=user)
    except ProgrammeIsGone:
        return
    except IngestError as error:
        record_failure(programme, str(error), user=user)


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
        record(user=user, action="programme.parsed_again", programme=programme, subject=str(programme), details=details)
    return report


def record_failure(programme: Programme, reason: str, *, user: User | None) -> None:
    """Log that a programme could not be read again, and why."""
    details = {"error": reason}
    record(user=user, action="programme.parse_failed", programme=programme, subject=str(programme), details=details)
