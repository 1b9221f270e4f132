"""haystack's `SearchQuerySet` over our grammar: its filters become `field:value`, its content our own words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from haystack.backends import BaseSearchBackend, BaseSearchQuery
from haystack.models import SearchResult

from programmes.models import Passage, Section
from programmes.search.entries import IndexEntry, entries_of, section_key


class GrammarQuery(BaseSearchQuery):
    """Builds a query of our grammar from haystack's filters."""

    def build_query_fragment(self, field: str, filter_type: str, value: Any) -> str:
        """Return one filter in our grammar."""
        text = value.prepare(self) if hasattr(value, "prepare") else str(value)
        return text if field == "content" else f'{field}:"{text}"'

    def build_query(self) -> str:
        """Return the whole query; without filters, every pledge."""
        return super().build_query() if self.query_filter else "*"

    def matching_all_fragment(self) -> str:
        """Return the query for every pledge."""
        return "*"


class GrammarBackend(BaseSearchBackend):
    """What haystack's commands and its `SearchQuerySet` call, the same for both engines."""

    def replace_entries(self, keys: list[int], entries: Iterable[IndexEntry]) -> object:
        """Take the entries with some keys out and put others in."""
        raise NotImplementedError

    def update(self, index: Any, iterable: Iterable[Passage | Section], commit: bool = True) -> None:
        """Put in passages or headings, each in place of its earlier entry."""
        keys = [_key(row) for row in iterable]
        self.replace_entries(keys, entries_of(keys))

    def remove(self, obj_or_string: Passage | Section | str, commit: bool = True) -> None:
        """Take out a passage or heading, given itself or haystack's name for it (`programmes.passage.7`)."""
        if isinstance(obj_or_string, str):
            _app, model, pk = obj_or_string.split(".")
            key = section_key(int(pk)) if model == "section" else int(pk)
        else:
            key = _key(obj_or_string)
        self.replace_entries([key], ())

    def search(self, query_string: str, **options: Any) -> dict[str, Any]:
        """Return haystack's shape of answer to a query in our grammar."""
        from programmes.search import search

        text = query_string.replace(" AND ", " ").strip("()").strip()
        start = options.get("start_offset") or 0
        end = options.get("end_offset") or start + 20
        size = max(end - start, 1)
        answer = search("" if text == "*" else text, page=start // size + 1, per_page=size)
        result_class = options.get("result_class") or SearchResult
        results = [
            result_class("programmes", "passage", hit.passage.pk, hit.score, text=hit.passage.text)
            for hit in answer.hits
        ]
        return {"results": results, "hits": answer.total, "facets": {}, "spelling_suggestion": answer.suggestion}


def _key(row: Passage | Section) -> int:
    return section_key(row.pk) if isinstance(row, Section) else row.pk
