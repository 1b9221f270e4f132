"""What can be wrong with the database, as a sentence for the person at the keyboard."""

from __future__ import annotations

import errno
from pathlib import Path

from django.db import OperationalError

_FULL = {errno.ENOSPC, errno.EDQUOT}


class DatabaseUnavailable(OperationalError):
    """The database cannot be reached or started; the message is one Norwegian sentence for people."""


def explain_server_log(text: str, *, log: Path) -> str:
    """Return one sentence on why PostgreSQL did not start, from what it wrote to its log at `log`."""
    if "No space left on device" in text or "Disk quota exceeded" in text:
        return "Disken er full: PostgreSQL får ikke skrevet dataene sine. Frigjør plass og prøv igjen."
    said = [line for line in text.splitlines() if line.strip()]
    fatal = [line for line in said if any(word in line for word in ("FATAL:", "PANIC:", "error:", "Error:"))]
    last = (fatal or said or ["ingen melding"])[-1].strip()
    return f"Databasen starter ikke ({last}). Hele loggen: {log}"


def explain(problem: BaseException) -> str | None:
    """Return one sentence for a problem that the machine has and the code hasn't, or None for all others.

    Such problems are a database that cannot be had or has no tables yet, and a full disk, wherever in the chain of
    causes they stand.
    """
    cause: BaseException | None = problem
    while cause is not None:
        if isinstance(cause, DatabaseUnavailable):
            return str(cause)
        sqlstate = getattr(cause, "sqlstate", None)
        if sqlstate == "42P01":  # undefined_table
            return "Databasen mangler tabeller. Lag dem først: python manage.py migrate"
        full_disk = isinstance(cause, OSError) and cause.errno in _FULL
        if full_disk or sqlstate == "53100":  # disk_full
            return "Disken er full. Frigjør plass og prøv igjen; det som var lagret, er ikke rørt."
        cause = cause.__cause__ or cause.__context__
    return None
