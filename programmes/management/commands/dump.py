"""`dump`: everything that is published as files, in a folder or where the site has them for readers to fetch."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from programmes.dump.errors import DumpError
from programmes.dump.kept import renew
from programmes.dump.making import make_dump


class Command(BaseCommand):
    help = "Skriver alt som er publisert, som CSV, JSON Lines, SQLite og Parquet."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", nargs="?", help="en mappe som ikke finnes (ellers siden /data/)")
        parser.add_argument("--bag", action="store_true", help="en BagIt-pakke med originalfilene, for arkiv")

    def handle(self, *args: Any, folder: str | None, bag: bool, **options: Any) -> None:
        if bag and not folder:
            raise CommandError("Oppgi en mappe for pakken.")
        try:
            if folder:
                self.stdout.write(make_dump(Path(folder), with_originals=bag).figure)
            else:
                self.stdout.write(renew())
        except DumpError as problem:
            raise CommandError(str(problem)) from problem
