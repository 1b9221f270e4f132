"""What the search box offers while a reader types."""

from django.http import HttpRequest, JsonResponse

from programmes.search import suggestions
from programmes.search.query import MAX_LENGTH
from programmes.site.links import QueryLinks


def search_suggestions(request: HttpRequest) -> JsonResponse:
    """Send queries to suggest while a reader types, as a list."""
    return JsonResponse(list(suggestions(QueryLinks(request).value("q")[:MAX_LENGTH])), safe=False)
