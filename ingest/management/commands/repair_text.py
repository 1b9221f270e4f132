"""Print a text file with its OCR damage repaired, line for line."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from ingest.parser.ocr import repairs
from ingest.parser.ocr.decoder import applied


class Command(BaseCommand):
    help = "Skriver en tekstfil med OCR-feil (tapte æ, ø og å) rettet, linje for linje. Ren tekst er uendret."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FIL", help="tekstfil i UTF-8")
        parser.add_argument("--list", action="store_true", help="skriv rettelsene: linje, original, rettet")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        try:
            text = path.read_bytes().decode("utf-8")
        except FileNotFoundError as error:
            raise CommandError(f"Finner ikke filen {path}.") from error
        except OSError as error:
            raise CommandError(f"Filen {path} kunne ikke leses: {error.strerror}.") from error
        except UnicodeDecodeError as error:
            raise CommandError(f"Filen {path} er ikke UTF-8.") from error
        found = repairs(text)
        if options["list"]:
            for one in found:
                self.stdout.write(f"{text.count(chr(10), 0, one.start) + 1}\t{one.original}\t{one.repaired}")
        else:
            self.stdout.write(applied(text, found), ending="")
