"""Comparing: two to four parties, chapters or years on a theme or a search, as a page and as a file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import zip_longest
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from programmes.csv_lines import csv_lines
from programmes.models import Party, Passage, Theme
from programmes.norwegian.sorting import norwegian_order
from programmes.search.query import MAX_LENGTH
from programmes.site.comparing import MOST, Asked, Comparison, Question, Side, answer, asked_about
from programmes.site.embeds.cards import comparison_card, frame_of_comparison
from programmes.site.embeds.oembed import Embed, embed_of
from programmes.site.links import QueryLinks
from programmes.site.spreadsheets import CSV, Cell
from programmes.site.streaming import streamed
from programmes.standing import cautions_of

WHO, THEME, QUERY = "hos", "tema", "q"
LONGEST_NAME = 80
COLUMNS = (
    *("rad", "likhet", "parti", "lag", "program", "periode", "forbehold", "kapittel", "innledning", "tekst", "side"),
    *("adresse",),
)
"""`rad` is the same for pledges that are alike, empty for what one has alone; `forbehold` is what must be known of one
before it is quoted."""
SHOWN_ALONE = 12
"""Pledges that only one has which are shown at once; the rest are folded."""


def compare(request: HttpRequest) -> HttpResponse:
    """Show sides beside each other: pledges that are alike in one row, then what only one has; a form to ask again."""
    question = question_of(QueryLinks(request))
    values = [side.asked.value for side in question.sides]
    if not (question.unknown or question.is_offered) and QueryLinks(request).values(WHO) != values:
        return HttpResponseRedirect(address_of(question))  # the one to share: typed names may be read otherwise one day
    comparison = answer(question)
    return render(
        request,
        "compare.html",
        {
            "question": question,
            "comparison": comparison,
            "title": title_of(question),
            "alone": _alone(comparison) if comparison else [],
            "embed": _embed(request, question, comparison) if comparison else None,
            "csv_url": address_of(question, view="compare_csv"),
            "fields": [name for name, _none in zip_longest(question.names, range(MOST), fillvalue="")][:MOST],
            "themes": sorted(Theme.objects.main(), key=lambda theme: norwegian_order(theme.label)),
            "parties": sorted(Party.objects.all(), key=lambda party: norwegian_order(party.name)),
        },
    )


def _embed(request: HttpRequest, question: Question, comparison: Comparison) -> Embed:
    """Return how a comparison is shown elsewhere."""
    card = comparison_card(request, comparison, title=title_of(question), url="")
    at = request.build_absolute_uri(address_of(question, view="compare_card"))
    return embed_of(request, frame_of_comparison(card, at), address=address_of(question))


def compare_csv(request: HttpRequest) -> HttpResponseBase:
    """Send a comparison as a CSV file: a line for each pledge, with the number of the row that it shares."""

    def rows() -> Iterator[tuple[Cell, ...]]:
        comparison = answer(question_of(QueryLinks(request)))
        for number, label, pledge in _rows(comparison) if comparison else ():
            yield (number, label, *_cells(pledge, request))

    response = streamed(request, csv_lines(COLUMNS, rows()), content_type=CSV)
    if response.streaming:
        response["Content-Disposition"] = 'attachment; filename="sammenligning.csv"'
    return response


def question_of(links: QueryLinks) -> Question:
    """Return what the query of an address asks to have compared."""
    query = links.value(QUERY)[:MAX_LENGTH]
    theme = None if query else Theme.objects.filter(slug=links.value(THEME)).first()
    return asked_about([name[:LONGEST_NAME] for name in links.values(WHO)][:MOST], theme=theme, query=query)


def address_of(question: Question, *, view: str = "compare") -> str:
    """Return the address of a comparison, the same whatever names were typed."""
    return address(
        (side.asked for side in question.sides),
        theme=question.theme.slug if question.theme else "",
        query=question.query,
        view=view,
    )


def address(who: Iterable[Asked], *, theme: str = "", query: str = "", view: str = "compare") -> str:
    """Return the address that compares some on a theme or a search."""
    pairs = [(WHO, each.value) for each in who]
    pairs += [(QUERY, query)] if query else [(THEME, theme)] if theme else []
    return f"{reverse(view)}?{urlencode(pairs, safe='/')}" if pairs else reverse(view)


def title_of(question: Question) -> str:
    """Return the heading: who is compared, and on what."""
    if not question.can_be_compared:
        return _("Sammenlign")
    *others, last = (side.name for side in question.sides)
    names = _("%(others)s og %(last)s") % {"others": ", ".join(others), "last": last}
    return _("%(names)s om %(subject)s") % {"names": names, "subject": question.subject}


def _alone(comparison: Comparison) -> list[tuple[Side, list[Passage], list[Passage]]]:
    """Return for each side what it has alone: those shown at once, and those folded."""
    rows = zip(comparison.sides, comparison.alone, strict=True)
    return [(side, pledges[:SHOWN_ALONE], pledges[SHOWN_ALONE:]) for side, pledges in rows]


def _rows(comparison: Comparison) -> Iterator[tuple[str, str, Passage]]:
    """Yield each pledge with the number of its row and how alike that is, both empty where it stands alone."""
    for number, row in enumerate(comparison.shared, start=1):
        label = row.label if row.is_sure else _("ligner")
        yield from ((str(number), label, pledge) for _side, own in row.beside for pledge in own)
    for pledges in comparison.alone:
        yield from (("", "", pledge) for pledge in pledges)


def _cells(pledge: Passage, request: HttpRequest) -> tuple[Cell, ...]:
    programme = pledge.programme
    return (
        programme.branch.party.name,
        programme.branch.name,
        programme.title,
        programme.period,
        "; ".join(each.words for each in cautions_of(pledge)),
        str(pledge.section),
        pledge.lead_in,
        pledge.readable_text,
        pledge.page_first if programme.has_pages else "",
        request.build_absolute_uri(pledge.get_absolute_url()),
    )
