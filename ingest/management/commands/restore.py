"""`restore`: put a backup back into an empty place, and see that all of it is there again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from ingest.backup.errors import BackupError
from ingest.backup.putting_back import put_back
from ingest.management.commands.verify import as_table


class Command(BaseCommand):
    help = "Legger tilbake en sikkerhetskopi i en tom database og en tom DATA_DIR, og kontrollerer at alt er der."
    requires_system_checks = ()
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, help="kopien, for eksempel /var/backups/arkiv/2026-11-30T171502Z")
        parser.add_argument(
            "--replace", action="store_true", help="erstatt databasen som er der; filer som bare er der, blir liggende"
        )

    def handle(self, *args: Any, folder: Path, replace: bool, **options: Any) -> None:
        try:
            done = put_back(folder.absolute(), replace=replace, say=self.stdout.write)
        except BackupError as problem:
            raise CommandError(str(problem)) from problem
        rows = sum(done.manifest.counts.values())
        self.stdout.write(f"{rows} rader, {done.manifest.files} filer, {done.entries} innslag i søkeindeksen.")
        for line in as_table(done.checked):
            self.stdout.write(line)
        if done.manifest.problems:
            self.stdout.write("\n".join(["Dette manglet alt da kopien ble laget:", *done.manifest.problems]))
        if not done.is_whole:
            raise CommandError("\n".join(["Dette er ikke som i kopien:", *done.differences]))
        self.stdout.write("Alt som var i kopien, er på plass.")
