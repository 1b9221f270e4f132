"""`search`: ask the archive from the command line, as text or as the JSON of CONTRACT.md."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from programmes.search import SearchResult, search


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
        return search(query, per_page=min(options["limit"], 5000), engine=options["engine"])


def as_json(result: SearchResult) -> dict[str, Any]:
    """Return an answer in the shape of CONTRACT.md."""
    return {
        "query": result.query,
        "engine": result.engine,
        "total": result.total,
        "suggestion": result.suggestion,
        "searched": result.searched,
        "problems": result.problems,
        "took_ms": round(result.took_ms, 1),
        "hits": [
            {
                "id": hit.public_id,
                "url": f"/lofte/{hit.public_id}/",
                "programme": hit.passage.programme.filename,
                "party": hit.passage.programme.branch.party.code,
                "branch": hit.passage.programme.branch.name,
                "period": hit.passage.programme.period,
                "section": hit.passage.section.title,
                "lead_in": hit.passage.lead_in,
                "text": hit.passage.text,
                "snippet": hit.snippet,
                "page": hit.passage.page_first,
                "score": hit.score,
            }
            for hit in result.hits
        ],
        "facets": {
            facet: [[row.value, row.count] for row in rows] for facet, rows in result.facets.items() if facet != "level"
        },
    }
