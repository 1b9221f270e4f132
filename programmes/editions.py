"""The editions of a programme: proposal, adopted, corrected, each replacing the one before it."""

from __future__ import annotations

from programmes.models import Programme

MOST = 20
"""Editions that are followed in each direction; a chain that bites its tail ends here too."""


def editions_of(programme: Programme) -> list[Programme]:
    """Return a programme's editions in order, the oldest first, itself among them."""
    chain = [programme]
    while len(chain) < MOST and (before := chain[0].replaces) and before not in chain:
        chain.insert(0, before)
    while len(chain) < 2 * MOST and (after := chain[-1].replaced_by.order_by("pk").last()) and after not in chain:
        chain.append(after)
    return chain


def editions_around(programme: Programme) -> tuple[Programme | None, Programme | None]:
    """Return the nearest published edition before a programme, and the newest published one after it."""
    chain = editions_of(programme)
    at = chain.index(programme)
    published = [each for each in chain if each.publication == Programme.Publication.PUBLISHED]
    before = [each for each in published if each in chain[:at]]
    after = [each for each in published if each in chain[at + 1 :]]
    return (before[-1] if before else None), (after[-1] if after else None)


def settle(programme: Programme) -> list[Programme]:
    """Keep whether a programme and the editions before it are replaced by one that is published; return the changed.

    Only an editor's word ties editions together (`Programme.replaces`), never that chapter and period are the same.
    """
    changed = []
    edition, seen = programme, {programme.pk}
    while True:
        is_replaced = _has_newer_published(edition, seen=set())
        if edition.is_replaced != is_replaced:
            edition.is_replaced = is_replaced
            edition.save(update_fields=["is_replaced"])
            changed.append(edition)
        if not edition.replaces or edition.replaces.pk in seen:
            return changed
        edition = edition.replaces
        seen.add(edition.pk)


def _has_newer_published(edition: Programme, *, seen: set[int]) -> bool:
    """Return whether any edition after one is published, however far; `seen` ends a chain that bites its tail."""
    seen.add(edition.pk)
    newer = [each for each in edition.replaced_by.all() if each.pk not in seen]
    return any(
        each.publication == Programme.Publication.PUBLISHED or _has_newer_published(each, seen=seen) for each in newer
    )
