"""What the search box offers while a reader types."""

from django.http import HttpRequest, JsonResponse

from programmes.search.query import MAX_LENGTH
from programmes.site.suggesting import suggested


def search_suggestions(request: HttpRequest) -> JsonResponse:
    """Send what to suggest while a reader types, as a list: names with their address, words with their query."""
    typed = request.GET.get("q", "")[:MAX_LENGTH]
    return JsonResponse([each.as_json() for each in suggested(typed)], safe=False)
