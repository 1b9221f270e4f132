"""Where original files lie: under their hash, whole or not at all, even if the process is killed half-way."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from django.db.models.fields.files import FieldFile

from ingest.parser.errors import IngestError
from programmes.site.full_disk import is_full
from programmes.storage import StorageOutOfReach, WholeFileStorage

FOLDER = "originals"
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


class NoStorage(IngestError):
    """The object store that keeps the files can't be reached."""

    message = "Lageret for filene svarer ikke. Ingenting er lagt inn; prøv igjen om litt."


def name_of(sha256: str) -> str:
    """Return the storage name of the file with a hash; a hostile file name never reaches the disk."""
    return f"{FOLDER}/{sha256[:2]}/{sha256}"


def lock(sha256: str) -> None:
    """Be alone with a file until the present transaction ends, so that no one removes or registers it meanwhile."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [sha256])


def keep(content: bytes, sha256: str) -> str:
    """Store a file under its hash and read it back; return its storage name.

    Raises `DiskIsFull` or `NoStorage`, or `StoredFileDiffers`: a kept hash is worth nothing if the file is not there.
    A file left behind by a rolled-back transaction is found again and not doubled. To be called in the transaction
    that stores the hash.
    """
    lock(sha256)
    name = name_of(sha256)
    try:
        if not default_storage.exists(name) or _hash(name) != sha256:
            default_storage.save(name, ContentFile(content))
            if _hash(name) != sha256:
                raise StoredFileDiffers
    except StorageOutOfReach as problem:
        raise NoStorage from problem
    except OSError as problem:
        if is_full(problem):
            raise DiskIsFull from problem
        raise
    return name


def _hash(name: str) -> str:
    """Return the SHA-256 of a file as it is stored."""
    with default_storage.open(name) as stored:
        return hashlib.file_digest(stored, "sha256").hexdigest()


@contextmanager
def on_disk(file: FieldFile) -> Iterator[Path]:
    """Give the path of a stored file, for a process that reads files alone: its own, or that of a copy for so long.

    Raises `FileNotFoundError` where it is gone, `ValueError` where the row names none, `NoStorage`.
    """
    if isinstance(default_storage, WholeFileStorage):
        yield Path(file.path)
        return
    with tempfile.NamedTemporaryFile(prefix="programarkivet-") as copy:
        try:
            with file.open() as stored:
                for chunk in stored.chunks():
                    copy.write(chunk)
        except StorageOutOfReach as problem:
            raise NoStorage from problem
        copy.flush()
        yield Path(copy.name)


def clear_incoming(*, older_than: float = SECONDS_TO_WRITE) -> int:
    """Remove what killed processes left half-written more than so many seconds ago; return how many files."""
    if not isinstance(default_storage, WholeFileStorage):
        return 0
    return default_storage.clear_incoming(older_than=older_than)


def kept_hashes() -> set[str]:
    """Return the hashes of all files that are kept."""
    if not default_storage.exists(FOLDER) and isinstance(default_storage, WholeFileStorage):
        return set()
    folders, _files = default_storage.listdir(FOLDER)
    return {name for folder in folders if len(folder) == 2 for name in default_storage.listdir(f"{FOLDER}/{folder}")[1]}
