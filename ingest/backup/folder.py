"""The folder of one backup, and the folder of them all: what stands in it, whether it is whole, how long it is kept.

    2026-11-30T171502Z/
        database.dump   what `pg_dump --format=custom` wrote
        storage/        originals, pictures of pages: all that stands in the storage, under its names there
        manifest.json   versions and counts
        SHA256SUMS      of all the others, written last; `sha256sum --check SHA256SUMS` reads it too

A backup is made under a name that begins with a full stop and gets its own when all of it is safe on the disk.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import BinaryIO

from ingest.backup.errors import BackupError

FORMAT = 1
DUMP = "database.dump"
STORAGE = "storage"
MANIFEST = "manifest.json"
SUMS = "SHA256SUMS"
UNFINISHED = ".unfinished-"
REMOVED = ".removed-"
NAME = re.compile(r"\d{4}-\d{2}-\d{2}T\d{6}Z(-\d+)?")
CHUNK = 1 << 20
"""Bytes that are read at once."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup is of, and what it takes to put it back."""

    made_at: str
    release: str
    """The version of the archive's code."""
    server: int
    """The major version of PostgreSQL."""
    migrations: list[list[str]]
    """App and name of each migration that the database has had."""
    counts: dict[str, int]
    """Rows of each table whose rows are in the dump."""
    files: int
    """Files in `storage/`."""
    bytes: int
    """What they take, all in all."""
    problems: list[str] = field(default_factory=list)
    """Originals that were missing or damaged when the backup was made."""
    format: int = FORMAT


def sha256_of(file: BinaryIO) -> str:
    """Return the SHA-256 of what a file has from here on, in hexadecimal."""
    total = hashlib.sha256()
    while chunk := file.read(CHUNK):
        total.update(chunk)
    return total.hexdigest()


def write_last(folder: Path, *, manifest: Manifest, sums: dict[str, str]) -> None:
    """Write what says that all the other files of a backup are there; `sums` holds theirs, by name."""
    _write_safely(folder / MANIFEST, json.dumps(asdict(manifest), indent=1, sort_keys=True).encode())
    with (folder / MANIFEST).open("rb") as file:
        sums = {MANIFEST: sha256_of(file), **sums}
    _write_safely(folder / SUMS, "".join(f"{total}  {name}\n" for name, total in sums.items()).encode())


def manifest_of(folder: Path) -> Manifest:
    """Return what a backup says of itself. Raises `BackupError` where that can't be read."""
    try:
        read = json.loads((folder / MANIFEST).read_text("utf-8"))
        if read["format"] != FORMAT:
            raise BackupError(f"{folder} er laget av en nyere utgave av arkivet (format {read['format']}).")
        return Manifest(**read)
    except (OSError, ValueError, KeyError, TypeError) as problem:
        raise BackupError(f"{folder} er ingen hel sikkerhetskopi: {MANIFEST} kan ikke leses.") from problem


def sums_of(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of each file of a backup, by its name. Raises `BackupError` where that can't be read."""
    try:
        rows = [line.split("  ", 1) for line in (folder / SUMS).read_text("utf-8").splitlines()]
        return {name: total for total, name in rows}
    except (OSError, ValueError) as problem:
        raise BackupError(f"{folder} er ingen hel sikkerhetskopi: {SUMS} kan ikke leses.") from problem


def faults_of(folder: Path) -> list[str]:
    """Return what is wrong with a backup, a sentence for each file that is missing, damaged or not of it."""
    try:
        manifest, sums = manifest_of(folder), sums_of(folder)
    except BackupError as problem:
        return [str(problem)]
    faults = []
    for name, total in sums.items():
        try:
            with (folder / name).open("rb") as file:
                if sha256_of(file) != total:
                    faults.append(f"{name} er endret eller skadet.")
        except OSError as problem:
            faults.append(f"{name} kan ikke leses ({problem.strerror}).")
    listed = sum(1 for name in sums if name.startswith(f"{STORAGE}/"))
    if not {DUMP, MANIFEST} <= sums.keys() or listed != manifest.files:
        faults.append(f"{SUMS} nevner ikke alle filene.")
    present = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
    return faults + [f"{name} hører ikke til kopien." for name in sorted(present - sums.keys() - {SUMS})]


def backups_in(parent: Path) -> list[Path]:
    """Return the whole backups that stand in a folder, oldest first."""
    if not parent.is_dir():
        return []
    return sorted(each for each in parent.iterdir() if NAME.fullmatch(each.name) and (each / SUMS).is_file())


@contextmanager
def alone_in(parent: Path) -> Iterator[None]:
    """Be the only one who makes backups in a folder; the kernel lets go of it however this process ends.

    What killed ones have left there is cleared away. Raises `BackupError` where another is at it.
    """
    try:
        parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(parent, os.O_RDONLY)
    except OSError as problem:
        raise BackupError(f"Mappen {parent} kan ikke brukes ({problem.strerror}).") from problem
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        for left in parent.iterdir():
            if left.name.startswith((UNFINISHED, REMOVED)):
                shutil.rmtree(left)
        yield
    except BlockingIOError as problem:
        raise BackupError(f"En annen sikkerhetskopi lages i {parent} akkurat nå.") from problem
    finally:
        os.close(descriptor)


def begin(parent: Path, name: str) -> Path:
    """Make the folder in which a backup is made, readable by its owner alone: it holds people's password hashes."""
    folder = parent / f"{UNFINISHED}{name}"
    folder.mkdir(mode=0o700)
    return folder


def finish(folder: Path) -> Path:
    """Give a backup its own name, in one step and when all of it is safe on the disk; return where it stands."""
    parent, name = folder.parent, folder.name.removeprefix(UNFINISHED)
    for path in (*folder.rglob("*"), folder):
        sync(path)
    taken = {each.name for each in parent.iterdir()}
    numbered = (f"{name}-{number}" for number in range(2, len(taken) + 3))
    place = parent / next(each for each in (name, *numbered) if each not in taken)
    folder.rename(place)
    sync(parent)
    return place


def remove_old(parent: Path, *, keep: int) -> list[str]:
    """Remove the oldest backups of a folder until `keep` are left; return their names."""
    old = backups_in(parent)[:-keep]
    for folder in old:
        gone = folder.with_name(f"{REMOVED}{folder.name}")  # a half-removed one must not look whole
        folder.rename(gone)
        shutil.rmtree(gone)
    return [folder.name for folder in old]


def sync(path: Path) -> None:
    """Have the system write a file or folder to the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _write_safely(place: Path, content: bytes) -> None:
    place.write_bytes(content)
    place.chmod(0o600)
    sync(place)
