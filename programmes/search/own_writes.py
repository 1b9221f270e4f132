"""Whose searches see what they themselves have just changed, where other searches go to a replica that lags behind."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_reads_own_writes: ContextVar[bool] = ContextVar("reads_own_writes", default=False)


@contextmanager
def reading_own_writes() -> Iterator[None]:
    """Have the searches of the block answered by the archive's own database, never by a replica."""
    token = _reads_own_writes.set(True)
    try:
        yield
    finally:
        _reads_own_writes.reset(token)


def reads_own_writes() -> bool:
    """Return whether the present search must see all that has been written."""
    return _reads_own_writes.get()
