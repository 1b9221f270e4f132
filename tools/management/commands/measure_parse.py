"""`manage.py measure_parse`: how well the parser reads documents whose right result is known."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from ingest.parser.as_json import as_dict
from ingest.parser.errors import IngestError
from ingest.parser.parse import parse
from tools.quality.cases import cases, differences
from tools.quality.documents import SETS, SHARED, documents
from tools.quality.measuring import as_json, measure, table


class Command(BaseCommand):
    help = (
        "Measure the parser on documents with a right result. open: those of tests/ingest/parser/unseen/open; closed:"
        " those that nobody reads before the rules are finished (only when named); samples: those of the demo;"
        " gold: real programmes in ../shared; cases: its small inputs of one fault each."
    )
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("sets", nargs="*", choices=[[], *SETS, "cases"], default=[], metavar="SET")
        parser.add_argument("--only", default="", metavar="TEXT", help="documents whose name has this in it")
        parser.add_argument("--show", type=int, default=0, metavar="N", help="print the first N things that are wrong")
        parser.add_argument("--json", action="store_true", help="print the figures as JSON")
        parser.add_argument("--shared", type=Path, default=SHARED, help="folder of the real programmes and cases")

    def handle(self, *args: Any, **options: Any) -> None:
        found: dict[str, Any] = {}
        for name in options["sets"] or ["open"]:
            if name == "cases":
                found[name] = self._cases(options)
            else:
                found[name] = self._documents(name, options)
        if options["json"]:
            self.stdout.write(json.dumps(found, ensure_ascii=False, indent=1))

    def _documents(self, name: str, options: dict[str, Any]) -> dict[str, Any]:
        chosen = [one for one in documents(name, options["shared"]) if options["only"] in one.name]
        if not chosen:
            raise CommandError(f"no documents of {name} are here")
        measured = [measure(one) for one in chosen]
        if not options["json"]:
            self.stdout.write("\n".join(table(measured)))
            for one in measured if options["show"] else ():
                self.stdout.write(
                    "\n".join([one.name, *(f"    {line}" for line in one.score.misses.lines()[: options["show"]])])
                )
        return as_json(measured)

    def _cases(self, options: dict[str, Any]) -> dict[str, list[str]]:
        """Parse each case, and return what is wrong with each."""
        found = {}
        for path, expected in cases(options["shared"] / "cases" / "parse"):
            if options["only"] in path.name:
                try:
                    found[path.name] = differences(expected, as_dict(parse(path)))
                except IngestError as error:
                    found[path.name] = [f"! {error}"]
        if not found:
            raise CommandError("no cases are here")
        if not options["json"]:
            for name, lines in found.items():
                self.stdout.write(
                    "\n".join(
                        [
                            f"{'WRONG' if lines else 'right'} {name}",
                            *(f"    {line}" for line in lines[: options["show"]]),
                        ]
                    )
                )
            self.stdout.write(f"{sum(not lines for lines in found.values())} of {len(found)} cases right")
        return found
