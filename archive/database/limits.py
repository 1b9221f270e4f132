"""How long a process waits for a database that doesn't answer.

A server that is frozen, or that a network has lost, says nothing: its own `statement_timeout` does not run, and the
kernel goes on acknowledging what it is sent. So the client counts, for each statement. Nothing is set on the server,
where a `SET` would pass to other clients of PgBouncer in transaction mode, and its startup parameters be refused.

Only what serves readers has a limit (`archive.wsgi`); imports, rebuilds, migrations and the worker take their time.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from typing import Any

import psycopg

logger = logging.getLogger(__name__)

SECONDS_TO_CANCEL = 0.5
"""What a server that works takes to be told that nobody waits for a statement any more is far less."""
ASK_AGAIN = 1.0
"""Seconds between tries whether a silent server is back."""

INTERVAL = 0.1
"""Seconds between looks for Ctrl-C: psycopg's own."""

of_this_process: float | None = None
"""Seconds that a statement may take, None for as long as it needs."""


def limit_this_process(seconds: float) -> None:
    """Let no statement of this process take longer, from its next connection on; 0 for no limit."""
    global of_this_process
    of_this_process = seconds or None


class Silence:
    """Whether a server is silent. While it is, a thread of its own finds out when it is back; all callers are told.

    Without this, every request would wait as long as the first, and those behind them far longer.
    """

    def __init__(self) -> None:
        self.count = 0
        """How many there have been: a connection from before the last is not used again, whoever it leads to."""
        self._is_silent = False
        self._is_asked = False
        self._lock = threading.Lock()

    def begin(self) -> None:
        """Note that the server did not answer."""
        with self._lock:
            self.count += not self._is_silent
            self._is_silent = True

    def connect(self, connect: Callable[[], Any], try_to: Callable[[], Any]) -> Any:
        """Return a new connection.

        Raises `psycopg.OperationalError`, at once while the server is silent; `try_to` connect is what finds out
        whether it still is.
        """
        if self._is_silent:
            with self._lock:
                starts = self._is_silent and not self._is_asked
                self._is_asked |= starts
            if starts:
                threading.Thread(target=self._find_out, args=[try_to], name="is-it-back", daemon=True).start()
            raise psycopg.OperationalError("the server was silent a moment ago")
        try:
            return connect()
        except psycopg.errors.ConnectionTimeout:
            self.begin()
            raise

    def _find_out(self, try_to: Callable[[], Any]) -> None:
        """Try to connect until the server answers."""
        try:
            while self._is_silent:
                if _answers(try_to):
                    with self._lock:
                        self._is_silent = False
                else:
                    time.sleep(ASK_AGAIN)
        finally:
            with self._lock:
                self._is_asked = False


def _answers(connect: Callable[[], Any]) -> bool:
    """Return whether a server answers who connects, though it be by a refusal."""
    try:
        connect().close()
    except psycopg.errors.ConnectionTimeout:
        return False
    except psycopg.Error as refusal:
        logger.warning("The database is back, and refuses: %s", refusal)
    return True


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
