"""Search as the pages have it: the same grammar, filters and answer."""

from __future__ import annotations

from typing import Literal

from django.http import HttpRequest, JsonResponse
from ninja import Query, Router
from pydantic import Field

from programmes.models import Area, Theme
from programmes.records.search_answers import answer_as_json, identifiers_of
from programmes.search import Filters, Part, search
from programmes.search.query import MAX_LENGTH
from programmes.site.api.answers import sent, whole_addresses
from programmes.site.api.doors import door
from programmes.site.api.paging import cursor_of, values_of
from programmes.site.api.parameters import Paged, Words
from programmes.site.api.search_answers import SearchAnswer
from programmes.site.callers import SEARCHES

router = Router(tags=["search"])
MOST_HITS = 100
BESIDE = 5
"""Entries of each part that was not asked for."""
NOWHERE = "-"
"""A value that no filter knows: of a number or an address that nothing has, nothing is found."""


class SearchParameters(Paged):
    """What is searched for, and where."""

    q: str = Field(
        "",
        max_length=MAX_LENGTH,
        description="A query of the grammar in docs/search.md: words, «a phrase», OR, -without, beginning*, and names "
        "of parties, places, years and themes. Empty finds every pledge that the filters let through.",
        examples=["Hva mener SV om barnehage?"],
    )
    party: Words = Field(None, description="Parties, by code in the register or by slug.", examples=[["SV"]])
    branch: Words = Field(None, description="Chapters, as `party/branch`.", examples=[["sv/hamar"]])
    area: Words = Field(None, description="Municipalities and counties, by official number.", examples=[["3403"]])
    level: list[Literal["national", "county", "municipality"]] | None = Field(None, min_length=1, max_length=3)
    year: Words = Field(None, description="The years in which periods begin.", examples=[["2023"]])
    theme: Words = Field(None, description="Themes, by Los URI or slug.", examples=[["helse-og-omsorg"]])
    form: list[Literal["list", "text"]] | None = Field(
        None, min_length=1, max_length=2, description="Pledges of lists, or those in running text."
    )
    editions: Literal["newest", "all"] = Field(
        "newest", description="`all` takes in editions that a newer one has taken the place of."
    )
    sort: Literal["relevance", "newest", "party"] | None = Field(
        None, description="By relevance where there are words, else the newest first."
    )
    part: Literal["pledges", "text", "chapters"] = Field(
        "pledges", description="Which part `limit` and `cursor` are of; the others show their first entries."
    )
    limit: int = Field(20, ge=1, le=MOST_HITS, description="Entries of the part at most.", examples=[20])


@door(router, "/search", answer=SearchAnswer, summary="Search the programmes", rate=SEARCHES)
def search_programmes(request: HttpRequest, asked: Query[SearchParameters]) -> JsonResponse:
    """Search pledges, other text and headings in all inflections, in bokmål and nynorsk, by other names for the same.

    A zero is a fact about what is in the archive: `problems`, `searched`, `read_as.relaxed` and `searched_programmes`
    say what was searched. The hits are ranked anew when the archive changes; a cursor says how many came before.
    """
    of = f"search {asked.part}"
    page, limit = values_of(asked.cursor, of=of) if asked.cursor else (1, asked.limit)
    result = search(
        asked.q,
        filters=filters_of(asked),
        sort=asked.sort or ("relevance" if asked.q.strip() else "newest"),
        part=Part(asked.part),
        page=page,
        per_page=limit,
        beside=BESIDE,
    )
    answer = answer_as_json(result, address=whole_addresses(request))
    return sent(
        {
            **answer,
            "identifiers": identifiers_of(result),
            "searched_programmes": result.span.programmes,
            "next": cursor_of([page + 1, limit], of=of) if page < result.pages else None,
        }
    )


def filters_of(asked: SearchParameters) -> Filters:
    """Return the filters that parameters ask for, with areas and themes by what search calls them."""
    return Filters(
        party=tuple(asked.party or ()),
        branch=(*(asked.branch or ()), *_places(asked.area or ())),
        level=tuple(asked.level or ()),
        year=tuple(asked.year or ()),
        theme=tuple(slugs_of_themes(asked.theme or ())),
        form=tuple(asked.form or ()),
        editions=("alle",) if asked.editions == "all" else (),
    )


def _places(numbers: list[str] | tuple[str, ...]) -> list[str]:
    """Return the chapters of areas with some numbers, under whatever number the place has been."""
    if not numbers:
        return []
    slugs = Area.objects.filter(code__in=numbers).values("slug")
    chapters = Area.objects.filter(slug__in=slugs).values_list("branches__party__slug", "branches__slug")
    return [f"{party}/{branch}" for party, branch in chapters.distinct() if party] or [NOWHERE]


def slugs_of_themes(named: list[str] | tuple[str, ...]) -> list[str]:
    """Return the slugs of themes that are named by URI or by slug."""
    uris = [name for name in named if ":" in name]
    known = dict(Theme.objects.filter(uri__in=uris).values_list("uri", "slug")) if uris else {}
    return [known.get(name, NOWHERE) if name in uris else name for name in named]
