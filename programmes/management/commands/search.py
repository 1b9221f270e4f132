"""`search`: ask the archive from the command line, as text or as the JSON of CONTRACT.md."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from programmes.models import Party, Passage, Programme, Section
from programmes.search import MAX_PER_PAGE, SearchResult, search

FACETS = ("party", "branch", "year", "theme")
"""The facets that CONTRACT.md names."""


class Command(BaseCommand):
    help = "Search the published pledges."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("query", nargs="?", help="a query of the grammar in docs/search.md")
        parser.add_argument("--batch", type=Path, help="a file of queries; prints one answer for each query id")
        parser.add_argument("--json", action="store_true", help="print JSON")
        parser.add_argument("--limit", type=int, default=20, help="hits at most (default: 20)")
        parser.add_argument("--engine", help="the haystack connection to ask (default: the configured one)")

    def handle(self, **options: Any) -> None:
        if (options["query"] is None) == (options["batch"] is None):
            raise CommandError("Give either a query or --batch FILE.")
        if options["limit"] < 1:
            raise CommandError("--limit must be at least 1.")
        if options["batch"]:
            try:
                queries = json.loads(options["batch"].read_text(encoding="utf-8"))["queries"]
            except (OSError, ValueError, KeyError, TypeError) as error:
                raise CommandError(f"{options['batch']} is no file of queries: {error}") from error
            answers = {query["id"]: as_json(self._search(query["q"], options)) for query in queries}
            self.stdout.write(json.dumps(answers, ensure_ascii=False))
            return
        result = self._search(options["query"], options)
        if options["json"]:
            self.stdout.write(json.dumps(as_json(result), ensure_ascii=False, indent=1))
            return
        for problem in result.problems:
            self.stdout.write(f"! {problem}")
        self.stdout.write(f"{result.total} løfter ({result.took_ms:.0f} ms)")
        for hit in result.hits:
            programme = hit.passage.programme
            self.stdout.write(f"{hit.public_id}  {programme.branch}, {programme.period}: {hit.passage.readable_text}")

    def _search(self, query: str, options: dict[str, Any]) -> SearchResult:
        limit = min(options["limit"], MAX_PER_PAGE)
        return search(query, per_page=limit, beside=limit, engine=options["engine"])


def as_json(result: SearchResult) -> dict[str, Any]:
    """Return an answer in the shape of CONTRACT.md."""
    return {
        "query": result.query,
        "engine": result.engine,
        "total": result.total,
        "suggestion": result.suggestion,
        "searched": result.searched,
        "read_as": _read_as(result),
        "problems": result.problems,
        "took_ms": round(result.took_ms, 1),
        "hits": [
            _of_passage(hit.passage)
            | {
                "kind": hit.kind.label,
                "by": hit.by,
                "lead_in": hit.passage.lead_in,
                "status": hit.passage.programme.status,
                "dissent": hit.passage.dissent,
                "snippet": hit.snippet,
                "score": hit.score,
            }
            for hit in result.hits
        ],
        "elsewhere": {
            "total": result.elsewhere,
            "hits": [
                *(_of_passage(each.passage) | {"kind": "prose", "snippet": each.sentence} for each in result.mentions),
                *(_of_section(each.section) | {"kind": "section", "snippet": each.title} for each in result.chapters),
            ],
        },
        "same_matter": [{"words": each.words, "total": each.total} for each in result.same_matter],
        "dissents": result.dissents,
        "facets": {
            facet: [[row.value, row.count] for row in rows] for facet, rows in result.facets.items() if facet in FACETS
        },
    }


def _read_as(result: SearchResult) -> dict[str, list[str] | None]:
    """Return what was read as something else than words to be found; parties by their code."""
    read: dict[str, list[str] | None] = {kind: [] for kind in ("party", "branch", "area", "year", "theme", "dropped")}
    codes = dict(Party.objects.values_list("slug", "code"))
    for reading in result.readings:
        values = [codes.get(value, value) if reading.kind == "party" else value for value in reading.values]
        read[reading.kind] = [*(read[reading.kind] or ()), *values]
    return read | {"relaxed": None if result.relaxed is None else list(result.relaxed)}


def _of_passage(passage: Passage) -> dict[str, Any]:
    return {
        "id": passage.public_id,
        "url": passage.get_absolute_url(),
        **_of_programme(passage.programme),
        "section": passage.section.title,
        "text": passage.text,
        "page": passage.page_first,
    }


def _of_section(section: Section) -> dict[str, Any]:
    return {
        "id": section.public_id,
        "url": section.get_permanent_url(),
        **_of_programme(section.programme),
        "section": section.title,
        "text": str(section),
        "page": section.page,
    }


def _of_programme(programme: Programme) -> dict[str, Any]:
    return {
        "programme": programme.filename,
        "party": programme.branch.party.code,
        "branch": programme.branch.name,
        "period": programme.period,
    }
