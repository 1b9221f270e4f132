"""Programmes read anew in the background: the file that was kept, today's parser, the same ids."""

from __future__ import annotations

from pathlib import Path

from django.contrib.auth.models import User
from django.db import connection, transaction
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.exceptions import AlreadyEnqueued

from ingest.desk.log import record
from ingest.intake.jobs import LIVE, QUEUE, RETRY
from ingest.intake.store import replace_text
from ingest.parser.errors import IngestError
from ingest.parser.sandbox.parent import parse_in_sandbox
from programmes.models import Programme
from programmes.publishing import refresh

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
        parsed = parse_in_sandbox(Path(programme.file.path), filename=programme.filename)
    except IngestError as error:
        details: dict[str, object] = {"error": str(error)}
        record(user=user, action="programme.parse_failed", programme=programme, subject=str(programme), details=details)
        return
    with transaction.atomic():
        present = Programme.objects.select_for_update(of=("self",)).select_related("branch__party").get(pk=programme_id)
        replace_text(programme=present, parsed=parsed)
        refresh(present)
        details = {"items": len(parsed.items), "parser": present.parser_version}
        record(user=user, action="programme.parsed_again", programme=present, subject=str(present), details=details)
