"""Making a backup: the database as it is at one moment, then all that stands in the storage.

In this order, for files are only ever added: one without a row does no harm, a row without its file would.
"""

from __future__ import annotations

import os
import shutil
import tomllib
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.files.storage import default_storage
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from ingest.backup import programs
from ingest.backup.errors import BackupError
from ingest.backup.folder import (
    DUMP,
    STORAGE,
    Manifest,
    alone_in,
    backups_in,
    begin,
    finish,
    remove_old,
    sha256_of,
    sums_of,
    sync,
    write_last,
)
from ingest.backup.stored import stored_names, sum_of
from ingest.models import Upload
from programmes.models import Programme, SearchEntry, SearchStamp, SearchText, SearchThemeSet, SearchWord
from programmes.models.callers import Caller
from programmes.models.search import SearchNeighbours

_MADE_AGAIN = (Session, Caller, SearchEntry, SearchText, SearchThemeSet, SearchWord, SearchNeighbours, SearchStamp)
"""Models whose rows are no part of a backup: who is logged in, how often somebody called, the search index."""


@dataclass(frozen=True, slots=True)
class Made:
    """A backup that was made."""

    folder: Path
    manifest: Manifest
    size: int
    """Bytes of the dump and of all files."""
    written: int
    """Bytes of them that had to be written: what an earlier backup has already is shared with it."""
    removed: tuple[str, ...]
    """Old backups that were removed for it."""

    @property
    def figure(self) -> str:
        """Return what is in it, in a few words with figures."""
        rows = sum(self.manifest.counts.values())
        size = f"{self.size / 1e6:.1f} MB ({self.written / 1e6:.1f} MB nytt)"
        return f"{self.folder.name}: {rows} rader, {self.manifest.files} filer, {size}"


def make_backup(parent: Path, *, keep: int) -> Made:
    """Make a backup in a folder of backups, and leave no more than `keep` of them there.

    While an original is missing or damaged nothing is removed: an older backup may be the only one that has it whole.
    Raises `BackupError`, and leaves nothing that looks whole.
    """
    if Path(settings.MEDIA_ROOT) in (parent, *parent.parents):
        raise BackupError(f"{parent} står i lageret selv. Velg en mappe utenfor, helst på en annen disk.")
    programs.program_version("pg_dump")
    try:
        with alone_in(parent):
            older = backups_in(parent)
            folder = begin(parent, datetime.now(UTC).strftime("%Y-%m-%dT%H%M%SZ"))
            try:
                manifest, written = _fill(folder, older[-1] if older else None)
                place = finish(folder)
            except BaseException:
                shutil.rmtree(folder, ignore_errors=True)
                raise
            removed = [] if manifest.problems else remove_old(parent, keep=keep)
            size = (place / DUMP).stat().st_size + manifest.bytes
            return Made(place, manifest, size, written, tuple(removed))
    except OSError as problem:
        raise BackupError(f"Sikkerhetskopien ble ikke laget: {problem}") from problem


def _fill(folder: Path, older: Path | None) -> tuple[Manifest, int]:
    """Write all files of a backup; return its manifest, and how many bytes were written."""
    made_at = datetime.now(UTC).isoformat(timespec="seconds")
    left_out = {model._meta.db_table for model in _MADE_AGAIN}
    with transaction.atomic(durable=True), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        for timeout in ("statement_timeout", "idle_in_transaction_session_timeout"):
            cursor.execute(f"SET LOCAL {timeout} = 0")
        cursor.execute("SELECT pg_export_snapshot()")
        (snapshot,) = cursor.fetchone()
        programs.dump(folder / DUMP, snapshot=snapshot, without_rows_of=sorted(left_out))
        counts = counts_of_rows(cursor, without=left_out)
        migrations = migrations_of(cursor)
        originals = dict(Programme.objects.values_list("file", "sha256"))
        originals |= dict(Upload.objects.values_list("file", "sha256"))
    (folder / DUMP).chmod(0o600)
    with (folder / DUMP).open("rb") as file:
        sums = {DUMP: sha256_of(file)}
    written = (folder / DUMP).stat().st_size
    stored = _copy_storage(folder, older)
    manifest = Manifest(
        made_at=made_at,
        release=_release(),
        server=programs.server_version(),
        migrations=migrations,
        counts=counts,
        files=len(stored.sums),
        bytes=stored.bytes,
        problems=_broken(originals, stored.sums),
    )
    write_last(folder, manifest=manifest, sums=sums | {f"{STORAGE}/{name}": it for name, it in stored.sums.items()})
    return manifest, written + stored.written


@dataclass(slots=True)
class _Stored:
    """What was copied from the storage: the sums of the files by their names, and bytes in all and written."""

    sums: dict[str, str]
    bytes: int = 0
    written: int = 0


def _copy_storage(folder: Path, older: Path | None) -> _Stored:
    """Copy all that stands in the storage; a file that the backup before has unharmed is shared with it."""
    had: dict[str, str] = {}
    if older is not None:
        with suppress(BackupError):
            had = sums_of(older)
    stored = _Stored({})
    for name in stored_names():
        place = folder / STORAGE / name
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        total = sum_of(name)
        if total is None:
            continue  # a picture that is just being drawn again
        before = older / STORAGE / name if older is not None and had.get(f"{STORAGE}/{name}") == total else None
        if not (before and _share(before, place, total)):
            total = _copy(name, place)
            stored.written += place.stat().st_size
        stored.sums[name] = total
        stored.bytes += place.stat().st_size
    return stored


def _share(before: Path, place: Path, total: str) -> bool:
    """Give a file of an earlier backup a second name; False where it is damaged, or the disk knows no second names."""
    try:
        with before.open("rb") as file:
            if sha256_of(file) != total:
                return False
        os.link(before, place)
    except OSError:
        return False
    return True


def _copy(name: str, place: Path) -> str:
    """Copy a file out of the storage; return the SHA-256 of what stands in the backup, read back from there."""
    with default_storage.open(name) as source, place.open("wb") as copy:
        shutil.copyfileobj(source, copy)
    place.chmod(0o600)
    sync(place)
    with place.open("rb") as file:
        return sha256_of(file)


def _broken(originals: dict[str, str], copied: dict[str, str]) -> list[str]:
    """Return a sentence for each original that is not in the storage, or has another hash than its row says."""
    return [
        f"Originalen {name} {'er skadet' if name in copied else 'mangler'}."
        for name, total in sorted(originals.items())
        if copied.get(name) != total
    ]


def counts_of_rows(cursor: CursorWrapper, *, without: set[str]) -> dict[str, int]:
    """Return how many rows each table has, but some tables."""
    counts = {}
    for table in sorted(set(connection.introspection.table_names(cursor)) - without):
        cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(table)}")  # noqa: S608 - a table's own name
        counts[table] = cursor.fetchone()[0]
    return counts


def migrations_of(cursor: CursorWrapper) -> list[list[str]]:
    """Return app and name of each migration that the database has had, in their order."""
    cursor.execute("SELECT app, name FROM django_migrations ORDER BY id")
    return [list(row) for row in cursor.fetchall()]


def _release() -> str:
    """Return the version of the archive's code."""
    project = tomllib.loads((settings.BASE_DIR / "pyproject.toml").read_text("utf-8"))
    return str(project["project"]["version"])
