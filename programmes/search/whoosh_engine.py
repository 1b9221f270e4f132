"""The default engine, behind django-haystack: Whoosh for the terms, arrays by document number for all counts."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
from django.db import transaction
from haystack.backends import BaseEngine

from programmes.search.engine import Found, Order, Scope
from programmes.search.entries import IndexEntry, entries_of_programmes, published_entries
from programmes.search.haystack_query import GrammarBackend, GrammarQuery
from programmes.search.matching import likenesses
from programmes.search.plan import Plan
from programmes.search.terms import Likeness
from programmes.search.vocabulary import Vocabulary
from programmes.search.whoosh_index import IndexFolder, Snapshot


class WhooshBackend(GrammarBackend):
    """Keeps and asks the index in the folder `PATH` of its connection."""

    name = "whoosh"
    _folders: ClassVar[dict[Path, IndexFolder]] = {}

    def __init__(self, connection_alias: str, **options: Any) -> None:
        super().__init__(connection_alias, **options)
        path = Path(options["PATH"])
        self.folder = self._folders.setdefault(path, IndexFolder(path, published_entries))

    def stamp(self) -> Hashable:
        """Return what differs after every change of the index."""
        return self.folder.stamp

    def vocabulary(self) -> Vocabulary:
        """Return the words of the archive."""
        return self.folder.ask(lambda index: index.vocabulary)

    def find(
        self, plan: Plan, *, scope: Scope, order: Order, main_theme_of: Mapping[int, int], first: int, last: int
    ) -> Found:
        """Return the hits from `first` up to `last`, and the counts."""
        return self.folder.ask(partial(_find, plan, scope, order, main_theme_of, first, last))

    def index_programme(self, programme_id: int) -> None:
        """Make the index right for a programme once the transaction is through."""
        transaction.on_commit(partial(self._replace, programme_id))

    def _replace(self, programme_id: int) -> None:
        self.folder.replace(programme_id, entries_of_programmes([programme_id]))

    def remove_programme(self, programme_id: int) -> None:
        """Take a programme's pledges out once the transaction is through."""
        transaction.on_commit(partial(self.folder.replace, programme_id, ()))

    def rebuild(self) -> int:
        """Build the whole index anew beside the one in use, then take it into use."""
        return self.folder.rebuild()

    def indexed(self) -> dict[int, int]:
        """Return the digest of each entry in the index, by passage id."""
        return self.folder.ask(Snapshot.digests)

    def replace_passages(self, passage_ids: list[int], entries: Iterable[IndexEntry]) -> None:
        """Take the entries of some passages out and put others in."""
        self.folder.replace_passages(passage_ids, entries)

    def clear(self, models: Any = None, commit: bool = True) -> None:
        """Swap in an empty index. Our `rebuild_index` does without: it swaps in the new one when it is done."""
        self.folder.rebuild(empty=True)


class WhooshEngine(BaseEngine):
    """The engine to name in `HAYSTACK_CONNECTIONS`."""

    backend = WhooshBackend
    query = GrammarQuery


def _find(
    plan: Plan, scope: Scope, order: Order, main_theme_of: Mapping[int, int], first: int, last: int, index: Snapshot
) -> Found:
    """Return the hits from `first` up to `last`, and the counts, of one state of the index."""
    found = likenesses(plan, index)
    found[~index.live] = 0
    found = _without(found, index, scope)
    in_programmes = _of(index.programme, scope.programmes)
    in_themes = _with_theme(index, scope.themes) if scope.themes is not None else None
    by_programme = np.bincount(index.programme[_hits(found, in_themes)])
    by_theme_set = np.bincount(index.theme_set[_hits(found, in_programmes)])
    theme_sets = np.flatnonzero(by_theme_set)
    by_theme = index.theme_sets.count_main_themes(theme_sets, by_theme_set[theme_sets], main_theme_of)
    if in_programmes is not None:
        found[~in_programmes] = 0
    if in_themes is not None:
        found[~in_themes] = 0
    hits = np.flatnonzero(found)
    page = _sorted(hits, found, index, order, last)[first:last]
    return Found(
        hits=tuple((int(index.passage[hit]), int(found[hit])) for hit in page),
        total=len(hits),
        by_programme={int(at): int(by_programme[at]) for at in np.flatnonzero(by_programme)},
        by_theme=by_theme,
    )


def _of(numbers: np.ndarray, wanted: frozenset[int] | None) -> np.ndarray | None:
    """Return which numbers are wanted, None where all are."""
    return None if wanted is None else np.isin(numbers, np.fromiter(wanted, dtype=np.int64, count=len(wanted)))


def _with_theme(index: Snapshot, themes: frozenset[int]) -> np.ndarray:
    """Return which documents have one of some themes."""
    return np.isin(index.theme_set, index.theme_sets.with_any(themes))


def _without(found: np.ndarray, index: Snapshot, scope: Scope) -> np.ndarray:
    """Return the likenesses with what the scope shuts out at 0."""
    if scope.without_programmes:
        found[_of(index.programme, scope.without_programmes)] = 0
    if scope.without_themes:
        found[_with_theme(index, scope.without_themes)] = 0
    return found


def _hits(found: np.ndarray, within: np.ndarray | None) -> np.ndarray:
    return np.flatnonzero(found if within is None else found.astype(bool) & within)


def _sorted(hits: np.ndarray, found: np.ndarray, index: Snapshot, order: Order, last: int) -> np.ndarray:
    """Return the first `last` hits in order: by year or party if asked, then likeness, length, year and id."""
    key = (np.int64(max(Likeness)) - found[hits]) << 32 | index.rank[hits].astype(np.int64)
    if order.sort == "newest":
        key |= (np.int64(3000) - index.year[hits]) << 36
    elif order.sort == "party":
        ranks = np.zeros(int(index.programme.max(initial=0)) + 1, dtype=np.int64)
        for programme, rank in order.party_rank_of.items():
            if programme < len(ranks):
                ranks[programme] = rank
        key |= ranks[index.programme[hits]] << 36
    if len(hits) > 4 * last:
        nearest = np.argpartition(key, last)[:last]
        hits, key = hits[nearest], key[nearest]
    return hits[np.argsort(key)]
