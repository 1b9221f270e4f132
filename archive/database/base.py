"""Django's PostgreSQL backend, its work counted: it starts the embedded server where needed, and ends what waits."""

from __future__ import annotations

import contextlib
import math
import select
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
from django_prometheus.db.backends.postgresql import base

from archive.database import embedded, limits
from archive.database.client import DatabaseClient
from archive.database.errors import DatabaseUnavailable

TRUSTED_SECONDS = 1.0
"""How long a connection that has answered is taken to be good: under load, asking would be half of a kept page."""
_silences: defaultdict[str, limits.Silence] = defaultdict(limits.Silence)
"""By the alias of the database, for all threads of the process."""


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection to the server that the settings name, or to the embedded one of the folder EMBEDDED_IN."""

    client_class = DatabaseClient
    _is_unlimited = False
    _silences_before = 0
    """How often the server had been silent when the connection was made."""
    _found_usable = -math.inf
    """When the connection last answered, by the monotonic clock."""

    def get_connection_params(self) -> dict[str, Any]:
        """Return the arguments for psycopg, after starting the embedded server if it's the one to use."""
        parameters: dict[str, Any] = super().get_connection_params()
        if folder := self.settings_dict.get("EMBEDDED_IN"):
            parameters |= {"host": str(embedded.join(Path(folder))), "port": embedded.PORT}
        return parameters

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Connect; raises DatabaseUnavailable where no server answers or it doesn't let us in."""
        self._found_usable = -math.inf
        try:
            if limits.of_this_process is None:
                return super().get_new_connection(conn_params)
            return self._connect_with_limit(conn_params)
        except psycopg.OperationalError as problem:
            if problem.sqlstate == "3D000":  # the database isn't there yet: Django's test runner asks
                raise
            reason = str(problem).strip().splitlines()[-1]
            place = f"{conn_params.get('host', '')}:{conn_params.get('port', embedded.PORT)}"
            raise DatabaseUnavailable(f"Får ikke kontakt med databasen på {place} ({reason}).") from problem

    def _connect_with_limit(self, conn_params: dict[str, Any]) -> Any:
        silence = _silences[self.alias]
        self._silences_before = silence.count
        connection = silence.connect(
            lambda: super(DatabaseWrapper, self).get_new_connection(conn_params), lambda: psycopg.connect(**conn_params)
        )
        limits.watch(connection, silence, lambda: None if self._is_unlimited else limits.of_this_process)
        return connection

    def is_usable(self) -> bool:
        """Return whether the connection works; one that did a moment ago isn't asked unless there is a sign against it.

        A server that ends a connection writes to it, or closes it, which shows as something to read.
        """
        is_doubtful = (
            time.monotonic() - self._found_usable > TRUSTED_SECONDS
            or self.errors_occurred
            or self._silences_before != _silences[self.alias].count
            or self.connection is None
            or self.connection.closed
            or _has_something_to_read(self.connection)
        )
        if not is_doubtful:
            return True
        is_usable: bool = super().is_usable()
        self._found_usable = time.monotonic() if is_usable else -math.inf
        return is_usable

    @contextlib.contextmanager
    def without_limit(self) -> Iterator[None]:
        """Let statements in this block take as long as they need, in a process that has a limit too."""
        before, self._is_unlimited = self._is_unlimited, True
        try:
            yield
        finally:
            self._is_unlimited = before


def _has_something_to_read(connection: psycopg.Connection[Any]) -> bool:
    poll = select.poll()
    poll.register(connection.fileno(), select.POLLIN)
    return bool(poll.poll(0))
