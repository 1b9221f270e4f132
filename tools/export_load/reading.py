"""Readers who all fetch files of all hits at once, and what memory the site takes meanwhile."""

from __future__ import annotations

import http.client
import threading
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from http import HTTPStatus

import psutil

BETWEEN_LOOKS = 0.1
"""Seconds between measurements of memory."""
PATIENCE = 120
"""Seconds for an answer to begin, or to go on."""
PIECE = 65_536


@dataclass(frozen=True, slots=True)
class Measured:
    """What readers got, and what it cost; memory in bytes, what processes share counted once."""

    before: int
    peak: int
    after: int
    answers: Counter[int]
    """How often each status was answered, 0 where the connection failed or a file was cut off."""
    bytes_read: int
    page_seconds: list[float]
    """How long each page took that another reader asked for meanwhile."""


@dataclass
class _Run:
    """What the threads of a run have in common."""

    until: float
    answers: Counter[int] = field(default_factory=Counter)
    bytes_read: int = 0
    page_seconds: list[float] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)


def memory_of(server: psutil.Process) -> int:
    """Return what a server and its workers take, in bytes, with shared pages counted once (PSS)."""
    total = 0
    for process in (server, *server.children(recursive=True)):
        try:
            total += process.memory_full_info().pss
        except psutil.NoSuchProcess:
            continue
    return total


def read_files(
    port: int, server: psutil.Process, paths: Sequence[str], *, readers: int, seconds: float, page: str
) -> Measured:
    """Let readers fetch files for some seconds, each the next when one has come, and one reader look at a page.

    A reader who is asked to come back (503) does, a second later.
    """
    before = peak = memory_of(server)
    run = _Run(time.monotonic() + seconds)
    with ThreadPoolExecutor(readers + 1) as pool:
        jobs = [pool.submit(_fetch, run, port, paths[number % len(paths)]) for number in range(readers)]
        jobs.append(pool.submit(_look, run, port, page))
        while not all(job.done() for job in jobs):
            peak = max(peak, memory_of(server))
            time.sleep(BETWEEN_LOOKS)
        for job in jobs:
            job.result()
    return Measured(before, peak, memory_of(server), run.answers, run.bytes_read, run.page_seconds)


def _fetch(run: _Run, port: int, path: str) -> None:
    while True:
        status, size = _answer(port, path)
        with run.lock:
            run.answers[status] += 1
            run.bytes_read += size
        if time.monotonic() >= run.until:
            return
        if status != HTTPStatus.OK:
            time.sleep(1)


def _look(run: _Run, port: int, path: str) -> None:
    while True:
        began = time.monotonic()
        status, _size = _answer(port, path)
        with run.lock:
            run.answers[status] += status != HTTPStatus.OK
            run.page_seconds.append(time.monotonic() - began)
        if time.monotonic() >= run.until:
            return
        time.sleep(BETWEEN_LOOKS)


def _answer(port: int, path: str) -> tuple[int, int]:
    """Return the status and the bytes of an answer, read piece by piece."""
    client = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    size = 0
    try:
        client.request("GET", path)
        answer = client.getresponse()
        while piece := answer.read(PIECE):
            size += len(piece)
    except (OSError, http.client.HTTPException):
        return 0, size
    finally:
        client.close()
    return answer.status, size
