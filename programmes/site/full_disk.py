"""What a person gets where the disk is full: that it is, and what became of what they sent."""

from __future__ import annotations

import errno
import logging
from collections.abc import Callable
from contextlib import suppress

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

logger = logging.getLogger(__name__)

INSUFFICIENT_STORAGE = 507
_FULL = {errno.ENOSPC, errno.EDQUOT}
_DATABASE_IS_FULL = "53100"  # disk_full


def is_full(error: BaseException | None) -> bool:
    """Return whether an error, or what caused it, says that a disk or a quota is full, ours or the database's."""
    while error is not None:
        if isinstance(error, OSError) and error.errno in _FULL:
            return True
        if getattr(error, "sqlstate", None) == _DATABASE_IS_FULL:
            return True
        error = error.__cause__ or error.__context__
    return False


def disk_is_full(request: HttpRequest, error: BaseException) -> HttpResponse:
    """Answer 507, and remove what has been received of the request's files: half a file is of no use to anybody."""
    logger.critical("The disk is full: %s", error)
    for handler in request.upload_handlers:
        with suppress(OSError):  # what is still to be written has no room, and goes with the file
            handler.upload_interrupted()
    response = render(request, "full_disk.html", status=INSUFFICIENT_STORAGE)
    response["Cache-Control"] = "no-store"
    return response


class FullDiskMiddleware:
    """Answer 507 where something could not be written because there is no room for it.

    What the browser sends is received before any view is asked: for that, `server_error` answers so.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer for a full disk, wherever in the chain of causes it stands; anything else is not ours."""
        return disk_is_full(request, exception) if is_full(exception) else None
