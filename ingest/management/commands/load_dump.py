"""`load_dump`: fill an empty archive from a dump, ids and addresses kept."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from ingest.intake.from_dump import load_dump
from programmes.dump.errors import DumpError


class Command(BaseCommand):
    help = "Fyller et tomt arkiv fra en dump (manage.py dump), med de samme numrene og adressene."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", help="mappen med dumpen, eller BagIt-pakken")

    def handle(self, *args: Any, folder: str, **options: Any) -> None:
        try:
            counts = load_dump(Path(folder).absolute())
        except DumpError as problem:
            raise CommandError(str(problem)) from problem
        told = f"{counts['programmes']} programmer, {counts['passages']} avsnitt"
        self.stdout.write(f"{told}, {sum(counts.values())} poster. Arbeideren finner like løfter og tegner kildesider.")
