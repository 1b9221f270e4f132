"""Breadth: among hits that are equally near, the parties take turns on the first pages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from itertools import groupby

from programmes.search.engine import Ranked
from programmes.search.kinds import Kind

WINDOW = 60
"""Hits that are spread, three pages of them; what comes after stands as it was found."""
TURN = 4
"""Places that each hit of a party before it costs a hit: chosen, so that a party with half of the hits has half of the
first page and not all of it."""


def spread(hits: Sequence[Ranked], party_of: Callable[[int], object]) -> tuple[Ranked, ...]:
    """Return hits with the parties mixed among those that are equally near; `party_of` knows a programme's party."""
    result: list[Ranked] = []
    for _near, group in groupby(hits[:WINDOW], key=lambda hit: (hit.kind == Kind.DISSENT, hit.likeness)):
        taken: Counter[object] = Counter()
        placed = []
        for place, hit in enumerate(group):
            party = party_of(hit.programme)
            placed.append((place + TURN * taken[party], place, hit))
            taken[party] += 1
        result += [hit for _cost, _place, hit in sorted(placed)]
    return (*result, *hits[WINDOW:])
