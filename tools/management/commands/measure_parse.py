"""`manage.py measure_parse`: how well the parser reads documents whose right result is known."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from ingest.parser.as_json import as_dict
from ingest.parser.errors import IngestError
from ingest.parser.parse import parse
from tools.quality.cases import cases, differences
from tools.quality.documents import SETS, SHARED, Document, documents
from tools.quality.families import HELD_BACK, contents, generate, mixed_lists
from tools.quality.lists import read_lists, wrong_by_kind
from tools.quality.measuring import Measured, as_json, matrix, measure_all, table


class Command(BaseCommand):
    help = (
        "Measure the parser on documents with a right result. open: those of tests/ingest/parser/unseen/open; closed:"
        " those that nobody reads before the rules are finished (only when named); samples: those of the demo;"
        " gold: real programmes in ../shared; cases: its small inputs of one fault each; families: open and samples,"
        " rendered anew in many layouts, with their lead-ins kept, dropped and reworded; lists: the labelled lists,"
        " pledges and others, as programmes in the same layouts."
    )
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "sets", nargs="*", choices=[[], *SETS, "cases", "families", "lists"], default=[], metavar="SET"
        )
        parser.add_argument("--only", default="", metavar="TEXT", help="documents whose name has this in it")
        parser.add_argument("--show", type=int, default=0, metavar="N", help="print the first N things that are wrong")
        parser.add_argument(
            "--seeds", type=int, default=1, metavar="N", help="render each family N times (families, lists)"
        )
        parser.add_argument("--programmes", type=int, default=8, metavar="N", help="render N a family (families)")
        parser.add_argument(
            "--held-back", action="store_true", help="with seeds that nobody works with (families, lists)"
        )
        parser.add_argument("--write", type=Path, metavar="FOLDER", help="write what was rendered (families, lists)")
        parser.add_argument("--jobs", type=int, default=1, metavar="N", help="measure in N processes (families, lists)")
        parser.add_argument("--json", action="store_true", help="print the figures as JSON")
        parser.add_argument("--shared", type=Path, default=SHARED, help="folder of the real programmes and cases")

    def handle(self, *args: Any, **options: Any) -> None:
        found: dict[str, Any] = {}
        for name in options["sets"] or ["open"]:
            match name:
                case "cases":
                    found[name] = self._cases(options)
                case "families" | "lists":
                    found[name] = self._rendered(name, options)
                case _:
                    found[name] = self._documents(name, options)
        if options["json"]:
            self.stdout.write(json.dumps(found, ensure_ascii=False, indent=1))

    def _documents(self, name: str, options: dict[str, Any]) -> dict[str, Any]:
        chosen = [one for one in documents(name, options["shared"]) if options["only"] in one.name]
        if not chosen:
            raise CommandError(f"no documents of {name} are here")
        measured = measure_all(chosen)
        if not options["json"]:
            self.stdout.write("\n".join(table(measured)))
            self._show(measured, options["show"])
        return as_json(measured)

    def _rendered(self, name: str, options: dict[str, Any]) -> dict[str, Any]:
        first = HELD_BACK if options["held_back"] else 0
        seeds = range(first, first + options["seeds"])
        if name == "families":
            rendered = generate(contents(), seeds, options["only"], most=options["programmes"])
        else:
            rendered = chain.from_iterable(generate(mixed_lists(seed), [seed], options["only"]) for seed in seeds)
        if options["write"]:
            rendered = _written(rendered, options["write"])
        measured = measure_all(rendered, options["jobs"])
        if not measured:
            raise CommandError(f"no family has “{options['only']}” in its name")
        if not options["json"]:
            self.stdout.write("\n".join(matrix(measured)))
            if name == "lists" and not options["held_back"]:  # of those that nobody reads, nobody sees the kinds
                self.stdout.write("\n".join(wrong_by_kind((one.score.misses for one in measured), read_lists())))
            self._show(measured, options["show"])
        return as_json(measured)

    def _show(self, measured: list[Measured], most: int) -> None:
        """Print the first things that are wrong in each document."""
        for one in measured if most else ():
            lines = one.score.misses.lines()
            if lines:
                self.stdout.write("\n".join([f"{one.kind}: {one.name}", *(f"    {line}" for line in lines[:most])]))

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


def _written(rendered: Iterable[Document], folder: Path) -> Iterator[Document]:
    """Yield documents, and keep each with its right result in a folder, by family."""
    for document in rendered:
        place = folder / document.kind.replace(" / ", "-").replace(" ", "_")
        place.mkdir(parents=True, exist_ok=True)
        (place / document.name).write_bytes(document.content)
        (place / f"{document.name}.gold.json").write_text(
            json.dumps(document.gold, ensure_ascii=False, indent=1), "utf-8"
        )
        yield document
