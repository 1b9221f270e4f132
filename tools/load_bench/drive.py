"""Readers over HTTP: so many a second whatever the site does, or as many as it serves."""

from __future__ import annotations

import http.client
import math
import statistics
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import cycle, islice
from threading import local

TIMEOUT = 30
"""Seconds after which a reader gives up: an error."""
CONNECTIONS = 64
"""Readers who come at a rate have so many connections between them."""
OK = frozenset({http.client.OK, http.client.NOT_MODIFIED})
BUSY = http.client.SERVICE_UNAVAILABLE


@dataclass(frozen=True, slots=True)
class Answer:
    """What one reader got."""

    at: float
    """When it was asked for, in seconds of the monotonic clock."""
    milliseconds: float
    """From when the reader came to the last byte, so that who waits behind a slow page is counted too."""
    status: int
    """0 where there was no answer."""


@dataclass(frozen=True, slots=True)
class Load:
    """The answers of a stretch of time, and how long that was."""

    answers: tuple[Answer, ...]
    seconds: float

    @property
    def a_second(self) -> float:
        """Pages a second that were answered as asked for."""
        return len(self.good) / self.seconds

    @property
    def good(self) -> list[Answer]:
        """The answers with what was asked for."""
        return [answer for answer in self.answers if answer.status in OK]

    @property
    def turned_away(self) -> int:
        """How many were asked to come back."""
        return sum(answer.status == BUSY for answer in self.answers)

    @property
    def errors(self) -> Counter[int]:
        """How many answers were neither, by status."""
        return Counter(answer.status for answer in self.answers if answer.status not in {*OK, BUSY})

    def percentile(self, percent: int) -> float:
        """Return the milliseconds that so many per cent of the good answers took at most; NaN without two of them."""
        taken = [answer.milliseconds for answer in self.good]
        return statistics.quantiles(taken, n=100, method="inclusive")[percent - 1] if len(taken) > 1 else math.nan


def at_rate(port: int, paths: Iterable[str], *, per_second: float, seconds: float) -> Load:
    """Ask for so many pages a second, evenly, whether or not the site keeps up."""
    client = _Client(port)
    began = time.monotonic()

    def ask(number: int, path: str) -> Answer:
        due = began + number / per_second
        time.sleep(max(0.0, due - time.monotonic()))
        return client.get(path, since=due)

    with ThreadPoolExecutor(CONNECTIONS) as pool:
        paths = islice(cycle(paths), int(per_second * seconds))
        answers = list(pool.map(ask, range(int(per_second * seconds)), paths))
    return Load(tuple(answers), max(seconds, time.monotonic() - began))


def at_most(port: int, paths: Sequence[str], *, readers: int, seconds: float) -> Load:
    """Let some readers ask for page after page, each as soon as it has the last one."""
    client = _Client(port)
    began = time.monotonic()

    def read(first: int) -> list[Answer]:
        answers = []
        for path in islice(cycle(paths), first, None):
            now = time.monotonic()
            if now - began > seconds:
                break
            answers.append(client.get(path, since=now))
        return answers

    with ThreadPoolExecutor(readers) as pool:
        step = max(1, len(paths) // readers)
        answers = [answer for each in pool.map(read, range(0, readers * step, step)) for answer in each]
    return Load(tuple(answers), time.monotonic() - began)


class _Client:
    """A connection for each thread, kept as a browser keeps it."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._own = local()

    def get(self, path: str, *, since: float) -> Answer:
        """Return the answer for a page that a reader has wanted since then."""
        try:
            status = self._status(path)
        except (OSError, http.client.HTTPException):
            self._own.connection = None
            status = 0
        return Answer(since, (time.monotonic() - since) * 1000, status)

    def _status(self, path: str) -> int:
        """Return the status of a page; a kept connection that the site has closed meanwhile is opened once more."""
        for is_kept in (getattr(self._own, "connection", None) is not None, False):
            if not is_kept:
                self._own.connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=TIMEOUT)
            try:
                self._own.connection.request("GET", path, headers={"Accept-Encoding": "gzip"})
                response = self._own.connection.getresponse()
                response.read()
            except (http.client.RemoteDisconnected, ConnectionError):
                if not is_kept:
                    raise
                continue
            return int(response.status)
        raise ConnectionError


def seconds_until_usual(load: Load, usual: float) -> float:
    """Return the seconds from the start of a load after which every later one has its pages as fast as usual.

    `usual` is in milliseconds, twice of it still counts; infinite where it never is.
    """
    began = min(answer.at for answer in load.answers)
    by_second: dict[int, list[float]] = {}
    for answer in load.answers:
        taken = answer.milliseconds if answer.status in OK else math.inf
        by_second.setdefault(int(answer.at - began), []).append(taken)
    slow = [second for second, taken in by_second.items() if statistics.median(taken) > 2 * usual]
    if slow and max(slow) == max(by_second):
        return math.inf
    return float(max(slow) + 1) if slow else 0.0
