"""The audit log."""

from __future__ import annotations

from typing import Any

from ingest.models import LogEntry
from programmes.models import Programme


def record(
    *, user: Any, action: str, programme: Programme | None = None, subject: str, details: dict[str, Any] | None = None
) -> None:
    """Write down who did what."""
    LogEntry.objects.create(user=user, action=action, programme=programme, subject=subject[:300], details=details or {})
