"""What changed since the branch's programme before, or since another edition: as a page and as files."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from programmes.changes import Change, Fate, changes_between, compared_with, counts_of
from programmes.csv_lines import csv_lines
from programmes.models import Programme, Theme
from programmes.norwegian.sorting import norwegian_order
from programmes.site.documents import filename_of
from programmes.site.facets import Facet, one_of
from programmes.site.links import QueryLinks, page_of
from programmes.site.moved import at_its_address
from programmes.site.spreadsheets import CSV, XLSX, Cell, workbook
from programmes.site.streaming import made_whole
from programmes.site.views.programme import visible_programme, withdrawn
from programmes.standing import cautions_of

SINCE, KIND, THEME, WHOLE = "fra", "ble", "tema", "alt"
NAMES = {
    Fate.NEW: ("nytt", gettext_lazy("nytt")),
    Fate.REWORDED: ("omformulert", gettext_lazy("omformulert")),
    Fate.GONE: ("borte", gettext_lazy("borte")),
    Fate.KEPT: ("likt", gettext_lazy("likt")),
}
"""What became of a pledge → its value in the address, and what readers are told."""
COLUMNS = ("endring", "tidligere_tekst", "tekst", "kapittel", "innledning", "forbehold", "ligner", "side", "adresse")
"""`side` and `adresse` are the newer programme's, the older's of what is gone; `ligner` is what the other programme has
that is most like a pledge which is new or gone."""


def told(became: Fate) -> str:
    """Return what became of a pledge, in a word."""
    return str(NAMES[became][1])


@at_its_address
def changes(request: HttpRequest, party: str, branch: str, programme: str) -> HttpResponse:
    """Show what became of the pledges, narrowed by what they became and by theme; say so where nothing is before."""
    newer = visible_programme(party, branch, programme)
    if newer.publication == Programme.Publication.WITHDRAWN:
        return withdrawn(request, newer)
    links = QueryLinks(request)
    older, others = compared_with(newer, links.value(SINCE))
    found = changes_between(older, newer) if older else []
    shown = [each for each in found if each.is_under(links.value(THEME))]
    kinds = {value: became for became, (value, _name) in NAMES.items()}
    wanted = kinds.get(links.value(KIND))
    listed = [each for each in shown if wanted in (None, each.became)]
    is_all = bool(links.value(WHOLE))
    page = Paginator(listed, max(len(listed), 1)).page(1) if is_all else page_of(listed, links)
    return render(
        request,
        "changes.html",
        {
            "programme": newer,
            "branch": newer.branch,
            "older": older,
            "others": [(each, links.changed_to(SINCE, each.slug)) for each in others if each != older],
            "counts": [(told(became), count) for became, count in counts_of(shown).items()],
            "page": page,
            "whole_url": "" if is_all or page.paginator.num_pages == 1 else links.changed_to(WHOLE, "1"),
            "rows": [(each, told(each.became)) for each in page],
            "facets": _facets(found, shown, links),
            "is_narrowed": bool(wanted or links.value(THEME)),
            "links": links,
            "canonical": request.build_absolute_uri(request.path),
            "today": timezone.localdate(),
        },
    )


@at_its_address
def changes_file(request: HttpRequest, party: str, branch: str, programme: str, ending: str) -> HttpResponseBase:
    """Send all changes as a table for a spreadsheet."""
    newer = visible_programme(party, branch, programme)
    if newer.publication == Programme.Publication.WITHDRAWN:
        return withdrawn(request, newer)
    older, _others = compared_with(newer, QueryLinks(request).value(SINCE))

    def content() -> bytes:
        rows = (_row(each, request) for each in (changes_between(older, newer) if older else []))
        if ending == "csv":
            return "".join(csv_lines(COLUMNS, rows)).encode()
        return workbook(COLUMNS, rows, title=_("Endringer: %(programme)s") % {"programme": newer})

    name = filename_of(newer, ending).replace(f".{ending}", f"-endringer.{ending}")
    return made_whole(request, content, content_type=CSV if ending == "csv" else XLSX, filename=name)


def _facets(found: list[Change], shown: list[Change], links: QueryLinks) -> list[Facet]:
    counts = counts_of(shown)
    kinds = [(value, f"{str(name).capitalize()} ({counts[became]})") for became, (value, name) in NAMES.items()]
    themes: dict[str, Theme] = {}
    for change in found:
        themes |= {each.slug: each for each in change.pledge.themes.all() if each.parent_id is None}
    by_name = sorted(themes.values(), key=lambda theme: norwegian_order(theme.label))
    return [
        one_of(_("Hva som skjedde"), KIND, kinds, links),
        one_of(_("Tema"), THEME, [(theme.slug, theme.label) for theme in by_name], links),
    ]


def _row(change: Change, request: HttpRequest) -> tuple[Cell, ...]:
    pledge = change.pledge
    return (
        told(change.became),
        change.earlier.readable_text if change.earlier else "",
        change.later.readable_text if change.later else "",
        str(pledge.section),
        pledge.lead_in,
        "; ".join(each.words for each in cautions_of(pledge)),
        change.nearest.pledge.readable_text if change.nearest else "",
        pledge.page_first if pledge.programme.has_pages else "",
        request.build_absolute_uri(pledge.get_absolute_url()),
    )
