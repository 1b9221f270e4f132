"""All hits of a search as rows, for the files that readers fetch."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator

from django.http import HttpRequest
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from programmes.models import Passage, PassageTheme, Programme, Section, Theme
from programmes.norwegian.slugs import slugify_norwegian
from programmes.search import Hit, Kind, NewPledge, Part, SearchResult, search
from programmes.search.engine import Sort
from programmes.search.query import MAX_LENGTH
from programmes.site.facets import KEYS, filters_of
from programmes.site.links import QueryLinks
from programmes.standing import Caution, cautions, cautions_of

LONGEST_FILE_NAME = 80
"""Characters of a file's name that are taken from a search."""
CHUNK = 1000
"""Hits fetched at a time for a file of all hits."""

COLUMNS = (
    *("id", "adresse", "parti", "lag", "program", "periode", "kapittel", "innledning", "tekst", "side", "linje"),
    *("vedtak", "dissens", "type", "funnet_ved", "forbehold", "trykt_side", "trykt_linje"),
    *("partinavn", "nivaa", "hovedtema", "andre_temaer", "vedtatt_dato", "publisert_dato"),
)
"""`innledning` is the lead-in with the entries that a sub-pledge stands under; `forbehold` all that must be known of it
before it is quoted; `side` and `linje` are the file's own, `trykt_` what is printed in it."""
TYPES = {
    Kind.PLEDGE: gettext_lazy("løfte"),
    Kind.PROSE_PLEDGE: gettext_lazy("løfte i løpende tekst"),
    Kind.QUESTION: gettext_lazy("spørsmål"),
    Kind.DISSENT: gettext_lazy("dissens"),
}
FOUND_BY = {
    "word": gettext_lazy("ordet"),
    "same thing": gettext_lazy("annet navn på det samme"),
    "same direction": gettext_lazy("samme retning"),
    "narrower": gettext_lazy("del av dette"),
    "heading": gettext_lazy("ett av ordene står i overskriften"),
    "some words": gettext_lazy("noen av ordene"),
    "neighbour": gettext_lazy("nær det som ble søkt etter"),
}
"""`Hit.by` → by what a hit was found, in a word."""
PLACE_COLUMNS = (
    *("id", "adresse", "parti", "lag", "program", "periode", "kapittel", "tekst", "side", "linje", "vedtak", "type"),
    *("forbehold",),
)


def all_of(links: QueryLinks, part: Part, sort: Sort) -> Iterator[SearchResult]:
    """Yield every page of a part of what an address finds, without marks."""
    for page in itertools.count(1):
        result = search(
            links.value("q")[:MAX_LENGTH],
            filters=filters_of(links),
            sort=sort,
            part=part,
            page=page,
            per_page=CHUNK,
            beside=0,
            highlight=False,
        )
        yield result
        if page >= result.pages:
            return


def type_of(hit: Hit | NewPledge) -> str:
    """Return what a hit is, in a word."""
    return str(TYPES.get(hit.kind, TYPES[Kind.PLEDGE]))


def found_by(hit: Hit) -> str:
    """Return by what a hit was found, in a word."""
    return str(FOUND_BY[hit.by])


def rows_of(result: SearchResult, request: HttpRequest) -> Iterator[tuple[str | int, ...]]:
    """Yield the hits of a page as rows of COLUMNS."""
    main, others = _themes_of(result.hits)
    for hit in result.hits:
        key = hit.passage.pk
        yield row_of(hit, request, themes=(main.get(key, ""), ", ".join(others[key])))


def _themes_of(hits: Iterable[Hit]) -> tuple[dict[int, str], dict[int, list[str]]]:
    """Return the main theme of each passage, and the others, by the passage's key; in two queries."""
    labels = {theme.pk: theme.label for theme in Theme.objects.all()}
    main: dict[int, str] = {}
    others: dict[int, list[str]] = defaultdict(list)
    rows = PassageTheme.objects.filter(passage__in=[hit.passage.pk for hit in hits]).order_by("passage", "theme")
    for passage, theme, is_main in rows.values_list("passage_id", "theme_id", "is_main"):
        if is_main:
            main[passage] = labels[theme]
        else:
            others[passage].append(labels[theme])
    return main, others


def row_of(hit: Hit, request: HttpRequest, *, themes: tuple[str, str]) -> tuple[str | int, ...]:
    """Return a hit as a row of COLUMNS; `themes` are its main theme and the others."""
    passage = hit.passage
    programme = passage.programme
    return (
        passage.public_id,
        request.build_absolute_uri(passage.get_absolute_url()),
        *_source(programme),
        str(passage.section),
        " ".join(passage.introductions),
        passage.readable_text,
        passage.page_first if programme.has_pages else "",
        passage.line_first,
        str(programme.get_status_display()),
        passage.dissent,
        type_of(hit),
        found_by(hit),
        _said(cautions_of(passage)),
        passage.printed_page,
        passage.printed_line,
        programme.branch.party.name,
        str(programme.branch.get_level_display()),
        *themes,
        programme.adopted_on.isoformat() if programme.adopted_on else "",
        localdate(programme.published_at).isoformat() if programme.published_at else "",
    )


def file_name(links: QueryLinks, ending: str) -> str:
    """Return the name of the file of a search, made of its words and filters: `programarkivet-skole-sv-2025.csv`."""
    asked = (links.value("q"), *(value for key in KEYS.values() for value in links.values(key)))
    said = slugify_norwegian(" ".join(asked).replace("/", " "))[:LONGEST_FILE_NAME].strip("-")
    return f"programarkivet-{said}.{ending}" if said else f"programarkivet.{ending}"


def place_of(found: Passage | Section, request: HttpRequest) -> dict[str, str | int]:
    """Return other text, or a heading, as JSON has it: PLACE_COLUMNS and `kind`."""
    programme = found.programme
    if isinstance(found, Section):
        address, chapter, text, page, line = found.get_permanent_url(), str(found), "", found.page, found.line
        kind, said = Kind.SECTION, _("kapittel")
    else:
        address, chapter, text = found.get_absolute_url(), str(found.section), found.readable_text
        page, line = found.page_first, found.line_first
        kind, said = Kind.PROSE, _("avsnitt")
    row = (
        found.public_id,
        request.build_absolute_uri(address),
        *_source(programme),
        chapter,
        text,
        page if programme.has_pages else "",
        line,
        str(programme.get_status_display()),
        said,
        _said(cautions(programme)),
    )
    return {**dict(zip(PLACE_COLUMNS, row, strict=True)), "kind": kind.label}


def _said(some: Iterable[Caution]) -> str:
    return "; ".join(each.words for each in some)


def _source(programme: Programme) -> tuple[str, str, str, str]:
    return programme.branch.party.code, programme.branch.name, programme.title, programme.period
