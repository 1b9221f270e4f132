"""A full disk, told from all other faults: whoever meets one can say what happened and what helps."""

from __future__ import annotations

import errno
from contextlib import suppress

from django.http import HttpRequest

DATABASE_IS_FULL = "53100"
"""What PostgreSQL calls it, the SQLSTATE of `disk_full`."""
_FULL = {errno.ENOSPC, errno.EDQUOT}


def is_full(error: BaseException | None) -> bool:
    """Return whether an error, or what caused it, says that a disk or a quota is full, ours or the database's."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        if isinstance(error, OSError) and error.errno in _FULL:
            return True
        if getattr(error, "sqlstate", None) == DATABASE_IS_FULL:
            return True
        error = error.__cause__ or error.__context__
    return False


def drop_received(request: HttpRequest) -> None:
    """Remove what has been received of a request's files: half a file is of no use, and the room is needed."""
    for handler in request.upload_handlers:
        with suppress(OSError):  # what is still to be written has no room, and goes with the file
            handler.upload_interrupted()
