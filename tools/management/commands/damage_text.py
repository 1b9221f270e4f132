"""Print a clean text damaged as by OCR without æ, ø and å: to measure the repair with."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from tools.ocr.damage import damage


class Command(BaseCommand):
    help = "Skriver en ren tekst med tilfeldige, men gjentakbare OCR-feil, linje for linje. For måling av repair_text."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FIL", help="ren tekst i UTF-8")
        parser.add_argument("--seed", type=int, default=1, metavar="N", help="samme tall gir samme feil (1)")

    def handle(self, *args: Any, **options: Any) -> None:
        text = options["file"].read_bytes().decode("utf-8")
        self.stdout.write(damage(text, seed=options["seed"]), ending="")
