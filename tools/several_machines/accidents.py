"""Killing a machine under load, and what that cost."""

from __future__ import annotations

import itertools
import threading
import time
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

import psycopg

from tools.several_machines.configuration import NODES, WEBS, WORKERS
from tools.several_machines.load import Asked, Load
from tools.several_machines.machines import BETWEEN_LOOKS, Machines

LAG = """
    SELECT coalesce(extract(epoch FROM max(replay_lag)), 0), coalesce(max(pg_current_wal_lsn() - replay_lsn), 0)
    FROM pg_stat_replication WHERE state = 'streaming'
"""
BETWEEN_SAMPLES = 0.5
READ = ("ready", "confirmed")
"""The states of an upload that a worker has read."""


@dataclass
class Lag:
    """How far the replicas were behind the primary, asked now and again from `start` to `stop`."""

    machines: Machines
    samples: list[tuple[float, float, int]] = field(default_factory=list)
    """When, seconds, bytes."""
    _over: threading.Event = field(default_factory=threading.Event)
    _thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin to ask."""
        self._thread = threading.Thread(target=self._ask, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Ask no more."""
        self._over.set()
        if self._thread:
            self._thread.join()

    def between(self, began: float, ended: float) -> tuple[float, int]:
        """Return the most seconds and bytes in a stretch of time."""
        within = [sample for sample in self.samples if began <= sample[0] <= ended]
        return max((each[1] for each in within), default=0.0), max((each[2] for each in within), default=0)

    def _ask(self) -> None:
        while not self._over.is_set():
            try:
                with self.machines.session() as session:
                    while not self._over.wait(BETWEEN_SAMPLES):
                        row = session.execute(LAG).fetchone()
                        if row is not None:
                            self.samples.append((time.monotonic(), float(row[0]), int(row[1])))
            except psycopg.Error:
                self._over.wait(BETWEEN_SAMPLES)


@dataclass(frozen=True, slots=True)
class Cost:
    """What a stretch of time with something killed in it was like."""

    what: str
    without_uploads: float
    """Seconds: the longest time in which no upload was acknowledged."""
    without_reads: float
    uploads: int
    failed_uploads: int
    reads: int
    failed_reads: int
    slowest_read: float
    lag: tuple[float, int]
    """The replicas' greatest, in seconds and bytes."""
    whole_again: float
    """Seconds from when it was started again until it did its part; 0 where nothing was killed."""
    read_after: float = 0.0
    """Seconds from a worker's end until the other had read a file that came after it; 0 for all else."""


def undisturbed(load: Load, lag: Lag, seconds: float) -> Cost:
    """Return what it is like when nothing is killed."""
    began = time.monotonic()
    time.sleep(seconds)
    return _cost("ingenting", load.asked, lag, began, time.monotonic(), 0.0)


def accident(what: str, name: str, machines: Machines, load: Load, lag: Lag, seconds: float) -> Cost:
    """Kill a machine, leave it dead for so long and until the site does without it, start it again; say what it cost.

    Raises `NotUp` where the site or the machine doesn't come back.
    """
    machines.wait_for("two workers alive", lambda: machines.workers_alive() >= len(WORKERS))
    began = time.monotonic()
    machines.kill(name)
    read_after = 0.0
    if name in WORKERS:
        machines.wait_for(f"a file read without {name}", lambda: _is_read(machines, load, began))
        read_after = time.monotonic() - began
    while time.monotonic() - began < seconds:
        time.sleep(BETWEEN_LOOKS)
    machines.wait_for(f"an upload without {name}", lambda: load.good_since(began + seconds / 2, uploads=True))
    machines.wait_for(f"a page without {name}", lambda: load.good_since(began + seconds / 2, uploads=False))
    machines.bring_back(name)
    whole_again = machines.wait_for(f"{name} again", lambda: _is_back(name, machines))
    return replace(_cost(what, load.asked, lag, began, time.monotonic(), whole_again), read_after=read_after)


def _is_read(machines: Machines, load: Load, since: float) -> bool:
    """Return whether a file that was acknowledged after a moment has been read."""
    states = machines.states(machines.ports.primary)
    return any(states.get(each) in READ for each, moment in list(load.acknowledged.items()) if moment > since)


def _is_back(name: str, machines: Machines) -> bool:
    if name in NODES:
        return len(machines.replicas()) == len(NODES) - 1
    return machines.answers(name) if name in WEBS else machines.workers_alive() >= len(WORKERS)


def _cost(what: str, asked: Iterable[Asked], lag: Lag, began: float, ended: float, whole_again: float) -> Cost:
    within = [each for each in list(asked) if began <= each.ended <= ended]
    uploads = [each for each in within if each.is_upload]
    reads = [each for each in within if not each.is_upload]
    return Cost(
        what,
        longest_gap(uploads, began, ended),
        longest_gap(reads, began, ended),
        len(uploads),
        sum(not each.is_good for each in uploads),
        len(reads),
        sum(not each.is_good for each in reads),
        max((each.ended - each.began for each in reads), default=0.0),
        lag.between(began, ended),
        whole_again,
    )


def longest_gap(asked: Iterable[Asked], began: float, ended: float) -> float:
    """Return the longest time in which nothing was answered well."""
    moments = sorted([began, *(each.ended for each in asked if each.is_good), ended])
    return max(later - earlier for earlier, later in itertools.pairwise(moments))
