"""Putting a backup back: verified first, into an empty place, and compared with its manifest afterwards."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.core.files import File
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from ingest.backup import programs
from ingest.backup.errors import BackupError
from ingest.backup.folder import DUMP, STORAGE, Manifest, backups_in, faults_of, manifest_of, sums_of
from ingest.backup.making import counts_of_rows
from ingest.backup.stored import stored_names, sum_of
from ingest.verification import Checked, verify
from programmes.search import engine_named

Say = Callable[[str], object]


@dataclass(frozen=True, slots=True)
class PutBack:
    """A backup that was put back, and how what is there now compares with it."""

    manifest: Manifest
    entries: int
    """Entries of the search index that was built."""
    differences: tuple[str, ...]
    """A sentence for each table that has another number of rows than the manifest says."""
    checked: tuple[Checked, ...]
    """What `verify` found."""

    @property
    def is_whole(self) -> bool:
        """Whether all that was in the backup is there again."""
        return not self.differences and all(each.is_whole for each in self.checked)


def put_back(folder: Path, *, replace: bool, say: Say) -> PutBack:
    """Put a backup in the place of what there is; where there is something already, only if `replace`.

    Files come first and the database last, in one transaction: whoever is killed on the way leaves a database that is
    as it was, and may begin anew. `say` is told each step. Raises `BackupError`, and then has changed no row.
    """
    say("Kontrollerer kopien …")
    manifest = _sound(folder)
    _must_fit(manifest)
    _must_be_free(folder, replace=replace)
    say(f"Legger tilbake {manifest.files} filer …")
    _put_files_back(folder)
    say("Legger tilbake databasen …")
    connection.close()
    programs.restore(folder / DUMP, replace=_tables() != [])
    with connection.cursor() as cursor:
        counts = counts_of_rows(cursor, without=set())
    call_command("migrate", verbosity=0, interactive=False)
    say("Bygger søkeindeksen …")
    entries = engine_named().rebuild()
    say("Sammenligner …")
    differences = [
        f"{table}: {counts.get(table, 0)} rader, og {count} i kopien."
        for table, count in manifest.counts.items()
        if counts.get(table) != count
    ]
    return PutBack(manifest, entries, tuple(differences), tuple(verify()))


def _sound(folder: Path) -> Manifest:
    """Return the manifest of a backup that is as it was made. Raises `BackupError`."""
    if (inside := backups_in(folder)) and not (folder / DUMP).exists():
        names = ", ".join(each.name for each in inside)
        raise BackupError(f"Velg én av kopiene i {folder}: {names}")
    if faults := faults_of(folder):
        raise BackupError("\n".join(["Kopien er skadet, og ingenting er endret:", *faults]))
    return manifest_of(folder)


def _must_fit(manifest: Manifest) -> None:
    """Raise `BackupError` where this code or this server is older than those that the backup was made by."""
    for name in ("pg_restore", "psql"):
        programs.program_version(name)
    if (server := programs.server_version()) < manifest.server:
        raise BackupError(f"Kopien er av PostgreSQL {manifest.server}, og databasen her er eldre ({server}).")
    known = MigrationLoader(None, ignore_no_migrations=True).disk_migrations.keys()
    if unknown := [f"{app}.{name}" for app, name in manifest.migrations if (app, name) not in known]:
        raise BackupError(f"Kopien er av en nyere utgave av arkivet ({manifest.release}); her mangler {unknown[-1]}.")


def _must_be_free(folder: Path, *, replace: bool) -> None:
    """Raise `BackupError` where there is something already that may not be replaced, or is in use."""
    if not replace:
        of_backup = {name.removeprefix(f"{STORAGE}/") for name in sums_of(folder)}
        there = "Legg den tilbake i en tom database og en tom DATA_DIR, eller be om --replace."
        if _tables():
            raise BackupError(f"Databasen er ikke tom. {there}")
        if others := [name for name in stored_names() if name not in of_backup]:
            raise BackupError(f"Lageret har filer fra før, blant dem {others[0]}. {there}")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
            " AND backend_type = 'client backend' AND pid <> pg_backend_pid()"
        )
        (others_there,) = cursor.fetchone()
    if others_there:
        raise BackupError(f"Databasen er i bruk ({others_there} forbindelser). Stopp nettstedet og arbeideren først.")


def _tables() -> list[str]:
    tables = connection.introspection.table_names()
    connection.close()  # psql must have the tables to itself
    return tables


def _put_files_back(folder: Path) -> None:
    """Bring every file of a backup into the storage; those that are there unharmed stay."""
    for listed, total in sums_of(folder).items():
        if not listed.startswith(f"{STORAGE}/"):
            continue
        name = listed.removeprefix(f"{STORAGE}/")
        if sum_of(name) == total:
            continue
        with (folder / listed).open("rb") as file:
            stored_as = default_storage.save(name, File(file))
        if stored_as != name or sum_of(name) != total:
            raise BackupError(f"Lageret tok ikke vare på {name}. Ingenting er endret i databasen.")
