"""`bench_search`: build each engine's index over made-up archives of several sizes and time the same questions."""

from __future__ import annotations

import statistics
import tempfile
import time
from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psutil
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from programmes.models import PassageTheme
from programmes.search import engine_named, search
from programmes.search.bench import corpus, yardsticks
from programmes.search.bench.questions import QUESTIONS, Question

WHOOSH_AT_MOST = 200_000
ROUNDS = 5


class Command(BaseCommand):
    help = "Time search on archives made by recombining the pledges of this one; each in a database of its own."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--pledges", default="25000,200000", help="sizes, apart by commas (default: 25000,200000)")
        parser.add_argument("--engines", default="whoosh,postgres", help="engines, apart by commas")
        parser.add_argument("--no-yardsticks", action="store_true", help="leave out raw SQL, SQLite FTS5 and tantivy")
        parser.add_argument("--kinds", action="store_true", help="print a line for each kind of question too")

    def handle(self, **options: Any) -> None:
        try:
            sizes = [int(size) for size in options["pledges"].split(",")]
        except ValueError as error:
            raise CommandError(f"--pledges must be numbers: {error}") from error
        pledges = corpus.real_pledges()
        if len(pledges) < 100:
            raise CommandError("The archive has too few published pledges to recombine: import some programmes first.")
        self.by_kind = options["kinds"]
        self.stdout.write(f"{'pledges':>9}  {'engine':<12}{'build/s':>9}{'p50 ms':>9}{'p95 ms':>9}{'memory MB':>11}")
        for size in sizes:
            with corpus.own_database(size), tempfile.TemporaryDirectory() as folder:
                corpus.fill(pledges, size)
                for name in options["engines"].split(","):
                    if name != "whoosh" or size <= WHOOSH_AT_MOST:
                        self._measure_engine(name, size, Path(folder))
                if not options["no_yardsticks"]:
                    self._measure_yardsticks(size, Path(folder))

    def _measure_engine(self, name: str, size: int, folder: Path) -> None:
        """Build an engine's index and time `search()` on it."""
        settings.SEARCH_ENGINES["whoosh"]["PATH"] = str(folder / "whoosh")
        settings.SEARCH_ENGINE = ""  # so that none is the configured one, and each is made with the options above
        engine = engine_named(name)
        began = time.perf_counter()
        engine.rebuild()
        rate = size / (time.perf_counter() - began)

        def ask(question: Question) -> int:
            return search(question.query, filters=question.filters, engine=name).total

        self._line(size, name, rate, _times(ask))

    def _measure_yardsticks(self, size: int, folder: Path) -> None:
        makers: dict[str, Callable[[], yardsticks.Ask]] = {
            "raw SQL": lambda: yardsticks.raw_sql(engine_named("postgres").vocabulary()),
            "SQLite FTS5": lambda: yardsticks.sqlite_fts5(_rows(), folder / "fts5.db"),
            "tantivy": lambda: yardsticks.tantivy(_rows(), _made(folder / "tantivy")),
        }
        for name, make in makers.items():
            began = time.perf_counter()
            ask = make()
            rate = size / (time.perf_counter() - began) if name != "raw SQL" else None
            self._line(size, name, rate, _times(ask))

    def _line(self, size: int, name: str, rate: float | None, times: dict[str, list[float]]) -> None:
        everything = [taken for taken_of_kind in times.values() for taken in taken_of_kind]
        memory = psutil.Process().memory_info().rss / 1e6
        built = f"{rate:9,.0f}" if rate else f"{'–':>9}"
        self.stdout.write(
            f"{size:>9,}  {name:<12}{built}{_percentile(everything, 50):9.1f}{_percentile(everything, 95):9.1f}"
            f"{memory:11.0f}"
        )
        if self.by_kind:
            for kind, taken in times.items():
                self.stdout.write(f"{'':>11}  {kind:<19}{_percentile(taken, 50):9.1f}{_percentile(taken, 95):9.1f}")


def _times(ask: yardsticks.Ask) -> dict[str, list[float]]:
    """Return the milliseconds that each kind of question takes, after one round that warms up."""
    times: dict[str, list[float]] = {}
    for round_number in range(ROUNDS + 1):
        for question in QUESTIONS:
            began = time.perf_counter()
            ask(question)
            if round_number:
                times.setdefault(question.kind, []).append((time.perf_counter() - began) * 1000)
    return times


def _percentile(values: list[float], percent: int) -> float:
    return statistics.quantiles(values, n=100, method="inclusive")[percent - 1]


def _rows() -> Iterator[yardsticks.Row]:
    """Yield every pledge for the engines that know no Django."""
    rows = PassageTheme.objects.values_list(
        "passage_id",
        "passage__text",
        "passage__programme__branch__party__slug",
        "passage__programme__branch__slug",
        "passage__programme__period_start",
        "theme__slug",
    )
    for pk, text, party, branch, year, theme in rows.iterator(chunk_size=5000):
        yield pk, text, party, branch, str(year), theme


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder
