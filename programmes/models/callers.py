"""What is kept of those who call often: see `site.callers`."""

from __future__ import annotations

from django.db import models


class Caller(models.Model):
    """How long ago, or how soon, a caller has been quiet long enough; the table is not logged, and may be emptied."""

    key = models.CharField(max_length=32, primary_key=True)
    quiet_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.key
