"""`bench_load`: how many readers the whole site bears, on made-up archives, as it is served in production."""

from __future__ import annotations

import os
from argparse import ArgumentParser
from typing import Any

import psutil
from django.core.management.base import BaseCommand, CommandError

from programmes.search import engine_named
from tools.load_bench.drive import Load, at_most, at_rate, seconds_until_usual
from tools.load_bench.mix import kept_paths, paths_of_readers
from tools.search_bench import corpus, servers
from tools.servers import port_of

ENGINES = ("whoosh", "postgres")
PER_SECOND = 50
READERS = 16
OVERLOAD = 200
"""Readers at once, many more than two workers of four threads can serve."""
CALM = 20
"""Pages a second after an overload, to see when all is as before."""
PATHS = 20_000
KEPT = 200
"""Programmes and pledges that readers come back to."""
KEPT_PER_SECOND = 200
"""Half of what is asked of pages that are kept: at half of the most, what makes the load wants the same processors."""
SEED = 13


class Command(BaseCommand):
    help = "Måler hvor mange lesere nettstedet tåler: 50 i sekundet, så mange det rekker, for mange, og lenge."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--pledges", type=int, default=200_000, help="løfter i det oppdiktede arkivet (200 000)")
        parser.add_argument("--engines", default=",".join(ENGINES), help="søkemotorer, med komma mellom")
        parser.add_argument("--seconds", type=float, default=60, help="sekunder for hver måling (60)")
        parser.add_argument("--soak", type=float, default=10, help="minutter med jevn last for minnet (10)")

    def handle(self, *, pledges: int, engines: str, seconds: float, soak: float, **options: Any) -> None:
        unknown = set(engines.split(",")) - set(ENGINES)
        if unknown:
            raise CommandError(f"--engines: {', '.join(sorted(unknown))}")
        self.stdout.write(
            f"{pledges:,} løfter, 2 arbeidere på {os.cpu_count()} prosessorer som har {os.getloadavg()[0]:.1f} "
            "prosesser å kjøre og lager lasten selv. ms fra leseren kom til siste byte; 503: bedt om å komme igjen."
        )
        with corpus.own_archive(f"load_{pledges}") as folder:
            corpus.fill(corpus.real_pledges(), pledges)
            paths, kept = paths_of_readers(PATHS, SEED), kept_paths(KEPT, SEED)
            for engine in engines.split(","):
                engine_named(engine).rebuild()
                with servers.our_site(engine, folder) as (_ask, process):
                    self.stdout.write(
                        f"\n{engine:<27}{'sider/s':>9}{'p50':>8}{'p95':>8}{'p99':>8}{'503':>8}{'feil':>6}{'MB':>7}"
                    )
                    self._measure(process, paths, kept, seconds=seconds, soak=soak * 60)

    def _measure(
        self, process: psutil.Process, paths: list[str], kept: list[str], *, seconds: float, soak: float
    ) -> None:
        """Print a line for each kind of load."""
        port = port_of(process.pid)
        if port is None:
            raise CommandError("The server listens nowhere.")
        third = len(paths) // 3
        at_rate(port, paths[:third], per_second=10, seconds=min(10, seconds))  # what every process reads once
        calm = at_rate(port, paths, per_second=CALM, seconds=min(20, seconds))
        self._line(f"{CALM} i sekundet", calm, process)
        self._line(
            f"{PER_SECOND} i sekundet", at_rate(port, paths[third:], per_second=PER_SECOND, seconds=seconds), process
        )
        self._line(
            f"{READERS} lesere på rad", at_most(port, paths[2 * third :], readers=READERS, seconds=seconds), process
        )
        self._line(
            f"{OVERLOAD} lesere på rad", at_most(port, paths[::-1], readers=OVERLOAD, seconds=min(30, seconds)), process
        )
        after = at_rate(port, paths[third:], per_second=CALM, seconds=20)
        self._line(f"{CALM} i sekundet etterpå", after, process)
        back = seconds_until_usual(after, calm.percentile(50))
        self.stdout.write(f"  som vanlig igjen etter {back:.0f} s")
        at_most(port, kept, readers=8, seconds=20)  # until both workers keep them
        most = at_most(port, kept, readers=8, seconds=min(20, seconds))
        self._line("program og løfter igjen", most, process)
        kept_at_rate = at_rate(port, kept, per_second=KEPT_PER_SECOND, seconds=min(20, seconds))
        self._line(f"  {KEPT_PER_SECOND} i sekundet", kept_at_rate, process)
        if soak:
            before = memory_of_all_mb(process)
            load = at_rate(port, paths, per_second=PER_SECOND, seconds=soak)
            self._line(f"{soak / 60:g} minutter", load, process)
            self.stdout.write(f"  minnet før og etter: {100 * (memory_of_all_mb(process) / before - 1):+.1f} %")

    def _line(self, name: str, load: Load, process: psutil.Process) -> None:
        times = "".join(f"{load.percentile(percent):8.1f}" for percent in (50, 95, 99))
        errors = sum(load.errors.values())
        told = f"  {dict(load.errors)}" if errors else ""
        self.stdout.write(
            f"{name:<27}{load.a_second:9.1f}{times}{load.turned_away:8}{errors:6}{memory_of_all_mb(process):7.0f}{told}"
        )
        self.stdout.flush()


def memory_of_all_mb(server: psutil.Process) -> float:
    """Return the memory of all processes of a server together, what they share counted once."""
    return float(sum(process.memory_full_info().pss for process in (server, *server.children(recursive=True)))) / 1e6
