"""Browsing by theme: every pledge that belongs under it, by party, branch and year."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.db.models import Count, F, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from ..links import QueryLinks
from ..models import Pledge, Theme
from ..sorting import norwegian_order

PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class Facet:
    """One way to narrow a theme: a name for the reader, the key in the address, and the choices with counts."""

    title: str
    key: str
    choices: list[Choice]


@dataclass(frozen=True, slots=True)
class Choice:
    """A value that narrows, how many pledges it leaves, and where its link leads."""

    label: str
    count: int
    url: str
    is_chosen: bool


NARROWINGS = {
    "parti": ("programme__branch__party__slug",),
    "lag": ("programme__branch__party__slug", "programme__branch__slug"),
    "aar": ("programme__period_start",),
}
"""Key in the address → the fields that its value names, joined by a slash."""


def theme_list(request: HttpRequest) -> HttpResponse:
    """List the main themes with how many pledges each has."""
    themes = sorted(
        Theme.objects.main().with_pledge_counts().prefetch_related("sub_themes"),
        key=lambda theme: norwegian_order(theme.label),
    )
    return render(request, "theme_list.html", {"themes": themes})


def theme(request: HttpRequest, theme: str) -> HttpResponse:
    """Show a theme's pledges by programme, narrowed by what the address asks for."""
    theme_ = get_object_or_404(Theme.objects.select_related("parent"), slug=theme)
    links = QueryLinks(request)
    everything = Pledge.objects.published().filter(themes=theme_)
    pledges = narrowed(everything, links)
    page = Paginator(
        pledges.with_source().order_by(
            "-programme__period_start",
            "programme__branch__party__name_nb",
            "programme__branch__name",
            "programme_id",
            "position",
        ),
        PER_PAGE,
    ).get_page(request.GET.get("side"))
    return render(
        request,
        "theme.html",
        {
            "theme": theme_,
            "sub_themes": Theme.objects.filter(parent=theme_).with_pledge_counts(),
            "page": page,
            "facets": facets(everything, links),
            "is_narrowed": any(links.value(key) for key in NARROWINGS),
            "links": links,
        },
    )


def narrowed(pledges: QuerySet[Pledge], links: QueryLinks, *, but: str = "") -> QuerySet[Pledge]:
    """Return the pledges that fit what the address asks for, one key left aside where `but` names it."""
    for key, fields in NARROWINGS.items():
        value = links.value(key)
        if not value or key == but:
            continue
        parts = value.split("/")
        if len(parts) != len(fields) or (key == "aar" and not value.isdecimal()):
            return pledges.none()
        pledges = pledges.filter(**dict(zip(fields, parts, strict=True)))
    return pledges


def facets(pledges: QuerySet[Pledge], links: QueryLinks) -> list[Facet]:
    """Return the ways to narrow a theme, each counted under the other choices."""

    def counted(key: str, **names: F) -> QuerySet:
        return (
            narrowed(pledges, links, but=key).order_by().values(**names).annotate(count=Count("pk")).order_by("-count")
        )

    party = F("programme__branch__party__slug")
    parties = [
        (row["slug"], row["name"], row["count"])
        for row in counted("parti", slug=party, name=F("programme__branch__party__name_nb"))
    ]
    branches = [
        (f"{row['party']}/{row['slug']}", row["name"], row["count"])
        for row in counted("lag", party=party, slug=F("programme__branch__slug"), name=F("programme__branch__name"))
    ]
    years = sorted(
        (
            (str(row["year"]), str(row["year"]), row["count"])
            for row in counted("aar", year=F("programme__period_start"))
        ),
        reverse=True,
    )
    return [
        Facet(
            title,
            key,
            [
                Choice(label, count, links.toggled(key, value), is_chosen=links.value(key) == value)
                for value, label, count in rows
            ],
        )
        for title, key, rows in (
            (_("Parti"), "parti", parties),
            (_("Lag"), "lag", branches),
            (_("Valgår"), "aar", years),
        )
    ]
