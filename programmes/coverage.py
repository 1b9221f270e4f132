"""Which of today's municipalities and counties have a programme, for which party and election, and at what stage."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum

from django.db.models import Case, Max, QuerySet, Value, When

from programmes.models import Area, Level, Party, Programme
from programmes.norwegian.sorting import norwegian_order
from programmes.places import came_of

FIRST_LOCAL_ELECTION = 2023
"""Municipalities and counties are elected every fourth year, counted from here both ways."""
FIRST_STORTING_ELECTION = 2025
"""So is the Storting, from here."""
BETWEEN_ELECTIONS = 4
NOT_FOR_AN_ELECTION = (Programme.Kind.STATEMENT, Programme.Kind.CONSULTATION)


class Stage(IntEnum):
    """How far the archive has come with a programme, or with the best of several."""

    MISSING = 0
    FILE = 1
    PARSED = 2
    PUBLISHED = 3


@dataclass(slots=True)
class CoveredArea:
    """A municipality or county of today, and the stage of each party's programme, by the party's key."""

    area: Area
    stages: dict[int, Stage] = field(default_factory=dict)

    @property
    def best(self) -> Stage:
        """The furthest stage of any party."""
        return max(self.stages.values(), default=Stage.MISSING)


@dataclass(slots=True)
class County:
    """A county with its own programmes and its municipalities."""

    place: CoveredArea
    municipalities: list[CoveredArea] = field(default_factory=list)

    @property
    def area(self) -> Area:
        """The county itself."""
        return self.place.area

    @property
    def at_least(self) -> list[int]:
        """How many municipalities have a file, a parsed and a published programme."""
        return _at_least(self.municipalities)


@dataclass(slots=True)
class ArchiveCoverage:
    """All counties of today with their municipalities, for one election."""

    year: int
    counties: list[County]
    parties: list[Party]
    """Those with a programme that is counted here."""

    @property
    def municipalities(self) -> int:
        """How many municipalities there are."""
        return sum(len(county.municipalities) for county in self.counties)

    @property
    def at_least(self) -> list[int]:
        """How many municipalities have a file, a parsed and a published programme."""
        return [sum(counts) for counts in zip(*(county.at_least for county in self.counties), strict=True)]

    @property
    def counties_at_least(self) -> list[int]:
        """How many counties have a file, a parsed and a published programme of their own."""
        return _at_least([county.place for county in self.counties])


def _at_least(places: list[CoveredArea]) -> list[int]:
    return [sum(place.best >= stage for place in places) for stage in (Stage.FILE, Stage.PARSED, Stage.PUBLISHED)]


def local_programmes(*, public: bool) -> QuerySet[Programme]:
    """Return the programmes that coverage counts: for a local election, and published where the public asks."""
    programmes = Programme.objects.published() if public else Programme.objects.all()
    return programmes.filter(branch__area__isnull=False).exclude(kind__in=NOT_FOR_AN_ELECTION)


def election_years(*, today: date, public: bool) -> list[int]:
    """Return the years to choose from, newest first: those that have programmes, and the last local election."""
    years = local_programmes(public=public).order_by().values_list("period_start", flat=True).distinct()
    return sorted({last_local_election(today), *years}, reverse=True)


def last_local_election(today: date) -> int:
    """Return the year of the last election to municipal and county councils."""
    return FIRST_LOCAL_ELECTION + (today.year - FIRST_LOCAL_ELECTION) // BETWEEN_ELECTIONS * BETWEEN_ELECTIONS


def last_storting_election(today: date) -> int:
    """Return the year of the last election to the Storting."""
    return FIRST_STORTING_ELECTION + (today.year - FIRST_STORTING_ELECTION) // BETWEEN_ELECTIONS * BETWEEN_ELECTIONS


def missing_from_storting(today: date) -> list[Party]:
    """Return the parties in the Storting whose programme for the last election to it is not published here, by name."""
    have = Programme.objects.current().filter(
        branch__level=Level.NATIONAL, kind=Programme.Kind.PARLIAMENTARY, period_start=last_storting_election(today)
    )
    missing = Party.objects.filter(storting_since__isnull=False).exclude(pk__in=have.values("branch__party"))
    return sorted(missing, key=lambda party: norwegian_order(party.name))


def coverage(*, year: int, today: date, public: bool, party: Party | None = None) -> ArchiveCoverage:
    """Return what the archive has from an election for the places of today, in four queries.

    A programme for a municipality or county that has since been merged or split counts for those that came of it.
    """
    places = {area.pk: CoveredArea(area) for area in Area.objects.valid_on(today)}
    those_that_came_of = came_of(places.keys())
    programmes = local_programmes(public=public).filter(period_start=year)
    if party:
        programmes = programmes.filter(branch__party=party)
    found = (
        programmes.order_by()
        .values_list("branch__area_id", "branch__party_id")
        .annotate(
            stage=Max(
                Case(
                    When(publication=Programme.Publication.PUBLISHED, then=Value(Stage.PUBLISHED.value)),
                    When(pledge_count__gt=0, then=Value(Stage.PARSED.value)),
                    default=Value(Stage.FILE.value),
                )
            )
        )
    )
    parties: set[int] = set()
    for area_id, party_id, stage in found:
        for place_id in those_that_came_of(area_id):
            stages = places[place_id].stages
            stages[party_id] = max(Stage(stage), stages.get(party_id, Stage.MISSING))
            parties.add(party_id)
    return ArchiveCoverage(year, _by_county(places.values()), list(Party.objects.filter(pk__in=parties)))


def _by_county(places: Iterable[CoveredArea]) -> list[County]:
    """Return the counties by number, each with its municipalities by name."""
    counties: dict[int, County] = {}
    municipalities: list[CoveredArea] = []
    for place in places:
        if place.area.level == Level.COUNTY:
            counties[place.area.pk] = County(place)
        else:
            municipalities.append(place)
    for place in sorted(municipalities, key=lambda place: norwegian_order(place.area.name)):
        if place.area.county_id in counties:
            counties[place.area.county_id].municipalities.append(place)
    return sorted(counties.values(), key=lambda county: county.area.code)
