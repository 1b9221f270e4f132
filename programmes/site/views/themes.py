"""Browsing by theme: every pledge that belongs under it, by party, branch and year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import TypeVar, cast

from django.core.paginator import Paginator
from django.db import models
from django.db.models import F, Q, QuerySet, Sum
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from programmes.models import Passage, PassageQuerySet, Programme, Theme, is_current
from programmes.norwegian.sorting import norwegian_order
from programmes.registers import NATIONAL_SLUG
from programmes.site.facets import Facet, any_of
from programmes.site.following.followed import CannotBeFollowed, Followed
from programmes.site.links import PAGE, PER_PAGE, QueryLinks
from programmes.site.numbers import whole_number
from programmes.site.shared import shared
from programmes.site.theme_counts import Count, counts_of, kept
from programmes.site.theme_parties import by_party

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
class Narrowing:
    """One way to narrow a theme by its programmes."""

    fields: tuple[str, ...]
    """The fields of a programme that a value of the address names, joined by a slash."""
    value: Callable[[Count], str]
    label: Callable[[Count], str]

    def condition(self, value: str) -> Q:
        """Return the condition that a value of the address stands for; one that makes no sense fits nothing."""
        parts = value.split("/")
        is_sound = len(parts) == len(self.fields) and ("period_start" not in self.fields[0] or whole_number(value) > 0)
        return Q(**dict(zip(self.fields, parts, strict=True))) if is_sound else Q(pk=None)


PARTY = "programme__branch__party__slug"
NARROWINGS = {
    "parti": Narrowing((PARTY,), lambda count: count.party, lambda count: count.party_name),
    "lag": Narrowing(
        (PARTY, "programme__branch__slug"),
        lambda count: f"{count.party}/{count.branch}",
        lambda count: count.branch_name,
    ),
    "aar": Narrowing(("programme__period_start",), lambda count: str(count.year), lambda count: str(count.year)),
}
"""Key in the address → what its value narrows to."""
Asked = Mapping[str, Collection[str]]
"""The keys that an address gives values, and these."""
NEW_COUNTS = {"pledges": models.Count("pk"), "in_text": models.Count("pk", filter=Q(kind="prose_pledge"))}


def theme_list(request: HttpRequest) -> HttpResponse:
    """List the main themes with how many pledges each has."""
    themes = sorted(
        Theme.objects.main().with_pledge_counts().prefetch_related("sub_themes"),
        key=lambda theme: norwegian_order(theme.label),
    )
    return render(request, "theme_list.html", {"themes": themes})


def theme(request: HttpRequest, theme: str) -> HttpResponse:
    """Show a theme by party, the first pledges of each; one party's pledges, or a chapter's, by programme.

    Counts are kept by programme and summed up here; only what is new since the last programme has to be counted.
    """
    theme_ = get_object_or_404(Theme.objects.select_related("parent"), slug=theme)
    links = QueryLinks(request)
    kept_counts = counts_of(kept(theme=theme_))
    pledges = Passage.objects.filter(is_current("programme__")).pledges_in_any_form().filter(themes=theme_)
    if links.value(NEW_KEY):
        pledges = pledges.new_since_last()
        new = {row["programme"]: row for row in pledges.order_by().values("programme").annotate(**NEW_COUNTS)}
        counts = [
            count._replace(pledges=new[count.programme]["pledges"], in_text=new[count.programme]["in_text"])
            for count in kept_counts
            if count.programme in new
        ]
        below = Theme.objects.filter(parent=theme_).counted_in(narrowed(pledges, links))
    else:
        counts = kept_counts
        below = Theme.objects.filter(parent=theme_).summed_over(narrowed(kept(theme__parent=theme_), links))
    asked = {key: frozenset(values) for key in NARROWINGS if (values := links.values(key))}
    shown = [count for count in counts if fits(count, asked)]
    shares = weights(kept_counts)
    parties = by_party(pledges, shown, links) if len({count.party for count in shown}) > 1 else []
    several = [count.programme for count in shown if count.pledges] if parties else []
    rows = cast("Sequence[Passage]", PledgesOfProgrammes(pledges, shown))  # as far as a paginator asks
    page = None if parties else Paginator(rows, PER_PAGE).get_page(links.value(PAGE))
    return render(
        request,
        "theme.html",
        {
            "theme": theme_,
            "sub_themes": [(sub, links.to(sub.get_absolute_url())) for sub in below],
            "page": page,
            "parties": parties,
            "shared": shared(pledges, several) if several else [],
            "pledge_count": sum(count.pledges for count in shown),
            "in_text": sum(count.in_text for count in shown),
            "facets": facets(counts, asked, links),
            "is_narrowed": any(links.values(key) for key in (*NARROWINGS, NEW_KEY)),
            "only_new": bool(links.value(NEW_KEY)),
            "new_url": links.toggled(NEW_KEY, "1"),
            "weights": shares,
            "largest_weight": max((weight.per_cent for _year, rows in shares for weight in rows), default=0),
            "followed": followed_of(theme_, links),
            "links": links,
        },
    )


class PledgesOfProgrammes:
    """The pledges of some programmes as a list for a paginator, which fetches those of one page alone.

    To sort all pledges of a theme for one page of them takes longer than the rest of the page.
    """

    def __init__(self, pledges: PassageQuerySet, counts: Sequence[Count]) -> None:
        """Take how many of the pledges each programme has, in the order to show them in."""
        self._pledges = pledges
        self._counts = counts

    def __len__(self) -> int:
        """Return how many pledges there are."""
        return sum(count.pledges for count in self._counts)

    def __getitem__(self, stretch: slice) -> list[Passage]:
        """Return the pledges of a stretch."""
        programmes = []
        at, skipped = 0, 0
        for count in self._counts:
            if at + count.pledges <= stretch.start:
                skipped += count.pledges
            elif at < stretch.stop:
                programmes.append(count.programme)
            at += count.pledges
        found = self._pledges.filter(programme__in=programmes).select_related("parent__parent").order_by()
        of_programme = Programme.objects.with_branch().defer("parse_report").in_bulk(programmes)
        place = {programme: number for number, programme in enumerate(programmes)}
        rows = sorted(found, key=lambda passage: (place[passage.programme_id], passage.position))
        for passage in rows:
            passage.programme = of_programme[passage.programme_id]
        return rows[stretch.start - skipped : stretch.stop - skipped]


def weights(counts: Iterable[Count]) -> list[tuple[str, list[Weight]]]:
    """Return how much each party gave a theme in each election: by year, newest first, the largest share first."""
    totals = {
        (row["period_start"], row["party"]): row["pledges"]
        for row in Programme.objects.current()
        .order_by()
        .values("period_start", party=F("branch__party__slug"))
        .annotate(pledges=Sum("pledge_count"))
    }
    of_party: Counter[tuple[int, str, str]] = Counter()
    for count in counts:
        of_party[count.year, count.party, count.party_name] += count.pledges
    by_year: dict[int, list[Weight]] = {}
    for (year, party, name), number in of_party.items():
        by_year.setdefault(year, []).append(Weight(name, number, totals[year, party]))
    return [
        (str(year), sorted(by_year[year], key=lambda weight: (-weight.per_cent, weight.party)))
        for year in sorted(by_year, reverse=True)
    ]


def followed_of(theme: Theme, links: QueryLinks) -> Followed:
    """Return what the page shows as something that can be followed: the theme, narrowed as the address says."""
    query = QueryDict(mutable=True)
    query["tema"] = theme.slug
    for key in NARROWINGS:
        query.setlist(key, links.values(key))
    try:
        return Followed.of(query, known={("tema", theme.slug): theme.label})
    except CannotBeFollowed:
        return Followed.of_theme(theme)


def narrowed(rows: Rows, links: QueryLinks) -> Rows:
    """Return the rows whose programme fits what the address asks for."""
    for key, narrowing in NARROWINGS.items():
        values = links.values(key)
        if values:
            rows = rows.filter(reduce(or_, (narrowing.condition(value) for value in values)))
    return rows


def fits(count: Count, asked: Asked) -> bool:
    """Return whether a programme fits what the address asks for."""
    return all(NARROWINGS[key].value(count) in values for key, values in asked.items())


def facets(counts: Sequence[Count], asked: Asked, links: QueryLinks) -> list[Facet]:
    """Return the ways to narrow a theme, each counted under the other choices."""
    titles = {"parti": _("Parti"), "lag": _("Lag"), "aar": _("Valgår")}
    found = []
    for key, narrowing in NARROWINGS.items():
        of_value: Counter[str] = Counter()
        labels = {}
        others = {other: values for other, values in asked.items() if other != key}
        for count in [count for count in counts if fits(count, others)] if others else counts:
            value = narrowing.value(count)
            of_value[value] += count.pledges
            labels[value] = narrowing.label(count)
        rows = [
            (value, labels[value], number)
            for value, number in of_value.most_common()
            if not value.endswith(f"/{NATIONAL_SLUG}") or value in asked.get(key, ())  # that is the party's
        ]
        if key == "aar":
            rows.sort(reverse=True)
        if rows:
            found.append(any_of(titles[key], key, rows, links))
    return found
