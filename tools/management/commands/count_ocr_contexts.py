"""Print the table of neighbouring word classes that OCR repair uses, counted from clean texts."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from ingest.parser.ocr.readings import word_lists
from tools.ocr.counting import count, table


class Command(BaseCommand):
    help = "Teller naboord i rene norske tekster til ingest/parser/ocr/contexts.tsv."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", type=Path, nargs="+", metavar="FIL", help="rene tekster i UTF-8")

    def handle(self, *args: Any, **options: Any) -> None:
        texts = [path.read_text(encoding="utf-8") for path in options["files"]]
        for line in table(count(texts, word_lists())):
            self.stdout.write(line)
