"""What an engine promises to `search()`: to find, count and keep entries."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple, Protocol

import numpy as np

from programmes.search.kinds import OWN, Kind, Part
from programmes.search.neighbours import Neighbours
from programmes.search.plan import Plan
from programmes.search.vocabulary import Vocabulary

Sort = Literal["relevance", "newest", "party"]


@dataclass(frozen=True, slots=True)
class Scope:
    """Which entries may be found: those of some programmes, themes and kinds; None means all."""

    programmes: frozenset[int] | None = None
    themes: frozenset[int] | None = None
    without_programmes: frozenset[int] = frozenset()
    without_themes: frozenset[int] = frozenset()
    own: tuple[Kind, ...] = OWN
    """The kinds that count as hits: fewer than all where one form of pledges is asked for."""

    @property
    def pledges(self) -> tuple[Kind, ...]:
        """The kinds that the list of pledges shows; a dissent stands in a list."""
        return (*self.own, Kind.DISSENT) if Kind.PLEDGE in self.own else self.own


class IndexBeingBuilt(Exception):
    """The index is behind the archive, and another process builds it at this moment."""


class Ranked(NamedTuple):
    """An entry that was found, in its place."""

    key: int
    likeness: int
    programme: int
    kind: int


class Standing(NamedTuple):
    """Passages that a term stands in: their keys, and each one's programme, in any order."""

    keys: np.ndarray
    programmes: np.ndarray


@dataclass(frozen=True, slots=True)
class Found:
    """What an engine found: a stretch of each part asked for, and the counts that facets are made from."""

    hits: Mapping[Part, tuple[Ranked, ...]] = field(default_factory=dict)
    """The best first; dissents come last."""
    kinds: Mapping[Kind, int] = field(default_factory=dict)
    """Entries of each kind with all filters applied but that on the form of pledges."""
    by_programme: Mapping[int, int] = field(default_factory=dict)
    """Hits (`Scope.own`) of each programme with the theme filter applied and the programme filter not."""
    by_theme: Mapping[int, int] = field(default_factory=dict)
    """Hits of each theme id with the programme filter applied and the theme filter not."""
    elsewhere: Mapping[int, int] = field(default_factory=dict)
    """Other text and headings of each programme, the theme filter applied and the programme filter not."""


@dataclass(frozen=True, slots=True)
class Order:
    """How hits are sorted: by likeness, by year or by party first."""

    sort: Sort = "relevance"
    party_rank_of: Mapping[int, int] = field(default_factory=dict)
    """Programme id → place of its party in the alphabet."""


Pages = Mapping[Part, tuple[int, int]]
"""What is wanted of each part: the places of the first entry and of the one after the last."""


class Engine(Protocol):
    """A haystack backend that `search()` can use."""

    name: str
    is_behind: bool
    """Whether the index, when it was last asked, still owed a change that another process is at, or that failed."""

    def state(self) -> str:
        """Return the state of the archive that the index is of (`search.state`), empty where there is no index."""

    def stamp(self) -> Hashable:
        """Return what differs after every change of the index, as it was when `vocabulary` was last asked for."""

    def vocabulary(self) -> Vocabulary:
        """Return the words of the archive; an index that is behind it is built first. Raises `IndexBeingBuilt`."""

    def neighbours(self) -> Neighbours:
        """Return the words of the archive that are about the same, as they were made last.

        Of the index as it was when `vocabulary` was last asked for.
        """

    def find(self, plan: Plan, *, scope: Scope, order: Order, main_theme_of: Mapping[int, int], pages: Pages) -> Found:
        """Return a stretch of each part in `pages`, and the counts."""

    def count(self, plan: Plan, *, scope: Scope) -> int:
        """Return how many hits (`Scope.own`) there are."""

    def passages_with(self, terms: Sequence[str], *, programmes: frozenset[int] | None, most: int) -> Standing:
        """Return passages that have all of some terms (`search.terms`), at most so many.

        Of some programmes, of all if None. Headings are no passages.
        """

    def passages_with_each(
        self, terms: Sequence[str], *, programmes: frozenset[int] | None, most: int
    ) -> Mapping[str, Standing]:
        """Return for each of some terms the passages that have it; a term that more than `most` have is left out."""

    def catch_up(self) -> None:
        """Make the index right for what has changed since, as soon as the transaction allows.

        One that can't catch up, as it was never built, is left as it is: the next search builds it.
        """

    def indexed(self) -> dict[int, int]:
        """Return the digest of each entry in the index, by its key."""

    def rebuild(self) -> int:
        """Build the whole index anew beside the one in use, then take it into use; return the number of entries."""
