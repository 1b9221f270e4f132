"""A municipality or county: every party's chapters and programmes there, and what is missing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from programmes.chapters import counties_with_chapters
from programmes.coverage import NOT_FOR_AN_ELECTION, last_local_election
from programmes.models import Area, Level, Party, Passage, Programme
from programmes.norwegian.sorting import norwegian_order
from programmes.places import Place, place_at, places_named
from programmes.search.query import MAX_LENGTH
from programmes.site.following.followed import Followed
from programmes.site.links import QueryLinks
from programmes.site.shared import Shared, shared
from programmes.site.theme_counts import narrowed_to, themes_of_programmes


@dataclass(frozen=True, slots=True)
class Period:
    """The programmes of a place from an election, and the parties whose programme the archive lacks."""

    name: str
    programmes: Sequence[Programme]
    missing: Sequence[Party]


def place_list(request: HttpRequest) -> HttpResponse:
    """Find a place by its name; a name that only one has leads straight there."""
    words = QueryLinks(request).value("q")[:MAX_LENGTH]
    if not words:
        counties = counties_with_chapters(today=timezone.localdate())
        return render(request, "place_list.html", {"words": "", "counties": counties})
    named = places_named(words)
    called = [area for area, is_called in named if is_called]
    if len(called) == 1 or len(named) == 1:
        return HttpResponseRedirect((called or [named[0][0]])[0].get_absolute_url())
    return render(request, "place_list.html", {"words": words, "found": called or [area for area, _called in named]})


def place(request: HttpRequest, place: str) -> HttpResponse:
    """Show a place; another name of it leads on."""
    place_ = place_at(place)
    if place_ is None:
        return _elsewhere(place)
    newest, before, after = place_.newest, place_.predecessors(), place_.successors()
    programmes = list(_programmes(place_, before))
    here = [programme for programme in programmes if _slug(programme) == place]
    branches = {programme.branch_id: programme.branch for programme in here}
    of_county = [each for each in programmes if newest.county and _slug(each) == newest.county.slug]
    return render(
        request,
        "place.html",
        {
            "place": place_,
            "area": newest,
            "followed": Followed.of_place(newest),
            "predecessors": [(area, _number(programmes, area)) for area in before],
            "successors": after,
            "periods": periods(place_, here),
            "programme_count": len(here),
            "party_count": len({branch.party_id for branch in branches.values()}),
            "of_county": of_county,
            "municipalities": municipalities(newest) if place_.is_county else [],
            "shared": agreed_on(here),
            "themes": themes_of_programmes(branch__area__slug=place) if here else [],
            "narrowed": narrowed_to(branches.values()),
        },
    )


def agreed_on(programmes: Sequence[Programme]) -> list[Shared]:
    """Return what two parties or more promise alike in a place, in the newest election that it has two parties from."""
    of_year: dict[int, list[Programme]] = {}
    for programme in programmes:
        of_year.setdefault(programme.period_start, []).append(programme)
    for year in sorted(of_year, reverse=True):
        if len({programme.branch.party_id for programme in of_year[year]}) > 1:
            here = [programme.pk for programme in of_year[year]]
            pledges = Passage.objects.filter(programme__in=here).pledges_in_any_form()
            return shared(pledges, here)
    return []


def _elsewhere(slug: str) -> HttpResponse:
    """Lead from another name of a place to its address; raises Http404 where no place has that name."""
    called = [area for area, is_called in places_named(slug.replace("-", " ")) if is_called]
    if not called:
        raise Http404
    if len(called) == 1:
        return HttpResponsePermanentRedirect(called[0].get_absolute_url())
    return HttpResponseRedirect(f"{reverse('place_list')}?{urlencode({'q': slug})}")


def _programmes(place: Place, before: Iterable[Area]) -> Iterable[Programme]:
    """Return the published programmes of a place, of its county and of those that became it, the newest first."""
    slugs = {place.newest.slug, *(area.slug for area in before)}
    wanted = Q(branch__area__slug__in=slugs)
    if place.newest.county:
        wanted |= Q(branch__area__slug=place.newest.county.slug, branch__area__level=Level.COUNTY)
    found = Programme.objects.current().with_branch().filter(wanted).defer("parse_report")
    return found.order_by("-period_start", "branch__party__name_nb", "title")


def _number(programmes: Iterable[Programme], area: Area) -> int:
    return sum(_slug(programme) == area.slug for programme in programmes)


def _slug(programme: Programme) -> str:
    return programme.branch.area.slug if programme.branch.area else ""


def periods(place: Place, programmes: Sequence[Programme]) -> list[Period]:
    """Return the elections that a place has programmes from, and the last one where it still stands, newest first.

    Missing are the parties in the Storting, and those that the archive has another programme from here of.
    """
    years = {programme.period_start for programme in programmes}
    if place.newest.valid_to is None:
        years.add(last_local_election(timezone.localdate()))
    known = Q(storting_since__isnull=False) | Q(pk__in={programme.branch.party_id for programme in programmes})
    expected = sorted(Party.objects.filter(known), key=lambda party: norwegian_order(party.name))
    found = []
    for year in sorted(years, reverse=True):
        of_year = [programme for programme in programmes if programme.period_start == year]
        have = {each.branch.party_id for each in of_year if each.kind not in NOT_FOR_AN_ELECTION}
        name = of_year[0].period if of_year else str(year)
        found.append(Period(name, of_year, [party for party in expected if party.pk not in have]))
    return found


def municipalities(county: Area) -> list[tuple[Area, int]]:
    """Return the municipalities of a county by name, each with how many programmes the archive has from it."""
    areas = sorted(Area.objects.filter(county=county), key=lambda area: norwegian_order(area.name))
    counts = dict(
        Programme.objects.current()
        .filter(branch__area__slug__in=[area.slug for area in areas], branch__area__level=Level.MUNICIPALITY)
        .order_by()
        .values_list("branch__area__slug")
        .annotate(programmes=Count("pk"))
    )
    return [(area, counts.get(area.slug, 0)) for area in areas]
