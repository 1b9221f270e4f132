"""More readers than the site can serve: who has waited too long is told so at once, and the others go on being served.

Gunicorn's workers let requests wait for a free thread as long as it takes. When more come in than are served, all of
them come to wait longer than anybody does, and the site makes pages that nobody reads. Here the thread pool notes how
long each request has waited (`noting_pool.py`), and one that has waited too long costs a millisecond.
"""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

from archive.noting_pool import seconds_waited
from programmes.site.out_of_order import not_now

MOST_SECONDS = 2.0
"""What a reader waits for a thread at most. A page takes 10 to 100 ms: behind this there stand 100 others a worker."""
COME_BACK = 5
"""Seconds after which it is worth asking again."""
READING = frozenset({"GET", "HEAD"})
"""Only reading is turned away: what somebody sends is theirs, and they are few."""
ALIVE = "/helse/"


class OverloadMiddleware:
    """Turn away who would read but has waited too long: 503, and when to come back."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer the request."""
        is_late = seconds_waited() > MOST_SECONDS
        if not is_late or request.method not in READING or request.path.startswith(ALIVE):
            return self.get_response(request)
        return not_now(request, "overload.html", seconds=COME_BACK)
