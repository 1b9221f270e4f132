"""An answer of `search()` as JSON: for the command, for `/sok.json` and for the API, in the shape of CONTRACT.md."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from programmes.models import Area, Party, Passage, PassageTheme, Programme, Theme
from programmes.records.common import area_id, branch_id, programme_id
from programmes.search.results import ChapterHit, Hit, Mention, SearchResult

FACETS = ("party", "branch", "year", "theme")
"""The facets that CONTRACT.md names."""
Address = Callable[[str], str]
"""What makes an address of the site as callers are given it: whole, or from the root."""


def from_the_root(path: str) -> str:
    """Return an address as it stands on the site."""
    return path


def answer_as_json(result: SearchResult, *, address: Address = from_the_root) -> dict[str, Any]:
    """Return an answer whole: what was asked, what was found, and what of it is a page."""
    themes = themes_of([*(hit.passage.pk for hit in result.hits), *(each.passage.pk for each in result.mentions)])
    return {
        **about(result),
        "hits": [hit_as_json(hit, themes, address) for hit in result.hits],
        "elsewhere": {
            "total": result.elsewhere,
            "hits": [
                *(_mention(each, themes, address) for each in result.mentions),
                *(_heading(each, address) for each in result.chapters),
            ],
        },
    }


def about(result: SearchResult) -> dict[str, Any]:
    """Return all of an answer but what was found itself: how the query was read, totals, facets, problems."""
    return {
        "query": result.query,
        "engine": result.engine,
        "total": result.total,
        "suggestion": result.suggestion,
        "searched": result.searched,
        "read_as": _read_as(result),
        "problems": list(result.problems),
        "took_ms": round(result.took_ms, 1),
        "same_matter": [{"words": each.words, "total": each.total} for each in result.same_matter],
        "dissents": result.dissents,
        "facets": {
            facet: [[row.value, row.count] for row in rows] for facet, rows in result.facets.items() if facet in FACETS
        },
    }


def themes_of(passages: Iterable[int]) -> dict[int, list[dict[str, Any]]]:
    """Return the themes of passages, by the passage's key, the main one first; in one query."""
    rows = PassageTheme.objects.filter(passage__in=list(passages)).order_by("passage", "-is_main", "theme")
    found: dict[int, list[dict[str, Any]]] = {}
    for passage, slug, uri, is_main in rows.values_list("passage_id", "theme__slug", "theme__uri", "is_main"):
        found.setdefault(passage, []).append({"theme": slug, "uri": uri or None, "is_main": is_main})
    return found


def hit_as_json(hit: Hit, themes: Mapping[int, Any], address: Address) -> dict[str, Any]:
    """Return a pledge, question or dissent that was found."""
    return _of_passage(hit.passage, themes, address) | {
        "kind": hit.kind.label,
        "by": hit.by,
        "lead_in": hit.passage.lead_in,
        "dissent": hit.passage.dissent,
        "snippet": hit.snippet,
        "score": hit.score,
    }


def _mention(mention: Mention, themes: Mapping[int, Any], address: Address) -> dict[str, Any]:
    return _of_passage(mention.passage, themes, address) | {"kind": "prose", "snippet": mention.sentence}


def _heading(chapter: ChapterHit, address: Address) -> dict[str, Any]:
    section = chapter.section
    return {
        "id": section.public_id,
        "url": address(section.get_permanent_url()),
        **_of_programme(section.programme, address),
        "section": section.title,
        "section_id": section.public_id,
        "text": str(section),
        "page": section.page,
        "themes": [],
        "kind": "section",
        "snippet": chapter.title,
    }


def _of_passage(passage: Passage, themes: Mapping[int, Any], address: Address) -> dict[str, Any]:
    return {
        "id": passage.public_id,
        "url": address(passage.get_absolute_url()),
        **_of_programme(passage.programme, address),
        "section": passage.section.title,
        "section_id": passage.section.public_id,
        "text": passage.text,
        "readable_text": passage.readable_text,
        "page": passage.page_first,
        "printed_page": passage.printed_page,
        "themes": themes.get(passage.pk, []),
    }


def _of_programme(programme: Programme, address: Address) -> dict[str, Any]:
    """Return whose words these are: the party by its code in the register, the area by its official number."""
    branch = programme.branch
    return {
        "programme": programme.filename,
        "programme_id": programme_id(programme),
        "programme_title": programme.title,
        "programme_url": address(programme.get_absolute_url()),
        "file_sha256": programme.sha256,
        "party": branch.party.code,
        "party_name": branch.party.name,
        "branch": branch.name,
        "branch_id": branch_id(branch),
        "level_of_government": branch.level,
        "area": area_id(branch.area) if branch.area else None,
        "area_number": branch.area.code if branch.area else None,
        "period": programme.period,
        "status": programme.status,
        "is_replaced": programme.is_replaced,
    }


def _read_as(result: SearchResult) -> dict[str, list[str] | None]:
    """Return what was read as something else than words to be found; parties by their code."""
    read: dict[str, list[str] | None] = {kind: [] for kind in ("party", "branch", "area", "year", "theme", "dropped")}
    codes = dict(Party.objects.values_list("slug", "code"))
    for reading in result.readings:
        values = [codes.get(value, value) if reading.kind == "party" else value for value in reading.values]
        read[reading.kind] = [*(read[reading.kind] or ()), *values]
    return read | {"relaxed": None if result.relaxed is None else list(result.relaxed)}


def identifiers_of(result: SearchResult) -> dict[str, dict[str, str | None]]:
    """Return what registers call that which facets name: parties by code, themes by URI, chapters by area number."""
    values = {facet: [row.value for row in result.facets.get(facet, ())] for facet in FACETS}
    parties = Party.objects.filter(slug__in=values["party"]).values_list("slug", "code")
    themes = Theme.objects.filter(slug__in=values["theme"]).values_list("slug", "uri")
    wanted = set(values["branch"])
    rows = Area.objects.filter(branches__slug__in={value.partition("/")[2] for value in wanted})
    places = rows.order_by("valid_from").values_list("branches__party__slug", "branches__slug", "code")
    return {
        "party": dict(parties),
        "theme": {slug: uri or None for slug, uri in themes},
        "branch": {value: code for party, branch, code in places if (value := f"{party}/{branch}") in wanted},
    }
