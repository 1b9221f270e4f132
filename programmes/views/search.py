"""The search page."""

from django.http import HttpRequest, HttpResponse


def search_page(request: HttpRequest) -> HttpResponse:
    """Wait for the engines."""
    return HttpResponse("")
