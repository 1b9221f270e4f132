"""The coverage of the archive as a table by county and as tiles laid out like the country."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from programmes.coverage import (
    ArchiveCoverage,
    County,
    CoveredArea,
    Stage,
    coverage,
    election_years,
    last_storting_election,
    missing_from_storting,
)
from programmes.models import Party
from programmes.site.facets import one_of
from programmes.site.links import QueryLinks

STAGE_NAMES = {
    Stage.MISSING: gettext_lazy("mangler"),
    Stage.FILE: gettext_lazy("fil uten løfter"),
    Stage.PARSED: gettext_lazy("lest"),
    Stage.PUBLISHED: gettext_lazy("publisert"),
}
STAGE_MARKS = {Stage.MISSING: "–", Stage.FILE: "○", Stage.PARSED: "◐", Stage.PUBLISHED: "●"}

TILE_AT = {
    "55": (2, 0),
    "56": (3, 0),
    "18": (1, 1),
    "50": (1, 2),
    "15": (0, 3),
    "34": (2, 3),
    "46": (0, 4),
    "33": (1, 4),
    "03": (2, 4),
    "32": (3, 4),
    "11": (0, 5),
    "40": (1, 5),
    "39": (2, 5),
    "31": (3, 5),
    "42": (1, 6),
}
"""Number of a county → its column and row: roughly where it lies, north on top."""
TILE_WIDTH, TILE_HEIGHT = 96, 104
"""Units of the drawing."""
SQUARE, GAP, PER_ROW = 8, 2, 8
TITLE_HEIGHT = 26


@dataclass(frozen=True, slots=True)
class Tile:
    """A county in the drawing: its place, its name, and one path of squares for each stage."""

    x: int
    y: int
    name: str
    count: str
    squares: list[tuple[str, str]]


def coverage_page(request: HttpRequest) -> HttpResponse:
    """Show which municipalities and counties of today have a published programme."""
    today = timezone.localdate()
    national = {"missing": missing_from_storting(today), "election": last_storting_election(today)}
    return render(request, "coverage.html", {**coverage_context(request, public=True), **national})


def coverage_context(request: HttpRequest, *, public: bool) -> dict[str, Any]:
    """Return what both pages of coverage show; raises Http404 for a year, party or county that there isn't."""
    links = QueryLinks(request)
    today = timezone.localdate()
    years = election_years(today=today, public=public)
    asked = links.value("aar") or str(years[0])
    year = next((each for each in years if str(each) == asked), None)
    if year is None:
        raise Http404
    parties = list(Party.objects.all())
    party = next((each for each in parties if each.slug == links.value("parti")), None)
    if links.value("parti") and party is None:
        raise Http404
    found = coverage(year=year, today=today, public=public, party=party)
    county = next((each for each in found.counties if each.area.code == links.value("fylke")), None)
    if links.value("fylke") and county is None:
        raise Http404
    return {
        "public": public,
        "coverage": found,
        "party": party,
        "county": county,
        "rows": _rows(county, found.parties) if county else [],
        "columns": found.parties,
        "facets": [
            one_of(_("Valg"), "aar", [(str(each), str(each)) for each in years], links, every=None, default=str(year)),
            one_of(_("Parti"), "parti", [(each.slug, each.name) for each in parties], links),
        ],
        "county_links": [(each, links.changed_to("fylke", each.area.code)) for each in found.counties],
        "all_counties": links.changed_to("fylke", ""),
        "tiles": _tiles(found, public=public),
        "legend": [
            (stage.name.lower(), STAGE_MARKS[stage], STAGE_NAMES[stage])
            for stage in reversed(Stage)
            if not public or stage in (Stage.PUBLISHED, Stage.MISSING)
        ],
        "drawing": (4 * TILE_WIDTH, 7 * TILE_HEIGHT),
    }


def _rows(county: County, parties: list[Party]) -> list[tuple[CoveredArea, list[tuple[str, str]]]]:
    """Return the county itself and each municipality with a mark and a word for each party."""
    return [
        (
            place,
            [
                (STAGE_MARKS[stage], str(STAGE_NAMES[stage]))
                for stage in (place.stages.get(party.pk, Stage.MISSING) for party in parties)
            ],
        )
        for place in (county.place, *county.municipalities)
    ]


def _tiles(found: ArchiveCoverage, *, public: bool) -> list[Tile]:
    """Return the counties laid out like the country, a square for each municipality."""
    tiles = []
    for county in found.counties:
        if county.area.code not in TILE_AT:  # a reform has given numbers that this drawing doesn't know
            continue
        column, row = TILE_AT[county.area.code]
        paths: dict[Stage, str] = defaultdict(str)
        for index, place in enumerate(county.municipalities):
            x = index % PER_ROW * (SQUARE + GAP)
            y = TITLE_HEIGHT + index // PER_ROW * (SQUARE + GAP)
            paths[place.best] += f"M{x} {y}h{SQUARE}v{SQUARE}h-{SQUARE}z"
        counted = county.at_least[2 if public else 0]
        tiles.append(
            Tile(
                column * TILE_WIDTH + GAP,
                row * TILE_HEIGHT,
                county.area.name.partition(" – ")[0],
                f"{counted}/{len(county.municipalities)}",
                [(stage.name.lower(), path) for stage, path in sorted(paths.items())],
            )
        )
    return tiles
