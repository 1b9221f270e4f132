"""What several parties promise alike, as a page shows it: on a theme, or in a place."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from programmes.alike.shared import shared_by_parties
from programmes.models import Passage, PassageQuerySet
from programmes.norwegian.sorting import norwegian_order
from programmes.site.alike import Beside, set_beside

MOST = 6
"""Pledges shown."""


@dataclass(frozen=True, slots=True)
class Shared:
    """A pledge, and other parties' beside it, by the parties' names."""

    pledge: Passage
    others: list[Beside]

    @property
    def parties(self) -> int:
        """How many parties want it."""
        return 1 + len(self.others)

    @property
    def others_named(self) -> str:
        """The names of the other parties: `Rødt, SV`."""
        return ", ".join(beside.alike.pledge.programme.branch.party.name for beside in self.others)


def shared(pledges: PassageQuerySet, programmes: Collection[int]) -> list[Shared]:
    """Return what most parties share of some pledges of some programmes, see `shared_by_parties`."""
    return [
        Shared(
            each.pledge,
            sorted(
                (set_beside(other) for other in each.others),
                key=lambda beside: norwegian_order(beside.alike.pledge.programme.branch.party.name),
            ),
        )
        for each in shared_by_parties(pledges, programmes, most=MOST)
    ]
