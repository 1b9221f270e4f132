"""A theme by party: how many pledges each has, and the first of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import F, Window
from django.db.models.functions import RowNumber

from programmes.models import Passage, PassageQuerySet, Programme
from programmes.norwegian.sorting import norwegian_order
from programmes.registers import NATIONAL_SLUG
from programmes.site.links import QueryLinks
from programmes.site.theme_counts import Count

FIRST = 4
"""Pledges shown of each party."""


@dataclass(frozen=True, slots=True)
class PartyPledges:
    """A party with the first pledges under a theme of the programme that says most of where it stands."""

    name: str
    count: int
    url: str
    """Where all its pledges under the theme are listed."""
    programme: Programme
    pledges: Sequence[Passage]


def by_party(pledges: PassageQuerySet, counts: Sequence[Count], links: QueryLinks) -> list[PartyPledges]:
    """Return the parties that have pledges by name, each with the first of its newest programme; in two queries.

    A party's programme for the country goes before its chapters'. `counts` are those of the programmes to show, the
    newest first.
    """
    shown: dict[str, Count] = {}
    totals: dict[str, int] = {}
    for count in counts:
        totals[count.party] = totals.get(count.party, 0) + count.pledges
        known = shown.get(count.party)
        if count.pledges and (known is None or count.branch == NATIONAL_SLUG != known.branch):
            shown[count.party] = count
    first = _first(pledges, [count.programme for count in shown.values()])
    programmes = Programme.objects.with_branch().defer("parse_report").in_bulk(first)
    found = []
    for party, count in shown.items():
        programme = programmes[count.programme]
        for passage in first[count.programme]:
            passage.programme = programme
        name = programme.branch.party.name
        url = links.changed_to("parti", party)
        found.append(PartyPledges(name, totals[party], url, programme, first[count.programme]))
    return sorted(found, key=lambda each: norwegian_order(each.name))


def _first(pledges: PassageQuerySet, programmes: Sequence[int]) -> dict[int, list[Passage]]:
    """Return the first pledges of each of some programmes."""
    place = Window(RowNumber(), partition_by=F("programme"), order_by="position")
    found: dict[int, list[Passage]] = {programme: [] for programme in programmes}
    for passage in pledges.filter(programme__in=programmes).annotate(place=place).filter(place__lte=FIRST):
        found[passage.programme_id].append(passage)
    return {programme: sorted(rows, key=lambda row: row.position) for programme, rows in found.items() if rows}
