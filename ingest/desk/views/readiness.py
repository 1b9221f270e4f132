"""What watches over the site asks whether it is ready to be used; people at the desk see the same."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from ingest.desk.permissions import Action, allowed
from ingest.readiness import findings


@never_cache
def ready(request: HttpRequest) -> JsonResponse:
    """Answer with each thing that the site needs and its figure; 503 where a vital one is not as it should be."""
    found = list(findings())
    is_ready = all(finding.is_ready for finding in found if finding.is_vital)
    has_remarks = not all(finding.is_ready for finding in found)
    answer = {
        "status": "ikke klar" if not is_ready else "klar med merknader" if has_remarks else "klar",
        "sjekker": [
            {
                "navn": each.name,
                "ok": each.is_ready,
                "tall": each.figure,
                **({} if each.value is None else {"verdi": each.value}),
            }
            for each in found
        ],
    }
    return JsonResponse(answer, status=200 if is_ready else 503, json_dumps_params={"ensure_ascii": False})


@require_GET
@allowed(Action.SEE_OPERATION)
def operation(request: HttpRequest) -> HttpResponse:
    """Show what the installation needs as it is now, and what the worker's checks found."""
    return render(request, "redaksjon/operation.html", {"findings": list(findings())})
