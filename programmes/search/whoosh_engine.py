"""The default engine, behind django-haystack: Whoosh for the terms, arrays by document number for all counts."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
from django.db import transaction
from haystack.backends import BaseEngine

from programmes.search.engine import Found, Order, Pages, Ranked, Scope, Standing
from programmes.search.entries import IndexEntry
from programmes.search.haystack_query import GrammarBackend, GrammarQuery
from programmes.search.kinds import ELSEWHERE, KINDS_OF, Kind, Part
from programmes.search.matching import likenesses
from programmes.search.neighbours import Neighbours
from programmes.search.plan import Plan
from programmes.search.terms import Likeness
from programmes.search.vocabulary import Vocabulary
from programmes.search.whoosh_index import IndexFolder
from programmes.search.whoosh_snapshot import Snapshot


class WhooshBackend(GrammarBackend):
    """Keeps and asks the index in the folder `PATH` of its connection."""

    name = "whoosh"
    _folders: ClassVar[dict[Path, IndexFolder]] = {}

    def __init__(self, connection_alias: str, **options: Any) -> None:
        super().__init__(connection_alias, **options)
        path = Path(options["PATH"])
        self.folder = self._folders.setdefault(path, IndexFolder(path))

    @property
    def is_behind(self) -> bool:
        """Whether the index still owed a change when it was last asked."""
        return self.folder.is_behind

    def state(self) -> str:
        """Return the state of the archive that the index is of."""
        return self.folder.state()

    def stamp(self) -> Hashable:
        """Return what differs after every change of the index."""
        return self.folder.stamp

    def vocabulary(self) -> Vocabulary:
        """Return the words of the archive."""
        return self.folder.ask(lambda index: index.vocabulary)

    def neighbours(self) -> Neighbours:
        """Return the words of the archive that are about the same."""
        return self.folder.ask(lambda index: index.neighbours, anew=False)

    def find(self, plan: Plan, *, scope: Scope, order: Order, main_theme_of: Mapping[int, int], pages: Pages) -> Found:
        """Return a stretch of each part in `pages`, and the counts."""
        return self.folder.ask(partial(_find, plan, scope, order, main_theme_of, pages), anew=False)

    def count(self, plan: Plan, *, scope: Scope) -> int:
        """Return how many hits there are."""
        return self.folder.ask(partial(_count, plan, scope), anew=False)

    def passages_with(self, terms: Sequence[str], *, programmes: frozenset[int] | None, most: int) -> Standing:
        """Return passages that have all of some terms."""
        return self.folder.ask(partial(_passages_with, terms, programmes, most), anew=False)

    def passages_with_each(
        self, terms: Sequence[str], *, programmes: frozenset[int] | None, most: int
    ) -> Mapping[str, Standing]:
        """Return for each of some terms the passages that have it."""
        return self.folder.ask(partial(_passages_with_each, terms, programmes, most), anew=False)

    def catch_up(self) -> None:
        """Make the index right for what has changed since, once the transaction is through.

        What goes wrong then is logged: the change itself is stored, and the next who comes tries again.
        """
        transaction.on_commit(self.folder.catch_up, robust=True)

    def rebuild(self) -> int:
        """Build the whole index anew beside the one in use, then take it into use."""
        return self.folder.rebuild()

    def indexed(self) -> dict[int, int]:
        """Return the digest of each entry in the index, by its key."""
        return self.folder.ask(Snapshot.digests)

    def replace_entries(self, keys: list[int], entries: Iterable[IndexEntry]) -> None:
        """Take the entries with some keys out and put others in."""
        self.folder.replace_entries(keys, entries)

    def clear(self, models: Any = None, commit: bool = True) -> None:
        """Swap in an empty index. Our `rebuild_index` does without: it swaps in the new one when it is done."""
        self.folder.rebuild(empty=True)


class WhooshEngine(BaseEngine):
    """The engine to name in `HAYSTACK_CONNECTIONS`."""

    backend = WhooshBackend
    query = GrammarQuery


def _find(
    plan: Plan, scope: Scope, order: Order, main_theme_of: Mapping[int, int], pages: Pages, index: Snapshot
) -> Found:
    """Return a stretch of each part and the counts, of one state of the index."""
    found = _without(likenesses(plan, index), index, scope)
    # Among booleans, which is seven times as fast; from here on only what was found is looked at.
    at = np.flatnonzero(found != 0)
    at = at[index.live[at]]
    kind, programme, theme_set = index.kind[at], index.programme[at], index.theme_set[at]
    in_programmes = _of(programme, scope.programmes)
    in_themes = _among(theme_set, index, scope.themes)
    own = _with(kind, scope.own)
    by_theme_set = np.bincount(theme_set[_both(own, in_programmes)])
    theme_sets = np.flatnonzero(by_theme_set)
    within = np.ones(len(at), dtype=bool)
    for mask in (in_programmes, in_themes):
        within = within if mask is None else within & mask
    kinds = np.bincount(kind[within], minlength=max(Kind) + 1)
    return Found(
        hits={
            part: _stretch(at[within & _with(kind, _shown(part, scope))], found, index, order, *stretch)
            for part, stretch in pages.items()
        },
        kinds={kind: int(kinds[kind]) for kind in Kind if kinds[kind]},
        by_programme=_by_programme(programme[_both(own, in_themes)]),
        by_theme=index.theme_sets.count_main_themes(theme_sets, by_theme_set[theme_sets], main_theme_of),
        elsewhere=_by_programme(programme[_both(_with(kind, ELSEWHERE), in_themes)]),
    )


def _count(plan: Plan, scope: Scope, index: Snapshot) -> int:
    at = np.flatnonzero(_without(likenesses(plan, index), index, scope) != 0)
    found = index.of_kinds(scope.own)[at]
    found = _both(found, _of(index.programme[at], scope.programmes))
    return int(np.count_nonzero(_both(found, _among(index.theme_set[at], index, scope.themes))))


def _passages_with(terms: Sequence[str], programmes: frozenset[int] | None, most: int, index: Snapshot) -> Standing:
    found = sorted((index.documents(term) for term in terms), key=len)
    at = found[0]
    for others in found[1:]:
        at = np.intersect1d(at, others, assume_unique=True)
    return _standing(at, programmes, most, index)


def _passages_with_each(
    terms: Sequence[str], programmes: frozenset[int] | None, most: int, index: Snapshot
) -> dict[str, Standing]:
    found = {term: _standing(index.documents(term), programmes, most + 1, index) for term in terms}
    return {term: standing for term, standing in found.items() if len(standing.keys) <= most}


def _standing(at: np.ndarray, programmes: frozenset[int] | None, most: int, index: Snapshot) -> Standing:
    """Return some documents as passages, headings and those of other programmes left out."""
    kept = index.live[at] & (index.kind[at] != Kind.SECTION)
    at = at[_both(kept, _of(index.programme[at], programmes))][:most]
    return Standing(index.key[at], index.programme[at])


def _shown(part: Part, scope: Scope) -> tuple[Kind, ...]:
    return scope.pledges if part is Part.PLEDGES else KINDS_OF[part]


def _both(found: np.ndarray, mask: np.ndarray | None) -> np.ndarray:
    return found if mask is None else found & mask


def _by_programme(programmes: np.ndarray) -> dict[int, int]:
    counts = np.bincount(programmes)
    named = np.flatnonzero(counts)
    return dict(zip(named.tolist(), counts[named].tolist(), strict=True))


def _with(kind: np.ndarray, kinds: tuple[Kind, ...]) -> np.ndarray:
    """Return which of some documents are of some kinds."""
    table = np.zeros(max(Kind) + 1, dtype=bool)
    table[list(kinds)] = True
    return table[kind]


def _of(numbers: np.ndarray, wanted: frozenset[int] | None) -> np.ndarray | None:
    """Return which numbers are wanted, None where all are."""
    return None if wanted is None else np.isin(numbers, np.fromiter(wanted, dtype=np.int32, count=len(wanted)))


def _among(theme_set: np.ndarray, index: Snapshot, themes: frozenset[int] | None) -> np.ndarray | None:
    """Return which sets of themes have one of some themes, None where all themes will do."""
    return None if themes is None else np.isin(theme_set, index.theme_sets.with_any(themes))


def _without(found: np.ndarray, index: Snapshot, scope: Scope) -> np.ndarray:
    """Return the likenesses with what the scope shuts out at 0."""
    if scope.without_programmes:
        found[_of(index.programme, scope.without_programmes)] = 0
    if scope.without_themes:
        found[_among(index.theme_set, index, scope.without_themes)] = 0
    return found


def _stretch(
    hits: np.ndarray, found: np.ndarray, index: Snapshot, order: Order, first: int, last: int
) -> tuple[Ranked, ...]:
    """Return the entries from `first` up to `last` of some documents.

    In order: the party's own before dissents, by year or party if asked, then likeness, length, year and key.
    """
    key = (np.int64(max(Likeness)) + 1 - found[hits]) << 32 | index.rank[hits].astype(np.int64)
    if order.sort == "newest":
        key |= (np.int64(3000) - index.year[hits]) << 36
    elif order.sort == "party":
        ranks = np.zeros(int(index.programme.max(initial=0)) + 1, dtype=np.int64)
        for programme, rank in order.party_rank_of.items():
            if programme < len(ranks):
                ranks[programme] = rank
        key |= ranks[index.programme[hits]] << 36
    key |= (index.kind[hits] == Kind.DISSENT).astype(np.int64) << 60
    if len(hits) > 4 * last:
        nearest = np.argpartition(key, last)[:last]
        hits, key = hits[nearest], key[nearest]
    hits = hits[np.argsort(key)][first:last]
    columns = (index.key, found, index.programme, index.kind)
    return tuple(map(Ranked, *(column[hits].tolist() for column in columns)))
