"""Faults that are made on purpose, one at a time, in an archive that runs: how each is made, and how it is mended."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psutil
from django.conf import settings
from django.db import connection

from archive.database import embedded

FILES_DISK = "1500m"
DATABASE_DISK = "600m"
"""Sizes of the file systems in memory that are filled up; an archive with less than 1 GB left is not ready."""
FILLER = "filler"
BLOCK = 4096


@contextmanager
def small_disks() -> Iterator[None]:
    """Keep DATA_DIR, and the embedded database apart from it, on small file systems in memory. Needs root."""
    data_dir: Path = settings.DATA_DIR
    _mount(data_dir, FILES_DISK)
    try:
        embedded.join(data_dir)  # makes the database
        embedded.leave(data_dir)
        cluster = (data_dir / "postgres").resolve()
        aside = cluster.with_name(f"{cluster.name}.aside")
        cluster.rename(aside)
        cluster.mkdir()
        _mount(cluster, DATABASE_DISK)
        try:
            subprocess.run(["cp", "-a", f"{aside}/.", str(cluster)], check=True)  # noqa: S603, S607
            shutil.rmtree(aside)
            yield
        finally:
            connection.close()
            embedded.leave(data_dir)
            _unmount(cluster)
    finally:
        _unmount(data_dir)


def _mount(place: Path, size: str) -> None:
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(place)], check=True)  # noqa: S603, S607


def _unmount(place: Path) -> None:
    subprocess.run(["umount", "--lazy", str(place)], check=True)  # noqa: S603, S607


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that goes wrong."""

    name: str
    make: Callable[[], object]
    mend: Callable[[], object] = lambda: None
    """What a person does about it; nothing where the archive mends itself."""


def faults(original: Path) -> list[Fault]:
    """Return every fault; `original` is the file of a published programme."""
    data_dir: Path = settings.DATA_DIR
    cluster = (data_dir / "postgres").resolve()
    content = original.read_bytes()
    index = data_dir / "index"
    return [
        Fault("disken med filene er full", lambda: _fill(data_dir), lambda: _empty(data_dir)),
        Fault("disken med databasen er full", lambda: _fill(cluster), lambda: _empty(cluster)),
        Fault("databasen er frosset", lambda: _signal(cluster, signal.SIGSTOP), lambda: _thaw(cluster)),
        Fault("databasen er borte", lambda: _lose(cluster), lambda: _find(cluster)),
        Fault("databasens vokter er drept", lambda: _server(cluster).parent().send_signal(signal.SIGKILL)),
        Fault("søkeindeksen er slettet", lambda: shutil.rmtree(index)),
        Fault("søkeindeksen er skadet", lambda: _damage(index)),
        Fault("en original er skadet", lambda: original.write_bytes(b"x"), lambda: original.write_bytes(content)),
        Fault("en original er borte", original.unlink, lambda: original.write_bytes(content)),
    ]


def _fill(place: Path) -> None:
    """Leave no room on a disk."""
    with (place / FILLER).open("ab", buffering=0) as filler:
        for size in (1 << 20, BLOCK, 1):
            with suppress(OSError):
                while True:
                    filler.write(b"\0" * size)


def _empty(place: Path) -> None:
    (place / FILLER).unlink()


def _server(cluster: Path) -> psutil.Process:
    return psutil.Process(int((cluster / "postmaster.pid").read_text().splitlines()[0]))


def _signal(cluster: Path, number: int) -> None:
    server = _server(cluster)
    for process in (server, *server.children()):
        with suppress(psutil.Error):
            process.send_signal(number)


def _thaw(cluster: Path) -> None:
    _signal(cluster, signal.SIGCONT)


def _lose(cluster: Path) -> None:
    """Kill the server, and keep it from coming back."""
    (cluster / "global").rename(cluster / "global.away")
    _signal(cluster, signal.SIGKILL)


def _find(cluster: Path) -> None:
    (cluster / "global.away").rename(cluster / "global")


def _damage(index: Path) -> None:
    """Write over half of each file of the index."""
    chance = random.Random(1)  # noqa: S311
    for path in index.rglob("*"):
        if path.is_file() and (size := path.stat().st_size) > 1:
            with path.open("r+b") as file:
                file.seek(size // 4)
                file.write(chance.randbytes(size // 2))
                os.fsync(file.fileno())
