"""Work in the background: a queue kept in PostgreSQL, in which nothing is lost when something is killed.

A job is queued in the transaction that stores its upload. It may run more than once (a killed worker's job is taken up
again), so it changes an upload only from WAITING or WORKING, in one statement at its end. What a person must know
stands on the `Upload`; the queue's own tables are forgotten when a job is done.
"""

from __future__ import annotations

import logging

from asgiref.sync import sync_to_async
from django.db import DatabaseError, connection
from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from ingest.intake import files
from ingest.models import Upload
from ingest.parser.as_json import to_wire
from ingest.parser.errors import IngestError, ParserFailure
from ingest.parser.progress import Progress
from ingest.parser.sandbox.parent import parse_in_sandbox
from programmes.alike import upkeep as alike
from programmes.search import catch_up
from programmes.site.full_disk import is_full
from programmes.site.request_log import on_behalf_of, request_id

logger = logging.getLogger(__name__)

QUEUE = "parse"
HOUSEKEEPING = "housekeeping"
COMPARING = "comparing"
"""A queue of its own: a large programme takes minutes, and no upload or index waits for it."""
HEARTBEAT = 5.0
"""Seconds between a worker's signs of life."""
STALLED_AFTER = 20.0
"""Seconds without a sign of life after which a worker is taken for dead, and its jobs are given to others."""
MOST_ATTEMPTS = 5
"""A file whose reading has been cut off so many times, whatever the cause, is given up."""
RETRY = RetryStrategy(max_attempts=MOST_ATTEMPTS, wait=2, retry_exceptions={DatabaseError, files.NoStorage})
GIVEN_UP = (
    "Lesingen ble avbrutt flere ganger. Filen er tatt vare på. Prøv igjen, eller last opp filen i et annet format."
)
NO_ROOM = (
    "Disken er full, og filen kunne ikke leses. Filen er tatt vare på. Si fra til den som drifter arkivet, og prøv "
    "igjen når det er ryddet plass."
)
LIVE = ("todo", "doing")

State = Upload.State
UNREAD = (State.WAITING, State.WORKING)


class NotWanted(Exception):
    """The upload was cancelled while it was being read."""


def enqueue_parse(upload: Upload) -> None:
    """Queue an upload for reading; the job is there if the present transaction is committed, and else it isn't."""
    read_upload.configure(lock=_lock(upload.pk)).defer(upload_id=upload.pk, request=request_id())


def stop_parse(upload: Upload) -> None:
    """Take an upload's job out of the queue; one that runs notices within a second that it isn't wanted."""
    for job in ProcrastinateJob.objects.filter(lock=_lock(upload.pk), status="todo"):
        app.job_manager.cancel_job_by_id(job.id, delete_job=True)


@app.task(name="read_upload", queue=QUEUE, pass_context=True, retry=RETRY)
def read_upload(context: JobContext, *, upload_id: int, request: str = "") -> None:
    """Read the file of an upload and set it READY with its parse, or FAILED with the reason.

    `request` is the id of the request that brought the file, for the log.
    """
    try:
        with on_behalf_of(request):
            if context.job.attempts >= MOST_ATTEMPTS:
                _finish(upload_id, state=State.FAILED, error=GIVEN_UP)
            else:
                _read(upload_id)
    finally:
        connection.close()  # the worker's thread may have no other job for long, or end


def _read(upload_id: int) -> None:
    started = Upload.objects.filter(pk=upload_id, state__in=UNREAD)
    if not started.update(state=State.WORKING, step="", pages_done=0, pages_total=0, error=""):
        return
    upload = Upload.objects.get(pk=upload_id)
    try:
        with files.on_disk(upload.file) as path:
            parsed = parse_in_sandbox(
                path, filename=upload.filename, follow=lambda progress: _note_progress(upload_id, progress)
            )
    except NotWanted:
        return
    except files.NoStorage:
        raise
    except IngestError as error:
        _finish(upload_id, state=State.FAILED, error=str(error))
    except DatabaseError:
        raise
    except Exception as error:
        logger.exception("Upload %s could not be read", upload_id)
        _finish(upload_id, state=State.FAILED, error=NO_ROOM if is_full(error) else ParserFailure.message)
    else:
        pages = parsed.source.pages
        state = State.CONFIRMED if upload.programme_id else State.READY  # one that a programme is compared with
        _finish(upload_id, state=state, document=to_wire(parsed), pages_done=pages, pages_total=pages)


def _note_progress(upload_id: int, progress: Progress) -> None:
    """Write down how far reading has come. Raises `NotWanted` where the upload has been cancelled."""
    working = Upload.objects.filter(pk=upload_id, state=State.WORKING)
    if not working.update(step=progress.step, pages_done=progress.pages_done, pages_total=progress.pages_total):
        raise NotWanted


def _finish(upload_id: int, **fields: object) -> None:
    """End the reading of an upload, if nobody cancelled it meanwhile."""
    Upload.objects.filter(pk=upload_id, state__in=UNREAD).update(**fields)


@app.periodic(cron="17 * * * *")
@app.task(name="tidy", queue=HOUSEKEEPING, queueing_lock="tidy")
def tidy(timestamp: int) -> None:
    """Remove what killed processes left half-written, every hour."""
    files.clear_incoming()


@app.periodic(cron="* * * * *")
@app.task(name="settle_index", queue=HOUSEKEEPING, queueing_lock="settle_index")
def settle_index(timestamp: int) -> None:
    """Make the search index right for what it still owes, every minute: a killed process may have left it so."""
    try:
        catch_up()
    finally:
        connection.close()


@app.periodic(cron="* * * * *")
@app.task(name="compare_pledges", queue=COMPARING, queueing_lock="compare_pledges")
def compare_pledges(timestamp: int) -> None:
    """Compare the pledges of programmes that have changed with the archive's, every minute; see `alike.upkeep`."""
    try:
        alike.catch_up()
    finally:
        connection.close()


async def take_up_again() -> None:
    """Give dead workers' jobs to the living, and queue uploads that wait without any job."""
    for job in await app.job_manager.get_stalled_jobs(queue=QUEUE, seconds_since_heartbeat=STALLED_AFTER):
        logger.warning("Job %s of a dead worker is taken up again", job.id)
        await app.job_manager.retry_job(job)
    for upload_id in await sync_to_async(_forgotten, thread_sensitive=False)():
        logger.warning("Upload %s had no job and is queued again", upload_id)
        await read_upload.configure(lock=_lock(upload_id)).defer_async(upload_id=upload_id)


def _forgotten() -> list[int]:
    """Return the uploads that wait to be read and that no job will read."""
    try:
        waiting = set(Upload.objects.filter(state__in=UNREAD).values_list("pk", flat=True))
        queued = ProcrastinateJob.objects.filter(queue_name=QUEUE, status__in=LIVE).values_list("lock", flat=True)
        return sorted(pk for pk in waiting - {int(lock.split("-")[1]) for lock in queued if lock})
    finally:
        connection.close()


def _lock(upload_id: int) -> str:
    """Return the name under which one job at a time may read an upload."""
    return f"upload-{upload_id}"
