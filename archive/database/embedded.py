"""Use the embedded PostgreSQL: started for the first process that asks, stopped when the last one leaves.

Each user holds a shared lock on a file for as long as it lives. A small process of its own (keeper.py) starts the
server and waits to have that lock alone. The kernel frees a dead process's lock, so even `kill -9` of the last user
stops the server, and no list of process numbers can go stale.
"""

from __future__ import annotations

import atexit
import contextlib
import fcntl
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

from archive.database.errors import DatabaseUnavailable, explain
from archive.database.locks import Locks, locked, open_lock, try_lock

PORT = 5432
"""Only a part of the socket's file name: the server listens on no network."""

_CHECKOUT = Path(__file__).resolve().parent.parent.parent
_held: dict[Path, int] = {}
"""Data folder → the descriptor of our shared lock."""
_one_thread_at_a_time = threading.RLock()


def join(data_dir: Path) -> Path:
    """Start the server of `data_dir` if it isn't running; return the folder of its socket.

    This process is a user of the server from now until `leave` or its end.
    Raises DatabaseUnavailable if the server cannot be started.
    """
    with _one_thread_at_a_time:
        try:
            locks = Locks(data_dir)
            with locked(locks.joining):
                if data_dir not in _held:
                    users = open_lock(locks.users)
                    fcntl.flock(users, fcntl.LOCK_SH)  # waits for a server that is just being stopped
                    _held[data_dir] = users
                keeper = open_lock(locks.keeper)
                try:
                    if try_lock(keeper, fcntl.LOCK_EX):
                        _start_keeper(data_dir, keeper)
                finally:
                    os.close(keeper)
        except DatabaseUnavailable:
            _let_go(data_dir)
            raise
        except OSError as problem:
            _let_go(data_dir)
            sentence = explain(problem) or f"Datamappen {data_dir} kan ikke brukes ({problem.strerror})."
            raise DatabaseUnavailable(sentence) from problem
        return _socket_folder(data_dir)


def leave(data_dir: Path) -> None:
    """Stop using the server of `data_dir`; the last user returns when the server has stopped."""
    with _one_thread_at_a_time:
        if data_dir not in _held:
            return
        locks = Locks(data_dir)
        with locked(locks.joining):
            _let_go(data_dir)
            if _nobody_else(locks.users):
                with locked(locks.keeper):
                    return


def _let_go(data_dir: Path) -> None:
    descriptor = _held.pop(data_dir, None)
    if descriptor is not None:
        os.close(descriptor)


def _nobody_else(users: Path) -> bool:
    """Return whether no process uses the server, while nobody can join."""
    probe = open_lock(users)
    try:
        # Not to be had alone, and not to be shared either: the keeper has it already, and is stopping the server.
        return try_lock(probe, fcntl.LOCK_EX) or not try_lock(probe, fcntl.LOCK_SH)
    finally:
        os.close(probe)


def _start_keeper(data_dir: Path, lock: int) -> None:
    """Start the keeper, handing it its lock, and wait until the server answers."""
    with (data_dir / "postgres.log").open("ab") as log:
        keeper = subprocess.run(  # noqa: S603
            [sys.executable, "-m", "archive.database.keeper", str(data_dir), str(lock)],
            cwd=_CHECKOUT,
            pass_fds=[lock],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
            check=False,
            start_new_session=True,  # Ctrl-C is for the users; the keeper leaves after them
        )
    if keeper.stdout != "ready\n":
        raise DatabaseUnavailable(
            keeper.stdout.strip() or f"Databasen starter ikke. Loggen: {data_dir / 'postgres.log'}"
        )


def _socket_folder(data_dir: Path) -> Path:
    """Return the folder of the socket, from the file in which the server writes it (its fifth line)."""
    try:
        return Path((data_dir / "postgres" / "postmaster.pid").read_text().splitlines()[4])
    except (OSError, IndexError) as problem:
        raise DatabaseUnavailable(
            f"Databasen stoppet uventet. Loggen: {data_dir / 'postgres.log'}. Prøv igjen."
        ) from problem


def _leave_all() -> None:
    """Leave at the end of the process, undisturbed: gunicorn and impatient people send the same signal twice."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGQUIT):
        while signal.getsignal(number) is not signal.SIG_IGN:
            with contextlib.suppress(KeyboardInterrupt, SystemExit):  # one that came just now: we're leaving already
                signal.signal(number, signal.SIG_IGN)
    for data_dir in list(_held):
        leave(data_dir)


def _forget() -> None:
    """Close a forked child's copies of its parent's locks: it takes its own when it connects."""
    global _one_thread_at_a_time
    _one_thread_at_a_time = threading.RLock()
    for data_dir in list(_held):
        _let_go(data_dir)


atexit.register(_leave_all)
os.register_at_fork(after_in_child=_forget)
