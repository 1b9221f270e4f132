"""The engine for large archives, behind django-haystack: PostgreSQL over terms of our own, one statement a search."""

from __future__ import annotations

import logging
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

import numpy as np
from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, InterfaceError, OperationalError, connections
from haystack.backends import BaseEngine

from programmes.search import postgres_index
from programmes.search.engine import Found, IndexBeingBuilt, Order, Pages, Ranked, Scope, Standing
from programmes.search.entries import IndexEntry, published_entries
from programmes.search.haystack_query import GrammarBackend, GrammarQuery
from programmes.search.kinds import KINDS_OF, Kind, Part
from programmes.search.neighbours import NONE, Neighbours
from programmes.search.own_writes import reads_own_writes
from programmes.search.plan import Plan
from programmes.search.postgres_index import (
    ARCHIVE,
    BUILDING,
    HITS,
    NEIGHBOURS,
    STAMP,
    TABLE_OF,
    TEXTS,
    THEME_SETS,
    WORDS,
)
from programmes.search.postgres_passages import passages_statement
from programmes.search.postgres_statement import COUNTS, RANKED, Stretch, count_statement, statement
from programmes.search.state import as_state, current_state, owed_by
from programmes.search.theme_sets import ThemeSets
from programmes.search.vocabulary import Vocabulary

log = logging.getLogger(__name__)


@dataclass
class KnownIndex:
    """What a process keeps of one state of the index."""

    stamp: int | None
    vocabulary: Vocabulary
    theme_sets: ThemeSets
    whole: dict[str, dict[str, dict[int, int]]] = field(default_factory=dict)
    """Each table's entries by programme, by theme set and by kind, once they have been asked for."""
    neighbours: Neighbours | None = None
    """The words about the same, once they have been asked for."""


class PostgresBackend(GrammarBackend):
    """Keeps and asks the tables of `models.search`; asks them in the database `DATABASE`, which may be a replica."""

    name = "postgres"
    is_behind = False
    _known: ClassVar[KnownIndex] = KnownIndex(None, Vocabulary({}), ThemeSets([]))

    def __init__(self, connection_alias: str, **options: Any) -> None:
        super().__init__(connection_alias, **options)
        self._searched = options.get("DATABASE", DEFAULT_DB_ALIAS)

    @property
    def database(self) -> str:
        """The database to ask: a replica is not asked for people who must see what they have just written."""
        return DEFAULT_DB_ALIAS if reads_own_writes() else self._searched

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

    def state(self) -> str:
        """Return the state of the archive that the index is of."""
        _stamp, state, _mark = self._stamps()
        return state

    def stamp(self) -> Hashable:
        """Return what differs after every change of the index."""
        return self._known.stamp

    def vocabulary(self) -> Vocabulary:
        """Return the words of the archive; an index that is behind it is built first. Raises `IndexBeingBuilt`."""
        stamp, state, mark = self._stamps()
        self.is_behind = state != as_state(mark) and not self._make_right(state)
        if state != as_state(mark):
            stamp, state, _mark = self._stamps()
        if self.database != DEFAULT_DB_ALIAS:  # a replica doesn't know what it hasn't heard of yet
            self.is_behind = self.is_behind or state != current_state()
        if stamp != self._known.stamp:
            words = dict(self._ask(f"SELECT word, entries FROM {WORDS}"))
            theme_sets = ThemeSets(self._ask(f"SELECT id, themes FROM {THEME_SETS} ORDER BY id"))
            type(self)._known = KnownIndex(stamp, Vocabulary(words), theme_sets)
        return self._known.vocabulary

    def neighbours(self) -> Neighbours:
        """Return the words of the archive that are about the same."""
        known = self._known
        if known.neighbours is None:
            rows = self._ask(f"SELECT kept FROM {NEIGHBOURS}")
            known.neighbours = Neighbours.from_bytes(bytes(rows[0][0])) if rows else NONE
        return known.neighbours

    def _stamps(self) -> tuple[int, str, str]:
        """Return the number of the index, the state that it is of, and the mark of the archive."""
        ((stamp, state, mark),) = self._ask(
            f"SELECT coalesce((SELECT number FROM {STAMP}), 0), coalesce((SELECT state FROM {STAMP}), ''), "
            f"coalesce((SELECT mark FROM {ARCHIVE}), '')"
        )
        return stamp, state, mark

    def _make_right(self, state: str) -> bool:
        """Make the index right for what it owes, or build it; False if another process is at it.

        Raises `IndexBeingBuilt` if that process builds it: its readers are asked to come back.
        """
        with connections[settings.DIRECT_DATABASE].cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_lock(%s)", [BUILDING])
            if not cursor.fetchone()[0]:
                if owed_by(state) is None:
                    raise IndexBeingBuilt
                return False
            try:
                if not postgres_index.catch_up():
                    log.warning("The search index in PostgreSQL is empty or behind the archive; building it")
                    self.rebuild()
            finally:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [BUILDING])
        return True

    def _whole(self, table: str) -> dict[str, dict[int, int]]:
        """Return how many hits each programme and theme set has, and entries each kind, counted once a change."""
        known = self._known
        if table not in known.whole:
            own = f"kind <> {Kind.DISSENT:d}"
            known.whole[table] = {
                name: dict(
                    self._ask(
                        f"SELECT {column}, count(*) FROM {table} WHERE {'true' if name == 'kind' else own} "
                        f"GROUP BY {column}"
                    )
                )
                for name, column in COUNTS.items()
            }
        return known.whole[table]

    def find(self, plan: Plan, *, scope: Scope, order: Order, main_theme_of: Mapping[int, int], pages: Pages) -> Found:
        """Return a stretch of each part in `pages`, and the counts."""
        hits, by = self._find(HITS, plan, scope, order, pages)
        text, text_by = self._find(TEXTS, plan, scope, order, pages)
        theme_sets = self._known.theme_sets
        return Found(
            hits=hits | text,
            kinds={Kind(kind): count for kind, count in sorted((by["kind"] | text_by["kind"]).items()) if count},
            by_programme=_counted(by["programme"]),
            by_theme=theme_sets.count_main_themes(
                np.fromiter(by["theme_set"].keys(), dtype=np.int64),
                np.fromiter(by["theme_set"].values(), dtype=np.int64),
                main_theme_of,
            ),
            elsewhere=_counted(text_by["programme"]),
        )

    def _find(
        self, table: str, plan: Plan, scope: Scope, order: Order, pages: Pages
    ) -> tuple[dict[Part, tuple[Ranked, ...]], dict[str, dict[int, int]]]:
        """Return the stretches that stand in a table, and its counts."""
        stretches = {part: _wanted(part, scope, pages[part]) for part in pages if _table_of(part) == table}
        asked = statement(
            table, plan, scope, order, theme_sets=self._known.theme_sets, stretches=list(stretches.values())
        )
        (row,) = self._ask(asked.text, asked.values)
        columns = iter([column or [] for column in row])
        found = {name: dict(zip(next(columns), next(columns), strict=True)) for name in COUNTS}
        counts = {name: self._whole(table)[name] if name in asked.whole else found[name] for name in COUNTS}
        hits = {part: tuple(map(Ranked, *(next(columns) for _column in RANKED))) for part in stretches}
        return hits, counts

    def count(self, plan: Plan, *, scope: Scope) -> int:
        """Return how many hits there are."""
        ((count,),) = self._ask(*count_statement(HITS, plan, scope, theme_sets=self._known.theme_sets))
        return count

    def passages_with(self, terms: Sequence[str], *, programmes: frozenset[int] | None, most: int) -> Standing:
        """Return passages that have all of some terms."""
        ((keys, of_programmes),) = self._ask(*passages_statement([terms], programmes, most=most))
        return _standing(keys, of_programmes)

    def passages_with_each(
        self, terms: Sequence[str], *, programmes: frozenset[int] | None, most: int
    ) -> Mapping[str, Standing]:
        """Return for each of some terms the passages that have it."""
        if not terms:
            return {}
        rows = self._ask(*passages_statement([[term] for term in terms], programmes, most=most + 1))
        found = {term: _standing(*row) for term, row in zip(terms, rows, strict=True)}
        return {term: standing for term, standing in found.items() if len(standing.keys) <= most}

    def catch_up(self) -> None:
        """Make the index right for what has changed since, in the transaction that is going on."""
        postgres_index.catch_up()

    def rebuild(self) -> int:
        """Build the whole index anew beside the one in use, then take it into use."""
        return postgres_index.rebuild(published_entries())

    def indexed(self) -> dict[int, int]:
        """Return the digest of each entry in the index, by its key."""
        return postgres_index.digests()

    def replace_entries(self, keys: list[int], entries: Iterable[IndexEntry]) -> None:
        """Take the entries with some keys out and put others in."""
        postgres_index.replace_entries(keys=keys, entries=entries)

    def clear(self, models: Any = None, commit: bool = True) -> None:
        """Take out every entry."""
        postgres_index.rebuild((), whole=False)


class PostgresEngine(BaseEngine):
    """The engine to name in `HAYSTACK_CONNECTIONS`."""

    backend = PostgresBackend
    query = GrammarQuery


def _table_of(part: Part) -> str:
    return TABLE_OF[KINDS_OF[part][0]]


def _wanted(part: Part, scope: Scope, stretch: tuple[int, int]) -> Stretch:
    if part is not Part.PLEDGES:
        return Stretch(KINDS_OF[part], *stretch)
    return Stretch(scope.own, *stretch, after=tuple(kind for kind in scope.pledges if kind not in scope.own))


def _counted(counts: Mapping[int, int]) -> dict[int, int]:
    return {number: count for number, count in counts.items() if count}


def _standing(keys: Sequence[int] | None, programmes: Sequence[int] | None) -> Standing:
    return Standing(np.array(keys or (), dtype=np.int64), np.array(programmes or (), dtype=np.int64))
