"""How long a process waits for a database that doesn't answer.

A server that is frozen, or that a network has lost, says nothing: its own `statement_timeout` does not run, and the
kernel goes on acknowledging what it is sent. So the client counts, for each statement. Nothing is set on the server,
where a `SET` would pass to other clients of PgBouncer in transaction mode, and its startup parameters be refused.

Only what serves readers has a limit (`archive.wsgi`); imports, rebuilds, migrations and the worker take their time.
"""

from __future__ import annotations

import contextlib
import logging
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import psycopg

logger = logging.getLogger(__name__)

SECONDS_TO_CANCEL = 0.5
"""What a server that works takes to be told that nobody waits for a statement any more is far less."""
ASK_AGAIN = 1.0
"""Seconds from a silence until somebody tries the server again."""

INTERVAL = 0.1
"""Seconds between looks for Ctrl-C: psycopg's own."""

of_this_process: float | None = None
"""Seconds that a statement may take, None for as long as it needs."""


def limit_this_process(seconds: float) -> None:
    """Let no statement of this process take longer, from its next connection on; 0 for no limit."""
    global of_this_process
    of_this_process = seconds or None


class Silence:
    """Whether a server is silent. While it is, one caller at a time finds out whether it is back; all others are told.

    Without this, every request would wait as long as the first, and those behind them far longer.
    """

    def __init__(self) -> None:
        self.count = 0
        """How many there have been: a connection from before the last is not used again, whoever it leads to."""
        self._is_silent = False
        self._ask_again_at = 0.0
        self._lock = threading.Lock()

    @contextlib.contextmanager
    def broken_by_connecting(self, *, within: float) -> Iterator[None]:
        """Connect in this block, which ends `within` seconds; raises `psycopg.OperationalError` where others try."""
        self._take_turn(within)
        try:
            yield
        except psycopg.errors.ConnectionTimeout:
            self.begin()
            raise
        except psycopg.Error:  # it says no: that is an answer
            self._is_silent = False
            raise
        self._is_silent = False

    def _take_turn(self, within: float) -> None:
        with self._lock:
            if self._is_silent and time.monotonic() < self._ask_again_at:
                raise psycopg.OperationalError("the server was silent a moment ago")
            self._ask_again_at = time.monotonic() + within + ASK_AGAIN

    def begin(self) -> None:
        """Note that the server did not answer."""
        with self._lock:
            self.count += not self._is_silent
            self._is_silent = True
            self._ask_again_at = time.monotonic() + ASK_AGAIN


def watch(connection: Any, silence: Silence, seconds: Callable[[], float | None]) -> None:
    """Have each statement on a new connection end after so many seconds, or as soon as its server has gone silent.

    It then raises `psycopg.OperationalError`, and the connection is closed: who waits for the answer of a `COMMIT`
    can't know what became of it, and a connection in the middle of something is of no use.
    """
    began_after = silence.count
    wait = connection.wait

    def wait_so_long(generator: Any, interval: float = INTERVAL, timeout: float | None = None) -> Any:
        if silence.count != began_after and not connection.closed:
            connection.close()
            raise psycopg.OperationalError("the server has been silent since this connection was made")
        limit = timeout if timeout is not None else seconds()
        try:
            return wait(generator, interval=interval, timeout=limit)
        except psycopg.errors._WaitTimeout:
            if timeout is not None:  # psycopg's own, who knows what to do
                raise
            if not _cancelled(connection):
                silence.begin()
            connection.close()
            raise psycopg.OperationalError(f"no answer within {limit} s") from None

    connection.wait = wait_so_long  # the class that Django connects by can't be chosen


def _cancelled(connection: psycopg.Connection[Any]) -> bool:
    """Tell the server that nobody waits for the statement; return whether it took note, being slow and not silent."""
    try:
        connection.cancel_safe(timeout=SECONDS_TO_CANCEL)
    except psycopg.Error as problem:
        logger.warning("The database is silent: %s", problem)
        return False
    return True
