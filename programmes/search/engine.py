"""What an engine promises to `search()`: to find, count and keep entries."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Literal, Protocol

from programmes.search.plan import Plan
from programmes.search.vocabulary import Vocabulary

Sort = Literal["relevance", "newest", "party"]


@dataclass(frozen=True, slots=True)
class Scope:
    """Which entries may be found: those of some programmes, and of some themes; None means all."""

    programmes: frozenset[int] | None = None
    themes: frozenset[int] | None = None
    without_programmes: frozenset[int] = frozenset()
    without_themes: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Found:
    """What an engine found: one page of passages in order, and the counts that facets are made from."""

    hits: tuple[tuple[int, int], ...]
    """Passage id and likeness."""
    total: int
    by_programme: Mapping[int, int]
    """Hits of each programme with the theme filter applied and the programme filter not."""
    by_theme: Mapping[int, int]
    """Hits of each theme id with the programme filter applied and the theme filter not."""


@dataclass(frozen=True, slots=True)
class Order:
    """How hits are sorted: by likeness, by year or by party first."""

    sort: Sort
    party_rank_of: Mapping[int, int]
    """Programme id → place of its party in the alphabet."""


class Engine(Protocol):
    """A haystack backend that `search()` can use."""

    name: str

    def stamp(self) -> Hashable:
        """Return what differs after every change of the index, as it was when `vocabulary` was last asked for."""

    def vocabulary(self) -> Vocabulary:
        """Return the words of the archive."""

    def find(
        self, plan: Plan, *, scope: Scope, order: Order, main_theme_of: Mapping[int, int], first: int, last: int
    ) -> Found:
        """Return the hits from `first` up to `last`, and the counts."""

    def index_programme(self, programme_id: int) -> None:
        """Make the index right for a programme: its published pledges and no others."""

    def remove_programme(self, programme_id: int) -> None:
        """Take a programme's pledges out of the index."""

    def indexed(self) -> dict[int, int]:
        """Return the digest of each entry in the index, by passage id."""

    def rebuild(self) -> int:
        """Build the whole index anew beside the one in use, then take it into use; return the number of entries."""
