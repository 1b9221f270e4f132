"""The statement that a search asks PostgreSQL of each table: its stretches of entries, and its counts.

Each likeness is a tier, asked for without what is nearer. Rows are counted in one pass over all that match; a stretch
is taken from the tiers in turn, the nearest in two parts, so that what is behind it is never read. Where that
would be to read nearly all twice, for phrases and beginnings and for text, of which there are two stretches, and where
the order is not by likeness, every tier is read once and what is found is kept. The tiers of several words overlap
then: to shut out what is nearer would have the index look at twice as many terms for every row.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from programmes.search.engine import Order, Scope
from programmes.search.kinds import OWN, Kind
from programmes.search.plan import AllOf, AnyOf, Plan
from programmes.search.postgres_index import HITS, TEXTS
from programmes.search.postgres_query import as_tsquery, is_mostly_nearest, queries, short_first
from programmes.search.theme_sets import ThemeSets

WORK_MEMORY = "64MB"
"""A search takes some 60 bytes of it for each pledge that it matches."""
BY_NEARNESS = "likeness DESC, length, year DESC, key"
ENTRY = "key, programme_id, theme_set, year, length, kind"
"""What is read of each entry."""
RANKED = ("key", "likeness", "programme_id", "kind")
"""What is given of each entry of a stretch: the fields of `engine.Ranked`."""
COUNTS = {"programme": "programme_id", "theme_set": "theme_set", "kind": "kind"}
"""What entries are counted by → its column."""
COUNTED = {HITS: frozenset(COUNTS), TEXTS: frozenset({"programme", "kind"})}
"""The counts of each table: themes are those of hits."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """What is wanted of a table: entries of some kinds from `first` up to `last`, those of the kinds `after` last."""

    kinds: tuple[Kind, ...]
    first: int
    last: int
    after: tuple[Kind, ...] = ()


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement with its values, and which of its counts are left out, being those of the whole table."""

    text: str
    values: dict[str, Any]
    whole: frozenset[str]


def statement(
    table: str, plan: Plan, scope: Scope, order: Order, *, theme_sets: ThemeSets, stretches: Sequence[Stretch]
) -> Statement:
    """Return the statement for one table.

    It gives one row of arrays, two for each count and each stretch: each number and its entries by programme (of the
    themes in `scope`), by theme set (of the programmes in `scope`) and by kind (of both), then the `RANKED`
    columns of each stretch.
    """
    conditions = _Conditions(scope, theme_sets, own=scope.own if table == HITS else ())
    values: dict[str, Any] = {}
    tiers = []
    is_text = table != HITS and plan.wanted is not None
    read_once = is_text or is_mostly_nearest(plan) or order.sort != "relevance"
    overlap = read_once and isinstance(plan.wanted, AllOf | AnyOf)
    tiers_of = queries(plan, apart=not overlap)
    for number, (likeness, query) in enumerate(tiers_of if read_once else short_first(tiers_of)):
        values[f"query_{number}"] = query
        tiers.append(
            f"SELECT {ENTRY}, {likeness} AS likeness FROM {table} "
            f"WHERE {_matching(f'query_{number}', query)} AND {conditions.not_shut_out}"
        )
    values["query"] = as_tsquery(plan)
    has_words = values["query"] is not None
    whole = frozenset() if has_words else _whole_counts(scope, own=scope.own == OWN or table != HITS)
    matching = f"SELECT programme_id, theme_set, kind FROM {table} WHERE {_matching('query', values['query'])}"
    named = []
    if read_once:
        found = " UNION ALL ".join(tiers)
        if overlap:
            found = f"SELECT {ENTRY}, max(likeness) AS likeness FROM ({found}) AS tier GROUP BY {ENTRY}"
        named = [f"found AS MATERIALIZED ({found})"]
        tiers = ["SELECT * FROM found"]
        matching = "SELECT programme_id, theme_set, kind FROM found"
    by_words = _by_words(matching, conditions, COUNTED[table])
    named.append(f"counted AS ({by_words if has_words else _without_words(table, conditions, whole)})")
    wanted = [
        f"array_agg({column}) FILTER (WHERE counted_by = '{counts}')"
        for counts in COUNTS
        for column in ("number", "entries")
    ]
    for number, stretch in enumerate(stretches):
        named.append(f"stretch_{number} AS ({_stretch(number, stretch, tiers, order, conditions, values)})")
        wanted += [f"(SELECT array_agg({column}) FROM stretch_{number})" for column in RANKED]
    text = f"{settings(has_words=has_words)} WITH {', '.join(named)} SELECT {', '.join(wanted)} FROM counted"
    return Statement(text, values, whole)


def count_statement(table: str, plan: Plan, scope: Scope, *, theme_sets: ThemeSets) -> tuple[str, dict[str, Any]]:
    """Return the statement that counts hits alone, and its values."""
    conditions = _Conditions(scope, theme_sets, own=scope.own)
    query = as_tsquery(plan)
    text = f"""
        {settings(has_words=query is not None)}
        SELECT count(*) FROM {table} WHERE {_matching("query", query)}
            AND {conditions.own} AND {conditions.within} AND {conditions.not_shut_out}
    """
    return text, {"query": query}


def _whole_counts(scope: Scope, *, own: bool) -> frozenset[str]:
    """Return which counts of all entries that the filters let through are those of the whole table."""
    if scope.without_programmes or scope.without_themes:
        return frozenset()
    free = {"programme": scope.themes is None and own, "theme_set": scope.programmes is None and own}
    free["kind"] = scope.themes is None and scope.programmes is None
    return frozenset(name for name, is_free in free.items() if is_free)


class _Conditions:
    """A scope as conditions on rows; numbers stand in them as they are, so that PostgreSQL can hash them."""

    def __init__(self, scope: Scope, theme_sets: ThemeSets, *, own: Collection[Kind]) -> None:
        self._theme_sets = theme_sets
        self.own = f"kind = any({array(own)})" if own else "true"
        self.in_programmes = "true" if scope.programmes is None else self._programmes(scope.programmes)
        self.in_themes = "true" if scope.themes is None else self._themes(scope.themes)
        self.within = f"{self.in_programmes} AND {self.in_themes}"
        shut_out = []
        if scope.without_programmes:
            shut_out.append(f"NOT {self._programmes(scope.without_programmes)}")
        if scope.without_themes:
            shut_out.append(f"NOT {self._themes(scope.without_themes)}")
        self.not_shut_out = " AND ".join(shut_out) or "true"

    @staticmethod
    def _programmes(programmes: frozenset[int]) -> str:
        return f"programme_id = any({array(programmes)})"

    def _themes(self, themes: frozenset[int]) -> str:
        """Return the condition to have a set with one of some themes."""
        return f"theme_set = any({array(self._theme_sets.with_any(themes).tolist())})"


def array(numbers: Iterable[int]) -> str:
    """Return numbers as an array that stands in a statement."""
    return f"'{{{','.join(map(str, sorted(numbers)))}}}'::int[]"


def settings(*, has_words: bool) -> str:
    """Return the settings for this statement alone.

    Parallel workers and JIT cost more to start than it takes. With words, a scan of the table or of its order, which
    looks cheap to PostgreSQL, would fetch the terms of too many rows: it can't see how rare a rare word is, and short
    pledges, which stand first, have few of the common ones. So would a bitmap too large for its memory.
    """
    scans = "off" if has_words else "on"
    return (
        f"SET LOCAL jit = off; SET LOCAL max_parallel_workers_per_gather = 0; SET LOCAL work_mem = '{WORK_MEMORY}'; "
        f"SET LOCAL enable_seqscan = {scans}; SET LOCAL enable_indexscan = {scans};"
    )


def _matching(name: str, query: str | None) -> str:
    return "true" if query is None else f"terms @@ %({name})s::tsquery"


def _by_words(matching: str, conditions: _Conditions, counts: Collection[str]) -> str:
    """Return what counts the rows that have the words, by everything at once."""
    filters = {
        "programme": _count(conditions.own, conditions.in_themes),
        "theme_set": _count(conditions.own, conditions.in_programmes),
        "kind": _count(conditions.in_programmes, conditions.in_themes),
    }
    columns = {name: column for name, column in COUNTS.items() if name in counts}
    names = " ".join(f"WHEN grouping({column}) = 0 THEN '{name}'" for name, column in columns.items())
    entries = " ".join(f"WHEN grouping({column}) = 0 THEN {filters[name]}" for name, column in columns.items())
    return f"""
        SELECT CASE {names} END AS counted_by, coalesce({", ".join(columns.values())}) AS number,
            CASE {entries} END AS entries
        FROM ({matching}) AS matched WHERE {conditions.not_shut_out}
        GROUP BY GROUPING SETS ({", ".join(f"({column})" for column in columns.values())})
    """


def _count(*conditions: str) -> str:
    narrowing = " AND ".join(condition for condition in conditions if condition != "true")
    return f"count(*) FILTER (WHERE {narrowing})" if narrowing else "count(*)"


def _without_words(table: str, conditions: _Conditions, whole: Collection[str]) -> str:
    """Return what counts the rows that the filters let through: each count by an index for its own filter."""
    parts = ["SELECT NULL::text AS counted_by, NULL::int AS number, NULL::bigint AS entries WHERE false"]
    filters = {
        "programme": f"{conditions.own} AND {conditions.in_themes}",
        "theme_set": f"{conditions.own} AND {conditions.in_programmes}",
        "kind": conditions.within,
    }
    parts += [
        f"SELECT '{counts}', {COUNTS[counts]}, count(*) FROM {table} WHERE {condition} AND {conditions.not_shut_out} "
        f"GROUP BY {COUNTS[counts]}"
        for counts, condition in filters.items()
        if counts not in whole
    ]
    return " UNION ALL ".join(parts)


def _stretch(
    number: int, stretch: Stretch, tiers: list[str], order: Order, conditions: _Conditions, values: dict[str, Any]
) -> str:
    """Return the statement of a stretch, and add its values."""
    first, last, size = f"first_{number}", f"last_{number}", f"size_{number}"
    values |= {first: stretch.first, last: stretch.last, size: stretch.last - stretch.first}
    ranked = ", ".join(RANKED)
    groups = [kinds for kinds in (stretch.kinds, stretch.after) if kinds]
    if order.sort == "relevance":
        nearest = [
            f"(SELECT * FROM ({tier}) AS t WHERE kind = any({array(kinds)}) AND {conditions.within} "
            f"ORDER BY {BY_NEARNESS} LIMIT %({last})s)"
            for kinds in groups
            for tier in tiers
        ]
        return f"SELECT {ranked} FROM ({' UNION ALL '.join(nearest)}) AS tier LIMIT %({size})s OFFSET %({first})s"
    ranks = ""
    if order.sort == "party":
        ranks = "JOIN unnest(%(programmes)s::int[], %(ranks)s::int[]) AS party(programme_id, rank) USING (programme_id)"
        values |= {"programmes": list(order.party_rank_of), "ranks": list(order.party_rank_of.values())}
    shown = array([*stretch.kinds, *stretch.after])
    return f"""
        SELECT {ranked} FROM ({" UNION ALL ".join(tiers)}) AS matched {ranks}
        WHERE kind = any({shown}) AND {conditions.within}
        ORDER BY kind = any({array(stretch.after)}), {"rank" if ranks else "year DESC"}, {BY_NEARNESS}
        LIMIT %({size})s OFFSET %({first})s
    """
