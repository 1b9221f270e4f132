"""Search: `search()` is the only door. Views, feeds, commands and the API go through it and know no engine."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable
from copy import copy
from dataclasses import replace
from functools import cache

from django.conf import settings
from django.utils.module_loading import import_string
from haystack import connections

from programmes.models import Passage, Programme
from programmes.norwegian.tokens import tokens
from programmes.search.catalogue import FACETS, PROGRAMME_FACETS, Catalogue, catalogue_for, simple
from programmes.search.engine import Engine, Found, Order, Scope, Sort
from programmes.search.grammar import parse
from programmes.search.highlight import Marker
from programmes.search.plan import Plan, plan
from programmes.search.problems import explained
from programmes.search.query import FieldValue, Query, QueryProblem
from programmes.search.results import FacetValue, Filters, Hit, SearchedParty, SearchResult
from programmes.search.vocabulary import Vocabulary

MAX_PER_PAGE = 5000
MAX_SUGGESTIONS = 8
PUBLISHED_PASSAGES = """
    SELECT passage.* FROM programmes_passage passage WHERE passage.id = any(%s) AND (
        SELECT publication FROM programmes_programme WHERE id = passage.programme_id) = 'published'
"""
"""Written out, for a search is half done in the time that Django takes to put it together; a join would make PostgreSQL
read every programme."""


def search(
    query: str,
    *,
    filters: Filters | None = None,
    sort: Sort = "relevance",
    page: int = 1,
    per_page: int = 20,
    engine: str | None = None,
    highlight: bool = True,
) -> SearchResult:
    """Return the published pledges that a query of our grammar (docs/search.md) finds.

    An empty query finds every pledge that the filters let through. A query with mistakes is searched as far as it
    is understood, and `problems` explains them. `engine` names one of
    `settings.SEARCH_ENGINES`, the configured one if None.
    Raises ValueError for a page or page size below 1.
    """
    if page < 1 or not 1 <= per_page <= MAX_PER_PAGE:
        raise ValueError(f"No such page: {page} of {per_page} hits")
    began = time.perf_counter()
    backend = engine_named(engine)
    vocabulary = backend.vocabulary()
    catalogue = catalogue_for(backend.stamp())
    asked = _Question(parse(query), filters or Filters(), catalogue, vocabulary)
    found = asked.find(backend, sort, page, per_page)
    searched, suggestion = query, None
    corrected = _corrected(query, asked.query, vocabulary)
    if corrected:
        suggestion = corrected
        if not found.total:
            other = _Question(parse(corrected), filters or Filters(), catalogue, vocabulary)
            instead = other.find(backend, sort, page, per_page)
            if instead.total:
                asked, found, searched = other, instead, corrected
    return SearchResult(
        query=query,
        searched=searched,
        parsed=asked.query,
        filters=asked.filters,
        hits=_hits(found, asked.plan, asked.catalogue, highlight),
        total=found.total,
        page=page,
        per_page=per_page,
        facets=asked.facets(found),
        suggestion=suggestion,
        problems=tuple(map(explained, asked.problems)),
        read_as=asked.plan.read_as,
        took_ms=(time.perf_counter() - began) * 1000,
        engine=backend.name,
        labels=asked.labels(),
        programmes=asked.searched(),
        without_filter={} if found.total else asked.without_each_filter(backend),
        coverage=() if found.total else asked.coverage(),
    )


def marker(query: str) -> Marker:
    """Return what marks in any text the words that a query asks for."""
    return Marker(plan(parse(query), engine_named().vocabulary()))


def index_programme(programme: Programme) -> None:
    """Make the index right for a programme after an import, a correction or a change of publication."""
    engine_named().index_programme(programme.pk)


def remove_programme(programme: Programme) -> None:
    """Take a programme's pledges out of the index, before it is deleted or when it is withdrawn."""
    engine_named().remove_programme(programme.pk)


def engine_named(engine: str | None = None) -> Engine:
    """Return an engine by its name in `settings.SEARCH_ENGINES`, the configured one if None; KeyError if unknown."""
    if engine is None or engine == settings.SEARCH_ENGINE:
        return connections["default"].get_backend()
    options = settings.SEARCH_ENGINES[engine]
    return import_string(options["ENGINE"]).backend(engine, **options)


def warm_up() -> None:
    """Load the dictionaries and open the index, so that the first reader doesn't wait for them (1 to 2 s)."""
    plan(parse("varme opp"), engine_named().vocabulary())


def suggestions(beginning: str) -> tuple[str, ...]:
    """Return queries to suggest while a reader types: the last word completed, with words of the archive alone."""
    before, _space, last = beginning.rpartition(" ")
    forms = [token.form for token in tokens(last)]
    if len(forms) != 1 or last != last.strip('"*-:'):
        return ()
    words = engine_named().vocabulary().completions(forms[0], MAX_SUGGESTIONS)
    return tuple(f"{before} {word}".strip() for word in words)


class _Question:
    """A query together with what its filters mean in this archive."""

    def __init__(self, query: Query, filters: Filters, catalogue: Catalogue, vocabulary: Vocabulary) -> None:
        self.query = query
        self.catalogue = catalogue
        self.problems: tuple[QueryProblem, ...] = query.problems
        self.excluded: list[FieldValue] = []
        for restriction in query.fields:
            if not self._means_something(restriction):
                self.problems += (QueryProblem("unknown-value", restriction.typed),)
            if restriction.negative:
                self.excluded.append(restriction)
            else:
                filters = filters.with_values(restriction.field, restriction.value)
        self.filters = filters
        self.plan = plan(query, vocabulary)
        self.nothing = not query.fields and query.clauses and self.plan.wanted is None

    def _means_something(self, restriction: FieldValue) -> bool:
        return self.catalogue.knows(restriction.field, restriction.value)

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
        without_programmes: frozenset[int] = frozenset()
        without_themes: frozenset[int] = frozenset()
        for restriction in self.excluded:
            if restriction.field == "theme":
                without_themes |= self.catalogue.themes_with([restriction.value])
            else:
                without_programmes |= self.catalogue.programmes_with(restriction.field, [restriction.value])
        return Scope(self.programmes(), self.themes(), without_programmes, without_themes)

    def find(self, backend: Engine, sort: Sort, page: int, per_page: int) -> Found:
        """Ask an engine for one page."""
        if self.nothing:
            return Found((), 0, {}, {})
        order = Order(sort, self.catalogue.party_ranks if sort == "party" else {})
        return backend.find(
            self.plan,
            scope=self.scope(),
            order=order,
            main_theme_of=self.catalogue.main_theme_of,
            first=(page - 1) * per_page,
            last=page * per_page,
        )

    def without_each_filter(self, backend: Engine) -> dict[str, int]:
        """Return for each filter in use the hits that dropping it alone would give."""
        counts = {}
        for facet in FACETS:
            if self.filters.of(facet):
                freer = copy(self)
                freer.filters = self.filters.without(facet)
                counts[facet] = freer.find(backend, "relevance", 1, 1).total
        return counts

    def coverage(self) -> tuple[SearchedParty, ...]:
        """Return for every party of the archive how many programmes the other filters let through."""
        allowed = self.programmes(but="party")
        counts: Counter[tuple[str, str]] = Counter()
        for pk, row in self.catalogue.programmes.items():
            counts[row.labels["party"], row.values["party"]] += allowed is None or pk in allowed
        return tuple(SearchedParty(slug, label, count) for (label, slug), count in sorted(counts.items()))

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
        return table

    def _chosen(self, facet: str) -> set[str]:
        values = self.filters.of(facet)
        named = self.catalogue.programmes_with(facet, values) if values else frozenset()
        return {self.catalogue.programmes[pk].values[facet] for pk in named}


def _facet(counts: Iterable[tuple[str, str, int]], chosen: set[str], *, newest_first: bool) -> tuple[FacetValue, ...]:
    rows = [FacetValue(value, label, count, value in chosen) for value, label, count in counts]
    return tuple(sorted(rows, key=lambda row: row.value, reverse=True) if newest_first else rows)


def _hits(found: Found, asked: Plan, catalogue: Catalogue, highlight: bool) -> tuple[Hit, ...]:
    """Return the hits with their passages, fetched in one query; a draft is left out whatever the index says.

    Where they stand is kept from search to search, for Django takes longer to make objects of it than a search takes.
    """
    ids = [passage_id for passage_id, _likeness in found.hits]
    passages = {passage.pk: passage for passage in Passage.objects.raw(PUBLISHED_PASSAGES, [ids])} if ids else {}
    sections = catalogue.sections({passage.section_id for passage in passages.values()})
    for passage in passages.values():
        passage.section = sections[passage.section_id]
        passage.programme = passage.section.programme
    marks = Marker(asked if highlight else replace(asked, wanted=None))
    lead_in = cache(marks.html)
    return tuple(
        Hit(
            public_id=passages[pk].public_id,
            score=likeness,
            snippet=marks.snippet(passages[pk].readable_text),
            lead_in=lead_in(passages[pk].lead_in),
            passage=passages[pk],
        )
        for pk, likeness in found.hits
        if pk in passages
    )


def _corrected(typed: str, query: Query, vocabulary: Vocabulary) -> str | None:
    """Return the query with every misspelt word corrected, None where there is none."""
    corrected = typed
    for word in query.words:
        for form in word.forms:
            better = None if vocabulary.unfolded(form) else vocabulary.suggest(form)
            if better:
                at = corrected.lower().find(form)
                corrected = corrected[:at] + better + corrected[at + len(form) :] if at >= 0 else better
    return corrected if corrected != typed else None
