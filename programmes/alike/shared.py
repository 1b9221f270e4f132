"""What several parties promise alike, among some pledges: found in three queries, however many there are."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Count, F, Max, Min, Q

from programmes.alike.kept import MATCHES, SHOWN, AlikePledge, read, the_partys
from programmes.models import AlikePair, Passage, PassageQuerySet

MOST_LOOKED_AT = 100
"""Pledges, of different words, from which the rows are chosen."""
MOST_PAIRS = 4000
"""Pairs of those that are looked at: what a hundred chapters have copied from each other is one row in the end."""


@dataclass(frozen=True, slots=True)
class SharedPledge:
    """A pledge, and the one that is surest alike of each other party that has any."""

    pledge: Passage
    others: list[AlikePledge]


def shared_by_parties(pledges: PassageQuerySet, programmes: Collection[int], *, most: int) -> list[SharedPledge]:
    """Return what most parties share of some pledges, each pledge in one row at most; that of most parties first.

    Both a pledge and those alike it are of `programmes`, and what the party itself wants today: no dissent, no
    proposal. What is against a pledge is not alike it.
    """
    here = Q(one__in=pledges, one__programme__in=programmes, other__programme__in=programmes)
    pairs = (
        AlikePair.objects.filter(the_partys("one__"), the_partys("other__"), here)
        .filter(label__in=MATCHES, score__gte=SHOWN)
        .exclude(other__programme__branch__party=F("one__programme__branch__party"))
    )
    party = "other__programme__branch__party"
    looked_at = [
        row["key"]
        for row in pairs.order_by()
        .values("one__text")  # the same words in a hundred chapters are looked at once
        .annotate(key=Min("one"), parties=Count(party, distinct=True), surest=Max("score"))
        .order_by("-parties", "-surest", "key")[:MOST_LOOKED_AT]
    ]
    of_one: dict[int, list[tuple[int, int, int]]] = {}
    columns = pairs.filter(one__in=looked_at).order_by("-score", "other").values_list("one", "pk", "other", party)
    for one, *pair in columns[:MOST_PAIRS]:
        of_one.setdefault(one, []).append((pair[0], pair[1], pair[2]))
    taken: set[int] = set()
    chosen: dict[int, list[int]] = {}
    for one in looked_at:
        free = [] if one in taken else [pair for pair in of_one.get(one, ()) if pair[1] not in taken]
        surest_of_party: dict[int, int] = {}
        for pair_key, _other, of_party in free:
            surest_of_party.setdefault(of_party, pair_key)
        if surest_of_party:
            chosen[one] = list(surest_of_party.values())
            taken |= {one, *(other for _key, other, _party in free)}
    widest = sorted(chosen, key=lambda one: -len(chosen[one]))[:most]
    found = read(AlikePair.objects.filter(pk__in=[key for one in widest for key in chosen[one]]))
    shown = Passage.objects.with_source().in_bulk(widest)
    return [SharedPledge(shown[one], found[one]) for one in widest]
