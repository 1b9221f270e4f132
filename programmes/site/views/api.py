"""The API described: for machines, and for people as a page where each address can be tried by a form."""

from __future__ import annotations

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from programmes.site.api.description import description


@require_safe
def openapi(request: HttpRequest) -> JsonResponse:
    """Send the description of the API."""
    return JsonResponse(description(), json_dumps_params={"ensure_ascii": False})
