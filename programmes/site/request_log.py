"""What the log tells of each request, and the id by which all its lines are found, those of a worker's job too.

The libraries that make request ids believe what any caller sends, and those that log requests log who called. Ours are
the forty lines that do neither; python-json-logger writes them.
"""

from __future__ import annotations

import contextlib
import logging
import re
import secrets
import time
from collections.abc import Callable, Iterator
from contextvars import ContextVar

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

HEADER = "X-Request-ID"
WELL_FORMED = re.compile(r"[A-Za-z0-9._-]{8,64}\Z")
"""As proxies make them: a UUID, or 32 hexadecimal digits. Anything else might be made to mislead who reads logs."""
OF_PEOPLE = ("/redaksjon/", "/admin/", "/varsel/")
"""Addresses that may name a person, or be a key (to a new password, an alert): only their pattern is logged."""
CALLERS_OWN = ("django.security", "axes")
"""Loggers of what callers do wrong: wrong passwords, forged forms, host names of others."""
_IP = re.compile(r"\bip=\S+")

access = logging.getLogger("archive.access")
_id: ContextVar[str] = ContextVar("request_id", default="")


def request_id() -> str:
    """Return the id of the request that is being answered, or that the present job was queued by; empty for none."""
    return _id.get()


@contextlib.contextmanager
def on_behalf_of(request_id: str) -> Iterator[None]:
    """Give the log's lines in this block the id of a request."""
    token = _id.set(request_id)
    try:
        yield
    finally:
        _id.reset(token)


class RequestLogMiddleware:
    """Give each request an id, tell the caller of it, and log what was answered and how long it took.

    The log has no address, user, browser or query: what somebody searches for may tell what they believe, and beside
    an address and a time it would tell who.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer the request."""
        began = time.perf_counter()
        with on_behalf_of(_given(request) or secrets.token_hex(16)):
            response = self.get_response(request)
            response[HEADER] = request_id()
            if settings.ACCESS_LOG:
                took_ms = round((time.perf_counter() - began) * 1000, 1)
                said = {"method": request.method, "path": _path(request), "status": response.status_code}
                access.info("%(method)s %(path)s %(status)s", said, extra={**said, "took_ms": took_ms})
        return response


def _given(request: HttpRequest) -> str:
    """Return the id that our own proxy has given a request; one that a caller made up is not believed."""
    given = request.headers.get(HEADER, "") if settings.TRUSTED_PROXIES else ""
    return given if WELL_FORMED.match(given) else ""


def _path(request: HttpRequest) -> str:
    """Return the path of a request without its query, or its pattern where the path itself is nobody's business."""
    if not request.path_info.startswith(OF_PEOPLE):
        return request.path_info
    match = request.resolver_match
    return f"/{match.route}" if match else "/…"


class WithRequestId(logging.Filter):
    """Gives every line of the log the id of its request, and takes out what no log of ours is to have.

    What callers do wrong is no error of the site's. A 503 is told by who decided on it.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        """Return whether the line is to be written."""
        record.request_id = request_id() or "-"
        if record.name.startswith(CALLERS_OWN):
            record.levelno, record.levelname = min((record.levelno, record.levelname), (logging.WARNING, "WARNING"))
            record.exc_info = None
        if record.name.startswith("gunicorn") and isinstance(record.msg, str):
            record.msg = _IP.sub("ip=-", record.msg)
        is_answer = record.name == "django.request" and getattr(record, "status_code", 0) != 500
        return not is_answer
