"""`search`: ask the archive from the command line, as text or as the JSON of CONTRACT.md."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from programmes.records.search_answers import answer_as_json
from programmes.search import MAX_PER_PAGE, SearchResult, search


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
            answers = {query["id"]: answer_as_json(self._search(query["q"], options)) for query in queries}
            self.stdout.write(json.dumps(answers, ensure_ascii=False))
            return
        result = self._search(options["query"], options)
        if options["json"]:
            self.stdout.write(json.dumps(answer_as_json(result), ensure_ascii=False, indent=1))
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
