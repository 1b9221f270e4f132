"""Which places have a programme, for the desk: with what is still a draft."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from ingest.desk.permissions import Action, allowed
from programmes.site.views.coverage import coverage_context


@require_GET
@allowed(Action.VIEW_DESK)
def coverage(request: HttpRequest) -> HttpResponse:
    """Show which municipalities and counties of today have a programme, in three stages."""
    context = coverage_context(request, public=False)
    return render(request, "redaksjon/coverage.html", context)
