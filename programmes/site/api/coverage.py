"""What the archive has and what it lacks, as the page of coverage has it."""

from __future__ import annotations

from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Query, Router, Schema
from pydantic import Field

from programmes.coverage import (
    CoveredArea,
    Stage,
    coverage,
    election_years,
    last_storting_election,
    missing_from_storting,
)
from programmes.models import Party, Programme
from programmes.records.common import area_id
from programmes.site.api.answers import sent
from programmes.site.api.doors import door
from programmes.site.api.parameters import Word, Year
from programmes.site.api.problems import not_here

router = Router(tags=["coverage"])


class CoverageParameters(Schema):
    """Of which election, party and county."""

    year: Year | None = Field(None, description="Year of a local election: one of `years`; the newest if left out.")
    party: Word | None = Field(None, description="One party alone, by code in the register or slug.", examples=["SV"])
    county: Word | None = Field(None, description="One county alone, by its official number.", examples=["34"])


class CoveredPlace(Schema):
    """A municipality or county of today, and the parties whose programme the archive has published."""

    area: str = Field(description="Its id.")
    number: str = Field(description="Official number.")
    name: str
    parties: list[str] = Field(description="Codes of the parties; of none, nothing said there is in the archive.")


class CoveredCounty(CoveredPlace):
    """A county with its municipalities."""

    municipalities: list[CoveredPlace]
    municipalities_with_any: int


class Archive(Schema):
    """How much the archive has in all."""

    programmes: int
    pledges: int
    branches: int
    first_year: int | None
    last_year: int | None


class Storting(Schema):
    """The last election to the Storting."""

    election: int
    missing: list[str] = Field(description="Codes of the parties in the Storting whose programme for it is not here.")


class CoverageAnswer(Schema):
    """What the archive has and lacks."""

    archive: Archive
    storting: Storting
    year: int = Field(description="The local election that the places are covered for.")
    years: list[int] = Field(description="Elections with any local programme, and the last one.")
    parties: list[str] = Field(description="Codes of the parties with a local programme from that election.")
    municipalities: int = Field(description="How many municipalities there are today.")
    municipalities_with_any: int
    counties_with_any: int
    counties: list[CoveredCounty]


@door(router, "/coverage", answer=CoverageAnswer, summary="What the archive has and lacks")
def get_coverage(request: HttpRequest, asked: Query[CoverageParameters]) -> JsonResponse:
    """Get which municipalities and counties of today have a published programme, for which parties, and who is missing.

    A search that finds nothing in a place without programmes says nothing of what the parties there want.
    """
    today = timezone.localdate()
    years = election_years(today=today, public=True)
    year = asked.year or years[0]
    if year not in years:
        raise not_here("year", _("må være en av: %(years)s") % {"years": ", ".join(map(str, years))})
    party = _party(asked.party) if asked.party else None
    found = coverage(year=year, today=today, public=True, party=party)
    counties = [each for each in found.counties if asked.county in (None, each.area.code)]
    if asked.county and not counties:
        raise not_here("county")
    codes = {each.pk: each.code for each in found.parties}
    return sent(
        {
            "archive": Programme.objects.current().span(),
            "storting": {
                "election": last_storting_election(today),
                "missing": [each.code for each in missing_from_storting(today)],
            },
            "year": year,
            "years": years,
            "parties": sorted(codes.values()),
            "municipalities": found.municipalities,
            "municipalities_with_any": sum(county.at_least[-1] for county in found.counties),
            "counties_with_any": found.counties_at_least[-1],
            "counties": [
                {
                    **_place(county.place, codes),
                    "municipalities": [_place(each, codes) for each in county.municipalities],
                    "municipalities_with_any": county.at_least[-1],
                }
                for county in counties
            ],
        }
    )


def _party(name: str) -> Party:
    found = Party.objects.filter(code=name).first() or Party.objects.filter(slug=name).first()
    if found is None:
        raise not_here("party")
    return found


def _place(place: CoveredArea, codes: dict[int, str]) -> dict[str, object]:
    area = place.area
    have = sorted(codes[key] for key, stage in place.stages.items() if stage is Stage.PUBLISHED)
    return {"area": area_id(area), "number": area.code, "name": area.name, "parties": have}
