"""The parties' chapters by today's counties and municipalities: an archive has thousands of them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, Q

from programmes.models import Area, Branch, Level, Programme
from programmes.norwegian.sorting import norwegian_order
from programmes.places import came_of


@dataclass(slots=True)
class CountyOfChapters:
    """A county of today and what it has of chapters with a published programme, its own and its municipalities'."""

    county: Area
    municipalities: int = 0
    covered: int = 0
    """Municipalities that have a chapter with a programme."""
    chapters: int = 0


@dataclass(slots=True)
class PlaceOfChapters:
    """A municipality or county of today with its chapters that have a published programme."""

    area: Area
    branches: list[Branch] = field(default_factory=list)


def counties_with_chapters(*, today: date) -> list[CountyOfChapters]:
    """Return the counties by name, with how many chapters each has; in three queries."""
    areas = {area.pk: area for area in Area.objects.valid_on(today)}
    counties = {pk: CountyOfChapters(area) for pk, area in areas.items() if area.level == Level.COUNTY}
    those_that_came_of = came_of(areas.keys())
    chapters: dict[int, int] = defaultdict(int)
    for area_id, number in (
        Programme.objects.current()
        .filter(branch__area__isnull=False)
        .order_by()
        .values_list("branch__area_id")
        .annotate(chapters=Count("branch", distinct=True))
    ):
        for place in those_that_came_of(area_id):
            chapters[place] += number
    for pk, area in areas.items():
        county = counties.get(pk if area.level == Level.COUNTY else area.county_id or 0)
        if county is None:
            continue
        county.chapters += chapters[pk]
        if area.level == Level.MUNICIPALITY:
            county.municipalities += 1
            county.covered += bool(chapters[pk])
    return sorted(counties.values(), key=lambda each: norwegian_order(each.county.name))


def chapters_in(county: Area, *, today: date) -> list[PlaceOfChapters]:
    """Return a county of today and its municipalities that have chapters, the county first; in four queries.

    A chapter of a place that has since been merged or split stands under those that came of it.
    """
    areas = Area.objects.valid_on(today).filter(Q(pk=county.pk) | Q(county=county))
    places = {area.pk: PlaceOfChapters(area) for area in areas}
    those_that_came_of = came_of(places.keys())
    became = {pk: found for pk in Area.objects.values_list("pk", flat=True) if (found := those_that_came_of(pk))}
    for branch in Branch.objects.with_published().filter(area__in=became):
        for place in became[branch.area_id]:
            places[place].branches.append(branch)
    return sorted(
        (place for place in places.values() if place.branches),
        key=lambda place: (place.area.level != Level.COUNTY, norwegian_order(place.area.name)),
    )


def chapters_named(words: str, *, most: int) -> list[Branch]:
    """Return the chapters with a published programme whose name or place has all of some words, `most` at most."""
    found = Branch.objects.with_published()
    for word in words.split():
        found = found.filter(Q(name__icontains=word) | Q(area__name__icontains=word) | Q(party__short__iexact=word))
    return list(found[:most])
