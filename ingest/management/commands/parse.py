"""Print what the parser makes of a file."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from ingest.parser.as_json import as_dict
from ingest.parser.errors import IngestError
from ingest.parser.parse import parse


def page_numbers(text: str) -> frozenset[int]:
    """Return the pages of a list such as `4-7,16`. Raises `ValueError` for anything else."""
    pages: set[int] = set()
    for part in text.split(","):
        first, dash, last = part.partition("-")
        pages.update(range(int(first), int(last if dash else first) + 1))
    if not pages or min(pages) < 1:
        raise ValueError(text)
    return frozenset(pages)


class Command(BaseCommand):
    help = "Leser en programfil og skriver resultatet som JSON. Trenger ingen database."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FIL")
        parser.add_argument(
            "--pages", type=page_numbers, metavar="SIDER", help="bare disse sidene, for eksempel 4-7,16"
        )

        parser.add_argument("--no-repair", action="store_true", help="la ord være som tekstgjenkjenning har skadet")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        try:
            programme = parse(path, pages=options["pages"], repair=not options["no_repair"])
        except OSError as error:
            raise CommandError(f"Filen {path} kunne ikke åpnes: {error.strerror}.") from error
        except IngestError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(json.dumps(as_dict(programme), ensure_ascii=False, indent=1))
