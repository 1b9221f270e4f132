"""The engine for large archives, behind django-haystack: PostgreSQL over terms of our own, one statement a search."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from typing import Any, ClassVar

from django.db import connections
from haystack.backends import BaseEngine, BaseSearchBackend

from programmes.models import Passage
from programmes.models_search import SearchEntry

from . import postgres_index
from .engine import Found, Order, Scope
from .entries import entries_of_passages, entries_of_programmes, published_entries
from .haystack_query import GrammarQuery, haystack_results
from .plan import AllOf, Leaf, Node, Option, Plan
from .postgres_index import STAMP, TABLE, WORDS
from .terms import Likeness
from .vocabulary import Vocabulary

NEAREST_FIRST = sorted(Likeness, reverse=True)


class PostgresBackend(BaseSearchBackend):
    """Keeps and asks the tables of `models_search`; asks them in the database `DATABASE`, which may be a replica."""

    name = "postgres"
    _vocabulary: ClassVar[tuple[int | None, Vocabulary]] = (None, Vocabulary({}))

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
                type(self)._vocabulary = (stamp, Vocabulary(dict(cursor.fetchall())))
        return self._vocabulary[1]

    def find(
        self, plan: Plan, *, scope: Scope, order: Order, main_theme_of: Mapping[int, int], first: int, last: int
    ) -> Found:
        """Return the hits from `first` up to `last`, and the counts."""
        statement, values = _statement(plan, scope, order, first, last)
        with connections[self.database].cursor() as cursor:
            cursor.execute(statement, values)
            while cursor.nextset():
                pass
            ((hits, by_programme, by_themes),) = cursor.fetchall()
        by_theme: dict[int, int] = {}
        for mains, count in by_themes:
            for theme in mains:
                by_theme[theme] = by_theme.get(theme, 0) + count
        counts = dict(by_programme)
        allowed = counts if scope.programmes is None else scope.programmes
        return Found(
            hits=tuple((passage, likeness) for passage, likeness in hits),
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


def _statement(plan: Plan, scope: Scope, order: Order, first: int, last: int) -> tuple[str, list[Any]]:
    """Return the one statement that gives hits and counts, and its values.

    Parallel workers and JIT cost more to start than such a statement takes, and a sequential scan, which looks cheap
    over narrow rows, would fetch the terms of every one of them.
    """
    matches, values = _matches(plan, scope)
    in_programmes = "true" if scope.programmes is None else "programme_id = any(%s)"
    in_themes = "true" if scope.themes is None else "themes && %s::smallint[]"
    programme_values = [] if scope.programmes is None else [list(scope.programmes)]
    theme_values = [] if scope.themes is None else [list(scope.themes)]
    page, page_values = _page(plan, scope, order, first, last)
    statement = f"""
        SET LOCAL jit = off; SET LOCAL max_parallel_workers_per_gather = 0; SET LOCAL enable_seqscan = off;
        WITH matched AS MATERIALIZED (
            SELECT programme_id, main_themes, {in_programmes} AS in_programmes, {in_themes} AS in_themes
            FROM {TABLE} WHERE {matches}
        ), counted AS MATERIALIZED (
            SELECT programme_id, main_themes, grouping(programme_id) AS is_theme,
                count(*) FILTER (WHERE in_themes) AS with_themes,
                count(*) FILTER (WHERE in_programmes) AS with_programmes
            FROM matched GROUP BY GROUPING SETS ((programme_id), (main_themes))
        ), page AS MATERIALIZED ({page})
        SELECT (SELECT coalesce(json_agg(json_build_array(passage_id, likeness) ORDER BY place), '[]') FROM page),
            (SELECT coalesce(json_agg(json_build_array(programme_id, with_themes)), '[]')
             FROM counted WHERE is_theme = 0 AND with_themes > 0),
            (SELECT coalesce(json_agg(json_build_array(main_themes, with_programmes)), '[]')
             FROM counted WHERE is_theme = 1 AND with_programmes > 0)
    """
    return statement, [*programme_values, *theme_values, *values, *page_values]


def as_tsquery(node: Node) -> str:
    """Return all that a node finds as a tsquery."""
    return _tsquery(node, min(Likeness)) or "''"


def _matches(plan: Plan, scope: Scope) -> tuple[str, list[Any]]:
    """Return the condition for all that the plan finds, filters aside, and its values."""
    conditions, values = [], []
    if plan.wanted:
        conditions.append("terms @@ %s::tsquery")
        values.append(as_tsquery(plan.wanted))
    rest, rest_values = _rest(plan, scope)
    return " AND ".join([*conditions, *rest]) or "true", [*values, *rest_values]


def _rest(plan: Plan, scope: Scope) -> tuple[list[str], list[Any]]:
    """Return the conditions for what is unwanted, and their values."""
    conditions, values = [], []
    for leaf in plan.unwanted:
        conditions.append("NOT terms @@ %s::tsquery")
        values.append(_tsquery(leaf, min(Likeness)))
    if scope.without_programmes:
        conditions.append("NOT programme_id = any(%s)")
        values.append(list(scope.without_programmes))
    if scope.without_themes:
        conditions.append("NOT themes && %s::smallint[]")
        values.append(list(scope.without_themes))
    return conditions, values


def _page(plan: Plan, scope: Scope, order: Order, first: int, last: int) -> tuple[str, list[Any]]:
    """Return the statement for one page of hits, and its values."""
    conditions, values = _rest(plan, scope)
    if scope.programmes is not None:
        conditions.append("programme_id = any(%s)")
        values.append(list(scope.programmes))
    if scope.themes is not None:
        conditions.append("themes && %s::smallint[]")
        values.append(list(scope.themes))
    if order.sort == "relevance":
        return _nearest(plan, conditions, values, first, last)
    if plan.wanted:
        conditions.append("terms @@ %s::tsquery")
        values.append(as_tsquery(plan.wanted))
    return _by_column(plan, " AND ".join(conditions) or "true", values, order, first, last)


def _nearest(plan: Plan, rest: list[str], values: list[Any], first: int, last: int) -> tuple[str, list[Any]]:
    """Return a page sorted by likeness: one query a likeness, of which only those needed for the page are run."""
    tiers, tier_values = [], []
    for likeness, query, nearer in _tiers(plan):
        conditions = list(rest)
        tier_values += values
        if query:
            conditions.append("terms @@ %s::tsquery")
            tier_values.append(f"{query} & !{nearer}" if nearer else query)
        condition = " AND ".join(conditions) or "true"
        tiers.append(
            f"(SELECT passage_id, {likeness} AS likeness, length, year FROM {TABLE} WHERE {condition} "
            "ORDER BY length, year DESC, passage_id LIMIT %s)"
        )
        tier_values.append(last)
    statement = f"""
        SELECT passage_id, likeness,
            row_number() OVER (ORDER BY likeness DESC, length, year DESC, passage_id) AS place
        FROM (SELECT * FROM ({" UNION ALL ".join(tiers)}) AS tier LIMIT %s) AS nearest
        ORDER BY place OFFSET %s
    """
    return statement, [*tier_values, last, first]


def _by_column(
    plan: Plan, matches: str, values: list[Any], order: Order, first: int, last: int
) -> tuple[str, list[Any]]:
    """Return a page sorted by year or party first; likeness is worked out only for those that can be on the page."""
    cases, case_values = [], []
    for likeness, query, _nearer in _tiers(plan):
        cases.append(f"WHEN terms @@ %s::tsquery THEN {likeness}" if query else f"WHEN true THEN {likeness}")
        case_values += [query] if query else []
    if order.sort == "newest":
        source, key, join_values = TABLE, "-year", []
    else:
        source = f"{TABLE} JOIN unnest(%s::bigint[], %s::int[]) AS party(programme_id, rank) USING (programme_id)"
        key = "rank"
        join_values = [list(order.party_rank_of), list(order.party_rank_of.values())]
    statement = f"""
        SELECT passage_id, likeness, row_number() OVER (
            ORDER BY sort_key, likeness DESC, length, year DESC, passage_id) AS place
        FROM (
            SELECT passage_id, {key} AS sort_key, length, year, CASE {" ".join(cases)} END AS likeness
            FROM {source} WHERE {matches} AND {key} <= coalesce((
                SELECT {key} FROM {source} WHERE {matches} ORDER BY {key} OFFSET %s LIMIT 1), 2147483647)
        ) AS candidate
        ORDER BY place OFFSET %s LIMIT %s
    """
    return statement, [*case_values, *join_values, *values, *join_values, *values, last - 1, first, last - first]


def _tiers(plan: Plan) -> Iterable[tuple[int, str | None, str | None]]:
    """Yield each likeness that hits can have, nearest first: its query and the query of what is nearer still."""
    if plan.wanted is None:
        yield 1, None, None
        return
    nearer = None
    for likeness in NEAREST_FIRST:
        query = _tsquery(plan.wanted, likeness)
        if query and query != nearer:
            yield int(likeness), query, nearer
            nearer = query


def _tsquery(node: Node, least: Likeness) -> str | None:
    """Return a node as a tsquery of what is at least as near as a likeness; None where nothing can be."""
    if isinstance(node, Leaf):
        parts = [_option(option) for option in node.options if option.likeness >= least]
        return f"({' | '.join(parts)})" if parts else None
    parts = [_tsquery(child, least) for child in node.children]
    if isinstance(node, AllOf):
        return None if None in parts else f"({' & '.join(parts)})"
    parts = [part for part in parts if part]
    return f"({' | '.join(parts)})" if parts else None


def _option(option: Option) -> str:
    joint = " <-> " if option.adjacent else " & "
    star = ":*" if option.prefix else ""
    return "(" + joint.join(_quoted(term) + star for term in option.terms) + ")"


def _quoted(term: str) -> str:
    return "'" + term.replace("\\", "\\\\").replace("'", "''") + "'"
