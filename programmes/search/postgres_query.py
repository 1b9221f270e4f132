"""A plan as the queries that PostgreSQL's index answers: all that it finds, and each likeness by itself."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from programmes.norwegian.analysis import analyse
from programmes.search.options import Option
from programmes.search.plan import AnyOf, Leaf, Node, Plan, options_of
from programmes.search.postgres_index import SHORT, quoted
from programmes.search.terms import FAMILY, LEAD_FAMILY, LEAD_WORD, WORD, Likeness

FAMILY_OF = {WORD: FAMILY, LEAD_WORD: LEAD_FAMILY}
NOTHING = "'-'"
"""A lexeme that no entry has."""
NEAREST_FIRST = sorted(Likeness, reverse=True)


def as_tsquery(plan: Plan) -> str | None:
    """Return all that a plan finds as a tsquery; None for every entry."""
    wanted = [_tsquery(plan.wanted, min(Likeness)) or NOTHING] if plan.wanted else []
    return " & ".join([*wanted, *_unwanted(plan)]) or None


def _unwanted(plan: Plan) -> list[str]:
    return [f"!{_tsquery(leaf, min(Likeness)) or NOTHING}" for leaf in plan.unwanted]


def is_mostly_nearest(plan: Plan) -> bool:
    """Return whether nearly all that a plan finds is of the nearest likeness: a phrase or a beginning as it stands.

    Phrases are slow to read besides: PostgreSQL's index doesn't know what stands next to what, so that the terms of
    every row are looked at.
    """
    return any(option.adjacent or option.prefix for option in options_of(plan.wanted, *plan.unwanted))


def queries(plan: Plan, *, apart: bool) -> Iterable[tuple[int, str | None]]:
    """Yield each likeness that hits can have, nearest first, and the query of those; of no nearer ones if `apart`."""
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
            yield int(likeness), " & ".join([query_of_tier, *([f"!{nearer}"] if nearer and apart else []), *unwanted])
            nearer = query
    if nearer is None:
        yield 1, NOTHING


def short_first(tiers: Iterable[tuple[int, str | None]]) -> Iterable[tuple[int, str | None]]:
    """Yield the nearest likeness in two parts: the second is many times larger, and seldom needed to fill a page."""
    for number, (likeness, query) in enumerate(tiers):
        if number == 0 and query:
            yield likeness, f"{query} & {SHORT}"
            yield likeness, f"{query} & !{SHORT}"
        else:
            yield likeness, query


def _tsquery(node: Node, least: Likeness) -> str | None:
    """Return a node as a tsquery of what is at least as near as a likeness; None where nothing can be."""
    if isinstance(node, Leaf):
        return _any_of(option for option in node.options if option.likeness >= least)
    if isinstance(node, AnyOf):
        return _joined(" | ", _ways(node, least))
    ways = [_ways(child, least) for child in node.children]
    if not all(ways):
        return None
    needed = {each[0] for each in ways if len(each) == 1}
    return _joined(" & ", [_joined(" | ", each) for each in ways if len(each) == 1 or needed.isdisjoint(each)])


def _ways(node: Node, least: Likeness) -> list[str]:
    """Return the tsqueries of which one must be found."""
    children = node.children if isinstance(node, AnyOf) else (node,)
    return [query for child in children if (query := _tsquery(child, least))]


def _joined(sign: str, queries: Sequence[str | None]) -> str | None:
    parts = list(dict.fromkeys(filter(None, queries)))
    return f"({sign.join(parts)})" if len(parts) > 1 else parts[0] if parts else None


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
