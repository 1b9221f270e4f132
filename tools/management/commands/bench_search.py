"""`bench_search`: build each engine's index over made-up archives of several sizes and time the same questions."""

from __future__ import annotations

import gc
import os
import statistics
import time
from argparse import ArgumentParser
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import psutil
from django.core.management.base import BaseCommand, CommandError

from programmes.models import PassageTheme
from programmes.norwegian.analysis import analyse
from programmes.search import engine_named, search
from tools.search_bench import corpus, servers, yardsticks
from tools.search_bench.corpus import THEMES
from tools.search_bench.questions import HEAVIEST, QUESTIONS, UNDERSTOOD, Question
from tools.search_bench.yardsticks import Ask
from tools.servers import port_of

ENGINES = ("whoosh", "postgres")
HTTP_AT_MOST = 200_000
RAW = "raw SQL"
DATASETTE = "Datasette"
ROUNDS = 5
HTTP_ROUNDS = 3
READERS = 8
SECONDS = 20
"""How long they ask at once."""
NO_FIGURE = f"{'–':>9}"
Times = dict[Question, list[float]]
"""Milliseconds of each round."""


class Command(BaseCommand):
    help = "Time search on archives made by recombining real pledges; each in a database of its own."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--pledges", default="25000,200000,1000000", help="sizes, apart by commas")
        parser.add_argument("--rounds", type=int, default=ROUNDS, help=f"rounds of all questions (default: {ROUNDS})")
        parser.add_argument("--no-http", action="store_true", help="leave out /sok/ and Datasette over HTTP")
        parser.add_argument("--kinds", action="store_true", help="print a line for each kind of question too")

    def handle(self, **options: Any) -> None:
        try:
            sizes = [int(size) for size in options["pledges"].split(",")]
        except ValueError as error:
            raise CommandError(f"--pledges must be numbers: {error}") from error
        self.by_kind = options["kinds"]
        pledges = corpus.real_pledges()
        self.stdout.write(
            f"{len(QUESTIONS)} questions to all and {len(UNDERSTOOD)} to ours, {options['rounds']} rounds, "
            f"on {os.cpu_count()} processors that have "
            f"{os.getloadavg()[0]:.1f} processes to run; recombined from {len(pledges)} pledges. "
            f"Milliseconds; × is against {RAW}, over HTTP against {DATASETTE}. "
            f"«{HEAVIEST.query}», which more than half of the pledges have, stands apart; MB is a web process."
        )
        columns = ("build/s", "our p50", "our p95", "p50", "p95", "× p50", "× p95", f"«{HEAVIEST.query}»", "MB")
        self.stdout.write(f"{'pledges':>9}  {'':<18}{''.join(f'{column:>9}' for column in columns)}")
        for size in sizes:
            with corpus.own_archive(str(size)) as folder:
                corpus.fill(pledges, size)
                self._measure(size, folder, options["rounds"])
                if size <= HTTP_AT_MOST and not options["no_http"]:
                    self._measure_http(size, folder)

    def _measure(self, size: int, folder: Path, rounds: int) -> None:
        """Build every index and time the same questions on each, turn and turn about."""
        asks: dict[str, Ask] = {}
        rates: dict[str, float] = {}
        for engine in ENGINES:
            rates[engine] = _rate(size, engine_named(engine).rebuild)
            asks[engine] = _search_with(engine)
        asks[RAW] = yardsticks.raw_sql(engine_named("postgres").vocabulary())
        makers: dict[str, Callable[[], Ask]] = {
            "SQLite FTS5": lambda: yardsticks.sqlite_fts5(_rows(), folder / "pledges.db"),
            "tantivy": lambda: yardsticks.tantivy(_rows(), _made(folder / "tantivy")),
        }
        for name, make in makers.items():
            rates[name] = _rate(size, lambda: asks.update({name: make()}))  # noqa: B023 - called at once
        for question in (*QUESTIONS, HEAVIEST, *UNDERSTOOD):
            totals = {asks[name](question) for name in ENGINES}
            by_hand = 0 if question in UNDERSTOOD else asks[RAW](question)
            if by_hand:  # where it finds none, ours may have asked for fewer words
                totals.add(by_hand)
            if len(totals) > 1:
                raise CommandError(f"«{question.query}» has different totals: {totals}")
        times = _times(asks, rounds, ours=ENGINES)
        for name, taken in times.items():
            self._line(size, name, taken, times[RAW], rate=rates.get(name))

    def _measure_http(self, size: int, folder: Path) -> None:
        """Time the search page with each engine, and Datasette's page of the same pledges."""
        asks: dict[str, Ask] = {}
        processes = {}
        with ExitStack() as stack:
            for engine in ENGINES:
                name = f"/sok/ {engine}"
                asks[name], processes[name] = stack.enter_context(servers.our_site(engine, folder))
            ours = tuple(asks)
            asks[DATASETTE] = stack.enter_context(servers.datasette(folder / "pledges.db"))
            times = _times(asks, HTTP_ROUNDS, ours=ours)
            for name, taken in times.items():
                memory = servers.memory_mb(processes[name]) if name in processes else None
                self._line(size, name, taken, times[DATASETTE], memory=memory)
            self._measure_site(size, processes)

    def _measure_site(self, size: int, servers_of: Mapping[str, psutil.Process]) -> None:
        """Time the pages of themes and of searches, made anew and as they are kept, and for several readers at once."""
        for name, server in servers_of.items():
            port = port_of(server.pid)
            if port is None:
                raise CommandError(f"The server of {name} listens nowhere.")
            themes = [f"/tema/tema-{number}/" for number in range(THEMES)]
            paths = [servers.path_of_ours(question) for question in (*QUESTIONS, *UNDERSTOOD)]
            for asked, anew in (("anew", True), ("again", False)):
                of_themes = [servers.timed(port, path, anew=anew) for path in themes for _round in range(3)]
                pages = [servers.timed(port, path, anew=anew) for path in paths for _round in range(3)]
                a_second, times = servers.together(port, paths, READERS, SECONDS, anew=anew)
                self.stdout.write(
                    f"{size:>9,}  {name:<18} asked {asked}: themes {_both(of_themes)}; search {_both(pages)}; "
                    f"{READERS} readers at once: {a_second:.0f} searches/s, {_both(times)}"
                )

    def _line(
        self,
        size: int,
        name: str,
        times: Times,
        against: Times,
        *,
        rate: float | None = None,
        memory: float | None = None,
    ) -> None:
        heaviest = statistics.median(times[HEAVIEST])
        ours = {question: taken for question, taken in times.items() if question != HEAVIEST and UNDERSTOOD[0] in times}
        asked_of_all, against = ({question: each[question] for question in QUESTIONS} for each in (times, against))
        built = f"{rate:9,.0f}" if rate else NO_FIGURE
        held = f"{memory:9.0f}" if memory else NO_FIGURE
        figures = f"{_spread(ours)}{_spread(asked_of_all)}{_compared(asked_of_all, against)}"
        self.stdout.write(f"{size:>9,}  {name:<18}{built}{figures}{heaviest:9.1f}{held}")
        if self.by_kind:
            for kind in dict.fromkeys(question.kind for question in ours or asked_of_all):
                one, other = (
                    {question: taken for question, taken in each.items() if question.kind == kind}
                    for each in (times, against)
                )
                self.stdout.write(f"{'':>9}  {'':>4}{kind:<14}{'':>27}{_spread(one)}{_compared(one, other)}")


def _spread(times: Times) -> str:
    """Return p50 and p95 of all rounds."""
    everything = [taken for rounds in times.values() for taken in rounds]
    return "".join(f"{_percentile(everything, percent):9.1f}" for percent in (50, 95)) if times else NO_FIGURE * 2


def _both(times: list[float]) -> str:
    """Return p50 and p95 in words."""
    return f"{_percentile(times, 50):.1f} / {_percentile(times, 95):.1f} ms"


def _compared(times: Times, against: Times) -> str:
    """Return how p50 and p95 compare with another's, of the medians of the rounds."""
    if not against:
        return NO_FIGURE * 2
    typical, yardstick = ([statistics.median(rounds) for rounds in each.values()] for each in (times, against))
    ratios = (_percentile(typical, percent) / _percentile(yardstick, percent) for percent in (50, 95))
    return "".join(f"{ratio:9.2f}" for ratio in ratios)


def _search_with(engine: str) -> Ask:
    def ask(question: Question) -> int:
        return search(question.query, filters=question.filters, engine=engine).total

    return ask


def _times(asks: dict[str, Ask], rounds: int, *, ours: Collection[str]) -> dict[str, Times]:
    """Return the milliseconds that each takes for each question, after one round that warms up.

    What has to be understood is asked of `ours` alone.
    All are asked one question before any is asked the next, so that they share what else the machine has to do. The
    garbage collector leaves alone what is loaded, as in a web process (`archive/gunicorn_conf.py`).
    """
    gc.collect()
    gc.freeze()
    times: dict[str, Times] = {name: {} for name in asks}
    for number in range(rounds + 1):
        for question in (*QUESTIONS, HEAVIEST, *UNDERSTOOD):
            for name, ask in asks.items():
                if question in UNDERSTOOD and name not in ours:
                    continue
                began = time.perf_counter()
                ask(question)
                if number:
                    times[name].setdefault(question, []).append((time.perf_counter() - began) * 1000)
    return times


def _rate(size: int, build: Callable[[], object]) -> float:
    """Return the pledges that are built into an index a second; the dictionaries are loaded beforehand."""
    analyse("varmekraft")
    began = time.perf_counter()
    build()
    return size / (time.perf_counter() - began)


def _percentile(values: list[float], percent: int) -> float:
    return statistics.quantiles(values, n=100, method="inclusive")[percent - 1]


def _rows() -> Iterator[yardsticks.PledgeRow]:
    """Yield every pledge with its main theme for the engines that know no Django."""
    rows = PassageTheme.objects.filter(is_main=True).values_list(
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
