"""The editions of a programme: proposal, adopted, corrected, each replacing the one before it."""

from __future__ import annotations

from .models import Programme

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


def newer_edition(programme: Programme) -> Programme | None:
    """Return the newest published edition after this one, None where this one is the newest."""
    chain = editions_of(programme)
    after = chain[chain.index(programme) + 1 :]
    return next((each for each in reversed(after) if each.publication == Programme.Publication.PUBLISHED), None)


def older_edition(programme: Programme) -> Programme | None:
    """Return the published edition that this one replaced, the nearest before it."""
    chain = editions_of(programme)
    before = chain[: chain.index(programme)]
    return next((each for each in reversed(before) if each.publication == Programme.Publication.PUBLISHED), None)
