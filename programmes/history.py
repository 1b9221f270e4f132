"""What became of a pledge: the same one in the branch's programme before, in the same words or in others."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

import numpy as np
from django.db import transaction
from rapidfuzz import fuzz, process, utils

from .models import Passage, Programme

SAME = 98.0
"""Likeness in per cent (rapidfuzz, words sorted) from which a pledge is the same in the same words."""
REWORDED = 70.0
"""Likeness from which it is the same in other words; measured on pairs of invented editions, see the tests."""
SHORTEST = 12
"""Characters below which a pledge says too little to be known again unless it is the same."""


class Change(StrEnum):
    """How a pledge stands to the programme before."""

    SAME = "same"
    REWORDED = "reworded"
    NEW = "new"


def programme_before(programme: Programme) -> Programme | None:
    """Return the branch's latest published programme of the same kind from an earlier period."""
    return (
        Programme.objects.published()
        .filter(branch=programme.branch_id, kind=programme.kind, period_start__lt=programme.period_start)
        .order_by("-period_start", "-published_at")
        .first()
    )


def programmes_after(programme: Programme) -> list[Programme]:
    """Return the branch's published programmes of the same kind from the next period that has any."""
    later = (
        Programme.objects.published()
        .filter(branch=programme.branch_id, kind=programme.kind, period_start__gt=programme.period_start)
        .order_by("period_start")
    )
    first = later.first()
    return [each for each in later if first and each.period_start == first.period_start]


@transaction.atomic
def link_history(programme: Programme) -> None:
    """Tie each pledge of a published programme to the same one in the programme before, and those after to it."""
    for newer in [programme, *programmes_after(programme)]:
        older = programme_before(newer)
        pledges = list(newer.passages.pledges().order_by("position"))
        earlier = list(older.passages.pledges().order_by("position")) if older else []
        changed = []
        for pledge, (before, likeness) in zip(pledges, matches(pledges, earlier), strict=True):
            if (pledge.earlier_id, pledge.earlier_likeness) != (before and before.pk, likeness):
                pledge.earlier, pledge.earlier_likeness = before, likeness
                changed.append(pledge)
        Passage.objects.bulk_update(changed, ["earlier", "earlier_likeness"], batch_size=500)


def matches(pledges: Sequence[Passage], earlier: Sequence[Passage]) -> list[tuple[Passage | None, float | None]]:
    """Return for each pledge the earlier one that it was and their likeness in per cent; each earlier one once at most.

    The likest pairs are taken first. A pledge without one is new.
    """
    found: list[tuple[Passage | None, float | None]] = [(None, None)] * len(pledges)
    if not pledges or not earlier:
        return found
    likeness = process.cdist(
        [pledge.readable_text for pledge in pledges],
        [pledge.readable_text for pledge in earlier],
        scorer=fuzz.token_sort_ratio,
        processor=utils.default_process,
        score_cutoff=REWORDED,
    )
    candidates = np.argwhere(likeness >= REWORDED)
    order = np.argsort(-likeness[candidates[:, 0], candidates[:, 1]], kind="stable")
    used_new: set[int] = set()
    used_old: set[int] = set()
    for new, old in candidates[order].tolist():
        ratio = float(likeness[new, old])
        is_short = min(len(pledges[new].readable_text), len(earlier[old].readable_text)) < SHORTEST
        if new in used_new or old in used_old or (is_short and ratio < SAME):
            continue
        used_new.add(new)
        used_old.add(old)
        found[new] = (earlier[old], ratio)
    return found
