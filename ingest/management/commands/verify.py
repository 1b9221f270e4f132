"""`verify`: look through all that the archive keeps, and say what is not as it was kept."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from ingest.verification import Checked, verify


class Command(BaseCommand):
    help = "Kontrollerer originalene mot hashene, avsnittene mot parsen, søkeindeksen mot radene og siste kopi."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="skriv funnene som JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        checked = list(verify())
        if options["json"]:
            self.stdout.write(json.dumps([asdict(each) for each in checked], ensure_ascii=False, indent=1))
        else:
            for line in as_table(checked):
                self.stdout.write(line)
        if wrong := sum(len(each.faults) for each in checked):
            raise CommandError(f"{wrong} ting stemmer ikke.")


def as_table(checked: Iterable[Checked]) -> list[str]:
    """Return a line for each kind of thing, and below it one for each that is not as it should be."""
    lines = []
    for each in checked:
        said = "stemmer" if each.is_whole else f"{len(each.faults)} feil"
        lines.append(f"{each.name:16} {each.looked_at:>9}  {said}")
        lines += [f"    {fault}" for fault in each.faults]
    return lines
