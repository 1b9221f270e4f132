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
