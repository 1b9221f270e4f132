"""Programmes and their sections, the editions around a programme, and what changed since the one before."""

from __future__ import annotations

from typing import Literal

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponseBase, HttpResponsePermanentRedirect, JsonResponse
from ninja import Path, Query, Router, Schema
from pydantic import Field

from programmes.editions import editions_of
from programmes.history import programme_before, programmes_after
from programmes.models import Programme
from programmes.records import (
    programme_id,
    programme_records,
    published_programmes,
    published_sections,
    section_records,
)
from programmes.site.api.answers import base_of, listed, programmes_by_key, sent
from programmes.site.api.doors import door
from programmes.site.api.lookups import (
    programme_at,
    programme_called,
    section_at,
    slugs_of_parties,
    slugs_of_places,
    theme_named,
)
from programmes.site.api.paging import page_of
from programmes.site.api.parameters import FIELDS_SAID, OfProgrammes, Paged, Word
from programmes.site.api.shapes import PAGES, SHAPES, ProgrammeFields, ProgrammeRecord, SectionFields

router = Router(tags=["programmes"])
Slug = Path(..., max_length=120, pattern=r"^[-a-zA-Z0-9_]+$")
PublicId = Path(..., max_length=8, pattern=r"^[a-z0-9]+$")


class ProgrammeParameters(OfProgrammes, Paged):
    """Which programmes."""

    kind: Literal["parliamentary", "county", "municipal", "principles", "statement", "consultation"] | None = None
    status: Literal["adopted", "proposal", "hearing", "unknown"] | None = None
    theme: Word | None = Field(None, description="Those with a pledge under a theme, by Los URI or slug.")
    fields: ProgrammeFields = Field(None, description=FIELDS_SAID)


def narrowed(programmes: QuerySet[Programme], asked: OfProgrammes) -> QuerySet[Programme]:
    """Return those of some programmes that parameters ask for."""
    if asked.editions == "newest":
        programmes = programmes.filter(is_replaced=False)
    if asked.party:
        programmes = programmes.filter(branch__party__slug__in=slugs_of_parties(asked.party))
    if asked.branch:
        wanted = Q()
        for name in asked.branch:
            party, _slash, branch = name.partition("/")
            wanted |= Q(branch__party__slug=party, branch__slug=branch)
        programmes = programmes.filter(wanted)
    if asked.area:
        programmes = programmes.filter(branch__area__slug__in=slugs_of_places(asked.area))
    if asked.level:
        programmes = programmes.filter(branch__level__in=asked.level)
    return programmes.filter(period_start__in=asked.year) if asked.year else programmes


@door(router, "/programmes", answer=PAGES["programmes"], summary="List the programmes")
def list_programmes(request: HttpRequest, asked: Query[ProgrammeParameters]) -> JsonResponse:
    """List the published programmes, in the order in which the archive received them."""
    programmes = narrowed(published_programmes(), asked)
    programmes = programmes.filter(kind=asked.kind) if asked.kind else programmes
    programmes = programmes.filter(status=asked.status) if asked.status else programmes
    programmes = programmes.filter(theme_counts__theme=theme_named(asked.theme)) if asked.theme else programmes
    rows, after = page_of(programmes, order=("pk",), cursor=asked.cursor, limit=asked.limit, of="programmes")
    return listed(programme_records(rows, base=base_of(request)), after=after, fields=asked.fields)


@door(router, "/programmes/{party}/{branch}/{programme}", answer=SHAPES["programmes"], summary="Get a programme")
def get_programme(
    request: HttpRequest, party: str = Slug, branch: str = Slug, programme: str = Slug
) -> HttpResponseBase:
    """Get a programme by its id, `party/branch/programme`; an id that it once had leads to the present one (301)."""
    found = programme_at(party, branch, programme)
    if moved := _moved(request, f"{party}/{branch}/{programme}", found):
        return moved
    return sent(programme_records([found], base=base_of(request))[0])


def _moved(request: HttpRequest, asked: str, found: Programme) -> HttpResponseBase | None:
    """Return the way to where a programme is now; None where it was asked for by its present id."""
    if programme_id(found) == asked:
        return None
    return HttpResponsePermanentRedirect(request.get_full_path().replace(asked, programme_id(found), 1))


class ProgrammeHistory(Schema):
    """What came before and after a programme."""

    editions: list[ProgrammeRecord] = Field(
        description="All published editions of it, the oldest first, itself among them."
    )
    before: ProgrammeRecord | None = Field(
        description="The branch's programme of the same kind from the period before."
    )
    after: list[ProgrammeRecord] = Field(description="Those from the next period that has any.")


@door(
    router,
    "/programmes/{party}/{branch}/{programme}/history",
    answer=ProgrammeHistory,
    summary="Get a programme's editions",
)
def get_programme_history(
    request: HttpRequest, party: str = Slug, branch: str = Slug, programme: str = Slug
) -> HttpResponseBase:
    """Get the editions of a programme, and the branch's programmes before and after it."""
    found = programme_at(party, branch, programme)
    if moved := _moved(request, f"{party}/{branch}/{programme}", found):
        return moved
    editions = [each for each in editions_of(found) if each.publication == Programme.Publication.PUBLISHED]
    before, after = programme_before(found), programmes_after(found)
    records = programmes_by_key(request, [*editions, *([before] if before else []), *after])
    return sent(
        {
            "editions": [records[each.pk] for each in editions],
            "before": records[before.pk] if before else None,
            "after": [records[each.pk] for each in after],
        }
    )


class SectionParameters(Paged):
    """Which sections."""

    programme: Word | None = Field(
        None, description="Of one programme, by its id.", examples=["sv/nasjonalt/2025-2029"]
    )
    fields: SectionFields = Field(None, description=FIELDS_SAID)


@door(router, "/sections", answer=PAGES["sections"], summary="List sections")
def list_sections(request: HttpRequest, asked: Query[SectionParameters]) -> JsonResponse:
    """List sections and sub-sections in document order, of one programme or of all."""
    sections = published_sections()
    sections = sections.filter(programme=programme_called(asked.programme)) if asked.programme else sections
    order = ("programme_id", "position")
    rows, after = page_of(sections, order=order, cursor=asked.cursor, limit=asked.limit, of="sections")
    return listed(section_records(rows, base=base_of(request)), after=after, fields=asked.fields)


@door(router, "/sections/{section_id}", answer=SHAPES["sections"], summary="Get a section")
def get_section(request: HttpRequest, section_id: str = PublicId) -> JsonResponse:
    """Get a section by its permanent id; its text is `/passages?section=`."""
    return sent(section_records([section_at(section_id)], base=base_of(request))[0])
