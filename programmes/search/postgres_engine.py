"""The engine for large archives, behind django-haystack: PostgreSQL over terms of our own, one statement a search."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping
from typing import Any, ClassVar, NamedTuple

from django.db import connections
from haystack.backends import BaseEngine, BaseSearchBackend

from programmes.models import Passage, Theme
from programmes.models.search import SearchEntry

from . import postgres_index
from .engine import Found, Order, Scope
from .entries import entries_of_passages, entries_of_programmes, published_entries
from .haystack_query import GrammarQuery, haystack_results
from .plan import AllOf, Leaf, Node, Option, Plan
from .postgres_index import STAMP, TABLE, THEME_SETS, WORDS
from .terms import Likeness
from .vocabulary import Vocabulary

NEAREST_FIRST = sorted(Likeness, reverse=True)
WORK_MEMORY = "64MB"
"""Of which a search takes some 60 bytes for each pledge that it matches."""


class ThemeSet(NamedTuple):
    """Themes that some entry has together, and the main theme of each, once."""

    themes: frozenset[int]
    mains: tuple[int, ...]


class PostgresBackend(BaseSearchBackend):
    """Keeps and asks the tables of `models.search`; asks them in the database `DATABASE`, which may be a replica."""

    name = "postgres"
    _vocabulary: ClassVar[tuple[int | None, Vocabulary]] = (None, Vocabulary({}))
    _theme_sets: ClassVar[Mapping[int, ThemeSet]] = {}

    def __init__(self, connection_alias: str, **options: Any) -> None:
        super().__init__(connection_alias, **options)
        self.database = options.get("DATABASE", "default")

    def stamp(self) -> Hashable:
        """Return what differs after every change of the index."""
        return self._vocabulary[0]

    def vocabulary(self) -> Vocabulary:
        """Return the words of the archive."""
        with connections[self.database].cursor() as cursor:
            cursor.execute(f"SELECT number FROM {STAMP}")
            row = cursor.fetchone()
            stamp = row[0] if row else 0
            if stamp != self._vocabulary[0]:
                cursor.execute(f"SELECT word, entries FROM {WORDS}")
                words = dict(cursor.fetchall())
                cursor.execute(
                    f"SELECT id, themes, ARRAY(SELECT DISTINCT coalesce(parent_id, id) FROM {Theme._meta.db_table} "
                    f"WHERE id = any(themes)) FROM {THEME_SETS}"
                )
                type(self)._theme_sets = {
                    number: ThemeSet(frozenset(themes), tuple(mains)) for number, themes, mains in cursor.fetchall()
                }
                type(self)._vocabulary = (stamp, Vocabulary(words))
        return self._vocabulary[1]

    def find(
        self, plan: Plan, *, scope: Scope, order: Order, main_theme_of: Mapping[int, int], first: int, last: int
    ) -> Found:
        """Return the hits from `first` up to `last`, and the counts."""
        theme_sets = self._theme_sets
        statement, values = _statement(plan, scope, order, theme_sets, first, last)
        with connections[self.database].cursor() as cursor:
            cursor.execute(statement, values)
            while cursor.nextset():
                pass
            (row,) = cursor.fetchall()
        passages, likenesses, programmes, by_programme, sets, by_set = (column or [] for column in row)
        by_theme: Counter[int] = Counter()
        for number, count in zip(sets, by_set, strict=True):
            for main in theme_sets[number].mains if number in theme_sets else ():
                by_theme[main] += count
        counts = {programme: count for programme, count in zip(programmes, by_programme, strict=True) if count}
        allowed = counts if scope.programmes is None else scope.programmes
        return Found(
            hits=tuple(zip(passages, likenesses, strict=True)),
            total=sum(count for programme, count in counts.items() if programme in allowed),
            by_programme=counts,
            by_theme={theme: count for theme, count in by_theme.items() if count},
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

    # What haystack's commands and its SearchQuerySet call:

    def update(self, index: Any, iterable: Iterable[Passage], commit: bool = True) -> None:
        """Put in pledges, each in place of its earlier entry."""
        ids = [pledge.pk for pledge in iterable]
        postgres_index.replace_passages(passage_ids=ids, entries=entries_of_passages(ids))

    def remove(self, obj_or_string: Passage | str, commit: bool = True) -> None:
        """Take out a pledge, given itself or haystack's name for it (`programmes.pledge.7`)."""
        pk = obj_or_string.rsplit(".", 1)[-1] if isinstance(obj_or_string, str) else obj_or_string.pk
        postgres_index.replace_passages(passage_ids=[int(pk)], entries=())

    def clear(self, models: Any = None, commit: bool = True) -> None:
        """Take out every entry."""
        postgres_index.rebuild(())

    def search(self, query_string: str, **options: Any) -> dict[str, Any]:
        """Answer haystack's own question in our grammar."""
        return haystack_results(self, query_string, **options)


class PostgresEngine(BaseEngine):
    """The engine to name in `HAYSTACK_CONNECTIONS`."""

    backend = PostgresBackend
    query = GrammarQuery


def _statement(
    plan: Plan, scope: Scope, order: Order, theme_sets: Mapping[int, ThemeSet], first: int, last: int
) -> tuple[str, list[Any]]:
    """Return the one statement that gives hits and counts, and its values.

    It reads each row that matches once, likeness by likeness, and counts and sorts the few numbers that it took from
    it. Parallel workers and JIT cost more to start than such a statement takes. A sequential scan, which looks cheap
    over narrow rows, would fetch the terms of every one of them; so would a bitmap too large for its memory.
    """
    tiers, values = _tiers(plan, scope, theme_sets)
    in_programmes, in_themes = _programmes(scope.programmes), _themes(scope.themes, theme_sets)
    nearest, page_values = _page(len(tiers), order, f"{in_programmes} AND {in_themes}", first, last)
    every_tier = " UNION ALL ".join(f"SELECT programme_id, theme_set FROM tier_{at}" for at in range(len(tiers)))
    statement = f"""
        SET LOCAL jit = off; SET LOCAL max_parallel_workers_per_gather = 0; SET LOCAL work_mem = '{WORK_MEMORY}';
        SET LOCAL enable_seqscan = {"off" if plan.wanted or plan.unwanted else "on"};
        WITH {", ".join(f"tier_{at} AS MATERIALIZED ({tier})" for at, tier in enumerate(tiers))},
        counted AS (
            SELECT programme_id, theme_set, grouping(programme_id) AS is_theme_set,
                count(*) FILTER (WHERE {in_themes}) AS with_themes,
                count(*) FILTER (WHERE {in_programmes}) AS with_programmes
            FROM ({every_tier}) AS matched GROUP BY GROUPING SETS ((programme_id), (theme_set))
        ), page AS ({nearest})
        SELECT (SELECT array_agg(passage_id) FROM page), (SELECT array_agg(likeness) FROM page),
            array_agg(programme_id) FILTER (WHERE is_theme_set = 0),
            array_agg(with_themes) FILTER (WHERE is_theme_set = 0),
            array_agg(theme_set) FILTER (WHERE is_theme_set = 1),
            array_agg(with_programmes) FILTER (WHERE is_theme_set = 1)
        FROM counted
    """
    return statement, [*values, *page_values]


def _page(tiers: int, order: Order, condition: str, first: int, last: int) -> tuple[str, list[Any]]:
    """Return the statement for one page of hits, and its values.

    By likeness, a tier is sorted only where those before it don't fill the page.
    """
    by = "likeness DESC, length, year DESC, passage_id"
    whole = [f"SELECT * FROM tier_{at}" for at in range(tiers)]
    if order.sort == "relevance":
        sorted_tiers = [f"({tier} WHERE {condition} ORDER BY {by} LIMIT %s)" for tier in whole]
        statement = f"SELECT passage_id, likeness FROM ({' UNION ALL '.join(sorted_tiers)}) AS tier LIMIT %s OFFSET %s"
        return statement, [*[last] * tiers, last - first, first]
    ranks, values = "", []
    if order.sort == "party":
        ranks = "JOIN unnest(%s::int[], %s::int[]) AS party(programme_id, rank) USING (programme_id)"
        values = [list(order.party_rank_of), list(order.party_rank_of.values())]
    statement = f"""
        SELECT passage_id, likeness FROM ({" UNION ALL ".join(whole)}) AS matched {ranks} WHERE {condition}
        ORDER BY {"rank" if ranks else "year DESC"}, {by} LIMIT %s OFFSET %s
    """
    return statement, [*values, last - first, first]


def as_tsquery(plan: Plan) -> str | None:
    """Return all that a plan finds as a tsquery; None for every entry."""
    wanted = [_tsquery(plan.wanted, min(Likeness)) or "''"] if plan.wanted else []
    return " & ".join([*wanted, *_unwanted(plan)]) or None


def _unwanted(plan: Plan) -> list[str]:
    return [f"!{_tsquery(leaf, min(Likeness))}" for leaf in plan.unwanted]


def _programmes(programmes: frozenset[int] | None) -> str:
    """Return the condition for some programmes; numbers stand in it as they are, so that PostgreSQL can hash them."""
    return "true" if programmes is None else f"programme_id = any({_array(programmes)})"


def _themes(themes: frozenset[int] | None, theme_sets: Mapping[int, ThemeSet]) -> str:
    """Return the condition for some themes: to have a set with one of them."""
    if themes is None:
        return "true"
    return f"theme_set = any({_array(number for number, members in theme_sets.items() if members.themes & themes)})"


def _array(numbers: Iterable[int]) -> str:
    return f"'{{{','.join(map(str, sorted(numbers)))}}}'::int[]"


def _tiers(plan: Plan, scope: Scope, theme_sets: Mapping[int, ThemeSet]) -> tuple[list[str], list[str]]:
    """Return a statement for each likeness that hits can have, filters in use aside, and their values."""
    shut_out = []
    if scope.without_programmes:
        shut_out.append(f"NOT {_programmes(scope.without_programmes)}")
    if scope.without_themes:
        shut_out.append(f"NOT {_themes(scope.without_themes, theme_sets)}")
    tiers, values = [], []
    for likeness, query in _queries(plan):
        conditions = list(shut_out)
        if query:
            conditions.append("terms @@ %s::tsquery")
            values.append(query)
        tiers.append(
            f"SELECT passage_id, programme_id, theme_set, year, length, {likeness} AS likeness FROM {TABLE} "
            f"WHERE {' AND '.join(conditions) or 'true'}"
        )
    return tiers, values


def _queries(plan: Plan) -> Iterable[tuple[int, str | None]]:
    """Yield each likeness that hits can have, nearest first, and the query of those that are no nearer."""
    unwanted = _unwanted(plan)
    if plan.wanted is None:
        yield 1, " & ".join(unwanted) or None
        return
    nearer = None
    for likeness in NEAREST_FIRST:
        query = _tsquery(plan.wanted, likeness)
        if query and query != nearer:
            if isinstance(plan.wanted, Leaf):  # what is nearer is shut out: no need to look it up first
                query_of_tier = _any_of(option for option in plan.wanted.options if option.likeness == likeness)
            else:
                query_of_tier = query
            yield int(likeness), " & ".join([query_of_tier, *([f"!{nearer}"] if nearer else []), *unwanted])
            nearer = query
    if nearer is None:
        yield 1, "''"


def _tsquery(node: Node, least: Likeness) -> str | None:
    """Return a node as a tsquery of what is at least as near as a likeness; None where nothing can be."""
    if isinstance(node, Leaf):
        return _any_of(option for option in node.options if option.likeness >= least)
    parts = [_tsquery(child, least) for child in node.children]
    if isinstance(node, AllOf):
        return None if None in parts else f"({' & '.join(parts)})"
    parts = [part for part in parts if part]
    return f"({' | '.join(parts)})" if parts else None


def _any_of(options: Iterable[Option]) -> str | None:
    parts = [_option(option) for option in options]
    return f"({' | '.join(parts)})" if parts else None


def _option(option: Option) -> str:
    joint = " <-> " if option.adjacent else " & "
    star = ":*" if option.prefix else ""
    return "(" + joint.join(_quoted(term) + star for term in option.terms) + ")"


def _quoted(term: str) -> str:
    return "'" + term.replace("\\", "\\\\").replace("'", "''") + "'"
