"""Work done in a fork of this process: what it breaks is gone with it."""

from __future__ import annotations

import json
import os
import resource
import select
import signal
import traceback
from collections.abc import Callable
from typing import Any

MEMORY = 4 * 2**30
"""Bytes of address space that a fork may take beyond what this process has."""
PAGE = resource.getpagesize()


class GivenUp(Exception):
    """The fork did not end in time."""


class Failed(Exception):
    """The fork ended without an answer; the message says why, as far as it could tell."""


def forked(work: Callable[[], Any], *, seconds: float) -> Any:
    """Return what some work gives, as JSON can carry it, done in a fork. Raises `GivenUp` or `Failed`."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        _work(work, writing)
    os.close(writing)
    try:
        told = _read(reading, seconds)
    finally:
        os.close(reading)
        _end(child)
    answer = json.loads(told) if told else {"failed": "it died"}
    if "failed" in answer:
        raise Failed(answer["failed"])
    return answer["done"]


def _work(work: Callable[[], Any], writing: int) -> None:
    """Do the work in the child, tell what came of it, and end without a word to what the parent has open."""
    try:
        os.setsid()
        nothing = os.open(os.devnull, os.O_RDWR)
        for descriptor in (0, 1, 2):
            os.dup2(nothing, descriptor)
        with open("/proc/self/statm") as sizes:  # noqa: PTH123 - a word of the kernel, no file
            limit = int(sizes.read().split()[0]) * PAGE + MEMORY
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
        told = {"done": work()}
    except BaseException:  # noqa: BLE001 - whatever it is, the parent is told
        told = {"failed": traceback.format_exc()[-2000:]}
    with os.fdopen(writing, "w") as answer:
        json.dump(told, answer)
    os._exit(0)


def _read(reading: int, seconds: float) -> str:
    """Return all that a child writes until it closes its end. Raises `GivenUp`."""
    parts: list[bytes] = []
    poll = select.poll()
    poll.register(reading, select.POLLIN | select.POLLHUP)
    while poll.poll(seconds * 1000):
        if not (part := os.read(reading, 1 << 20)):
            return b"".join(parts).decode()
        parts.append(part)
    raise GivenUp


def _end(child: int) -> None:
    """End a child with all that it has started."""
    try:
        os.killpg(child, signal.SIGKILL)
    except ProcessLookupError:  # it has ended, or is no leader yet
        os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
