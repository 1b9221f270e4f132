"""haystack's `SearchQuerySet` over our grammar: its filters become `field:value`, its content our own words."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from haystack.backends import BaseSearchQuery
from haystack.models import SearchResult


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


def haystack_results(backend: Any, query_string: str, **options: Any) -> dict[str, Any]:
    """Return haystack's shape of answer to a query in our grammar."""
    from programmes.search import Filters, search

    text = query_string.replace(" AND ", " ").strip("()").strip()
    start = options.get("start_offset") or 0
    end = options.get("end_offset") or start + 20
    size = max(end - start, 1)
    answer = search("" if text == "*" else text, filters=Filters(), page=start // size + 1, per_page=size)
    model = apps.get_model("programmes", "Pledge")
    result_class = options.get("result_class") or SearchResult
    results = [
        result_class(model._meta.app_label, model._meta.model_name, hit.passage.pk, hit.score, text=hit.passage.text)
        for hit in answer.hits
    ]
    return {"results": results, "hits": answer.total, "facets": {}, "spelling_suggestion": answer.suggestion}
