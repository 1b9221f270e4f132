"""What several parties promise alike, among some pledges: found in four queries, however many there are."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from programmes.alike.kept import DRAFTS, MATCHES, SHOWN, AlikePledge, read
from programmes.models import AlikePair, Passage, PassageQuerySet, Programme

MOST_PAIRS = 20_000
"""Pairs that are looked at, the surest of them: an archive of 200,000 pledges has fewer on a theme."""


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
    current = Programme.objects.current().exclude(status__in=DRAFTS).filter(pk__in=programmes)
    parties = dict(current.values_list("pk", "branch__party"))
    if len(set(parties.values())) < 2:
        return []
    # Programmes are asked for first: with them in the query the database joins all with all.
    pairs = AlikePair.objects.filter(label__in=MATCHES, score__gte=SHOWN, one__in=pledges, one__dissent="")
    pairs = pairs.filter(one__programme__in=parties, other__programme__in=parties, other__dissent="")
    columns = ("one", "one__programme", "pk", "other", "other__programme")
    rows = pairs.order_by("-score", "one", "other").values_list(*columns)[:MOST_PAIRS]
    found = _chosen(rows, parties, most)
    others = read(AlikePair.objects.filter(pk__in=[pair for chosen in found.values() for pair in chosen]))
    shown = Passage.objects.with_source().in_bulk(found)
    return [SharedPledge(shown[one], others[one]) for one in found]


def _chosen(
    rows: Iterable[tuple[int, int, int, int, int]], parties: Mapping[int, int], most: int
) -> dict[int, list[int]]:
    """Return the pledges to show, each with the pairs that tell of it, from pairs with the surest first."""
    of_one: dict[int, list[tuple[int, int, int]]] = {}
    for one, own, pair, other, others in rows:
        if parties[own] != parties[others]:
            of_one.setdefault(one, []).append((pair, other, parties[others]))
    breadth = {one: len({party for _pair, _other, party in alike}) for one, alike in of_one.items()}
    taken: set[int] = set()
    found: dict[int, list[int]] = {}
    for one in sorted(of_one, key=lambda one: -breadth[one]):  # of those as broad the surest, as they came
        free = [] if one in taken else [alike for alike in of_one[one] if alike[1] not in taken]
        surest: dict[int, int] = {}
        for pair, _other, party in free:
            surest.setdefault(party, pair)
        if surest:
            found[one] = list(surest.values())
            taken |= {one, *(other for _pair, other, _party in free)}
    return {one: found[one] for one in sorted(found, key=lambda one: -len(found[one]))[:most]}
