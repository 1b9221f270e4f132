"""A file on its way in: received, waiting, read, confirmed. What each step may do, and what it never leaves behind."""

from __future__ import annotations

import hashlib
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction

from ingest.intake import files
from ingest.intake.details import Details
from ingest.intake.jobs import enqueue_parse, stop_parse
from ingest.intake.names import plain_filename
from ingest.intake.other_files import alike_in_contents, programme_compared_with
from ingest.intake.store import create_programme, find_programme
from ingest.models import Upload
from ingest.parser.as_json import from_wire
from ingest.parser.errors import FileTooLarge, IngestError
from ingest.parser.readers import reader_of
from programmes.models import Branch, Programme

MEGABYTE = 1024 * 1024
LARGEST_FILE = 50 * MEGABYTE
"""Bytes; the sandbox reads no larger ones."""
UNFINISHED = (Upload.State.WAITING, Upload.State.WORKING, Upload.State.READY)


class AlreadyInArchive(IngestError):
    """The archive has a programme that was read from the same file; it is given along."""

    message = "Den samme filen er allerede i arkivet."

    def __init__(self, programme: Programme) -> None:
        super().__init__()
        self.programme = programme


class AlreadyUploaded(IngestError):
    """The same file is on its way in already."""

    message = "Den samme filen er allerede lastet opp og venter på å bli bekreftet."

    def __init__(self, upload: Upload) -> None:
        super().__init__()
        self.upload = upload


class NotNow(IngestError):
    """The upload is not in a state that allows this any more: somebody else was first."""

    message = "Dette kan ikke gjøres nå, for opplastingen har endret tilstand. Se hva som har skjedd, og prøv igjen."


def receive(content: bytes, *, filename: str, user: User, details: dict[str, Any] | None = None) -> Upload:
    """Store a file that a person gave, and queue it for reading: both or neither.

    `details` is what is known of the programme already, by the names of the form's fields. The file has been read
    back and compared when this returns. Raises `EmptyFile`, `FileTooLarge`, `UnknownFormat`, `AlreadyInArchive`,
    `AlreadyUploaded`, `DiskIsFull` or `StoredFileDiffers`, and then has stored nothing.
    """
    if len(content) > LARGEST_FILE:
        raise FileTooLarge(f"Filen er for stor. Grensen er {LARGEST_FILE // MEGABYTE} MB.")
    name = plain_filename(filename)
    reader_of(content, name)  # refuses what no reader takes
    sha256 = hashlib.sha256(content).hexdigest()
    with transaction.atomic():
        files.lock(sha256)  # two who send the same file at once: the second finds the first
        if programme := find_programme(sha256) or programme_compared_with(sha256):
            raise AlreadyInArchive(programme)
        if upload := Upload.objects.filter(sha256=sha256, state__in=UNFINISHED).first():
            raise AlreadyUploaded(upload)
        upload = Upload.objects.create(
            file=files.keep(content, sha256),
            filename=name,
            sha256=sha256,
            size=len(content),
            uploaded_by=user,
            details=details or {},
        )
        enqueue_parse(upload)
    return upload


def cancel(upload: Upload) -> None:
    """Stop reading an upload, or give up one that is read; its file is kept. Raises `NotNow`."""
    _move(upload, to=Upload.State.CANCELLED, allowed=(*UNFINISHED, Upload.State.FAILED), document=None)
    stop_parse(upload)


@transaction.atomic
def try_again(upload: Upload) -> None:
    """Queue an upload that failed or was cancelled for another reading, or one that a programme is compared with.

    Raises `NotNow` or `AlreadyInArchive`.
    """
    files.lock(upload.sha256)
    if programme := find_programme(upload.sha256):
        raise AlreadyInArchive(programme)
    if other := Upload.objects.filter(sha256=upload.sha256, state__in=UNFINISHED).exclude(pk=upload.pk).first():
        raise AlreadyUploaded(other)
    allowed = [Upload.State.FAILED, Upload.State.CANCELLED]
    if upload.is_other_file:
        allowed.append(Upload.State.CONFIRMED)
    _move(upload, to=Upload.State.WAITING, allowed=tuple(allowed), error="")
    enqueue_parse(upload)


@transaction.atomic
def confirm(upload: Upload, *, branch: Branch, details: Details, replaces: Programme | None = None) -> Programme:
    """Make the draft programme of an upload that has been read, in one transaction; the upload then points at it.

    Raises `NotNow` if somebody else confirmed or cancelled it meanwhile, `AlreadyInArchive` or `StoredFileDiffers`.
    """
    files.lock(upload.sha256)
    if programme := find_programme(upload.sha256):
        raise AlreadyInArchive(programme)
    present = Upload.objects.select_for_update().get(pk=upload.pk)
    if present.state != Upload.State.READY or present.document is None:
        raise NotNow
    with present.file.open() as file:
        content = file.read()
    programme = create_programme(branch=branch, parsed=from_wire(present.document), content=content, details=details)
    if replaces is not None:
        programme.replaces = replaces
        programme.save(update_fields=["replaces"])
    _move(upload, to=Upload.State.CONFIRMED, allowed=(Upload.State.READY,), document=None, programme=programme)
    return programme


@transaction.atomic
def keep_as_other_file(upload: Upload, *, programme: Programme) -> None:
    """Keep an upload that has been read as another file of a programme, to be compared with it. Raises `NotNow`."""
    files.lock(upload.sha256)
    if not Programme.objects.select_for_update(of=("self",)).filter(pk=programme.pk).exists():
        raise NotNow
    _move(upload, to=Upload.State.CONFIRMED, allowed=(Upload.State.READY,), programme=programme)


def same_programme(*, branch: Branch, details: Details, document: dict[str, Any]) -> list[Programme]:
    """Return the programmes that may be the same in another file.

    First those for the same branch, period and kind, then those that say the same, whatever is said of them.
    """
    named = Programme.objects.filter(
        branch=branch, kind=details.kind, period_start=details.period_start, period_end=details.period_end
    ).select_related("branch__party")
    return list(dict.fromkeys([*named.order_by("pk"), *alike_in_contents(document)]))


def _move(upload: Upload, *, to: Upload.State, allowed: tuple[Upload.State, ...], **fields: Any) -> None:
    """Set the state and fields of an upload if its state allows, in one statement. Raises `NotNow`."""
    if not Upload.objects.filter(pk=upload.pk, state__in=allowed).update(state=to, **fields):
        raise NotNow
    upload.refresh_from_db()
