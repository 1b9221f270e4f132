"""More readers than the site can serve: who has waited too long is told so at once, and the others go on being served.

Gunicorn's workers let requests wait for a free thread as long as it takes. When more come in than are served, all of
them come to wait longer than anybody does, and the site makes pages that nobody reads. Here the thread pool notes how
long each request has waited, and one that has waited too long costs a millisecond.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render

MOST_SECONDS = 2.0
"""What a reader waits for a thread at most. A page takes 10 to 100 ms: behind this there stand 100 others a worker."""
COME_BACK = 5
"""Seconds after which it is worth asking again."""
READING = frozenset({"GET", "HEAD"})
"""Only reading is turned away: what somebody sends is theirs, and they are few."""
ALIVE = "/helse/"

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


class OverloadMiddleware:
    """Turn away who would read but has waited too long: 503, and when to come back."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer the request."""
        is_late = seconds_waited() > MOST_SECONDS
        if not is_late or request.method not in READING or request.path.startswith(ALIVE):
            return self.get_response(request)
        response = render(request, "overload.html", status=503)
        response["Retry-After"] = str(COME_BACK)
        response["Cache-Control"] = "no-store"
        return response
