"""PostgreSQL's own programs (psql, pg_dump), started for the database in use: `dbshell` and backups ask here."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.db.backends.postgresql import client

from archive.database import embedded
from archive.database.keeper import programs


class DatabaseClient(client.DatabaseClient):
    """The programs on the PATH, or for the embedded server those that it came with."""

    @classmethod
    def settings_to_cmd_args_env(
        cls, settings_dict: dict[str, Any], parameters: Iterable[str]
    ) -> tuple[list[str], dict[str, str] | None]:
        """Return the command line of psql, and what its environment must hold: a password is never on the line."""
        folder = settings_dict.get("EMBEDDED_IN")
        if not folder:
            return super().settings_to_cmd_args_env(settings_dict, parameters)
        place = {"HOST": str(embedded.join(Path(folder))), "PORT": str(embedded.PORT)}
        command, environment = super().settings_to_cmd_args_env({**settings_dict, **place}, parameters)
        return [str(programs() / cls.executable_name), *command[1:]], environment
