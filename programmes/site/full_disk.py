"""What a person gets where the disk is full: that it is, and what became of what they sent."""

from __future__ import annotations

import errno
import logging
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

logger = logging.getLogger(__name__)

INSUFFICIENT_STORAGE = 507
_FULL = {errno.ENOSPC, errno.EDQUOT}
_DATABASE_IS_FULL = "53100"  # disk_full


class FullDiskMiddleware:
    """Answer 507 where something could not be written because there is no room for it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer for a full disk, wherever in the chain of causes it stands; anything else is not ours."""
        cause: BaseException | None = exception
        while cause is not None:
            is_full = isinstance(cause, OSError) and cause.errno in _FULL
            if is_full or getattr(cause, "sqlstate", None) == _DATABASE_IS_FULL:
                logger.critical("The disk is full: %s", cause)
                response = render(request, "full_disk.html", status=INSUFFICIENT_STORAGE)
                response["Cache-Control"] = "no-store"
                return response
            cause = cause.__cause__ or cause.__context__
        return None
