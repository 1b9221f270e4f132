"""Django's PostgreSQL backend, which starts the embedded server at the first connection that needs it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import psycopg
from django.db.backends.postgresql import base

from archive.database import embedded
from archive.database.errors import DatabaseUnavailable


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection to the server that the settings name, or to the embedded one of the folder EMBEDDED_IN."""

    def get_connection_params(self) -> dict[str, Any]:
        """Return the arguments for psycopg, after starting the embedded server if it's the one to use."""
        parameters: dict[str, Any] = super().get_connection_params()
        if folder := self.settings_dict.get("EMBEDDED_IN"):
            parameters |= {"host": str(embedded.join(Path(folder))), "port": embedded.PORT}
        return parameters

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Connect; raises DatabaseUnavailable where no server answers or it doesn't let us in."""
        try:
            return super().get_new_connection(conn_params)
        except psycopg.OperationalError as problem:
            if problem.sqlstate == "3D000":  # the database isn't there yet: Django's test runner asks
                raise
            reason = str(problem).strip().splitlines()[-1]
            place = f"{conn_params.get('host', '')}:{conn_params.get('port', embedded.PORT)}"
            raise DatabaseUnavailable(f"Får ikke kontakt med databasen på {place} ({reason}).") from problem
