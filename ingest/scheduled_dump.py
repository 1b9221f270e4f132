"""The files of everything that is published, made anew every night for readers to fetch."""

from __future__ import annotations

from datetime import timedelta

from ingest.schedule import Outcome, scheduled
from programmes.dump.errors import DumpError
from programmes.dump.kept import renew


@scheduled("dump", label="datafiler", cron="29 1 * * *", late_after=timedelta(days=2))
def renew_dump() -> Outcome:
    """Make the files of `/data/` anew; what was there stays until the new ones are there whole."""
    try:
        return Outcome(True, renew())
    except DumpError as problem:
        return Outcome(False, str(problem))
