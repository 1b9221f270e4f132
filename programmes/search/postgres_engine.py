"""The engine for large archives, behind django-haystack: PostgreSQL over terms of our own, one statement a search."""

from __future__ import annotations

import logging
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
from django.db import DEFAULT_DB_ALIAS, InterfaceError, OperationalError, connections
from haystack.backends import BaseEngine

from programmes.models.search import SearchEntry
from programmes.search import postgres_index
from programmes.search.engine import Found, Order, Scope
from programmes.search.entries import IndexEntry, entries_of_programmes, published_entries
from programmes.search.haystack_query import GrammarBackend, GrammarQuery
from programmes.search.plan import Plan
from programmes.search.postgres_index import STAMP, TABLE, THEME_SETS, WORDS
from programmes.search.postgres_statement import statement, whole_counts
from programmes.search.theme_sets import ThemeSets
from programmes.search.vocabulary import Vocabulary

log = logging.getLogger(__name__)


@dataclass
class KnownIndex:
    """What a process keeps of one state of the index."""

    stamp: int | None
    vocabulary: Vocabulary
    theme_sets: ThemeSets
    whole: tuple[dict[int, int], dict[int, int]] | None = None
    """Entries by programme and by theme set, once they have been asked for."""


class PostgresBackend(GrammarBackend):
    """Keeps and asks the tables of `models.search`; asks them in the database `DATABASE`, which may be a replica."""

    name = "postgres"
    _known: ClassVar[KnownIndex] = KnownIndex(None, Vocabulary({}), ThemeSets([]))

    def __init__(self, connection_alias: str, **options: Any) -> None:
        super().__init__(connection_alias, **options)
        self.database = options.get("DATABASE", DEFAULT_DB_ALIAS)

    def _ask(self, statement: str, values: Sequence[Any] | Mapping[str, Any] = ()) -> list[tuple[Any, ...]]:
        """Return the rows of a statement; the archive's own database answers while the replica can't."""
        try:
            return self._rows(self.database, statement, values)
        except (OperationalError, InterfaceError):
            if self.database == DEFAULT_DB_ALIAS:
                raise
            log.warning("The database %s can't be searched; asking the archive's own", self.database, exc_info=True)
            return self._rows(DEFAULT_DB_ALIAS, statement, values)

    @staticmethod
    def _rows(database: str, statement: str, values: Sequence[Any] | Mapping[str, Any]) -> list[tuple[Any, ...]]:
        """Return the rows of the last of some statements."""
        with connections[database].cursor() as cursor:
            cursor.execute(statement, values)
            while cursor.nextset():
                pass
            return cursor.fetchall()

    def stamp(self) -> Hashable:
        """Return what differs after every change of the index."""
        return self._known.stamp

    def vocabulary(self) -> Vocabulary:
        """Return the words of the archive."""
        number = self._ask(f"SELECT number FROM {STAMP}")
        stamp = number[0][0] if number else 0
        if stamp != self._known.stamp:
            words = dict(self._ask(f"SELECT word, entries FROM {WORDS}"))
            theme_sets = ThemeSets(self._ask(f"SELECT id, themes FROM {THEME_SETS} ORDER BY id"))
            type(self)._known = KnownIndex(stamp, Vocabulary(words), theme_sets)
        return self._known.vocabulary

    def _whole(self) -> tuple[dict[int, int], dict[int, int]]:
        """Return how many entries each programme and each theme set has, counted once after every change."""
        known = self._known
        if known.whole is None:
            known.whole = (
                dict(self._ask(f"SELECT programme_id, count(*) FROM {TABLE} GROUP BY programme_id")),
                dict(self._ask(f"SELECT theme_set, count(*) FROM {TABLE} GROUP BY theme_set")),
            )
        return known.whole

    def find(
        self, plan: Plan, *, scope: Scope, order: Order, main_theme_of: Mapping[int, int], first: int, last: int
    ) -> Found:
        """Return the hits from `first` up to `last`, and the counts."""
        theme_sets = self._known.theme_sets
        (row,) = self._ask(*statement(plan, scope, order, theme_sets=theme_sets, first=first, last=last))
        passages, likenesses, programmes, by_programme, sets, by_set = (column or [] for column in row)
        counts = {programme: count for programme, count in zip(programmes, by_programme, strict=True) if count}
        set_counts = dict(zip(sets, by_set, strict=True))
        all_programmes, all_theme_sets = whole_counts(plan, scope)
        if all_programmes:
            counts = self._whole()[0]
        if all_theme_sets:
            set_counts = self._whole()[1]
        allowed = counts if scope.programmes is None else scope.programmes
        return Found(
            hits=tuple(zip(passages, likenesses, strict=True)),
            total=sum(count for programme, count in counts.items() if programme in allowed),
            by_programme=counts,
            by_theme=theme_sets.count_main_themes(
                np.fromiter(set_counts.keys(), dtype=np.int64),
                np.fromiter(set_counts.values(), dtype=np.int64),
                main_theme_of,
            ),
        )

    def index_programme(self, programme_id: int) -> None:
        """Make the index right for a programme, in the transaction that is going on."""
        postgres_index.replace(programme_id, entries_of_programmes([programme_id]))

    def remove_programme(self, programme_id: int) -> None:
        """Take a programme's pledges out, in the transaction that is going on."""
        postgres_index.replace(programme_id, ())

    def rebuild(self) -> int:
        """Build the whole index anew beside the one in use, then take it into use."""
        return postgres_index.rebuild(published_entries())

    def indexed(self) -> dict[int, int]:
        """Return the digest of each entry in the index, by passage id."""
        return dict(SearchEntry.objects.values_list("passage_id", "digest"))

    def replace_passages(self, passage_ids: list[int], entries: Iterable[IndexEntry]) -> None:
        """Take the entries of some passages out and put others in."""
        postgres_index.replace_passages(passage_ids=passage_ids, entries=entries)

    def clear(self, models: Any = None, commit: bool = True) -> None:
        """Take out every entry."""
        postgres_index.rebuild(())


class PostgresEngine(BaseEngine):
    """The engine to name in `HAYSTACK_CONNECTIONS`."""

    backend = PostgresBackend
    query = GrammarQuery
