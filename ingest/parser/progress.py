"""How far reading a file has come, reported to a listener if there is one: the parser itself knows none."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Progress:
    """Where reading is: the step, and the pages done of it where the reader counts pages."""

    step: str
    """`read`, `recognise` (a scan) or `interpret`; empty before the first."""
    pages_done: int = 0
    pages_total: int = 0
    """0 where unknown."""


_listener: ContextVar[Callable[[Progress], None] | None] = ContextVar("listener", default=None)


def report_progress(step: str, pages_done: int = 0, pages_total: int = 0) -> None:
    """Report how far reading has come; costs nothing where nobody listens."""
    if listener := _listener.get():
        listener(Progress(step, pages_done, pages_total))


@contextmanager
def listening(listener: Callable[[Progress], None]) -> Iterator[None]:
    """Have `listener` called with all that is reported within the block."""
    token = _listener.set(listener)
    try:
        yield
    finally:
        _listener.reset(token)
