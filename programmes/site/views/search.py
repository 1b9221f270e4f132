"""The search page: what was found, what was searched, and every way on, as plain links."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, get_args
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from programmes.models import Programme
from programmes.registers import NATIONAL_SLUG
from programmes.search import FacetValue, Part, SearchResult, search, suggestions
from programmes.search.engine import Sort
from programmes.search.kinds import KINDS_OF
from programmes.search.query import MAX_LENGTH
from programmes.site.comparing import Asked
from programmes.site.entries import ChapterRow, HitRow, MentionRow, chapter_rows, hit_rows, mention_rows
from programmes.site.facets import KEYS, Choice, Facet, any_of, filters_of, one_of
from programmes.site.following.followed import CannotBeFollowed, Followed
from programmes.site.links import PAGE, QueryLinks
from programmes.site.no_hits import truths, ways_out
from programmes.site.numbers import whole_number
from programmes.site.rewording import asked, asked_of_headings, subject_of
from programmes.site.shortcuts import programmes_named
from programmes.site.sums import PART_KEY, PARTS, part_of, parts_of, sum_of, title_of_chapters, title_of_text
from programmes.site.templatetags.archive import count
from programmes.site.understood import asides, nearby, notices, pills, undone_by_value
from programmes.site.views.compare import address

PER_PAGE = 20
SORTS = {"relevance": "treff", "newest": "nyest", "party": "parti"}
"""Order → its value in the address."""
EXPORTS = {gettext_lazy("Regneark (Excel)"): "search_xlsx", "CSV": "search_csv", "JSON": "search_json"}
"""Form in which all hits can be had → its view."""
GROUPINGS = ("party", "branch")
MOST_GROUPS = 12
HITS_PER_GROUP = 3
FEW_HITS = 5
"""With so few hits the page offers longer words that the archive has."""
MOST_LISTED = 40
"""Programmes that a search without hits names."""
MOST_PAGES = 9_999_999
"""Far more than any list has."""
SORT_KEY, GROUP_KEY = "sorter", "grupper"
KEPT = (*KEYS.values(), SORT_KEY, GROUP_KEY)
"""Keys in the address that a new query keeps."""


@dataclass(frozen=True, slots=True)
class Group:
    """The best hits of one party or branch, and the address of all of them."""

    label: str
    count: int
    url: str
    rows: Sequence[HitRow]
    all_said: str
    """The words of the link to all of them; empty where all are shown."""


@dataclass(frozen=True, slots=True)
class Listing:
    """Paragraphs or headings where the words stand."""

    title: str
    rows: Sequence[MentionRow | ChapterRow]
    count: int
    """How many there are in all."""
    all_url: str
    """Where all are listed, where these are the first alone."""
    is_here: bool
    """Whether the page is of this part."""


def search_page(request: HttpRequest) -> HttpResponse:
    """Show a page of hits; a typed name of a programme leads straight to it."""
    links = QueryLinks(request)
    query = links.value("q")[:MAX_LENGTH]
    named = programmes_named(query)
    if len(named) == 1:
        return HttpResponseRedirect(named[0].get_absolute_url())
    result = search(
        query,
        filters=filters_of(links),
        sort=sort_of(links),
        part=part_of(links),
        page=page_number(links),
        per_page=PER_PAGE,
    )
    if result.page > result.pages:  # a shared address whose list has grown shorter: the last page there is
        return HttpResponseRedirect(links.page(result.pages))
    return render(
        request,
        "search.html",
        {
            "result": result,
            "links": links,
            "kept_choices": [(key, value) for key in KEPT for value in links.values(key)],
            "sum": sum_of(result),
            "notices": notices(result),
            "asides": asides(result, links),
            "nearby": nearby(result, links),
            "named": named,
            "continuations": continuations(result, links),
            "filters_in_use": pills(result, links),
            "without_filters": links.without(*KEYS.values()) if any(map(links.values, KEYS.values())) else "",
            "facets": facets_of(result, links),
            "parts": parts_of(result, links),
            "page": Paginator(range(result.entries), PER_PAGE).page(result.page),
            "first": (result.page - 1) * PER_PAGE + 1,
            "last": min(result.page * PER_PAGE, result.entries),
            "followed": followed_of(request, result),
            "compare_url": compare_url_of(result),
            **pledges_of(result, links),
            **elsewhere_of(result, links),
            **({} if result.total else nothing_of(result, links)),
        },
    )


def compare_url_of(result: SearchResult) -> str:
    """Return where parties are compared on what was searched for, those that it names if any; empty without words."""
    subject = subject_of(result)
    return address(map(Asked, result.filters.party), query=subject) if subject else ""


def followed_of(request: HttpRequest, result: SearchResult) -> Followed | None:
    """Return what the page shows as something that can be followed; a misspelt word as it was corrected."""
    known = {(KEYS[facet], value): label for (facet, value), label in result.labels.items()}
    try:
        followed = Followed.of(request.GET, known=known)
    except CannotBeFollowed:
        return None
    return (
        followed.searched(result.searched) if result.suggestion and result.searched == result.suggestion else followed
    )


def pledges_of(result: SearchResult, links: QueryLinks) -> dict[str, Any]:
    """Return what the page shows of pledges: nothing on a page of another part."""
    if result.part is not Part.PLEDGES:
        return {}
    groups = groups_of(result, links)
    return {
        "groups": groups,
        "rows": [] if groups else hit_rows(result.hits, suffix_of(result)),
        "sorts": sort_choices(links),
        "groupings": group_choices(links),
        "exports": [(name, links.to(reverse(view))) for name, view in EXPORTS.items()],
    }


def elsewhere_of(result: SearchResult, links: QueryLinks) -> dict[str, Any]:
    """Return what the page shows of other text and of headings: their first entries, or a page of one of them."""
    if not subject_of(result):  # no words to be mentioned
        return {}
    shown: dict[str, Any] = {}
    if result.mentions and result.part is not Part.CHAPTERS:
        rows = mention_rows(result.mentions, suffix_of(result))
        shown["mentions"] = _listing(Part.TEXT, title_of_text(result), rows, result, links)
    if result.chapters and result.part is not Part.TEXT:
        rows_ = chapter_rows(result.chapters)
        shown["chapters"] = _listing(Part.CHAPTERS, title_of_chapters(result), rows_, result, links)
        if result.below_headings:
            shown["below_headings_url"] = links.without(PART_KEY, also={"q": asked_of_headings(result)})
    return shown


def _listing(
    part: Part, title: str, rows: Sequence[MentionRow | ChapterRow], result: SearchResult, links: QueryLinks
) -> Listing:
    number = sum(result.kinds.get(kind, 0) for kind in KINDS_OF[part])
    is_here = part is result.part
    more = links.changed_to(PART_KEY, PARTS[part]) if number > len(rows) and not is_here else ""
    return Listing(title, rows, number, more, is_here)


def nothing_of(result: SearchResult, links: QueryLinks) -> dict[str, Any]:
    """Return what the page of a search without pledges shows."""
    searched = Programme.objects.published()
    if result.programmes is not None:
        searched = searched.filter(pk__in=result.programmes)
    return {
        "truths": truths(result, links),
        "ways_out": ways_out(result, links),
        "searched_programmes": list(
            searched.with_branch().defer("parse_report").order_by("branch__name")[:MOST_LISTED]
        ),
    }


def suffix_of(result: SearchResult) -> str:
    """Return the query that has what was searched for marked on another page; empty where nothing was."""
    return f"?{urlencode({'q': result.searched})}" if result.searched else ""


def sort_of(links: QueryLinks) -> Sort:
    """Return the order that an address asks for; the best first where it asks for none, without words the newest."""
    value = links.value(SORT_KEY)
    return next((sort for sort in get_args(Sort) if SORTS[sort] == value), default_sort(links))


def default_sort(links: QueryLinks) -> Sort:
    """Return the order of hits where none is asked for: no pledge is a better hit than others for no words."""
    return "relevance" if links.value("q") else "newest"


def sort_choices(links: QueryLinks) -> list[Choice]:
    """Return the orders that hits can be had in."""
    names = {"relevance": _("beste treff"), "newest": _("nyeste"), "party": _("etter parti")}
    default = default_sort(links)
    values = [(SORTS[sort], names[sort]) for sort in get_args(Sort) if sort != "relevance" or sort == default]
    return one_of("", SORT_KEY, values, links, every=None, default=SORTS[default]).choices


def page_number(links: QueryLinks) -> int:
    """Return the page that an address asks for; the first where it makes no sense."""
    return max(whole_number(links.value(PAGE), most=MOST_PAGES), 1)


def facets_of(result: SearchResult, links: QueryLinks) -> list[Facet]:
    """Return the ways to narrow the hits that leave any; the form of pledges where there are both."""
    titles = {"party": _("Parti"), "level": _("Nivå"), "branch": _("Lag"), "year": _("Valgår"), "theme": _("Tema")}
    facets = [
        any_of(
            title,
            KEYS[name],
            ((row.value, row.label, row.count) for row in result.facets[name] if not _says_party_alone(row)),
            links,
            undone_by_value(result, links, name),
        )
        for name, title in titles.items()
    ]
    forms = {"list": _("I en liste"), "text": _("I løpende tekst")}
    counted = [(row.value, forms[row.value], row.count) for row in result.facets["form"] if row.count or row.selected]
    if len(counted) > 1 or result.filters.form:
        facets.append(any_of(_("Form"), KEYS["form"], counted, links))
    older = [(row.value, _("Også eldre utgaver"), row.count) for row in result.facets["editions"]]
    facets.append(any_of(_("Utgaver"), KEYS["editions"], older, links))
    return [facet for facet in facets if facet.choices]


def _says_party_alone(row: FacetValue) -> bool:
    """Return whether a value of a filter is a party for the whole country, which the filters above say already."""
    return row.value.endswith(f"/{NATIONAL_SLUG}") and not row.selected


def group_of(links: QueryLinks) -> str:
    """Return the facet that an address groups hits by; empty where it asks for none we know."""
    return next((name for name in GROUPINGS if links.value(GROUP_KEY) == KEYS[name]), "")


def group_choices(links: QueryLinks) -> list[Choice]:
    """Return the groupings of hits."""
    names = {"party": _("gruppert etter parti"), "branch": _("etter lag")}
    values = [(KEYS[name], names[name]) for name in GROUPINGS]
    return one_of("", GROUP_KEY, values, links, every=_("ikke gruppert")).choices


def groups_of(result: SearchResult, links: QueryLinks) -> list[Group]:
    """Return the best hits of each party or branch that has any, the one with most hits first."""
    name = group_of(links)
    if not name or not result.total:
        return []
    filters = filters_of(links)
    chosen = result.filters.of(name)
    values = [value for value in result.facets[name] if not chosen or value.selected]
    query = asked(result, but=name)
    return [
        Group(
            value.label,
            value.count,
            links.without(GROUP_KEY, KEYS[name], also={"q": query, KEYS[name]: value.value}),
            hit_rows(
                search(
                    query,
                    filters=filters.without(name).with_values(name, value.value),
                    sort=sort_of(links),
                    per_page=HITS_PER_GROUP,
                    beside=0,
                ).hits,
                suffix_of(result),
            ),
            _("Vis alle %(count)s hos %(name)s") % {"count": count(value.count), "name": value.label}
            if value.count > HITS_PER_GROUP
            else "",
        )
        for value in values[:MOST_GROUPS]
    ]


def continuations(result: SearchResult, links: QueryLinks) -> list[tuple[str, str]]:
    """Return longer words of the archive for a search with few hits, and their addresses; the same as while typing."""
    if not result.query or " " in result.query or result.total > FEW_HITS:
        return []
    words = suggestions(result.query)
    return [(word, links.changed_to("q", word)) for word in words if word.lower() != result.query.lower()]
