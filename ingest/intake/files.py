"""Where original files lie: under their hash, whole or not at all, even if the process is killed half-way."""

from __future__ import annotations

import hashlib
import os
import tempfile
import time
from contextlib import suppress
from pathlib import Path

from django.core.files.storage import default_storage
from django.db import connection

from ingest.parser.errors import IngestError
from programmes.site.full_disk import is_full

FOLDER = "originals"
INCOMING = "originals/incoming"
"""Files that are being written; what is left here by a killed process is never looked at again."""
SECONDS_TO_WRITE = 3600
"""A file that has been incoming for longer was left by a process that is no more."""


class DiskIsFull(IngestError):
    """There is no room for the file."""

    message = (
        "Disken er full, og filen er ikke lagret. Si fra til den som drifter arkivet, og last opp filen igjen når det "
        "er ryddet plass."
    )


class StoredFileDiffers(IngestError):
    """The file read back from the storage is not the file that was given."""

    message = "Filen ble ikke lagret riktig. Ingenting er lagt inn; prøv igjen."


def name_of(sha256: str) -> str:
    """Return the storage name of the file with a hash; a hostile file name never reaches the disk."""
    return f"{FOLDER}/{sha256[:2]}/{sha256}"


def lock(sha256: str) -> None:
    """Be alone with a file until the present transaction ends, so that no one removes or registers it meanwhile."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [sha256])


def keep(content: bytes, sha256: str) -> str:
    """Store a file under its hash and read it back; return its storage name.

    Raises `DiskIsFull`, or `StoredFileDiffers`: a kept hash is worth nothing if the file is not there. The file is
    written beside its place and moved there when it is safe on the disk, so that it is never half there; a file left
    behind by a rolled-back transaction is found again and not doubled. To be called in the transaction that stores
    the hash.
    """
    lock(sha256)
    name = name_of(sha256)
    place = Path(default_storage.path(name))
    if not place.exists() or place.read_bytes() != content:
        try:
            _write(place, content)
        except OSError as error:
            if is_full(error):
                raise DiskIsFull from error
            raise
    with default_storage.open(name) as stored:
        if hashlib.sha256(stored.read()).hexdigest() != sha256:
            raise StoredFileDiffers
    return name


def _write(place: Path, content: bytes) -> None:
    """Write a file so that its place has all of it or none, after a power cut too."""
    incoming = Path(default_storage.path(INCOMING))
    for folder in (incoming, place.parent):
        folder.mkdir(parents=True, exist_ok=True)
    descriptor, temporary = tempfile.mkstemp(dir=incoming)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
            os.fchmod(file.fileno(), 0o644)
        Path(temporary).replace(place)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    folder_descriptor = os.open(place.parent, os.O_RDONLY)
    try:
        os.fsync(folder_descriptor)
    finally:
        os.close(folder_descriptor)


def clear_incoming(*, older_than: float = SECONDS_TO_WRITE) -> int:
    """Remove what killed processes left half-written more than so many seconds ago; return how many files."""
    removed = 0
    for path in Path(default_storage.path(INCOMING)).glob("*"):
        with suppress(FileNotFoundError):
            if time.time() - path.stat().st_mtime >= older_than:
                path.unlink()
                removed += 1
    return removed


def kept_hashes() -> set[str]:
    """Return the hashes of all files that are kept."""
    return {path.name for path in Path(default_storage.path(FOLDER)).glob("??/*")}
