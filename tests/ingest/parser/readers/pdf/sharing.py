"""Work shared out in a process of its own, for `test_parallel.py`: the tests' own process has threads.

`python -m tests.ingest.parser.readers.pdf.sharing SCENARIO` prints what came of it as JSON.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import sys
import threading
import time
from collections.abc import Callable
from typing import Any

import psutil

from ingest.parser.readers.pdf import parallel, reader
from tests.ingest.parser.readers.pdf.drawing import Words, pdf

PAGES = parallel.LEAST_PAGES
HERE = os.getpid()


def shared(work: Callable[[int], Any], count: int = PAGES, *, workers: int = 2) -> dict[str, Any]:
    """Return results, what was reported, the name of the error, and how many processes are left."""
    told: list[int] = []
    results, error = [], ""
    try:
        results = parallel.each(work, count, told.append, workers)
    except Exception as raised:  # noqa: BLE001 - its name is what is asked for
        error = type(raised).__name__
    return {"results": results, "told": told, "error": error, "left": len(psutil.Process().children()), "here": HERE}


def process(place: int) -> int:
    """Return the process that works, slow enough that no worker can take it all."""
    time.sleep(0.01)
    return os.getpid()


def away(fate: Callable[[], object]) -> Callable[[int], int]:
    """Return work whose sixth place meets with a fate where it is not done here."""

    def work(place: int) -> int:
        if place == 5 and os.getpid() != HERE:
            fate()
        return place * place

    return work


def run_out() -> None:
    raise MemoryError


def fail(place: int) -> int:
    return 1 // (place - 5)


def limits(place: int) -> list[int]:
    return [resource.getrlimit(resource.RLIMIT_CPU)[0], resource.getrlimit(resource.RLIMIT_AS)[0]]


def limited() -> dict[str, Any]:
    resource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30))
    resource.setrlimit(resource.RLIMIT_CPU, (100, resource.RLIM_INFINITY))
    return {**shared(limits), "after": limits(0)}


def with_a_thread() -> dict[str, Any]:
    until = threading.Event()
    thread = threading.Thread(target=until.wait)
    thread.start()
    try:
        return shared(process)
    finally:
        until.set()
        thread.join()


def stopped() -> dict[str, Any]:
    def stop(done: int) -> None:
        raise InterruptedError

    try:
        parallel.each(process, PAGES, stop, 2)
    except InterruptedError:
        return {"left": len(psutil.Process().children())}
    return {}


def waiting() -> dict[str, Any]:
    """Never come back: the workers' numbers are printed, and they wait."""

    def wait(place: int) -> int:
        os.write(1, f"{os.getpid()}\n".encode())  # in one piece: two workers write at once
        time.sleep(3600)
        return 0

    return shared(wait)


def pages() -> dict[str, Any]:
    """Compare the pages of a file, read here and by three workers, one of them damaged."""
    data = pdf([[Words(72, 80 + 14 * line, f"- bygge skole {page} på plass {line}") for line in range(30)]
                for page in range(PAGES + 5)])  # fmt: skip
    found = []
    for workers in (1, 3):
        document = reader._open(data)
        drawn = reader._drawn(document, {})
        drawn[7] = None
        read = reader._PageReader(document, drawn)
        found.append(parallel.each(read, len(drawn), lambda done: None, workers))
    return {"pages": len(found[0]), "same": [one == other for one, other in zip(*found, strict=True)],
            "damaged": [place for place, page in enumerate(found[1]) if page is None]}  # fmt: skip


SCENARIOS: dict[str, Callable[[], dict[str, Any]]] = {
    "work": lambda: shared(process),
    "many": lambda: shared(lambda place: place, 4321),
    "few pages": lambda: shared(process, PAGES - 1),
    "one core": lambda: shared(process, workers=1),
    "a thread": with_a_thread,
    "killed": lambda: shared(away(lambda: os.kill(os.getpid(), signal.SIGKILL))),
    "time": lambda: shared(away(lambda: os.kill(os.getpid(), signal.SIGXCPU))),
    "crashed": lambda: shared(away(lambda: os.kill(os.getpid(), signal.SIGSEGV))),
    "left": lambda: shared(away(lambda: sys.exit(3))),
    "memory": lambda: shared(away(run_out)),
    "error": lambda: shared(fail),
    "limits": limited,
    "stopped": stopped,
    "waiting": waiting,
    "pages": pages,
}

if __name__ == "__main__":
    print(json.dumps(SCENARIOS[sys.argv[1]]()))
