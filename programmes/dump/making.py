"""Making a dump: every table in every format in one go, of the archive as it is at one moment."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils.translation import override

from programmes.dump.bag import put_in_bag
from programmes.dump.describing import SUMS, describe, sha256_of
from programmes.dump.errors import DumpError
from programmes.dump.formats import Csv, JsonLines, Parquet, Sqlite, Writer
from programmes.models import Programme
from programmes.records import kinds

BATCH = 2000
"""Records that are made at a time: so many are held in memory, whatever the archive has."""
BATCHES = {"source_lines": 200, "readings": 100}
"""Fewer of those that are large."""


@dataclass(frozen=True, slots=True)
class Made:
    """A dump that was made."""

    folder: Path
    counts: Mapping[str, int]
    """Records of each table."""
    digest: str
    """The SHA-256 of the list of sums: equal dumps have the same."""

    @property
    def figure(self) -> str:
        """Return what is in it, in a few words with figures."""
        size = sum(path.stat().st_size for path in self.folder.rglob("*") if path.is_file())
        return (
            f"{self.counts['programmes']} programmer, {self.counts['passages']} avsnitt, "
            f"{sum(self.counts.values())} poster, {size / 1e6:.1f} MB"
        )


def make_dump(folder: Path, *, with_originals: bool = False) -> Made:
    """Make a dump in a folder that is not there or is empty, whole or not at all.

    `with_originals` makes it a bag (BagIt) with the original files beside the tables. Raises `DumpError`, and what the
    disk raises; what was written until then is removed.
    """
    folder = folder.absolute()
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise DumpError(f"{folder} er ikke tom. Velg en mappe som ikke finnes.")
    folder.parent.mkdir(parents=True, exist_ok=True)
    with _made_beside(folder) as beside, _one_moment():
        counts = write_tables(beside)
        digest = sha256_of(beside / SUMS)
        if with_originals:
            put_in_bag(beside, Programme.objects.published().order_by("pk"), base=settings.SITE_ADDRESS)
        beside.chmod(0o755)
        beside.rename(folder)  # takes the place of an empty folder in one step
    return Made(folder, counts, digest)


@contextmanager
def _made_beside(folder: Path) -> Iterator[Path]:
    """Give a folder beside another to fill; what is left of it in the end is removed."""
    beside = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        yield beside
    finally:
        shutil.rmtree(beside, ignore_errors=True)


@contextmanager
def _one_moment() -> Iterator[None]:
    """Read the archive as it is at one moment, for as long as it takes; in a test, within its own transaction."""
    if connection.in_atomic_block:
        yield
        return
    with transaction.atomic(durable=True), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        for timeout in ("statement_timeout", "idle_in_transaction_session_timeout"):
            cursor.execute(f"SET LOCAL {timeout} = 0")
        yield


def write_tables(folder: Path) -> dict[str, int]:
    """Write all tables in all formats into a folder, and what describes them; return the records of each."""
    base = settings.SITE_ADDRESS
    counts: dict[str, int] = {}
    sqlite = Sqlite(folder)
    writers: tuple[Writer, ...] = (Csv(folder), JsonLines(folder), Parquet(folder), sqlite)
    try:
        with override("nb"):
            for kind in kinds(base):
                name = kind.table.name
                counts[name] = 0
                for writer in writers:
                    writer.begin(kind.table)
                for rows in _batches(kind.rows(), BATCHES.get(name, BATCH)):
                    records = kind.records(rows)
                    counts[name] += len(records)
                    for writer in writers:
                        writer.write(records)
            for writer in writers:
                writer.close()
    finally:
        sqlite.abandon()
    describe(folder, counts, base=base)
    for path in folder.iterdir():
        _sync(path)
    return counts


def _batches(rows: QuerySet[Any, Any], size: int) -> Iterator[list[Any]]:
    """Yield rows a list at a time, read by a cursor that the server keeps."""
    found = rows.iterator(chunk_size=size)
    while batch := list(islice(found, size)):
        yield batch


def _sync(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())
