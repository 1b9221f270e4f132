"""What a reader gets while the database does not answer: a page that says so, and when to come back."""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

logger = logging.getLogger(__name__)

COME_BACK = 15
"""Seconds after which it is worth asking again: by then another server has taken over, or this one is back."""
IS_AWAY = (OperationalError, InterfaceError)
"""What is raised where a server is out of reach, gives a statement up or closes the connection."""


def database_away(request: HttpRequest) -> HttpResponse:
    """Answer that the archive is out of reach for now; the page asks nothing of the database."""
    response = render(request, "unavailable.html", status=503)
    response["Retry-After"] = str(COME_BACK)
    response["Cache-Control"] = "no-store"
    return response


class DatabaseAwayMiddleware:
    """Answer 503 where a page could not be made because the database does not answer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer for a database that is away; anything else is not ours."""
        if not isinstance(exception, IS_AWAY):
            return None
        has_answered = getattr(exception.__cause__, "sqlstate", None)  # a deadlock, say: then it matters where
        logger.error("No answer from the database: %s", exception, exc_info=exception if has_answered else None)
        return database_away(request)
