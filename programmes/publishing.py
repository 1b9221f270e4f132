"""What the public may see, and that search agrees with it."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from .counts import count_themes
from .history import link_history, programmes_after
from .models import Programme
from .search import index_programme, remove_programme


@transaction.atomic
def publish(programme: Programme) -> None:
    """Let the public see a programme and find it in search."""
    programme.publication = Programme.Publication.PUBLISHED
    programme.published_at = programme.published_at or timezone.now()
    programme.withdrawn_reason = ""
    programme.save(update_fields=["publication", "published_at", "withdrawn_reason"])
    _settle(programme)


@transaction.atomic
def withdraw(programme: Programme, *, reason: str) -> None:
    """Take a programme out of public view and out of search; its addresses tell readers the reason.

    Raises `ValueError` where no reason is given: readers who cited the programme are owed one.
    """
    if not reason.strip():
        raise ValueError("a withdrawal needs a reason")
    programme.publication = Programme.Publication.WITHDRAWN
    programme.withdrawn_reason = reason.strip()
    programme.save(update_fields=["publication", "withdrawn_reason"])
    for newer in programmes_after(programme):
        link_history(newer)
    remove_programme(programme)


@transaction.atomic
def refresh(programme: Programme) -> None:
    """Bring counts, history and search up to date after a programme's text or themes have changed."""
    if programme.publication == Programme.Publication.PUBLISHED:
        _settle(programme)


def _settle(programme: Programme) -> None:
    """Bring what is derived from a published programme's text and themes up to date."""
    count_themes(programme)
    link_history(programme)
    index_programme(programme)
