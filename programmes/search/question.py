"""A query together with what its filters mean in this archive: what an engine is asked, and what its counts mean."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from dataclasses import replace
from functools import cached_property

from programmes.search.catalogue import FACETS, PROGRAMME_FACETS, Catalogue, simple
from programmes.search.engine import Engine, Found, Order, Pages, Scope, Sort
from programmes.search.kept import Kept
from programmes.search.kinds import OWN, Kind
from programmes.search.plan import Plan, plan, plan_of_headings, widened
from programmes.search.query import FieldValue, Query, QueryProblem
from programmes.search.results import FacetValue, SearchedParty
from programmes.search.understanding import Understood
from programmes.search.vocabulary import Vocabulary

ALL_EDITIONS = "alle"
"""The value of the filter on editions that takes in those that a newer one has taken the place of."""
FORMS = {"list": (Kind.PLEDGE, Kind.QUESTION), "text": (Kind.PROSE_PLEDGE,)}
"""The forms that pledges have, in lists or in running text → the kinds of entries."""

_counts: Kept[int] = Kept(10_000)
"""Hits of each question that was only counted, some 500 bytes each."""


class Question:
    """What is asked of an engine."""

    def __init__(self, understood: Understood, catalogue: Catalogue, vocabulary: Vocabulary) -> None:
        """Read the filters written in the query, and plan what to look up."""
        self.understood = understood
        self.query = query = understood.query
        filters = understood.filters
        self.catalogue = catalogue
        self.vocabulary = vocabulary
        self.problems: tuple[QueryProblem, ...] = query.problems
        self.excluded: list[FieldValue] = []
        for restriction in query.fields:
            if not catalogue.knows(restriction.field, restriction.value):
                self.problems += (QueryProblem("unknown-value", restriction.typed),)
            if restriction.negative:
                self.excluded.append(restriction)
            else:
                filters = filters.with_values(restriction.field, restriction.value)
        self.filters = filters

    @cached_property
    def plan(self) -> Plan:
        """What an engine is to look up; its words aren't looked up where a count is known already."""
        return plan(self.query, self.vocabulary)

    @property
    def nothing(self) -> bool:
        """Whether what was typed asks for nothing."""
        query = self.query
        is_asked = bool(query.clauses) or any(problem.code == "no-words" for problem in query.problems)
        return not query.fields and is_asked and self.plan.wanted is None

    def asking(self, query: Query) -> Question:
        """Return the question of another query with the same filters."""
        asked = replace(self.understood, query=replace(query, fields=self.query.fields))
        return Question(asked, self.catalogue, self.vocabulary)

    def widened(self, smaller: Sequence[Query]) -> Question:
        """Return the question that finds what smaller queries find, too, below its own hits."""
        wider = copy(self)
        wider.plan = widened(self.plan, [self.asking(query).plan for query in smaller])
        return wider

    def labels(self) -> dict[tuple[str, str], str]:
        """Return what the reader calls each value of the filters, as far as the archive knows it."""
        found = {}
        for facet in PROGRAMME_FACETS:
            for value in self.filters.of(facet):
                within = self.catalogue.programmes_with(facet, [value])
                named = {self.catalogue.programmes[pk].labels[facet] for pk in within}
                if len(named) == 1:
                    found[facet, value] = named.pop()
        for value in self.filters.theme:
            named = {row.label for row in self.catalogue.themes.values() if simple(value) in row.names}
            if len(named) == 1:
                found["theme", value] = named.pop()
        return found

    def programmes(self, *, but: str = "") -> frozenset[int] | None:
        """Return the programmes that the filters let through, one filter left out; None for all."""
        named = [
            self.catalogue.programmes_with(facet, self.filters.of(facet))
            for facet in PROGRAMME_FACETS
            if facet != but and self.filters.of(facet)
        ]
        return frozenset.intersection(*named) if named else None

    def searched(self) -> frozenset[int] | None:
        """Return the programmes that all filters let through, those with a minus too; None for all."""
        scope = self.scope()
        if scope.programmes is None and not scope.without_programmes:
            return None
        among = frozenset(self.catalogue.programmes) if scope.programmes is None else scope.programmes
        return among - scope.without_programmes

    def themes(self) -> frozenset[int] | None:
        """Return the themes that the filters let through, None for all."""
        values = self.filters.of("theme")
        return self.catalogue.themes_with(values) if values else None

    def scope(self) -> Scope:
        """Return the filters as an engine takes them."""
        without_programmes = frozenset() if ALL_EDITIONS in self.filters.editions else self.catalogue.replaced
        without_themes: frozenset[int] = frozenset()
        for restriction in self.excluded:
            if restriction.field == "theme":
                without_themes |= self.catalogue.themes_with([restriction.value])
            else:
                without_programmes |= self.catalogue.programmes_with(restriction.field, [restriction.value])
        forms = [FORMS[form] for form in self.filters.form if form in FORMS]
        own = tuple(kind for kind in OWN if any(kind in form for form in forms)) if forms else OWN
        return Scope(self.programmes(), self.themes(), without_programmes, without_themes, own)

    def find(self, backend: Engine, sort: Sort, pages: Pages) -> Found:
        """Ask an engine for a stretch of some parts, and for the counts."""
        if self.nothing:
            return Found()
        order = Order(sort, self.catalogue.party_ranks if sort == "party" else {})
        return backend.find(
            self.plan, scope=self.scope(), order=order, main_theme_of=self.catalogue.main_theme_of, pages=pages
        )

    def count(self, backend: Engine) -> int:
        """Ask an engine how many hits there are."""
        state = backend.name, backend.stamp(), self.query.clauses, self.query.fields, self.filters
        return _counts.get(state, lambda: 0 if self.nothing else backend.count(self.plan, scope=self.scope()))

    def count_below_headings(self, backend: Engine) -> int:
        """Ask an engine how many pledges stand under headings with all the words."""
        headings = plan_of_headings(self.query)
        return backend.count(Plan(headings), scope=self.scope()) if headings else 0

    def without_each_filter(self, backend: Engine) -> dict[str, int]:
        """Return for each filter in use the hits that dropping it alone would give."""
        counts = {}
        for facet in (*FACETS, "form"):
            if self.filters.of(facet):
                freer = copy(self)
                freer.filters = self.filters.without(facet)
                counts[facet] = freer.count(backend)
        return counts

    def coverage(self, elsewhere: Mapping[int, int]) -> tuple[SearchedParty, ...]:
        """Return what the archive has of every party that is asked for or sits in the Storting, and of all it has.

        `elsewhere` is how many places each programme has where the words stand outside of pledges.
        """
        allowed = self.programmes(but="party")
        asked = {slug for value in self.filters.party for slug in self.catalogue.parties_named(value)}
        rows = []
        for slug, party in self.catalogue.parties.items():
            of_party = self.catalogue.programmes_with("party", [slug])
            searched = of_party if allowed is None else of_party & allowed
            if (not asked or slug in asked) and (of_party or party.in_storting or slug in asked):
                places = sum(elsewhere.get(pk, 0) for pk in searched)
                rows.append(SearchedParty(slug, party.label, len(searched), places))
        return tuple(sorted(rows, key=lambda row: (not row.elsewhere, not row.programmes, simple(row.label))))

    def editions(self, backend: Engine) -> tuple[FacetValue, ...]:
        """Return the choice of all editions with its hits, where older ones have any."""
        wider = self
        if ALL_EDITIONS not in self.filters.editions:
            wider = copy(self)
            wider.filters = replace(self.filters, editions=(ALL_EDITIONS,))
        every = wider.count(backend)
        has_more = wider is self or every > self.count(backend)
        return (FacetValue(ALL_EDITIONS, "", every, wider is self),) if has_more else ()

    def facets(self, found: Found) -> dict[str, tuple[FacetValue, ...]]:
        """Return every facet, counted with the other filters applied."""
        table: dict[str, tuple[FacetValue, ...]] = {}
        counted = self.catalogue.counted(found.by_programme)
        for facet in PROGRAMME_FACETS:
            counts = self.catalogue.count_by(facet, counted, self.programmes(but=facet))
            table[facet] = _facet(counts, self._chosen(facet), newest_first=facet == "year")
        rows = self.catalogue.themes
        themes = [(rows[pk].slug, rows[pk].label, count) for pk, count in found.by_theme.items() if pk in rows]
        themes.sort(key=lambda row: (-row[2], row[1]))
        mains = self.catalogue.main_theme_of
        chosen = {rows[mains[pk]].slug for pk in self.themes() or ()}
        table["theme"] = _facet(themes, chosen, newest_first=False)
        table["form"] = tuple(
            FacetValue(form, "", sum(found.kinds.get(kind, 0) for kind in kinds), form in self.filters.form)
            for form, kinds in FORMS.items()
        )
        return table

    def _chosen(self, facet: str) -> set[str]:
        values = self.filters.of(facet)
        named = self.catalogue.programmes_with(facet, values) if values else frozenset()
        return {self.catalogue.programmes[pk].values[facet] for pk in named}


def _facet(counts: Iterable[tuple[str, str, int]], chosen: set[str], *, newest_first: bool) -> tuple[FacetValue, ...]:
    rows = [FacetValue(value, label, count, value in chosen) for value, label, count in counts]
    return tuple(sorted(rows, key=lambda row: row.value, reverse=True) if newest_first else rows)
