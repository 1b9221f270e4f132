"""PostgreSQL's own programs at work on the archive's database: dumping it, and putting a dump back.

The password goes by the environment: command lines can be read by everybody on the machine.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

from django.db import connection

from ingest.backup.errors import BackupError

_LOCK_WAIT = 60
"""Seconds to wait for a table that somebody else has locked."""


def server_version() -> int:
    """Return the major version of the database server."""
    connection.ensure_connection()
    return int(connection.connection.info.server_version) // 10_000


def program_version(name: str) -> int:
    """Return the major version of `pg_dump`, `pg_restore` or `psql` for the database in use.

    Raises `BackupError` where there is none, or where it is older than the server: it could not read all that is there.
    """
    program, _arguments, _environment = _program(name)
    needed = server_version()
    install = f"Installer PostgreSQL {needed} sine klientprogrammer (Debian: postgresql-client-{needed})."
    if shutil.which(program) is None:
        raise BackupError(f"Fant ikke programmet {name}. {install}")
    said = subprocess.run([program, "--version"], capture_output=True, text=True, check=False).stdout  # noqa: S603
    found = re.search(r"\d+", said)
    if found is None or int(found[0]) < needed:
        raise BackupError(
            f"{name} er versjon {found[0] if found else '?'}, og databasen er versjon {needed}. {install}"
        )
    return int(found[0])


def dump(place: Path, *, snapshot: str, without_rows_of: Iterable[str]) -> None:
    """Write the database as `snapshot` sees it to a file, of some tables only the shape. Raises `BackupError`."""
    program, arguments, environment = _program("pg_dump")
    options = ["--format=custom", "--no-owner", "--no-privileges", f"--snapshot={snapshot}"]
    options += [f"--lock-wait-timeout={_LOCK_WAIT}s", f"--file={place}"]
    options += [f"--exclude-table-data=public.{table}" for table in without_rows_of]
    done = subprocess.run(  # noqa: S603
        [program, *options, *arguments], env=environment, stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False
    )
    if done.returncode:
        raise BackupError(f"pg_dump klarte det ikke: {_complaint(done.stderr)}")


def restore(place: Path, *, replace: bool) -> None:
    """Put a dump in the place of what the database holds, in one transaction: all of it, or nothing.

    Where this process is killed on the way, the database is as it was. Raises `BackupError`.
    """
    reader, _arguments, environment = _program("pg_restore")
    writer, arguments, _environment = _program("psql")
    read = [reader, "--file=-", "--no-owner", "--no-privileges", str(place)]
    write = [writer, "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", "--output=/dev/null", *arguments]
    pipe = subprocess.PIPE
    with (
        subprocess.Popen(read, env=environment, stdout=pipe, stderr=pipe) as reading,  # noqa: S603
        subprocess.Popen(write, env=environment, stdin=pipe, stderr=pipe) as writing,  # noqa: S603
    ):
        assert reading.stdout and writing.stdin and reading.stderr and writing.stderr  # noqa: S101 - pipes, as asked
        try:
            writing.stdin.write(_beginning(replace=replace).encode())
            shutil.copyfileobj(reading.stdout, writing.stdin)
            if reading.wait() == 0:
                writing.stdin.write(b"\nCOMMIT;\n")  # without it, psql's end undoes everything
            writing.stdin.close()
        except BrokenPipeError:  # psql has given up, and says why
            reading.kill()
        complaint = _complaint(writing.stderr.read()) or _complaint(reading.stderr.read())
    if reading.returncode or writing.returncode:
        raise BackupError(f"Databasen ble ikke lagt tilbake, og er som den var: {complaint}")


def _beginning(*, replace: bool) -> str:
    """Return the statements before those of the dump."""
    lines = ["BEGIN;", f"SET lock_timeout = '{_LOCK_WAIT}s';", "SET statement_timeout = 0;"]
    if replace:
        lines += ["DROP SCHEMA public CASCADE;", "CREATE SCHEMA public;"]
        lines += ["ALTER SCHEMA public OWNER TO pg_database_owner;"]  # as in a new database
    return "\n".join(lines) + "\n"


def _program(name: str) -> tuple[str, list[str], dict[str, str]]:
    """Return a program for the database in use, the arguments that name the database, and its environment."""
    command, secrets = connection.client.settings_to_cmd_args_env(connection.settings_dict, [])
    psql = Path(command[0])
    program = name if psql.parent == Path() else str(psql.with_name(name))
    return program, list(command[1:]), {**os.environ, **(secrets or {}), "LC_ALL": "C.UTF-8"}


def _complaint(said: bytes) -> str:
    """Return the line with which a program told what stopped it."""
    lines = said.decode(errors="replace").strip().splitlines()
    return next((line for line in lines if "error" in line.lower()), lines[-1] if lines else "")
