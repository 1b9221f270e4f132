"""Measure the checking of quotations on quotations made of the archive's own pledges, whose verdicts are known."""

from __future__ import annotations

import time
from argparse import ArgumentParser
from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand

from programmes.quotes import check_article, main_one
from tools.quoting.making import made_quotes


class Command(BaseCommand):
    help = "Make quotations of the archive's own pledges, check them, and print a table of what was said of each kind."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--each", type=int, default=100, help="quotations of each kind (default: 100)")
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument("--show", type=int, default=0, help="wrong ones to print of each kind")
        parser.add_argument("--engine", help="the haystack connection to ask (default: the configured one)")

    def handle(self, **options: Any) -> None:
        said: dict[str, Counter[str]] = {}
        wrong: Counter[str] = Counter()
        began = time.process_time()
        for made in made_quotes(options["each"], seed=options["seed"]):
            checked = main_one(check_article(made.text, engine=options["engine"]))
            verdict = checked.verdict.value if checked else "nothing"
            said.setdefault(made.kind, Counter())[verdict] += 1
            if not checked or checked.verdict not in made.verdicts:
                wrong[made.kind] += 1
                if wrong[made.kind] <= options["show"]:
                    self.stdout.write(f"{made.kind}: {verdict}: {made.text} | {made.source.lead_in} {made.source.text}")
        self.stdout.write("| quotation | made | right | said of the others |\n|---|---|---|---|")
        for kind, counts in said.items():
            right = sum(counts.values()) - wrong[kind]
            others = ", ".join(f"{verdict} {count}" for verdict, count in counts.most_common())
            self.stdout.write(f"| {kind} | {sum(counts.values())} | {right} | {others} |")
        total = sum(sum(counts.values()) for counts in said.values())
        self.stdout.write(f"{total} quotations, {sum(wrong.values())} wrong, {time.process_time() - began:.0f} s")
