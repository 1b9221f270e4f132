"""The same work for each page of a long file, shared out among forks of this process, one a core.

A fork starts in a few milliseconds with the opened file in its memory, and with all that the sandbox has taken from
this process: no network, no new privileges, the session that is killed as one. What the limits have left is shared, so
that all together use no more than one process may: half of the memory stays here, where the results come together, the
other half and the processor time are divided. A worker that meets its share of memory, or fails in any other way,
leaves its pages to this process, which reads them with all there is: results and errors never depend on the number of
cores. What came out of a page is pickled on its way back: the same code, file and sandbox made it.
"""

from __future__ import annotations

import contextlib
import ctypes
import math
import os
import pickle
import resource
import selectors
import signal
import struct
import sys
import threading
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from ingest.parser.errors import ParseLimitReached

LEAST_PAGES = 40
"""Shorter files are read here: sharing costs about as much as it gains for some five pages. Chosen."""
MOST_WORKERS = 4
"""More would leave each too little memory."""
LEAST_ROOM = 32 << 20
"""Bytes of memory without which no worker is started."""

PR_SET_PDEATHSIG = 1
_TASK = struct.Struct("=I")
_RESULT = struct.Struct("=II")
_MOST_TASKS = 1000
"""A pipe holds as many, however small the system makes it."""
_CHUNK = 1 << 16

Result = TypeVar("Result")


def cores() -> int:
    """Return how many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1


def each(
    work: Callable[[int], Result], count: int, done: Callable[[int], None], workers: int | None = None
) -> list[Result]:
    """Return what `work` gives for 0, 1, … up to `count`, in this order, from as many workers or one a core.

    `done` is called here with the number of results there are, after each. Raises what `work` raises, and
    `ParseLimitReached` where a worker was killed or out of processor time.
    """
    found: dict[int, Result] = {}
    workers = min(cores(), MOST_WORKERS, count) if workers is None else workers
    # A lock that another thread holds while the fork is made would stay locked in it for ever.
    if workers > 1 and count >= LEAST_PAGES and threading.active_count() == 1 and hasattr(os, "fork"):
        _share_out(work, count, workers, found, done)
    for number in range(count):
        if number not in found:
            found[number] = work(number)
            done(len(found))
    return [found[number] for number in range(count)]


@dataclass(frozen=True, slots=True)
class _Share:
    """What one worker may use; nothing where there is no limit."""

    memory: int | None
    """Bytes of address space more than it begins with."""
    seconds: int | None
    """Seconds of processor time."""


def _share_out(
    work: Callable[[int], Result], count: int, workers: int, found: dict[int, Result], done: Callable[[int], None]
) -> None:
    """Put what workers find into `found`; whatever happens, none of them is left when this ends."""
    share = _Share(_memory(2 * workers), _seconds(workers))
    if share.memory is not None and share.memory < LEAST_ROOM:
        return
    pipes: dict[int, int] = {}
    ends: set[int] = set()
    tasks = _tasks(count)
    try:
        with contextlib.suppress(OSError):  # no more processes are to be had: fewer will do
            for _ in range(workers):
                _start(work, count, tasks, share, pipes)
        with contextlib.suppress(MemoryError), _half_of_memory(share, workers):
            for number, result in _results(list(pipes)):
                found[number] = result
                done(len(found))
            ends = _ends(pipes)
    finally:
        os.close(tasks)
        for child in pipes.values():
            os.kill(child, signal.SIGKILL)
        _ends(pipes)
    if len(found) < count and ends & {signal.SIGXCPU, signal.SIGKILL}:
        raise ParseLimitReached


def _memory(parts: int) -> int | None:
    """Return one of so many parts of the address space that is left, None where nothing limits it."""
    most, _ = resource.getrlimit(resource.RLIMIT_AS)
    return None if most == resource.RLIM_INFINITY else max(0, most - _address_space()) // parts


def _address_space() -> int:
    """Return the bytes of address space that this process has taken; as many as it may where the system is silent."""
    try:
        return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * resource.getpagesize()
    except OSError:
        return resource.getrlimit(resource.RLIMIT_AS)[0]


def _seconds(parts: int) -> int | None:
    """Return one of so many parts of the processor time that is left, None where nothing limits it."""
    most, _ = resource.getrlimit(resource.RLIMIT_CPU)
    if most == resource.RLIM_INFINITY:
        return None
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return max(1, math.ceil((most - usage.ru_utime - usage.ru_stime) / parts))


@contextlib.contextmanager
def _half_of_memory(share: _Share, workers: int) -> Iterator[None]:
    """Keep this process to its half while the workers have theirs; then take their processor time off its own."""
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    if share.memory is not None:
        resource.setrlimit(resource.RLIMIT_AS, (_address_space() + workers * share.memory, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        most, hard = resource.getrlimit(resource.RLIMIT_CPU)
        if most != resource.RLIM_INFINITY:
            used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
            resource.setrlimit(resource.RLIMIT_CPU, (max(1, most - math.ceil(used)), hard))


def _tasks(count: int) -> int:
    """Return a pipe to read the numbers of the pages from: each worker takes the next when it has done one."""
    taken, given = os.pipe()
    for number in range(0, count, _step(count)):
        os.write(given, _TASK.pack(number))
    os.close(given)
    return taken


def _step(count: int) -> int:
    return math.ceil(count / _MOST_TASKS)


def _start(work: Callable[[int], object], count: int, tasks: int, share: _Share, pipes: dict[int, int]) -> None:
    """Start a worker and note the pipe that its results come through, with its process."""
    read, write = os.pipe()
    parent = os.getpid()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # of threads of libraries, which no worker calls
            child = os.fork()
    except OSError:
        os.close(read)
        os.close(write)
        raise
    if child:
        os.close(write)
        pipes[read] = child
        return
    status = 1
    try:
        for other in (read, *pipes):
            os.close(other)
        _limit(parent, share)
        _work(work, count, tasks, write)
        status = 0
    finally:
        os._exit(status)  # nothing that the parent would do at its end, nor any word: it meets an error itself


def _limit(parent: int, share: _Share) -> None:
    """Keep to a worker's share, and die with the parent."""
    signal.set_wakeup_fd(-1)
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGXCPU):
        signal.signal(number, signal.SIG_DFL)
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:
            os._exit(1)
    if share.memory is not None:
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (_address_space() + share.memory, hard))
    if share.seconds is not None:
        _, hard = resource.getrlimit(resource.RLIMIT_CPU)
        resource.setrlimit(resource.RLIMIT_CPU, (share.seconds, hard))  # a fork's clock begins at nothing


def _work(work: Callable[[int], object], count: int, tasks: int, write: int) -> None:
    """Do tasks until there are no more."""
    step = _step(count)
    while task := os.read(tasks, _TASK.size):
        (first,) = _TASK.unpack(task)
        for number in range(first, min(first + step, count)):
            answer = pickle.dumps(work(number), pickle.HIGHEST_PROTOCOL)
            waiting = memoryview(_RESULT.pack(number, len(answer)) + answer)
            while waiting:
                waiting = waiting[os.write(write, waiting) :]


def _results(pipes: list[int]) -> Iterator[tuple[int, Any]]:
    """Yield the results with their numbers as they come, until all pipes are closed at their other end."""
    held = {pipe: bytearray() for pipe in pipes}
    with selectors.DefaultSelector() as selector:
        for pipe in pipes:
            selector.register(pipe, selectors.EVENT_READ)
        while held:
            for key, _ in selector.select():
                buffer = held[key.fd]
                chunk = os.read(key.fd, _CHUNK)
                if not chunk:
                    selector.unregister(key.fd)
                    del held[key.fd]
                buffer += chunk
                while len(buffer) >= _RESULT.size:
                    number, length = _RESULT.unpack_from(buffer)
                    end = _RESULT.size + length
                    if len(buffer) < end:
                        break
                    yield number, pickle.loads(memoryview(buffer)[_RESULT.size : end])  # noqa: S301  # nosec B301
                    del buffer[:end]


def _ends(pipes: dict[int, int]) -> set[int]:
    """Wait for all workers to be gone, forget them, and return the signals that some have died of."""
    ends = set()
    while pipes:
        pipe, child = pipes.popitem()
        os.close(pipe)
        _, status = os.waitpid(child, 0)
        if os.WIFSIGNALED(status):
            ends.add(os.WTERMSIG(status))
    return ends
