"""All hits of a search as files."""

from __future__ import annotations

import csv
from collections.abc import Iterator

from django.http import HttpRequest, JsonResponse, StreamingHttpResponse

from programmes.search import Part
from programmes.site.exports import COLUMNS, all_of, place_of, row_of
from programmes.site.links import QueryLinks
from programmes.site.rewording import subject_of
from programmes.site.views.search import sort_of


class _Echo:
    """A file that gives back what is written to it, so that rows can be streamed."""

    def write(self, value: str) -> str:
        return value


def search_csv(request: HttpRequest) -> StreamingHttpResponse:
    """Send all hits as a CSV file that spreadsheets open with æøå whole and that runs no formula in them."""
    writer = csv.writer(_Echo())
    links = QueryLinks(request)

    def lines() -> Iterator[str]:
        yield "\ufeff" + writer.writerow(COLUMNS)
        for result in all_of(links, Part.PLEDGES, sort_of(links)):
            for hit in result.hits:
                yield writer.writerow(map(_harmless, row_of(hit, request)))

    response = StreamingHttpResponse(lines(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="programarkivet.csv"'
    return response


def _harmless(cell: str | int) -> str | int:
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell


def search_json(request: HttpRequest) -> JsonResponse:
    """Send all hits as JSON, and the other places in the programmes where the words stand."""
    links = QueryLinks(request)
    hits, total, dissents, subject = [], 0, 0, ""
    for result in all_of(links, Part.PLEDGES, sort_of(links)):
        total, dissents, subject = result.total, result.dissents, subject_of(result)
        hits += [
            {**dict(zip(COLUMNS, row_of(hit, request), strict=True)), "kind": hit.kind.label, "by": hit.by}
            for hit in result.hits
        ]
    places = []
    if subject:
        for result in all_of(links, Part.TEXT, sort_of(links)):
            places += [place_of(mention.passage, request) for mention in result.mentions]
        for result in all_of(links, Part.CHAPTERS, sort_of(links)):
            places += [place_of(chapter.section, request) for chapter in result.chapters]
    answer = {
        "sok": links.value("q"),
        "antall": total,
        "dissenser": dissents,
        "treff": hits,
        "ellers": {"antall": len(places), "treff": places},
    }
    return JsonResponse(answer, json_dumps_params={"ensure_ascii": False})
