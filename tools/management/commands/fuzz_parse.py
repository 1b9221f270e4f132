"""Parse thousands of damaged and hostile files, and report whether each ended as it should."""

from __future__ import annotations

import itertools
import logging
import time
from argparse import ArgumentParser
from collections import Counter
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from tools.fuzz.run import Outcome, fuzz, fuzz_input, samples_in

SLOWEST = 5
TOLD_AFTER = 500


class Command(BaseCommand):
    help = (
        "Leser tusenvis av ødelagte og fiendtlige filer. Hver av dem skal ende i et resultat der ingen tekst er tapt, "
        "eller i en feilmelding. Trenger ingen database."
    )
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="*", type=Path, metavar="FIL", help="filer eller mapper å ødelegge")
        parser.add_argument("--count", type=int, default=10_000, help="antall filer (10 000)")
        parser.add_argument("--seed", type=int, default=1, help="frø: samme frø gir samme filer (1)")
        parser.add_argument("--first", type=int, default=0, metavar="NR", help="nummeret på den første filen (0)")
        parser.add_argument("--minutes", type=float, help="stopp etter så mange minutter")
        parser.add_argument("--keep", type=Path, metavar="MAPPE", help="skriv filene hit i stedet for å lese dem")

    def handle(self, *args: Any, **options: Any) -> None:
        logging.getLogger("ingest.parser.sandbox.parent").setLevel(logging.CRITICAL)  # what fails is reported here
        samples = samples_in(options["files"] or [settings.BASE_DIR / "fixtures" / "programmes"])
        seed, numbers = options["seed"], range(options["first"], options["first"] + options["count"])
        if options["keep"]:
            options["keep"].mkdir(parents=True, exist_ok=True)
            for number in numbers:
                _, sample = fuzz_input(seed, number, samples)
                (options["keep"] / f"{seed}-{number}-{sample.filename}").write_bytes(sample.content)
            return
        deadline = time.monotonic() + 60 * options["minutes"] if options["minutes"] else float("inf")
        running = itertools.takewhile(lambda _: time.monotonic() < deadline, numbers)
        outcomes = []
        for outcome in fuzz(seed, running, samples):
            outcomes.append(outcome)
            if len(outcomes) % TOLD_AFTER == 0:
                self.stderr.write(f"{len(outcomes)} filer lest")
            if outcome.failure:
                self.stdout.write(f"{outcome.kind}: {outcome.result}\n{outcome.failure}")
                self.stdout.write(f"Gjenta: manage.py fuzz_parse --seed {seed} --first {outcome.number} --count 1\n")
                self.stdout.flush()
        self.report(outcomes)
        failures = sum(bool(outcome.failure) for outcome in outcomes)
        if failures:
            raise CommandError(f"{failures} av {len(outcomes)} filer endte galt.")

    def report(self, outcomes: list[Outcome]) -> None:
        """Write a table of kinds of input and how they ended, and the slowest inputs."""
        counts = Counter((outcome.kind, outcome.result) for outcome in outcomes)
        totals = Counter(outcome.result for outcome in outcomes)
        results = [result for result, _ in totals.most_common()]
        kinds = sorted({outcome.kind for outcome in outcomes})
        width = max(map(len, kinds), default=0)
        self.stdout.write("  ".join([" " * width, *results]))
        for kind in kinds:
            cells = [f"{counts[kind, result] or '':>{len(result)}}" for result in results]
            self.stdout.write("  ".join([f"{kind:{width}}", *cells]))
        cells = [f"{totals[result]:>{len(result)}}" for result in results]
        self.stdout.write("  ".join([f"{len(outcomes):<{width}}", *cells]))
        for slow in sorted(outcomes, key=lambda outcome: -outcome.seconds)[:SLOWEST]:
            self.stdout.write(f"{slow.seconds:6.1f} s  nr. {slow.number}  {slow.kind}: {slow.result}")
