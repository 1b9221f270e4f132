"""`manage.py measure_findability`: how much of the files' own text a search for its words leads back to."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from collections import Counter
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from tools.findability.archive import PROGRAMMES, files_and_kept
from tools.findability.finding import CAUSES, cause, is_found
from tools.findability.fragments import Fragment, counts, draw, shares
from tools.findability.sentences import sentences_with
from tools.findability.sources import RULES


class Command(BaseCommand):
    help = (
        "Take fragments of 6 to 15 words from the source files, as pdftotext reads them, ask for the three rarest"
        " words of each within its party and year, and count those that stand on the first page of any part: a text"
        " there has the fragment letter for letter, or the three words and 60 % of all."
    )
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folders", nargs="*", type=Path, default=[PROGRAMMES], metavar="FOLDER")
        parser.add_argument("--fragments", type=int, default=400, help="of all files together, by their words")
        parser.add_argument("--per-file", type=int, default=0, metavar="N", help="N of each file instead")
        parser.add_argument(
            "--across", action="store_true", help="let fragments run on over headings and entries of lists"
        )
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument("--sentences", default="", metavar="WORD", help="all sentences with a word instead")
        parser.add_argument("--show", type=int, default=0, metavar="N", help="print the first N misses of each cause")
        parser.add_argument("--engine", help="the engine to ask (default: the configured one)")
        parser.add_argument("--json", action="store_true", help="print the figures as JSON, without any text")

    def handle(self, *args: Any, **options: Any) -> None:
        files = files_and_kept(options["folders"])
        if options["across"]:
            files = [(source.across(), kept) for source, kept in files]
        sources = [source for source, _kept in files]
        frequencies = counts(sources)
        per_file = [options["per_file"]] * len(files) if options["per_file"] else shares(sources, options["fragments"])
        rows: dict[str, Any] = {}
        misses: list[tuple[str, Fragment]] = []
        for (source, kept), number in zip(files, per_file, strict=True):
            if options["sentences"]:
                fragments = sentences_with(options["sentences"], source, frequencies)
            else:
                fragments = draw(source, number, options["seed"], frequencies)
            missed = [one for one in fragments if not is_found(one, kept, engine=options["engine"])]
            why = [(cause(one, kept, engine=options["engine"]), one) for one in missed]
            misses += why
            left_out = {rule: source.left_out[rule] / (source.words + source.left_out.total()) for rule in RULES}
            rows[source.name] = {
                "fragments": len(fragments),
                "found": len(fragments) - len(missed),
                "misses": Counter(name for name, _one in why),
                "left_out": {rule: round(share, 4) for rule, share in left_out.items()},
            }
        total = sum(row["fragments"] for row in rows.values())
        found = sum(row["found"] for row in rows.values())
        share = round(found / total, 4) if total else None
        if options["json"]:
            self.stdout.write(json.dumps({"fragments": total, "found": found, "share": share, "files": rows}, indent=1))
            return
        self._print(rows, total, found)
        for name in CAUSES if options["show"] else ():
            for miss in [one for why_, one in misses if why_ == name][: options["show"]]:
                self.stdout.write(f"{name} | {miss.file} | {miss.query} | {miss.text}")

    def _print(self, rows: dict[str, Any], total: int, found: int) -> None:
        self.stdout.write(f"{'':46}{'fragments':>10}{'found':>8}" + "".join(f"{name:>22}" for name in CAUSES))
        for name, row in rows.items():
            cells = "".join(f"{row['misses'][why]:>22}" for why in CAUSES)
            self.stdout.write(f"{name:46}{row['fragments']:>10}{row['found'] / (row['fragments'] or 1):>8.3f}{cells}")
        sums = "".join(f"{sum(row['misses'][why] for row in rows.values()):>22}" for why in CAUSES)
        self.stdout.write(f"{'ALL':46}{total:>10}{found / (total or 1):>8.3f}{sums}")
        self.stdout.write("left out, share of the words: " + ", ".join(RULES))
        for name, row in rows.items():
            self.stdout.write(f"{name:46}" + "".join(f"{row['left_out'][rule]:>10.4f}" for rule in RULES))
