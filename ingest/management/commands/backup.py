"""`backup`: the database and all that stands in the storage, whole or not at all."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from ingest.backup.errors import BackupError
from ingest.backup.making import make_backup


class Command(BaseCommand):
    help = "Lager en sikkerhetskopi av databasen, originalene og alt annet i lageret, mens nettstedet går."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", nargs="?", help="mappen med kopiene (ellers BACKUP_FOLDER)")
        parser.add_argument("--keep", type=int, default=settings.BACKUPS_KEPT, help="så mange kopier beholdes")

    def handle(self, *args: Any, folder: str | None, keep: int, **options: Any) -> None:
        folder = folder or settings.BACKUP_FOLDER
        if not folder:
            raise CommandError("Oppgi en mappe, eller sett BACKUP_FOLDER.")
        if keep < 1:
            raise CommandError("--keep må være minst 1.")
        try:
            made = make_backup(Path(folder).absolute(), keep=keep)
        except BackupError as problem:
            raise CommandError(str(problem)) from problem
        self.stdout.write(f"{made.figure}. Fjernet: {', '.join(made.removed) or 'ingen'}.")
        if made.manifest.problems:
            kept = "Gamle kopier er beholdt, for de kan ha filene hele."
            raise CommandError("\n".join([*made.manifest.problems, kept]))
