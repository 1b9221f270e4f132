"""The registers: parties by their code, areas by their official number, branches, and themes by their Los URI."""

from __future__ import annotations

from datetime import date
from typing import Literal

from django.http import HttpRequest, JsonResponse
from django.shortcuts import get_object_or_404
from ninja import Path, Query, Router
from pydantic import Field

from programmes.models import Area, Branch, Party, Theme
from programmes.records import area_records, branch_records, party_records, published_branches, theme_records
from programmes.site.api.answers import base_of, listed, sent
from programmes.site.api.doors import door
from programmes.site.api.lookups import slugs_of_parties, slugs_of_places, theme_named
from programmes.site.api.paging import page_of
from programmes.site.api.parameters import FIELDS_SAID, Levels, Paged, Word, Words
from programmes.site.api.shapes import PAGES, SHAPES, AreaFields, BranchFields, PartyFields, ThemeFields

router = Router(tags=["registers"])
Slug = Path(..., max_length=100, pattern=r"^[-a-zA-Z0-9_]+$")


class PartyParameters(Paged):
    """Which parties."""

    fields: PartyFields = Field(None, description=FIELDS_SAID)


@door(router, "/parties", answer=PAGES["parties"], summary="List the parties")
def list_parties(request: HttpRequest, asked: Query[PartyParameters]) -> JsonResponse:
    """List the parties of the register, by code; those without a programme here too."""
    rows, after = page_of(Party.objects.all(), order=("code",), cursor=asked.cursor, limit=asked.limit, of="parties")
    return listed(party_records(rows, base=base_of(request)), after=after, fields=asked.fields)


@door(router, "/parties/{code}", answer=SHAPES["parties"], summary="Get a party")
def get_party(
    request: HttpRequest, code: str = Path(..., max_length=12, pattern=r"^[A-ZÆØÅ0-9]+$", examples=["SV"])
) -> JsonResponse:
    """Get a party by its code in the register, as in election results."""
    party = get_object_or_404(Party, code=code)
    return sent(party_records([party], base=base_of(request))[0])


class AreaParameters(Paged):
    """Which areas."""

    number: Words = Field(
        None, description="Official numbers; a number that was used again has several areas.", examples=[["3403"]]
    )
    name: Word | None = Field(None, description="A name, or the beginning of one.", examples=["Hamar"])
    level: Literal["county", "municipality"] | None = None
    on: date | None = Field(None, description="Those that existed on a day.", examples=["2023-09-11"])
    fields: AreaFields = Field(None, description=FIELDS_SAID)


@door(router, "/areas", answer=PAGES["areas"], summary="List the areas")
def list_areas(request: HttpRequest, asked: Query[AreaParameters]) -> JsonResponse:
    """List municipalities and counties as they were between two reforms, with what came before and after them."""
    areas = Area.objects.valid_on(asked.on) if asked.on else Area.objects.all()
    areas = areas.filter(code__in=asked.number) if asked.number else areas
    areas = areas.filter(name__istartswith=asked.name) if asked.name else areas
    areas = areas.filter(level=asked.level) if asked.level else areas
    rows, after = page_of(areas, order=("pk",), cursor=asked.cursor, limit=asked.limit, of="areas")
    return listed(area_records(rows, base=base_of(request)), after=after, fields=asked.fields)


@door(router, "/areas/{area}", answer=SHAPES["areas"], summary="Get an area")
def get_area(
    request: HttpRequest,
    area: str = Path(..., pattern=r"^[0-9]{2,4}-[0-9]{4}-[0-9]{2}-[0-9]{2}$", examples=["3403-2020-01-01"]),
) -> JsonResponse:
    """Get a municipality or county by its official number and the first day that it was valid.

    Without the day, `/areas?number=` has all that have had the number.
    """
    code, _dash, day = area.partition("-")
    try:
        valid_from = date.fromisoformat(day)
    except ValueError:  # the 30th of February: no area is from there
        valid_from = date.min
    found = get_object_or_404(Area, code=code, valid_from=valid_from)
    return sent(area_records([found], base=base_of(request))[0])


class BranchParameters(Paged):
    """Which branches."""

    party: Words = Field(None, description="Parties, by code in the register or by slug.", examples=[["SV"]])
    area: Words = Field(None, description="Official numbers of areas, present or former.", examples=[["3403"]])
    level: Levels = Field(None, description="Levels of government.")
    fields: BranchFields = Field(None, description=FIELDS_SAID)


@door(router, "/branches", answer=PAGES["branches"], summary="List the branches")
def list_branches(request: HttpRequest, asked: Query[BranchParameters]) -> JsonResponse:
    """List the branches with a programme here, and those above them."""
    branches = published_branches()
    branches = branches.filter(party__slug__in=slugs_of_parties(asked.party)) if asked.party else branches
    branches = branches.filter(area__slug__in=slugs_of_places(asked.area)) if asked.area else branches
    branches = branches.filter(level__in=asked.level) if asked.level else branches
    rows, after = page_of(branches, order=("pk",), cursor=asked.cursor, limit=asked.limit, of="branches")
    return listed(branch_records(rows, base=base_of(request)), after=after, fields=asked.fields)


@door(router, "/branches/{party}/{branch}", answer=SHAPES["branches"], summary="Get a branch")
def get_branch(request: HttpRequest, party: str = Slug, branch: str = Slug) -> JsonResponse:
    """Get a branch by its id, `party/branch`."""
    found: Branch = get_object_or_404(published_branches(), party__slug=party, slug=branch)
    return sent(branch_records([found], base=base_of(request))[0])


class ThemeParameters(Paged):
    """Which themes."""

    uri: Word | None = Field(None, description="A URI in Los.")
    parent: Word | None = Field(None, description="The sub-themes of a main theme, by Los URI or slug.")
    is_main: bool | None = Field(None, description="Main themes alone, or sub-themes alone.")
    fields: ThemeFields = Field(None, description=FIELDS_SAID)


@door(router, "/themes", answer=PAGES["themes"], summary="List the themes")
def list_themes(request: HttpRequest, asked: Query[ThemeParameters]) -> JsonResponse:
    """List the themes: those of Los with their URIs, and the archive's own, which have none."""
    themes = Theme.objects.filter(uri=asked.uri) if asked.uri else Theme.objects.all()
    themes = themes.filter(parent=theme_named(asked.parent, "parent")) if asked.parent else themes
    themes = themes.filter(parent__isnull=asked.is_main) if asked.is_main is not None else themes
    rows, after = page_of(themes, order=("pk",), cursor=asked.cursor, limit=asked.limit, of="themes")
    return listed(theme_records(rows, base=base_of(request)), after=after, fields=asked.fields)


@door(router, "/themes/{theme}", answer=SHAPES["themes"], summary="Get a theme")
def get_theme(request: HttpRequest, theme: str = Slug) -> JsonResponse:
    """Get a theme by its slug; `/themes?uri=` finds one by its Los URI."""
    return sent(theme_records([get_object_or_404(Theme, slug=theme)], base=base_of(request))[0])
