"""What watches over the site asks whether it is ready to be used."""

from __future__ import annotations

from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache

from ingest.readiness import findings


@never_cache
def ready(request: HttpRequest) -> JsonResponse:
    """Answer with each thing that the site needs and its figure; 503 where one is not as it should be."""
    found = list(findings())
    is_ready = all(finding.is_ready for finding in found)
    answer = {
        "status": "klar" if is_ready else "ikke klar",
        "sjekker": [{"navn": each.name, "ok": each.is_ready, "tall": each.figure} for each in found],
    }
    return JsonResponse(answer, status=200 if is_ready else 503, json_dumps_params={"ensure_ascii": False})
