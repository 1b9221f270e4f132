"""The archive on several machines, played on loopback: load, and one machine after another killed."""

from __future__ import annotations

import random
import shutil
import signal
import tempfile
import time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from archive.database.keeper import Server
from tools.several_machines.accidents import READ, Cost, Lag, accident, undisturbed
from tools.several_machines.configuration import NODES, WEBS, WORKERS
from tools.several_machines.desk import logged_in
from tools.several_machines.load import Load
from tools.several_machines.machines import Machines, NotUp
from tools.several_machines.programs import debian_postgres, missing

KEPT = "from ingest.intake.files import kept_hashes; print(*kept_hashes())"


class Command(BaseCommand):
    help = (
        "Starter arkivet på flere maskiner, spilt på denne (tre databaser under Patroni, HAProxy, PgBouncer,"
        " to nettsteder, to arbeidere), dreper dem etter tur under last, og teller opp."
    )
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--postgres", choices=("debian", "embedded"), default="debian", help="hvilken PostgreSQL")
        parser.add_argument("--seconds", type=float, default=30, help="så lenge er hver maskin borte")
        parser.add_argument("--rounds", type=int, default=1, help="så mange ganger drepes hver av dem")
        parser.add_argument(
            "--keep", action="store_true", help="la mappen med logger og data stå, også når alt gikk bra"
        )

    def handle(self, *args: Any, postgres: str, seconds: float, rounds: int, keep: bool, **options: Any) -> None:
        if packages := missing():
            raise CommandError(f"Ikke installert: {', '.join(packages)} (apt-get install {' '.join(packages)})")
        programs = debian_postgres() if postgres == "debian" else Server(settings.DATA_DIR).programs
        folder = Path(tempfile.mkdtemp(prefix="several-machines-", dir="/var/tmp"))
        self.stdout.write(f"PostgreSQL fra {programs}; data og logger i {folder}")
        machines = Machines(folder, programs)
        for number in (signal.SIGTERM, signal.SIGINT):  # a shell's background jobs are to ignore the latter
            signal.signal(number, signal.default_int_handler)
        try:
            wrong = self._run(machines, seconds, rounds)
        except NotUp as problem:
            raise CommandError(f"Kom ikke opp: {problem}") from problem
        finally:
            machines.stop()
        if not wrong and not keep:
            shutil.rmtree(folder, ignore_errors=True)
        if wrong:
            raise CommandError("\n".join(["Dette stemmer ikke:", *wrong]))
        self.stdout.write("Ingenting som var bekreftet, er borte.")

    def _run(self, machines: Machines, seconds: float, rounds: int) -> list[str]:
        """Start everything, let people in, kill; return what is wrong at the end."""
        began = time.monotonic()
        machines.start()
        machines.start_site(*WEBS, *WORKERS)
        for web in WEBS:
            machines.wait_for(web, lambda web=web: machines.answers(web))  # type: ignore[misc]
        self.stdout.write(f"Alt er oppe etter {time.monotonic() - began:.0f} s.")
        load, lag = Load(machines.ports.site, *logged_in(machines)), Lag(machines)
        load.start()
        lag.start()
        try:
            self._head()
            self._row(undisturbed(load, lag, seconds))
            for _round in range(rounds):
                for what in ("primær", "replika", "nettsted", "arbeider"):
                    self._row(accident(what, _one(what, machines), machines, load, lag, seconds))
        finally:
            load.stop()
            lag.stop()
        return self._count_up(machines, load)

    def _head(self) -> None:
        self.stdout.write(
            f"{'drept':10} {'uten opplasting':>16} {'uten lesing':>12} {'opplastinger':>13} {'feilet':>7} {'lest':>6}"
            f" {'feilet':>7} {'tregeste':>9} {'etterslep':>18} {'med igjen':>10} {'lest etter':>11}"
        )

    def _row(self, cost: Cost) -> None:
        behind = f"{cost.lag[0]:.2f} s, {cost.lag[1] / 1000:.0f} kB"
        self.stdout.write(
            f"{cost.what:10} {cost.without_uploads:14.1f} s {cost.without_reads:10.1f} s {cost.uploads:13}"
            f" {cost.failed_uploads:7} {cost.reads:6} {cost.failed_reads:7} {cost.slowest_read:7.1f} s {behind:>18}"
            f" {cost.whole_again:8.1f} s {cost.read_after:9.1f} s"
        )
        self.stdout.flush()

    def _count_up(self, machines: Machines, load: Load) -> list[str]:
        """Wait until every upload has been read; return what was acknowledged and is not there."""
        began = time.monotonic()
        states: dict[str, str] = {}

        def all_are_read() -> bool:
            states.update(machines.states(machines.ports.primary))
            return all(states.get(each) in READ for each in load.acknowledged if each in states)

        machines.wait_for("the end of the queue", all_are_read)
        self.stdout.write(f"Køen er tom {time.monotonic() - began:.1f} s etter den siste opplastingen.")
        kept = set(machines.manage("shell", "--no-imports", "-c", KEPT).split())
        wrong = [f"{each} er bekreftet og står ikke i databasen." for each in load.acknowledged if each not in states]
        wrong += [f"{each} er bekreftet og ligger ikke i lageret." for each in load.acknowledged if each not in kept]
        for node in NODES:
            port = machines.ports.postgres[node]
            try:
                machines.wait_for(f"{node} with all of it", lambda port=port: machines.states(port) == states)  # type: ignore[misc]
            except NotUp:
                wrong.append(f"{node} har ikke det samme som primæren.")
        self.stdout.write(f"Bekreftede opplastinger: {len(load.acknowledged)}. Borte: {len(wrong)}.")
        return wrong


def _one(what: str, machines: Machines) -> str:
    """Return the name of a machine of a kind."""
    if what == "primær":
        machines.wait_for("the primary", lambda: machines.primary() is not None)
        return str(machines.primary())
    if what == "replika":
        return machines.replicas()[0]
    return random.choice(WEBS if what == "nettsted" else WORKERS)  # noqa: S311
