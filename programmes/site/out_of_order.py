"""What a person gets where something that the site stands on is out of order: what it is, and when to come back.

`answer_for` is asked for what a view raises, and by the page for our own errors for what stands before the views, as
the session does: it meets a database that is away first.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from programmes.search.engine import IndexBeingBuilt
from programmes.site.full_disk import disk_is_full, is_full
from programmes.storage import StorageOutOfReach

logger = logging.getLogger(__name__)

IS_AWAY = (OperationalError, InterfaceError)
"""What is raised where a database is out of reach, gives a statement up or closes the connection."""
AFTER_BUILDING = 30
AFTER_STORAGE = 30
AFTER_DATABASE = 15
"""Seconds after which it is worth asking again: by then another server has taken over, or this one is back."""


def not_now(
    request: HttpRequest, template: str, context: dict[str, Any] | None = None, *, seconds: int, status: int = 503
) -> HttpResponse:
    """Ask a reader to come back in some seconds, by a page that nobody keeps."""
    response = render(request, template, context, status=status)
    response["Retry-After"] = str(seconds)
    response["Cache-Control"] = "no-store"
    return response


def answer_for(request: HttpRequest, problem: BaseException | None) -> HttpResponse | None:
    """Return the answer for a problem of what the site stands on; None for anything else, which is a fault of ours.

    None of the pages asks anything of the database. A full disk comes first: the database's own looks as if it were
    away.
    """
    if problem is None:
        return None
    if is_full(problem):
        return disk_is_full(request, problem)
    if isinstance(problem, IndexBeingBuilt):
        return not_now(request, "503.html", seconds=AFTER_BUILDING)
    if isinstance(problem, StorageOutOfReach):
        logger.error("The files are out of reach: %s", problem)
        return not_now(request, "no_files.html", seconds=AFTER_STORAGE)
    if isinstance(problem, IS_AWAY):
        has_answered = getattr(problem.__cause__, "sqlstate", None)  # a deadlock, say: then it matters where
        logger.error("No answer from the database: %s", problem, exc_info=problem if has_answered else None)
        return not_now(request, "unavailable.html", seconds=AFTER_DATABASE)
    return None


class OutOfOrderMiddleware:
    """Answer for what a view could not do because something it stands on is out of order."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer for what is out of order; anything else is not ours."""
        return answer_for(request, exception)
