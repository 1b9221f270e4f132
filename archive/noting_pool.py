"""A thread pool for gunicorn whose tasks know how long they waited. It knows no Django: gunicorn loads it first."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

_waited = threading.local()


class NotingPool(ThreadPoolExecutor):
    """A pool whose tasks know how long they waited for their thread."""

    def submit(self, task: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Run a task when a thread is free."""
        since = time.monotonic()

        def noted() -> Any:
            _waited.seconds = time.monotonic() - since
            return task(*args, **kwargs)

        return super().submit(noted)


def seconds_waited() -> float:
    """Return how long the request of this thread waited for it; 0 under another server."""
    return float(getattr(_waited, "seconds", 0.0))
