"""Search: `search()` is the only door. Views, feeds, commands and the API go through it and know no engine."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string
from haystack import connections
from prometheus_client import Histogram

from programmes.models import Programme
from programmes.norwegian.groups import near_names
from programmes.search.answering import Asking
from programmes.search.catalogue import catalogue_for
from programmes.search.engine import Engine, Sort
from programmes.search.filters import Filters
from programmes.search.grammar import parse
from programmes.search.highlight import Marker
from programmes.search.hits import chapters_of, fetched, hits_of, mentions_of
from programmes.search.kinds import Kind, Part
from programmes.search.news import NewPledge, News, found_newest
from programmes.search.plan import plan
from programmes.search.problems import explained, said_behind
from programmes.search.results import ChapterHit, FacetValue, Hit, Mention, Neighbour, SearchedParty, SearchResult
from programmes.search.state import advance, owed_by
from programmes.search.suggesting import Beginning, begun, completed
from programmes.search.understanding import understand
from programmes.search.understanding.reading import FACETS
from programmes.search.vocabulary import Vocabulary

__all__ = [
    "MAX_PER_PAGE",
    "ChapterHit",
    "FacetValue",
    "Filters",
    "Hit",
    "Kind",
    "Mention",
    "NewPledge",
    "News",
    "Part",
    "SearchResult",
    "SearchedParty",
    "beginning_with",
    "catch_up",
    "engine_named",
    "filters_named",
    "index_programme",
    "is_behind",
    "load_dictionaries",
    "marker",
    "newest",
    "owed",
    "search",
    "suggestions",
    "warm_up",
]

MAX_PER_PAGE = 5000
BESIDE = 5
"""Entries shown of each part that the page is not of."""
SECONDS = Histogram(
    "programarkivet_search_seconds",
    "Time that a search takes.",
    ["engine"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0),
)


def search(
    query: str,
    *,
    filters: Filters | None = None,
    sort: Sort = "relevance",
    part: Part = Part.PLEDGES,
    page: int = 1,
    per_page: int = 20,
    beside: int = BESIDE,
    engine: str | None = None,
    highlight: bool = True,
) -> SearchResult:
    """Return what a query of our grammar (docs/search.md) finds in the published programmes.

    A page of one part, pledges unless another is asked for, and the first entries of the others, `beside` of each.
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
    pages = {other: (0, beside) for other in Part if beside and query.strip()}
    pages[part] = (page - 1) * per_page, page * per_page
    asking = Asking(backend, catalogue, vocabulary, filters or Filters(), sort, pages)
    answer = asking.answer(query)
    asked, found = answer.question, answer.found
    total = answer.hits
    marks = Marker(asked.plan if highlight else replace(asked.plan, wanted=None))
    ranked = {part: found.hits.get(part, ()) for part in Part}
    passages = fetched(catalogue, ranked[Part.PLEDGES], ranked[Part.TEXT])
    return SearchResult(
        query=query,
        searched=answer.searched,
        parsed=asked.query,
        filters=asked.filters,
        part=part,
        hits=hits_of(ranked[Part.PLEDGES], passages, marks, by="neighbour" if answer.neighbour else ""),
        mentions=mentions_of(ranked[Part.TEXT], passages, marks),
        chapters=chapters_of(ranked[Part.CHAPTERS], catalogue, marks),
        kinds=found.kinds,
        total=total,
        below_headings=asked.count_below_headings(backend) if found.kinds.get(Kind.SECTION) else 0,
        page=page,
        per_page=per_page,
        facets=asked.facets(found) | {"editions": asking.editions(query)},
        suggestion=answer.suggestion,
        problems=(*map(explained, asked.problems), *([said_behind()] if backend.is_behind else [])),
        read_as=asked.plan.read_as,
        took_ms=_took(began, backend.name) * 1000,
        engine=backend.name,
        readings=asked.understood.readings,
        offered=asked.understood.offered,
        relaxed=answer.relaxed,
        text_searched=answer.text_searched,
        more=answer.more,
        neighbour=answer.neighbour,
        same_matter=asking.same_matter(asked) if beside and not answer.neighbour else (),
        labels=asked.labels(),
        programmes=(searched := asked.searched()),
        span=catalogue.span(searched),
        without_filter={} if total else asked.without_each_filter(backend),
        coverage=() if total else asked.coverage(found.elsewhere),
    )


def newest(
    query: str,
    *,
    filters: Filters,
    most: int,
    programmes: frozenset[int] | None = None,
    after: datetime | None = None,
    until: datetime | None = None,
) -> News:
    """Return the newest `most` pledges that a query of our grammar finds, dissents among them.

    Only those in `programmes`, where they are given, and of those published or changed later than `after` and no
    later than `until`. Raises `IndexBeingBuilt`.
    """
    began = time.perf_counter()
    backend = engine_named()
    news = found_newest(backend, query, filters=filters, most=most, programmes=programmes, after=after, until=until)
    _took(began, backend.name)
    return news


def _took(began: float, engine: str) -> float:
    """Return the seconds since a search began, and have them counted."""
    seconds = time.perf_counter() - began
    SECONDS.labels(engine).observe(seconds)
    return seconds


def marker(query: str) -> Marker:
    """Return what marks in any text the words that a query asks for, names and the frame of a question left out."""
    backend = engine_named()
    vocabulary = backend.vocabulary()
    understood = understand(parse(query), Filters(), catalogue_for(backend.stamp()).names)
    return Marker(plan(understood.query, vocabulary))


def filters_named(text: str) -> Filters:
    """Return the filters that the names in a text stand for (`Hamar Ap 2019`); none where it names nobody."""
    names = catalogue_for(engine_named().stamp()).names
    understood = understand(parse(text), Filters(), names)
    filters = understood.filters
    for reading in understood.offered:  # an ordinary word alone that is a name too: Høyre, Rødt
        if reading.kind in FACETS:
            filters = filters.with_values(FACETS[reading.kind], *reading.values)
    return filters


@transaction.atomic
def index_programme(programme: Programme) -> None:
    """Make the index right for a programme after an import, a correction or any change of publication."""
    advance(programme.pk)
    engine_named().catch_up()


def catch_up() -> None:
    """Make the index right for what has changed since, should whoever changed it not have come to that."""
    engine_named().catch_up()


def owed() -> int | None:
    """Return how many programmes the index still has to be made right for; None where it has to be built anew."""
    owing = owed_by(engine_named().state())
    return None if owing is None else len(owing.programmes)


def is_behind() -> bool:
    """Return whether the last search of this process was answered without the latest changes of the archive."""
    return engine_named().is_behind


def engine_named(engine: str | None = None) -> Engine:
    """Return an engine by its name in `settings.SEARCH_ENGINES`, the configured one if None; KeyError if unknown."""
    if engine is None or engine == settings.SEARCH_ENGINE:
        return connections["default"].get_backend()
    options = settings.SEARCH_ENGINES[engine]
    return import_string(options["ENGINE"]).backend(engine, **options)


def load_dictionaries() -> None:
    """Load dictionaries and tables, for which no archive is needed: a server does so once, for all its processes."""
    plan(parse("tannlegene xyzzy"), Vocabulary({}))
    near_names("tannlege")


def warm_up() -> None:
    """Load dictionaries and tables and open the index, so that the first readers don't wait for them (some 4 s).

    A word that programmes have, one that nothing has and a question load all that a search can come to ask.
    """
    for query in ("skole", "xyzzy", "hva mener partiene om tannlege"):
        search(query)


def suggestions(beginning: str) -> tuple[str, ...]:
    """Return queries to suggest while a reader types: the last word completed, with words of the archive alone."""
    return completed(beginning, engine_named().vocabulary())


def beginning_with(beginning: str) -> Beginning:
    """Return the headings and pledges to suggest while a reader types."""
    backend = engine_named()
    vocabulary = backend.vocabulary()
    return begun(beginning, backend, catalogue_for(backend.stamp()), vocabulary)
