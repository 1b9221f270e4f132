"""The front page: what one can ask, where one's own place is, what is new, and what is missing."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from programmes.coverage import last_storting_election, missing_from_storting
from programmes.models import Party, Programme, Theme
from programmes.norwegian.sorting import norwegian_order
from programmes.site.examples import examples

LATEST = 5


def home(request: HttpRequest) -> HttpResponse:
    """Show the search box with examples, the way to one's own place, what is new and missing, and ways to browse."""
    current = Programme.objects.current()
    totals = current.span()
    today = timezone.localdate()
    return render(
        request,
        "home.html",
        {
            "totals": totals,
            "examples": examples() if totals["programmes"] else [],
            "latest": current.with_branch().defer("parse_report").order_by("-published_at")[:LATEST],
            "missing": missing_from_storting(today),
            "election": last_storting_election(today),
            "parties": sorted(Party.objects.with_published(), key=lambda party: norwegian_order(party.name)),
            "years": current.by_year(),
            "themes": sorted(Theme.objects.main(), key=lambda theme: norwegian_order(theme.label)),
        },
    )
