"""What became of a pledge: the same one in the branch's programme before, in the same words or in others."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from django.db import transaction

from programmes.alignment import match
from programmes.models import PLEDGE_KINDS, Passage, Programme


def programme_before(programme: Programme) -> Programme | None:
    """Return the branch's latest published programme of the same kind from an earlier period."""
    return (
        Programme.objects.current()
        .filter(branch=programme.branch_id, kind=programme.kind, period_start__lt=programme.period_start)
        .order_by("-period_start", "-published_at")
        .first()
    )


def programmes_after(programme: Programme) -> list[Programme]:
    """Return the branch's published programmes of the same kind from the next period that has any."""
    later = (
        Programme.objects.current()
        .filter(branch=programme.branch_id, kind=programme.kind, period_start__gt=programme.period_start)
        .order_by("period_start")
    )
    first = later.first()
    return [each for each in later if first and each.period_start == first.period_start]


@transaction.atomic
def link_history(programme: Programme, *, changed: Collection[int] | None = None) -> None:
    """Tie each pledge of a published programme to the same one in the programme before, and those after to it.

    With `changed`, the keys of the passages whose words are others than when it was last done, the ties between all
    other pledges stay: comparing two programmes of 1,600 pledges takes seconds, and a correction changes one or two.
    """
    for newer in [programme, *programmes_after(programme)]:
        older = programme_before(newer)
        pledges = list(newer.passages.pledges().order_by("position"))
        earlier = list(older.passages.pledges().order_by("position")) if older else []
        known = {} if changed is None else _still_known(pledges, earlier, changed)
        found = _found(pledges, earlier, known, changed)
        moved = []
        for pledge in pledges:
            before, likeness = found.get(pledge.pk, (None, None))
            if (pledge.earlier_id, pledge.earlier_likeness) != (before, likeness):
                pledge.earlier_id, pledge.earlier_likeness = before, likeness
                moved.append(pledge)
        Passage.objects.bulk_update(moved, ["earlier", "earlier_likeness"], batch_size=500)
        no_longer = newer.passages.exclude(kind__in=PLEDGE_KINDS, dissent="").exclude(earlier_likeness=None)
        no_longer.update(earlier=None, earlier_likeness=None)


Link = tuple[int | None, float | None]
"""The key of the pledge before, and the likeness."""


def _still_known(pledges: Sequence[Passage], earlier: Sequence[Passage], changed: Collection[int]) -> dict[int, Link]:
    """Return the ties between pledges that both have not changed."""
    there = {pledge.pk for pledge in earlier} - set(changed)
    return {
        pledge.pk: (pledge.earlier_id, pledge.earlier_likeness)
        for pledge in pledges
        if pledge.pk not in changed and pledge.earlier_id in there
    }


def _found(
    pledges: Sequence[Passage], earlier: Sequence[Passage], known: dict[int, Link], changed: Collection[int] | None
) -> dict[int, Link]:
    """Return the ties that are known, and those that are found among the rest.

    Two pledges that both were without a tie before, and have not changed, were too unlike then and are so now.
    """
    taken = {before for before, _likeness in known.values()}
    new = [pledge for pledge in pledges if pledge.pk not in known]
    old = [pledge for pledge in earlier if pledge.pk not in taken]
    if changed is None:
        rounds = [(new, old)]
    else:
        loose = [pledge for pledge in new if pledge.pk in changed or pledge.earlier_likeness is not None]
        rounds = [(loose, old), (new, [pledge for pledge in old if pledge.pk in changed])]
    found = dict(known)
    for some, others in rounds:
        some = [pledge for pledge in some if pledge.pk not in found]
        taken = {before for before, _likeness in found.values()}
        others = [pledge for pledge in others if pledge.pk not in taken]
        for pledge, (before, likeness) in zip(some, matches(some, others), strict=True):
            if before is not None:
                found[pledge.pk] = before.pk, likeness
    return found


def matches(pledges: Sequence[Passage], earlier: Sequence[Passage]) -> list[tuple[Passage | None, float | None]]:
    """Return for each pledge the earlier one that it was and their likeness in per cent; each earlier one once at most.

    The likest pairs are taken first. A pledge without one is new.
    """
    found = match([each.readable_text for each in pledges], [each.readable_text for each in earlier])
    return [(None, None) if pair is None else (earlier[pair[0]], pair[1]) for pair in found]
