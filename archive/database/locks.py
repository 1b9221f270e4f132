"""Locks on files, which the kernel lets go of however their holder dies."""

from __future__ import annotations

import contextlib
import fcntl
import os
from collections.abc import Iterator
from pathlib import Path


class Locks:
    """The three lock files of one embedded server, in the folder `run/` of the data folder."""

    def __init__(self, data_dir: Path) -> None:
        folder = data_dir / "run"
        folder.mkdir(parents=True, exist_ok=True)
        self.joining = folder / "joining.lock"
        """Held while a process joins or leaves, so that one at a time does."""
        self.users = folder / "users.lock"
        """Shared by all who use the server; its keeper waits to have it alone, and then stops the server."""
        self.keeper = folder / "keeper.lock"
        """Held by the keeper of the server as long as it lives."""


def open_lock(path: Path) -> int:
    """Return a file descriptor to lock `path` by; the lock is gone when it is closed."""
    return os.open(path, os.O_RDONLY | os.O_CREAT | os.O_CLOEXEC, 0o644)


def try_lock(descriptor: int, kind: int) -> bool:
    """Lock at once (`kind` is fcntl.LOCK_EX or LOCK_SH); return whether the lock could be had."""
    try:
        fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


@contextlib.contextmanager
def locked(path: Path) -> Iterator[int]:
    """Hold `path` alone for the length of the block, waiting for it as long as it takes."""
    descriptor = open_lock(path)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield descriptor
    finally:
        os.close(descriptor)
