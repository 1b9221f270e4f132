"""`manage.py train_themes`: find the theme classifier's weights and print how well it does.

Every labelled programme is left out of the training in turn and classified with the weights of the
others; the figures are pooled over all. `--save` keeps the weights of all programmes together.
"""

from __future__ import annotations

import json
import time
from argparse import ArgumentParser
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from ingest.parser.document import Item, Place, Section
from ingest.parser.themes.classifier import WEIGHTS, Classification, decide, evidence_of
from ingest.parser.themes.clues import themes
from ingest.parser.themes.evidence import Evidence
from tools.themes.train import Example, fit

CONFUSIONS_SHOWN = 15


@dataclass(frozen=True, slots=True)
class Labelled:
    """A programme of the gold: what speaks in it, and the labels that a person gave (main, also)."""

    name: str
    evidence: dict[str, Evidence]
    labels: dict[str, tuple[str, frozenset[str]]]


class Command(BaseCommand):
    help = "Find the theme classifier's weights; print figures with each labelled programme left out in turn."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--gold", type=Path, default=Path("../shared/gold"), help="folder with themes/ and parse/")
        parser.add_argument("--save", action="store_true", help=f"keep the weights of all programmes in {WEIGHTS.name}")

    def handle(self, *args: Any, **options: Any) -> None:
        paths = sorted((options["gold"] / "themes").glob("*.json"))
        if len(paths) < 2:
            raise CommandError(f"{options['gold']}/themes has fewer than two labelled programmes")
        programmes = [read_gold(path, options["gold"] / "parse" / path.name) for path in paths]
        tally = Tally()
        for left_out in programmes:
            weights = fit_to([programme for programme in programmes if programme is not left_out])
            tally.add(left_out, {id_: decide(left_out.evidence[id_], weights) for id_ in left_out.labels})
        weights = fit_to(programmes)
        self.stdout.write(
            "\n".join([*tally.lines(), *(f"  {kind:18}{weight:7.3f}" for kind, weight in weights.items())])
        )
        self.stdout.write(f"{milliseconds(programmes, weights):.3f} ms an item to weigh the evidence")
        if options["save"]:
            WEIGHTS.write_text(json.dumps(weights, indent=2) + "\n", "utf-8")
            self.stdout.write(f"kept in {WEIGHTS}")


def read_gold(labels: Path, parse: Path) -> Labelled:
    """Read a labelled programme: its items and sections, and the themes that a person gave."""
    gold = json.loads(parse.read_text("utf-8"))
    sections = [
        Section(section["id"], section["title"], section["level"], 1, 1, parent=section.get("parent"))
        for section in gold["sections"]
    ]
    items = [
        Item(
            item["id"],
            item["section"],
            item["kind"],
            item["lead_in"],
            "",
            item["text"],
            Place(1, 1, 1, 1),
            parent=item.get("parent"),
        )
        for item in gold["items"]
    ]
    given = json.loads(labels.read_text("utf-8"))["items"]
    return Labelled(
        labels.name.removesuffix(".json"),
        evidence_of(items, sections),
        {label["id"]: (label["main"], frozenset(label["also"])) for label in given},
    )


def fit_to(programmes: list[Labelled]) -> dict[str, float]:
    """Return the weights that serve some programmes best."""
    return fit(
        [
            Example(programme.evidence[id_].by_kind(), main)
            for programme in programmes
            for id_, (main, _) in programme.labels.items()
        ],
        themes(),
    )


def milliseconds(programmes: list[Labelled], weights: dict[str, float]) -> float:
    """Return the time that weighing takes, once texts are read."""
    every = [evidence for programme in programmes for evidence in programme.evidence.values()]
    begun = time.perf_counter()
    for evidence in every:
        decide(evidence, weights)
    return (time.perf_counter() - begun) * 1000 / len(every)


class Tally:
    """How often the classifier was right, by programme and by theme."""

    def __init__(self) -> None:
        """Start from nothing."""
        self.by_programme: Counter[tuple[str, str]] = Counter()
        self.by_theme: Counter[tuple[str, str]] = Counter()
        self.confusions: Counter[tuple[str, str]] = Counter()
        self.also: Counter[str] = Counter()

    def add(self, programme: Labelled, found: dict[str, Classification]) -> None:
        """Count a programme that was left out."""
        for id_, (main, also) in programme.labels.items():
            got = found[id_]
            for counter, key in (
                (self.by_programme, programme.name),
                (self.by_programme, "all"),
                (self.by_theme, main),
            ):
                counter[key, "items"] += 1
                counter[key, "main"] += got.main == main
                counter[key, "fair"] += got.main in {main, *also}
            if got.main != main:
                self.confusions[main, str(got.main)] += 1
            self.also["given"] += len(also - {got.main})
            self.also["found"] += len(got.also)
            self.also["right"] += len({*got.also} & {main, *also})

    def lines(self) -> list[str]:
        """Return the figures as lines to print."""
        lines = ["items   main   main or also"]
        for counter in (self.by_programme, self.by_theme):
            for key in dict.fromkeys(key for key, _ in counter):
                items = counter[key, "items"]
                lines.append(
                    f"{items:5}  {counter[key, 'main'] / items:.3f}  {counter[key, 'fair'] / items:.3f}  {key}"
                )
            lines.append("")
        lines.append(
            f"also: {self.also['found']} found, {self.also['right'] / max(self.also['found'], 1):.2f} of them fair;"
            f" {self.also['right'] / max(self.also['given'], 1):.2f} of the given"
        )
        lines += [
            f"  {count:3} {wanted} → {got}" for (wanted, got), count in self.confusions.most_common(CONFUSIONS_SHOWN)
        ]
        return lines
