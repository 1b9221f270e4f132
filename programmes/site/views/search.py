"""The search page: what was found, what was searched, and every way on, as plain links."""

from __future__ import annotations

import csv
import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import get_args
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from programmes.models import Programme
from programmes.search import FacetValue, Hit, SearchedParty, SearchResult, search, suggestions
from programmes.search.engine import Sort
from programmes.search.query import MAX_LENGTH
from programmes.site.facets import KEYS, Choice, Facet, any_of, filters_of, one_of
from programmes.site.links import PAGE, QueryLinks
from programmes.site.shortcuts import programmes_named

PER_PAGE = 20
SORTS = {"relevance": "treff", "newest": "nyest", "party": "parti"}
"""Order → its value in the address."""
EXPORTS = {"CSV": "search_csv", "JSON": "search_json", gettext_lazy("Følg søket"): "search_feed"}
"""Form in which all hits can be had → its view."""
GROUPINGS = ("party", "branch")
MOST_GROUPS = 12
HITS_PER_GROUP = 3
MOST_WORDS = 5
"""Words of a search without hits that are tried alone."""
FEW_HITS = 5
"""With so few hits the page offers longer words that the archive has."""
MOST_LISTED = 40
"""Programmes that a search without hits names."""
CHUNK = 1000
"""Hits fetched at a time for a file of all hits."""


@dataclass(frozen=True, slots=True)
class Group:
    """The best hits of one party or branch, and the address of all of them."""

    label: str
    count: int
    url: str
    hits: tuple[Hit, ...]


@dataclass(frozen=True, slots=True)
class WayOut:
    """A link for a search without hits, and the hits it would give."""

    label: str
    url: str
    count: int


def search_page(request: HttpRequest) -> HttpResponse:
    """Show a page of hits; a typed name of a programme leads straight to it."""
    links = QueryLinks(request)
    query = links.value("q")[:MAX_LENGTH]
    named = programmes_named(query)
    if len(named) == 1:
        return HttpResponseRedirect(named[0].get_absolute_url())
    result = search(query, filters=filters_of(links), sort=sort_of(links), page=page_number(links), per_page=PER_PAGE)
    if result.page > result.pages:  # a shared address whose list has grown shorter: the last page there is
        return HttpResponseRedirect(links.page(result.pages))
    facets = facets_of(result, links)
    searched = Programme.objects.published()
    if result.programmes is not None:
        searched = searched.filter(pk__in=result.programmes)
    return render(
        request,
        "search.html",
        {
            "result": result,
            "links": links,
            "facets": [each for each in facets if each.choices],
            "filters_in_use": applied(result, links),
            "without_filters": links.without(*KEYS.values()),
            "sorts": sort_choices(links),
            "page": Paginator(range(result.total), PER_PAGE).page(result.page),
            "query_suffix": f"?{urlencode({'q': result.searched})}" if result.searched else "",
            "groups": groups_of(result, links),
            "groupings": group_choices(links),
            "first": (result.page - 1) * PER_PAGE + 1,
            "last": min(result.page * PER_PAGE, result.total),
            "charts": charts(result),
            "ways_out": ways_out(result, links) if not result.total else [],
            "searched_instead": result.searched if result.searched != query else "",
            "suggestion_url": links.changed_to("q", result.suggestion) if result.suggestion else "",
            "named": named,
            "continuations": continuations(result, links),
            "searched": searched.span(),
            "coverage": coverage_of(result),
            "searched_programmes": []
            if result.total
            else searched.with_branch().order_by("branch__name")[:MOST_LISTED],
            "exports": [(name, links.to(reverse(view))) for name, view in EXPORTS.items()],
            "feed_url": links.to(reverse("search_feed")),
        },
    )


def sort_of(links: QueryLinks) -> Sort:
    """Return the order that an address asks for; relevance where it asks for none we know."""
    value = links.value("sorter")
    return next((sort for sort in get_args(Sort) if SORTS[sort] == value), "relevance")


def sort_choices(links: QueryLinks) -> list[Choice]:
    """Return the orders that hits can be had in."""
    names = {"relevance": _("treff"), "newest": _("nyest"), "party": _("parti")}
    values = [(SORTS[sort], names[sort]) for sort in get_args(Sort)]
    return one_of("", "sorter", values, links, every=None, default=SORTS["relevance"]).choices


def page_number(links: QueryLinks) -> int:
    """Return the page that an address asks for; the first where it makes no sense."""
    value = links.value(PAGE)
    return max(int(value), 1) if value.isdecimal() and len(value) < 8 else 1


def facets_of(result: SearchResult, links: QueryLinks) -> list[Facet]:
    """Return the ways to narrow the hits."""
    titles = {"party": _("Parti"), "level": _("Nivå"), "branch": _("Lag"), "year": _("Valgår"), "theme": _("Tema")}
    return [
        any_of(title, KEYS[name], ((row.value, row.label, row.count) for row in result.facets[name]), links)
        for name, title in titles.items()
    ]


def applied(result: SearchResult, links: QueryLinks) -> list[tuple[str, str]]:
    """Return the filters in use by label, each with the address without it; also one that means nothing here."""
    return [
        (result.labels.get((facet_name, value), value), links.without(key, value=value))
        for facet_name, key in KEYS.items()
        for value in links.values(key)
    ]


def group_of(links: QueryLinks) -> str:
    """Return the facet that an address groups hits by; empty where it asks for none we know."""
    return next((name for name in GROUPINGS if links.value("grupper") == KEYS[name]), "")


def group_choices(links: QueryLinks) -> list[Choice]:
    """Return the groupings of hits."""
    names = {"party": _("parti"), "branch": _("lag")}
    return one_of("", "grupper", [(KEYS[name], names[name]) for name in GROUPINGS], links, every=_("ingen")).choices


def groups_of(result: SearchResult, links: QueryLinks) -> list[Group]:
    """Return the best hits of each party or branch that has any, the one with most hits first."""
    name = group_of(links)
    if not name or not result.total:
        return []
    filters = filters_of(links)
    chosen = filters.of(name)
    values = [value for value in result.facets[name] if not chosen or value.value in chosen]
    return [
        Group(
            value.label,
            value.count,
            links.without("grupper", KEYS[name], also={KEYS[name]: value.value}),
            search(
                result.searched,
                filters=filters.without(name).with_values(name, value.value),
                sort=sort_of(links),
                per_page=HITS_PER_GROUP,
            ).hits,
        )
        for value in values[:MOST_GROUPS]
    ]


def charts(result: SearchResult) -> list[tuple[str, tuple[FacetValue, ...], int]]:
    """Return the hits by year and by party with the largest count of each, where there is something to compare."""
    rows = [(_("Treff etter valgår"), result.facets["year"][::-1]), (_("Treff etter parti"), result.facets["party"])]
    return [(title, values, max(value.count for value in values)) for title, values in rows if len(values) > 1]


def coverage_of(result: SearchResult) -> list[SearchedParty]:
    """Return how many programmes of each party a search without hits went through: of those chosen, or of all."""
    chosen = {result.labels.get(("party", value), value) for value in result.filters.party}
    return [row for row in result.coverage if not chosen or row.label in chosen]


def single_words(result: SearchResult, links: QueryLinks) -> list[WayOut]:
    """Return each word of a search without hits alone, with the hits that it has."""
    words = [word.typed for word in result.parsed.words][:MOST_WORDS]
    if len(words) < 2:
        return []
    filters = filters_of(links)
    found = [(word, search(word, filters=filters, per_page=1, highlight=False).total) for word in words]
    return [
        WayOut(_("Søk bare på «%(word)s»") % {"word": word}, links.changed_to("q", word), count)
        for word, count in found
        if count
    ]


def ways_out(result: SearchResult, links: QueryLinks) -> list[WayOut]:
    """Return the filters and words that can be dropped, with the hits that each would give back."""
    names = {"party": _("parti"), "branch": _("lag"), "level": _("nivå"), "year": _("valgår"), "theme": _("tema")}
    found = [
        WayOut(_("Søk uten filteret på %(filter)s") % {"filter": names[name]}, links.without(KEYS[name]), count)
        for name, count in result.without_filter.items()
        if count
    ]
    if not found and len(result.without_filter) > 1:
        count = search(result.searched, per_page=1, highlight=False).total
        found += [WayOut(_("Søk uten filtre"), links.without(*KEYS.values()), count)] if count else []
    return found + single_words(result, links)


def continuations(result: SearchResult, links: QueryLinks) -> list[tuple[str, str]]:
    """Return longer words of the archive for a search with few hits, and their addresses; the same as while typing."""
    if not result.query or " " in result.query or result.total > FEW_HITS:
        return []
    words = suggestions(result.query)
    return [(word, links.changed_to("q", word)) for word in words if word.lower() != result.query.lower()]


def search_suggestions(request: HttpRequest) -> JsonResponse:
    """Send queries to suggest while a reader types, as a list."""
    return JsonResponse(list(suggestions(QueryLinks(request).value("q")[:MAX_LENGTH])), safe=False)


def all_hits(links: QueryLinks) -> Iterator[Hit]:
    """Yield every hit of an address, page after page."""
    for page in itertools.count(1):
        result = search(
            links.value("q")[:MAX_LENGTH],
            filters=filters_of(links),
            sort=sort_of(links),
            page=page,
            per_page=CHUNK,
            highlight=False,
        )
        yield from result.hits
        if page >= result.pages:
            return


COLUMNS = (
    *("id", "adresse", "parti", "lag", "program", "periode", "kapittel", "innledning", "tekst", "side", "linje"),
    *("vedtak", "dissens"),
)


def row_of(hit: Hit, request: HttpRequest) -> tuple[str | int, ...]:
    """Return a hit as a row of COLUMNS."""
    passage = hit.passage
    programme = passage.programme
    return (
        passage.public_id,
        request.build_absolute_uri(passage.get_absolute_url()),
        programme.branch.party.code,
        programme.branch.name,
        programme.title,
        programme.period,
        str(passage.section),
        passage.lead_in,
        passage.readable_text,
        passage.page_first if programme.has_pages else "",
        passage.line_first,
        str(programme.get_status_display()),
        passage.dissent,
    )


class _Echo:
    """A file that gives back what is written to it, so that rows can be streamed."""

    def write(self, value: str) -> str:
        return value


def search_csv(request: HttpRequest) -> StreamingHttpResponse:
    """Send all hits as a CSV file that spreadsheets open with æøå whole and that runs no formula in them."""
    writer = csv.writer(_Echo())
    rows = (map(_harmless, row_of(hit, request)) for hit in all_hits(QueryLinks(request)))

    def lines() -> Iterator[str]:
        yield "\ufeff" + writer.writerow(COLUMNS)
        yield from map(writer.writerow, rows)

    response = StreamingHttpResponse(lines(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="programarkivet.csv"'
    return response


def _harmless(cell: str | int) -> str | int:
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell


def search_json(request: HttpRequest) -> JsonResponse:
    """Send all hits as JSON."""
    links = QueryLinks(request)
    hits = [dict(zip(COLUMNS, row_of(hit, request), strict=True)) for hit in all_hits(links)]
    answer = {"sok": links.value("q"), "antall": len(hits), "treff": hits}
    return JsonResponse(answer, json_dumps_params={"ensure_ascii": False})
