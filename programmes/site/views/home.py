"""The front page: what is here, and the ways in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from programmes.models import Party, Programme, Theme
from programmes.norwegian.sorting import norwegian_order

LATEST = 8


def home(request: HttpRequest) -> HttpResponse:
    """Show the search box, what is in the archive, and the ways in by party, year and theme."""
    current = Programme.objects.current()
    return render(
        request,
        "home.html",
        {
            "totals": current.span(),
            "latest": current.with_branch().order_by("-published_at")[:LATEST],
            "parties": Party.objects.with_published(),
            "years": current.by_year(),
            "themes": sorted(Theme.objects.main().with_pledge_counts(), key=lambda theme: norwegian_order(theme.label)),
        },
    )
