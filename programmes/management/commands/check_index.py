"""`check_index`: show where the search index and the archive differ, and mend the index."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from programmes.search import engine_named
from programmes.search.upkeep import differences, mended


class Command(BaseCommand):
    help = "Compare the search index with the published pledges, and mend it where they differ."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--engine", help="the engine to check (default: the configured one)")
        parser.add_argument("--no-mend", action="store_true", help="only show; exit status 1 where they differ")

    def handle(self, **options: Any) -> None:
        engine = engine_named(options["engine"])
        if options["no_mend"]:
            if found := differences(engine):
                raise CommandError(f"Søkeindeksen stemmer ikke med arkivet: {found.counts}.")
        else:
            found, count = mended(engine)
        if found:
            self.stdout.write(
                f"Søkeindeksen stemte ikke med arkivet ({found.counts}). Den er bygd på nytt: {count} løfter."
            )
        else:
            self.stdout.write("Søkeindeksen stemmer med arkivet.")
