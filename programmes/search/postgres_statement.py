"""The one statement that a search asks PostgreSQL: its hits, its total and its facets.

Each likeness is a tier, asked for without what is nearer. Rows are counted in one pass over all that match; the page
is taken from the tiers in turn, the nearest in two parts, so that what is behind the page is never read. Where that
would be to read nearly all twice, for phrases and beginnings, and where the page is not sorted by likeness, every tier
is read once and kept.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from programmes.norwegian.analysis import analyse
from programmes.search.engine import Order, Scope
from programmes.search.plan import AllOf, Leaf, Node, Option, Plan, options_of
from programmes.search.postgres_index import SHORT, TABLE, quoted
from programmes.search.terms import FAMILY, LEAD_FAMILY, LEAD_WORD, WORD, Likeness
from programmes.search.theme_sets import ThemeSets

FAMILY_OF = {WORD: FAMILY, LEAD_WORD: LEAD_FAMILY}
NOTHING = "'-'"
"""A lexeme that no entry has."""
NEAREST_FIRST = sorted(Likeness, reverse=True)
WORK_MEMORY = "64MB"
"""A search takes some 60 bytes of it for each pledge that it matches."""
BY_NEARNESS = "likeness DESC, length, year DESC, passage_id"


def statement(
    plan: Plan, scope: Scope, order: Order, *, theme_sets: ThemeSets, first: int, last: int
) -> tuple[str, dict[str, Any]]:
    """Return the statement and its values.

    It gives one row of arrays: passage and likeness of each hit from `first` up to `last`, each programme and its
    entries (of the themes in `scope`), each theme set and its entries (of the programmes in `scope`). A count of the
    whole index is left out (`whole_counts`).
    """
    conditions = _Conditions(scope, theme_sets)
    values: dict[str, Any] = {"first": first, "last": last, "size": last - first}
    tiers = []
    read_once = _is_mostly_nearest(plan) or order.sort != "relevance"
    for number, (likeness, query) in enumerate(_queries(plan) if read_once else _short_first(_queries(plan))):
        values[f"query_{number}"] = query
        tiers.append(
            f"SELECT passage_id, programme_id, theme_set, year, length, {likeness} AS likeness FROM {TABLE} "
            f"WHERE {_matching(f'query_{number}', query)} AND {conditions.not_shut_out}"
        )
    values["query"] = as_tsquery(plan)
    matching = f"SELECT programme_id, theme_set FROM {TABLE} WHERE {_matching('query', values['query'])}"
    kept = []
    if read_once:
        kept = [f"tier_{number} AS MATERIALIZED ({tier})" for number, tier in enumerate(tiers)]
        tiers = [f"SELECT * FROM tier_{number}" for number in range(len(tiers))]
        matching = " UNION ALL ".join(tiers)
    has_words = values["query"] is not None
    whole = whole_counts(plan, scope)
    counted = _counted_by_words(matching, conditions) if has_words else _counted_without_words(conditions, *whole)
    page = _page(tiers, order, conditions, values)
    return (
        f"""
        {_settings(has_words=has_words)}
        WITH {", ".join([*kept, f"counted AS ({counted})", f"page AS ({page})"])}
        SELECT (SELECT array_agg(passage_id) FROM page), (SELECT array_agg(likeness) FROM page),
            array_agg(programme_id) FILTER (WHERE theme_set IS NULL),
            array_agg(entries) FILTER (WHERE theme_set IS NULL),
            array_agg(theme_set) FILTER (WHERE programme_id IS NULL),
            array_agg(entries) FILTER (WHERE programme_id IS NULL)
        FROM counted
        """,
        values,
    )


def whole_counts(plan: Plan, scope: Scope) -> tuple[bool, bool]:
    """Return whether the counts by programme and those by theme set are those of the whole index."""
    if plan.wanted or plan.unwanted or scope.without_programmes or scope.without_themes:
        return False, False
    return scope.themes is None, scope.programmes is None


def as_tsquery(plan: Plan) -> str | None:
    """Return all that a plan finds as a tsquery; None for every entry."""
    wanted = [_tsquery(plan.wanted, min(Likeness)) or NOTHING] if plan.wanted else []
    return " & ".join([*wanted, *_unwanted(plan)]) or None


class _Conditions:
    """A scope as conditions on rows; numbers stand in them as they are, so that PostgreSQL can hash them."""

    def __init__(self, scope: Scope, theme_sets: ThemeSets) -> None:
        self._theme_sets = theme_sets
        self.in_programmes = "true" if scope.programmes is None else self._programmes(scope.programmes)
        self.in_themes = "true" if scope.themes is None else self._themes(scope.themes)
        shut_out = []
        if scope.without_programmes:
            shut_out.append(f"NOT {self._programmes(scope.without_programmes)}")
        if scope.without_themes:
            shut_out.append(f"NOT {self._themes(scope.without_themes)}")
        self.not_shut_out = " AND ".join(shut_out) or "true"

    @staticmethod
    def _programmes(programmes: frozenset[int]) -> str:
        return f"programme_id = any({_array(programmes)})"

    def _themes(self, themes: frozenset[int]) -> str:
        """Return the condition to have a set with one of some themes."""
        return f"theme_set = any({_array(self._theme_sets.with_any(themes).tolist())})"


def _array(numbers: Iterable[int]) -> str:
    return f"'{{{','.join(map(str, sorted(numbers)))}}}'::int[]"


def _settings(*, has_words: bool) -> str:
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


def _counted_by_words(matching: str, conditions: _Conditions) -> str:
    return f"""
        SELECT programme_id, theme_set, CASE WHEN grouping(programme_id) = 0
            THEN {_count(conditions.in_themes)} ELSE {_count(conditions.in_programmes)} END AS entries
        FROM ({matching}) AS matched WHERE {conditions.not_shut_out}
        GROUP BY GROUPING SETS ((programme_id), (theme_set))
    """


def _count(condition: str) -> str:
    return "count(*)" if condition == "true" else f"count(*) FILTER (WHERE {condition})"


def _counted_without_words(conditions: _Conditions, all_programmes: bool, all_theme_sets: bool) -> str:
    """Return what counts the rows that the filters let through: each count by an index for its own filter."""
    parts = ["SELECT NULL::int AS programme_id, NULL::int AS theme_set, NULL::bigint AS entries WHERE false"]
    if not all_programmes:
        parts.append(
            f"SELECT programme_id, NULL, count(*) FROM {TABLE} "
            f"WHERE {conditions.in_themes} AND {conditions.not_shut_out} GROUP BY programme_id"
        )
    if not all_theme_sets:
        parts.append(
            f"SELECT NULL, theme_set, count(*) FROM {TABLE} "
            f"WHERE {conditions.in_programmes} AND {conditions.not_shut_out} GROUP BY theme_set"
        )
    return " UNION ALL ".join(parts)


def _page(tiers: list[str], order: Order, conditions: _Conditions, values: dict[str, Any]) -> str:
    within = f"{conditions.in_programmes} AND {conditions.in_themes}"
    if order.sort == "relevance":
        nearest = [
            f"(SELECT * FROM ({tier}) AS t WHERE {within} ORDER BY {BY_NEARNESS} LIMIT %(last)s)" for tier in tiers
        ]
        return (
            f"SELECT passage_id, likeness FROM ({' UNION ALL '.join(nearest)}) AS tier LIMIT %(size)s OFFSET %(first)s"
        )
    ranks = ""
    if order.sort == "party":
        ranks = "JOIN unnest(%(programmes)s::int[], %(ranks)s::int[]) AS party(programme_id, rank) USING (programme_id)"
        values |= {"programmes": list(order.party_rank_of), "ranks": list(order.party_rank_of.values())}
    return f"""
        SELECT passage_id, likeness FROM ({" UNION ALL ".join(tiers)}) AS matched {ranks} WHERE {within}
        ORDER BY {"rank" if ranks else "year DESC"}, {BY_NEARNESS} LIMIT %(size)s OFFSET %(first)s
    """


def _unwanted(plan: Plan) -> list[str]:
    return [f"!{_tsquery(leaf, min(Likeness)) or NOTHING}" for leaf in plan.unwanted]


def _is_mostly_nearest(plan: Plan) -> bool:
    """Return whether nearly all that a plan finds is of the nearest likeness: a phrase or a beginning as it stands.

    Phrases are slow to read besides: PostgreSQL's index doesn't know what stands next to what, so that the terms of
    every row are looked at.
    """
    return any(option.adjacent or option.prefix for option in options_of(plan.wanted, *plan.unwanted))


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
            query_of_tier = query
            if isinstance(plan.wanted, Leaf):  # what is nearer is shut out: no need to look it up first
                options = (option for option in plan.wanted.options if option.likeness == likeness)
                query_of_tier = _any_of(options) or query
            yield int(likeness), " & ".join([query_of_tier, *([f"!{nearer}"] if nearer else []), *unwanted])
            nearer = query
    if nearer is None:
        yield 1, NOTHING


def _short_first(queries: Iterable[tuple[int, str | None]]) -> Iterable[tuple[int, str | None]]:
    """Yield the nearest likeness in two parts: the second is many times larger, and seldom needed to fill a page."""
    for number, (likeness, query) in enumerate(queries):
        if number == 0 and query:
            yield likeness, f"{query} & {SHORT}"
            yield likeness, f"{query} & !{SHORT}"
        else:
            yield likeness, query


def _tsquery(node: Node, least: Likeness) -> str | None:
    """Return a node as a tsquery of what is at least as near as a likeness; None where nothing can be."""
    if isinstance(node, Leaf):
        return _any_of(option for option in node.options if option.likeness >= least)
    parts = [_tsquery(child, least) for child in node.children]
    possible = [part for part in parts if part]
    if isinstance(node, AllOf):
        return f"({' & '.join(possible)})" if len(possible) == len(parts) else None
    return f"({' | '.join(possible)})" if possible else None


def _any_of(options: Iterable[Option]) -> str | None:
    """Return options as a tsquery; a word whose family is among them is left out, as all that has it has the family."""
    options = tuple(options)
    terms = {option.terms for option in options if not option.prefix}
    parts = [_option(option) for option in options if not _adds_nothing(option, terms)]
    return f"({' | '.join(parts)})" if parts else None


def _adds_nothing(option: Option, beside: Collection[tuple[str, ...]]) -> bool:
    if len(option.terms) > 1 or option.prefix or option.terms[0][0] not in FAMILY_OF:
        return False
    (term,) = option.terms
    return any((FAMILY_OF[term[0]] + family,) in beside for family in analyse(term[1:]).families)


def _option(option: Option) -> str:
    joint = " <-> " if option.adjacent else " & "
    star = ":*" if option.prefix else ""
    return "(" + joint.join(quoted(term) + star for term in option.terms) + ")"
