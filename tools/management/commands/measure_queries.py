"""`manage.py measure_queries`: how well our own judged queries are answered."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from tools.findability.archive import NEWSROOM, need_archive
from tools.findability.judged import Score, ask, read_documents, read_judged, summary
from tools.quality.documents import SHARED

SETS = ("open", "closed")
COLUMNS = ("recall", "recall_wanted", "precision", "ndcg", "empty", "traps", "zero", "false_pledges")


class Command(BaseCommand):
    help = (
        "Score the judged queries. open: those to work with, by kind; closed: those that nobody reads before the rules"
        " are finished, of which only the sum is ever printed."
    )
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("set", nargs="?", choices=SETS, default="open", metavar="SET")
        parser.add_argument("--show", type=int, default=0, metavar="N", help="list the N worst queries (open)")
        parser.add_argument("--documents", type=Path, default=SHARED / "gold" / "search" / "newsroom-documents.jsonl")
        parser.add_argument("--engine", help="the engine to ask (default: the configured one)")
        parser.add_argument("--json", action="store_true", help="print the figures as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["set"] == "closed" and options["show"]:
            raise CommandError("of the closed queries only the sum is printed")
        if not options["documents"].is_file():
            raise CommandError(
                f"{options['documents']} is not here: the real programmes are not part of the repository"
            )
        need_archive()
        documents = read_documents(options["documents"])
        judged = read_judged(NEWSROOM / f"{options['set']}.json")
        scores = [ask(one, documents, engine=options["engine"]) for one in judged]
        kinds = list(dict.fromkeys(one.judged.tests for one in scores)) if options["set"] == "open" else []
        table = {kind: summary([one for one in scores if one.judged.tests == kind]) for kind in kinds}
        table["ALL"] = summary(scores)
        if options["json"]:
            self.stdout.write(json.dumps(table, indent=1))
            return
        self.stdout.write(f"{'kind':16}{'n':>5}" + "".join(f"{name:>15}" for name in COLUMNS))
        for kind, row in table.items():
            self.stdout.write(f"{kind:16}{row['n']:>5}" + "".join(f"{_cell(row[name]):>15}" for name in COLUMNS))
        for one in sorted(scores, key=_worth)[: options["show"]]:
            self.stdout.write(f"    {one.judged.id} {one.judged.query}: {_line(one)}")


def _cell(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}" if isinstance(value, float) else str(value)


def _worth(score: Score) -> float:
    """Return what the list of the worst is sorted by."""
    if not score.judged.relevant:
        return float(not score.false_pledges)
    return min(score.recall or 0, score.ndcg or 0, 1 if score.precision is None else score.precision)


def _line(score: Score) -> str:
    if not score.judged.relevant:
        return "pledges, though there is no answer" if score.false_pledges else "rightly none"
    return f"recall {_cell(score.recall)} precision {_cell(score.precision)} nDCG {_cell(score.ndcg)}"
