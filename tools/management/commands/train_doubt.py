"""`manage.py train_doubt`: find the weights of the parser's doubt, and print how many errors it finds.

Documents of one source are never both learnt from and tried. The figures are pooled: with few errors a document's own
are chance.
"""

from __future__ import annotations

from argparse import ArgumentParser
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.core.management.base import BaseCommand

from ingest.parser.report.doubt.model import WEIGHTS, Weights
from tools.doubt.examples import SETS, examples
from tools.doubt.train import Watched, as_toml, doubts_of, folds, moved, train
from tools.quality.doubt import Doubts, doubted

LEARNT, HELD_BACK = SETS[:4], SETS[4:]


class Command(BaseCommand):
    help = (
        "Find the weights of the parser's doubt from generated and annotated documents, each source left out in turn;"
        " print how many of the errors lie among the entries that it is least sure of."
    )
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--again", action="store_true", help="read all documents again: the parser has changed")
        parser.add_argument("--quick", action="store_true", help="leave out the trials with each source left out")
        parser.add_argument("--save", action="store_true", help=f"keep the weights of all in {WEIGHTS.name}")

    def handle(self, *args: Any, **options: Any) -> None:
        sets = {name: [Watched.of(one) for one in examples(name, again=options["again"])] for name in SETS}
        learnt = [one for name in LEARNT for one in sets[name]]
        if not options["quick"]:
            self._try_folds(sets, learnt)
        weights = train(learnt)
        for name in HELD_BACK:
            self._print(name, (doubts_of(one, weights) for one in sets[name]))
            self._print_by_family(sets[name], weights)
        if options["save"]:
            right = [one for name in ("real", "fresh") for one in sets[name] if not one.document.wrong]
            WEIGHTS.write_text(as_toml(moved(weights, right)), "utf-8")
            self.stdout.write(f"kept in {WEIGHTS}")

    def _try_folds(self, sets: dict[str, list[Watched]], learnt: Sequence[Watched]) -> None:
        found: dict[str, list[Doubts]] = defaultdict(list)
        of = {id(one): name for name, those in sets.items() for one in those}
        for others, tried in folds(learnt):
            weights = train(others)
            for one in tried:
                found[of[id(one)]].append(doubts_of(one, weights))
        self.stdout.write("each source left out of what is learnt from:")
        for name, doubts in found.items():
            self._print(name, doubts)

    def _print_by_family(self, tried: Iterable[Watched], weights: Weights) -> None:
        families: dict[str, list[Doubts]] = defaultdict(list)
        for one in tried:
            families[one.document.family.split(" / ")[0]].append(doubts_of(one, weights))
        for name, doubts in families.items():
            self._print(f"  {name}", doubts)

    def _print(self, name: str, doubts: Iterable[Doubts]) -> None:
        found = doubted(doubts)
        self.stdout.write(
            f"{name:24}{100 * found.found:4.0f} % of {found.errors:5} errors"
            f" in the most doubtful {100 * found.looked_at:4.1f} % of {found.entries:6} entries"
        )
