"""`manage.py weigh_rules`: what each rule of the parser gains and loses in each document."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from tools.quality.documents import SETS, SHARED, documents
from tools.quality.families import contents, generate
from tools.quality.weighing import Sample, Weighed, mutations, samples_of, samples_of_cases, verdicts, weigh_all


class Command(BaseCommand):
    help = (
        "Take each row and sign of the parser's tables out and move each threshold by a quarter, read documents with a"
        " right result again, and print what the rule gains and loses in each. Without names: open, samples and cases."
    )
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        choices = [[], *(name for name in SETS if name != "closed"), "cases", "families"]
        parser.add_argument("sets", nargs="*", choices=choices, default=[], metavar="SET")
        parser.add_argument("--only", default="", metavar="TEXT", help="rules whose name has this in it")
        parser.add_argument("--family", default="", metavar="TEXT", help="families whose name has this in it")
        parser.add_argument("--pdf", action="store_true", help="PDFs too; each is read once")
        parser.add_argument("--show", type=int, default=0, metavar="N", help="print the first N gains and losses")
        parser.add_argument("--jobs", type=int, default=1, metavar="N", help="in N processes")
        parser.add_argument("--json", action="store_true", help="print it as JSON")
        parser.add_argument("--shared", type=Path, default=SHARED, help="folder of the real programmes and cases")

    def handle(self, *args: Any, **options: Any) -> None:
        every = mutations(options["only"])
        samples = [
            sample for name in options["sets"] or ["open", "samples", "cases"] for sample in _samples(name, options)
        ]
        if not every or not samples:
            raise CommandError("no such rule" if samples else "no such documents")
        weighed: list[Weighed] = []
        for mutation, found in zip(every, weigh_all(every, samples, options["jobs"]), strict=True):
            weighed += found
            if not options["json"] and found:
                self.stdout.write("\n".join(_lines(str(mutation), found, options["show"])))
        told = verdicts(weighed, every)
        if options["json"]:
            self.stdout.write(
                json.dumps({"rules": [asdict(one) for one in weighed], **told}, ensure_ascii=False, indent=1)
            )
            return
        for verdict, rules in told.items():
            self.stdout.write("\n".join([f"\nRules that {verdict}: {len(rules)}", *(f"    {rule}" for rule in rules)]))


def _samples(name: str, options: dict[str, Any]) -> list[Sample]:
    match name:
        case "cases":
            return samples_of_cases(options["shared"] / "cases" / "parse", pdf=options["pdf"])
        case "families":
            return samples_of(generate(contents(), [0], options["family"]), pdf=options["pdf"])
    return samples_of(documents(name, options["shared"]), pdf=options["pdf"])


def _lines(rule: str, found: list[Weighed], most: int) -> list[str]:
    gains, losses = (sum(len(getattr(one, name)) for one in found) for name in ("gains", "losses"))
    lines = [f"{rule}: +{gains} −{losses} in {len(found)} documents"]
    for one in found:
        lines.append(f"    +{len(one.gains):<4} −{len(one.losses):<4} {one.document}")
        lines += [f"          gained {what[:110]}" for what in one.gains[:most]]
        lines += [f"          lost   {what[:110]}" for what in one.losses[:most]]
    return lines
