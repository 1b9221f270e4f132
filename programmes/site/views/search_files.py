"""All hits of a search as files."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import Any

from django.http import HttpRequest, HttpResponseBase

from programmes.search import Part
from programmes.site.exports import COLUMNS, all_of, place_of, row_of
from programmes.site.links import QueryLinks
from programmes.site.rewording import subject_of
from programmes.site.spreadsheets import Echo, harmless
from programmes.site.streaming import streamed
from programmes.site.views.search import sort_of


def search_csv(request: HttpRequest) -> HttpResponseBase:
    """Send all hits as a CSV file that spreadsheets open with æøå whole and that runs no formula in them."""
    writer = csv.writer(Echo())
    links = QueryLinks(request)

    def lines() -> Iterator[str]:
        results = all_of(links, Part.PLEDGES, sort_of(links))
        first = next(results)
        yield "\ufeff" + writer.writerow(COLUMNS)
        for result in chain([first], results):
            for hit in result.hits:
                yield writer.writerow(map(harmless, row_of(hit, request)))

    response = streamed(request, lines(), content_type="text/csv; charset=utf-8")
    if response.streaming:
        response["Content-Disposition"] = 'attachment; filename="programarkivet.csv"'
    return response


def search_json(request: HttpRequest) -> HttpResponseBase:
    """Send all hits as JSON, and the other places in the programmes where the words stand."""
    links = QueryLinks(request)
    return streamed(request, _pieces(links, request), content_type="application/json")


def _pieces(links: QueryLinks, request: HttpRequest) -> Iterator[str]:
    """Yield the object of `search_json` a page of hits at a time: all hits of a large archive are too much to hold."""
    results = all_of(links, Part.PLEDGES, sort_of(links))
    first = next(results)
    head = {"sok": links.value("q"), "antall": first.total, "dissenser": first.dissents}
    yield f'{_json(head)[:-1]}, "treff": ['
    yield from _listed(
        {**dict(zip(COLUMNS, row_of(hit, request), strict=True)), "kind": hit.kind.label, "by": hit.by}
        for result in chain([first], results)
        for hit in result.hits
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
