"""The front page: what is here, and the ways in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from programmes.models import Party, Programme, Theme
from programmes.norwegian.sorting import norwegian_order

LATEST = 8


def home(request: HttpRequest) -> HttpResponse:
    """Show the search box, what is in the archive, and the ways in by party, year and theme."""
    published = Programme.objects.published()
    return render(
        request,
        "home.html",
        {
            "totals": published.span(),
            "latest": published.with_branch().order_by("-published_at")[:LATEST],
            "parties": Party.objects.with_published(),
            "years": published.by_year(),
            "themes": sorted(Theme.objects.main().with_pledge_counts(), key=lambda theme: norwegian_order(theme.label)),
        },
    )
