"""`manage.py measure_overlap`: how alike the first pages are over a word's inflections."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from tools.findability.archive import NEWSROOM, need_archive
from tools.findability.overlap import compare, read_groups


class Command(BaseCommand):
    help = "Search for the forms of each word of a table, and compare the first ten hits, form by form."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("table", nargs="?", type=Path, default=NEWSROOM / "inflections.tsv", metavar="FORMS.tsv")
        parser.add_argument("--show", type=int, default=10, metavar="N", help="list the N worst groups (default: 10)")
        parser.add_argument("--engine", help="the engine to ask (default: the configured one)")
        parser.add_argument("--json", action="store_true", help="print the figures as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        need_archive()
        groups = [compare(forms, engine=options["engine"]) for forms in read_groups(options["table"])]
        compared = [(share, group) for group in groups if (share := group.overlap) is not None]
        worst = sorted(compared, key=lambda pair: pair[0])
        mean = sum(share for share, _group in worst) / (len(worst) or 1)
        if options["json"]:
            shares = {group.forms[0]: round(share, 3) for share, group in worst}
            self.stdout.write(json.dumps({"mean": round(mean, 4), "groups": shares}, ensure_ascii=False, indent=1))
            return
        self.stdout.write(
            f"overlap@10 over {len(worst)} groups: {mean:.3f} (without a hit: {len(groups) - len(worst)})"
        )
        for share, group in worst[: options["show"]]:
            forms = ", ".join(f"{form} {total}" for form, total in zip(group.forms, group.totals, strict=True))
            self.stdout.write(f"    {share:.2f}  {forms}")
