"""Everything that is published as files, and what tells catalogues and other machines of it."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePath

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import condition

from programmes.dump.describing import DICTIONARY, MEDIA_TYPES, PACKAGE, README, SUMS
from programmes.dump.formats import SQLITE
from programmes.dump.kept import Kept, KeptFile, latest
from programmes.dump.rights import licence, rights
from programmes.records import TABLES, Table
from programmes.site.catalogue import as_turtle, catalogue

ENDINGS = ("csv", "jsonl", "parquet")
TURTLE = "text/turtle; charset=utf-8"


@dataclass(frozen=True, slots=True)
class TableFiles:
    """A table with its files, for the page."""

    name: str
    told: str
    rows: int
    files: tuple[tuple[str, KeptFile], ...]
    """Each with its ending."""


def data_page(request: HttpRequest) -> HttpResponse:
    """List the files of the latest dump, what they hold, and what others may do with them."""
    kept = latest()
    language = "en" if get_language() == "en" else "nb"
    whole = [] if kept is None else [(file, told) for name, told in _of_all() if (file := kept.file(name))]
    context = {
        "kept": kept,
        "whole": whole,
        "tables": [] if kept is None else list(_tables(kept)),
        "rights": rights(language),
        "licence": licence(),
    }
    return render(request, "data.html", context)


def _of_all() -> tuple[tuple[str, str], ...]:
    return (
        (SQLITE, _("alle tabellene i én database, med fulltekstsøk; åpnes i Datasette")),
        (DICTIONARY, _("hva hvert felt i hver tabell er, på norsk og engelsk")),
        (PACKAGE, _("det samme for maskiner, etter standarden Data Package")),
        (README, _("hva som er hva, og hva du kan bruke det til")),
        (SUMS, _("SHA-256 av hver fil")),
    )


def _tables(kept: Kept) -> Iterator[TableFiles]:
    for table in TABLES.values():
        files = ((ending, kept.file(f"{table.name}.{ending}")) for ending in ENDINGS)
        there = tuple((ending, file) for ending, file in files if file)
        yield TableFiles(table.name, _told(table), kept.counts.get(table.name, 0), there)


def _told(table: Table) -> str:
    return table.en if get_language() == "en" else table.nb


def _etag(request: HttpRequest, name: str) -> str | None:
    kept = latest()
    file = kept.file(name) if kept else None
    return f'"{file.sha256}"' if file else None


@condition(etag_func=_etag)
def data_file(request: HttpRequest, name: str) -> HttpResponseBase:
    """Send a file of the latest dump; 404 where there is none of the name."""
    kept = latest()
    file = kept.file(name) if kept else None
    if kept is None or file is None:
        raise Http404
    try:
        stored = default_storage.open(kept.storage_name(file))
    except FileNotFoundError as problem:
        raise Http404 from problem
    media_type = MEDIA_TYPES[PurePath(name).suffix]
    charset = "; charset=utf-8" if media_type.startswith("text/") else ""
    response = FileResponse(stored, as_attachment=True, filename=name, content_type=f"{media_type}{charset}")
    response["Content-Length"] = str(file.size)
    response["Repr-Digest"] = f"sha-256=:{base64.b64encode(bytes.fromhex(file.sha256)).decode('ascii')}:"  # RFC 9530
    response["X-Content-Type-Options"] = "nosniff"
    return response


def data_catalogue(request: HttpRequest) -> HttpResponse:
    """Describe the data set for catalogues (DCAT-AP-NO 3)."""
    described = catalogue(request.build_absolute_uri("/").rstrip("/"))
    return HttpResponse(as_turtle(described), content_type=TURTLE)


def llms(request: HttpRequest) -> HttpResponse:
    """Tell language models what is here and how to take it with its source (llmstxt.org)."""
    context = {"base": request.build_absolute_uri("/").rstrip("/"), "rights": rights("en")}
    return render(request, "llms.txt", context, content_type="text/plain; charset=utf-8")


def opensearch(request: HttpRequest) -> HttpResponse:
    """Describe the search for the search bars of browsers (OpenSearch 1.1)."""
    context = {"base": request.build_absolute_uri("/").rstrip("/"), "told": _("Søk i norske partiprogrammer")}
    return render(
        request, "opensearch.xml", context, content_type="application/opensearchdescription+xml; charset=utf-8"
    )
