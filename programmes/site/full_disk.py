"""What a person gets where the disk is full: that it is, and what became of what they sent."""

from __future__ import annotations

import errno
import logging
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
