"""All hits of a search as files."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, islice
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from programmes.csv_lines import csv_lines
from programmes.records.search_answers import about
from programmes.search import Part, SearchResult
from programmes.search.query import MAX_LENGTH
from programmes.site.exports import COLUMNS, all_of, file_name, place_of, rows_of
from programmes.site.facets import KEYS, filters_of
from programmes.site.links import QueryLinks
from programmes.site.rewording import subject_of
from programmes.site.spreadsheets import CSV, XLSX, workbook_pieces
from programmes.site.streaming import streamed
from programmes.site.views.search import sort_of

MOST_ROWS = 20_000
"""Hits in a workbook, which take some ten seconds to put together; a CSV file has all."""


def search_csv(request: HttpRequest) -> HttpResponseBase:
    """Send all hits as a CSV file that spreadsheets open with æøå whole and that runs no formula in them."""
    links = QueryLinks(request)

    def lines() -> Iterator[str]:
        results = all_of(links, Part.PLEDGES, sort_of(links))
        first = next(results)  # what goes wrong with it is answered by a page
        yield from csv_lines(COLUMNS, _rows(chain([first], results), request))

    return _named(streamed(request, lines(), content_type=CSV), links, "csv")


def search_xlsx(request: HttpRequest) -> HttpResponseBase:
    """Send the hits as a workbook, MOST_ROWS at most: it can be sent no sooner than it is made."""
    links = QueryLinks(request)

    def pieces() -> Iterator[bytes]:
        results = all_of(links, Part.PLEDGES, sort_of(links))
        first = next(results)
        rows = islice(_rows(chain([first], results), request), MOST_ROWS)
        about: list[tuple[str, str | int]] = [
            (_("Søk"), str(first.query) or _("Alle løfter")),
            (_("Adresse"), request.build_absolute_uri(links.to(reverse("search")))),
            (_("Hentet"), localdate().isoformat()),
            (_("Treff"), first.total + first.dissents),
            (_("Av dem i filen"), min(first.total + first.dissents, MOST_ROWS)),
            (_("Kilde"), _("Programarkivet. Hvert løfte har sin faste adresse i kolonnen «adresse».")),
        ]
        yield from workbook_pieces(COLUMNS, rows, title=str(first.query), about=about)

    return _named(streamed(request, pieces(), content_type=XLSX), links, "xlsx")


def _rows(results: Iterable[SearchResult], request: HttpRequest) -> Iterator[tuple[str | int, ...]]:
    return (row for result in results for row in rows_of(result, request))


def _named(response: HttpResponseBase, links: QueryLinks, ending: str) -> HttpResponseBase:
    """Return a file with the name that it is saved under; an answer that says to come back is left as it is."""
    if response.streaming:
        response["Content-Disposition"] = f'attachment; filename="{file_name(links, ending)}"'
    return response


def search_json(request: HttpRequest) -> HttpResponseBase:
    """Send all hits as JSON, and the other places where the words stand; the API has them a page at a time."""
    links = QueryLinks(request)
    response = streamed(request, _pieces(links, request), content_type="application/json")
    response["Link"] = f'<{address_in_api(links)}>; rel="successor-version", <{reverse("api")}>; rel="service-doc"'
    return response


def address_in_api(links: QueryLinks) -> str:
    """Return where the API answers the same search."""
    filters = filters_of(links)
    pairs = [(name, value) for name in KEYS if name != "editions" for value in filters.of(name)]
    pairs += [("editions", "all")] if filters.editions else []
    return f"{reverse('api:search_programmes')}?{urlencode([('q', links.value('q')[:MAX_LENGTH]), *pairs])}"


def _pieces(links: QueryLinks, request: HttpRequest) -> Iterator[str]:
    """Yield the object of `search_json` a page of hits at a time: all hits of a large archive are too much to hold."""
    results = all_of(links, Part.PLEDGES, sort_of(links))
    first = next(results)
    head = {"sok": links.value("q"), "antall": first.total, "dissenser": first.dissents, **about(first)}
    yield f'{_json(head)[:-1]}, "treff": ['
    yield from _listed(
        {**dict(zip(COLUMNS, row, strict=True)), "kind": hit.kind.label, "by": hit.by}
        for result in chain([first], results)
        for hit, row in zip(result.hits, rows_of(result, request), strict=True)
    )
    yield '], "ellers": {"treff": ['
    places = 0
    for piece in _listed(_places(links, request)) if subject_of(first) else ():
        places += 1
        yield piece
    yield f'], "antall": {places}}}}}'


def _places(links: QueryLinks, request: HttpRequest) -> Iterator[dict[str, str | int]]:
    for result in all_of(links, Part.TEXT, sort_of(links)):
        yield from (place_of(mention.passage, request) for mention in result.mentions)
    for result in all_of(links, Part.CHAPTERS, sort_of(links)):
        yield from (place_of(chapter.section, request) for chapter in result.chapters)


def _listed(rows: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """Yield each row as an entry of a JSON list."""
    for number, row in enumerate(rows):
        yield f"{', ' if number else ''}{_json(row)}"


def _json(value: Mapping[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False)
