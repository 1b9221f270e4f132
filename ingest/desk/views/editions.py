"""The editions of a programme at the desk: which replaces which, and what changed between two of them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from ingest.desk.edition_differences import between
from ingest.desk.permissions import Action, allowed
from ingest.desk.subjects import programme_of
from programmes.editions import editions_of


@require_GET
@allowed(Action.SEE, programme_of)
def editions(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the chain of a programme's editions, and how this one differs from the one that it replaces."""
    programme = programme_of(request, pk)
    return render(
        request,
        "redaksjon/editions.html",
        {
            "programme": programme,
            "branch": programme.branch,
            "editions": editions_of(programme),
            "before": programme.replaces,
            "differences": between(programme.replaces, programme) if programme.replaces else None,
        },
    )
