"""Browsing by theme: every pledge that belongs under it, by party, branch and year."""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import TypeVar

from django.db.models import Aggregate, Count, F, Q, QuerySet, Sum
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from programmes.models import Passage, Programme, ProgrammeTheme, Theme
from programmes.norwegian.sorting import norwegian_order
from programmes.site.facets import Facet, any_of
from programmes.site.links import QueryLinks, page_of

Rows = TypeVar("Rows", bound=QuerySet)

NEW_KEY = "nytt"
"""In the address: only pledges that the branch's programme before did not have."""


@dataclass(frozen=True, slots=True)
class Weight:
    """How much of what a party promised in an election falls under a theme."""

    party: str
    count: int
    total: int
    """All the party's pledges in programmes of that year."""

    @property
    def per_cent(self) -> int:
        """The share, rounded."""
        return round(100 * self.count / self.total) if self.total else 0


@dataclass(frozen=True, slots=True)
class Counting:
    """Rows that can be narrowed by their programme, and how pledges are counted in them."""

    rows: QuerySet
    pledges: Aggregate
    in_text: Aggregate
    """Those of the pledges that stand in running text."""


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
    """Show a theme's pledges by programme, narrowed by what the address asks for.

    Counts are kept by programme and summed up here; only what is new since the last programme has to be counted.
    """
    theme_ = get_object_or_404(Theme.objects.select_related("parent"), slug=theme)
    links = QueryLinks(request)
    pledges = Passage.objects.published().pledges_in_any_form().filter(themes=theme_)
    if links.value(NEW_KEY):
        pledges = pledges.new_since_last()
        counting = Counting(pledges, Count("pk"), Count("pk", filter=Q(kind="prose_pledge")))
        below = Theme.objects.filter(parent=theme_).counted_in(narrowed(pledges, links))
    else:
        counting = Counting(kept(theme=theme_), Sum("pledge_count", default=0), Sum("prose_pledge_count", default=0))
        below = Theme.objects.summed_over(narrowed(kept(theme__parent=theme_), links))
    total = narrowed(counting.rows, links).aggregate(pledges=counting.pledges, in_text=counting.in_text)
    shares = weights(theme_)
    page = page_of(
        narrowed(pledges, links)
        .with_source()
        .order_by(
            "-programme__period_start",
            "programme__branch__party__name_nb",
            "programme__branch__name",
            "programme_id",
            "position",
        ),
        links,
        count=total["pledges"],
    )
    return render(
        request,
        "theme.html",
        {
            "theme": theme_,
            "sub_themes": [(sub, links.to(sub.get_absolute_url())) for sub in below],
            "page": page,
            "in_text": total["in_text"],
            "facets": facets(counting, links),
            "is_narrowed": any(links.values(key) for key in (*NARROWINGS, NEW_KEY)),
            "only_new": bool(links.value(NEW_KEY)),
            "new_url": links.toggled(NEW_KEY, "1"),
            "weights": shares,
            "largest_weight": max((weight.per_cent for _year, rows in shares for weight in rows), default=0),
            "feed_url": search_feed_of(theme_, links),
            "links": links,
        },
    )


def kept(**themes: Theme) -> QuerySet[ProgrammeTheme]:
    """Return the kept counts of a theme, or of those below it, in what the public may see."""
    return ProgrammeTheme.objects.filter(programme__in=Programme.objects.published(), **themes)


def weights(theme: Theme) -> list[tuple[str, list[Weight]]]:
    """Return how much each party gave a theme in each election: by year, newest first, the largest share first."""
    totals = {
        (row["period_start"], row["party"]): row["pledges"]
        for row in Programme.objects.published()
        .order_by()
        .values("period_start", party=F("branch__party"))
        .annotate(pledges=Sum("pledge_count"))
    }
    rows = (
        kept(theme=theme)
        .order_by()
        .values(
            year=F("programme__period_start"),
            party=F("programme__branch__party"),
            name=F("programme__branch__party__name_nb"),
        )
        .annotate(count=Sum("pledge_count"))
    )
    by_year: dict[int, list[Weight]] = {}
    for row in rows:
        total = totals[row["year"], row["party"]]
        by_year.setdefault(row["year"], []).append(Weight(row["name"], row["count"], total))
    return [
        (str(year), sorted(by_year[year], key=lambda weight: (-weight.per_cent, weight.party)))
        for year in sorted(by_year, reverse=True)
    ]


def search_feed_of(theme: Theme, links: QueryLinks) -> str:
    """Return the address of the feed of what the page shows: the search's own, with the theme as a filter."""
    query = QueryDict(mutable=True)
    query["tema"] = theme.slug
    for key in NARROWINGS:
        query.setlist(key, links.values(key))
    return f"{reverse('search_feed')}?{query.urlencode(safe='/')}"


def narrowed(rows: Rows, links: QueryLinks, *, but: str = "") -> Rows:
    """Return the rows whose programme fits what the address asks for, one key left aside where `but` names it."""
    for key, fields in NARROWINGS.items():
        values = links.values(key) if key != but else []
        if values:
            rows = rows.filter(reduce(or_, (fits(fields, value) for value in values)))
    return rows


def fits(fields: tuple[str, ...], value: str) -> Q:
    """Return the condition that a value of the address stands for; one that makes no sense fits nothing."""
    parts = value.split("/")
    is_sound = len(parts) == len(fields) and (
        "period_start" not in fields[0] or (value.isdecimal() and len(value) <= 4)
    )
    return Q(**dict(zip(fields, parts, strict=True))) if is_sound else Q(pk=None)


def facets(counting: Counting, links: QueryLinks) -> list[Facet]:
    """Return the ways to narrow a theme, each counted under the other choices."""

    def counted(key: str, **names: F) -> QuerySet:
        rows = narrowed(counting.rows, links, but=key).order_by().values(**names)
        return rows.annotate(count=counting.pledges).order_by("-count")

    party = F("programme__branch__party__slug")
    parties = (
        (row["slug"], row["name"], row["count"])
        for row in counted("parti", slug=party, name=F("programme__branch__party__name_nb"))
    )
    branches = (
        (f"{row['party']}/{row['slug']}", row["name"], row["count"])
        for row in counted("lag", party=party, slug=F("programme__branch__slug"), name=F("programme__branch__name"))
    )
    years = (
        (str(row["year"]), str(row["year"]), row["count"])
        for row in counted("aar", year=F("programme__period_start")).order_by("-year")
    )
    return [
        any_of(_("Parti"), "parti", parties, links),
        any_of(_("Lag"), "lag", branches, links),
        any_of(_("Valgår"), "aar", years, links),
    ]
