"""`manage.py load_registers`: bring parties, areas, themes and national branches in step with `fixtures/registers/`."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from programmes.registers import RegisterError, load_registers

LABELS = {
    "parties": "partier",
    "branches": "nasjonale lag",
    "areas": "kommuner og fylker",
    "successors": "etterfølgere",
    "themes": "temaer",
}


class Command(BaseCommand):
    help = (
        "Laster partier, områder, temaer og nasjonale lag fra fixtures/registers/. Kan kjøres om igjen når som helst."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--samples", action="store_true", help="ta med eksempelprogrammenes oppdiktede partier og områder"
        )

    def handle(self, *args: Any, samples: bool, **options: Any) -> None:
        try:
            counts = load_registers(samples=samples)
        except RegisterError as error:
            raise CommandError(str(error)) from error
        if not counts.changed:
            self.stdout.write("Registrene er allerede oppdatert: ingenting er endret.")
            return
        for name, count in counts._asdict().items():
            label = LABELS[name].capitalize()
            self.stdout.write(f"{label}: {count.created} nye, {count.updated} endret, {count.unchanged} uendret")
