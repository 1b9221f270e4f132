"""Comparing: two to four parties, chapters or years on a theme or a search, as a page and as a file."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from programmes.models import Party, Passage, Theme
from programmes.norwegian.sorting import norwegian_order
from programmes.search.query import MAX_LENGTH
from programmes.site.comparing import FEWEST, MOST, Asked, Comparison, Side, asked_of, compared, fill, offered, side_of
from programmes.site.exports import COLUMNS_OF_PASSAGE, row_of_passage
from programmes.site.links import QueryLinks
from programmes.site.streaming import streamed
from programmes.site.views.search_files import Echo, harmless

WHO, THEME, QUERY = "hos", "tema", "q"
LONGEST_NAME = 80
SHOWN_ALONE = 12
"""Pledges that only one has which are shown at once; the rest are folded."""


@dataclass
class Question:
    """What an address asks to have compared."""

    names: list[str]
    """As given: values of the address or typed names."""
    sides: list[Side]
    unknown: list[str]
    """Names that nobody has."""
    theme: Theme | None
    query: str
    is_offered: bool
    """Whether the sides were chosen by us, as nobody was named."""

    @property
    def subject(self) -> str:
        """What is compared on, as a reader is told it."""
        return f"«{self.query}»" if self.query else self.theme.label.lower() if self.theme else ""

    @property
    def can_be_compared(self) -> bool:
        """Whether there are sides enough, and something to compare them on."""
        return len(self.sides) >= FEWEST and bool(self.subject)


def compare(request: HttpRequest) -> HttpResponse:
    """Show sides beside each other: pledges that are alike in one row, then what only one has; a form to ask again."""
    question = question_of(request)
    canonical = address_of(question)
    if not question.unknown and not question.is_offered and canonical != request.get_full_path():
        return HttpResponseRedirect(canonical)  # typed names: the address to share has none that may be read otherwise
    comparison = answer(question)
    return render(
        request,
        "compare.html",
        {
            "question": question,
            "comparison": comparison,
            "title": title_of(question),
            "alone": _alone(comparison) if comparison else [],
            "csv_url": address_of(question, view="compare_csv"),
            "fields": [name for name, _none in zip_longest(question.names, range(MOST), fillvalue="")][:MOST],
            "themes": sorted(Theme.objects.main(), key=lambda theme: norwegian_order(theme.label)),
            "parties": sorted(Party.objects.all(), key=lambda party: norwegian_order(party.name)),
        },
    )


def compare_csv(request: HttpRequest) -> HttpResponseBase:
    """Send a comparison as a CSV file: a line for each pledge, with the number of the row that it shares."""
    comparison = answer(question_of(request))
    writer = csv.writer(Echo(), delimiter=";")

    def lines() -> Iterator[str]:
        yield "\ufeff" + writer.writerow((_("rad"), _("likhet"), *COLUMNS_OF_PASSAGE))
        for number, label, pledge in _rows(comparison) if comparison else ():
            yield writer.writerow(map(harmless, (number, label, *row_of_passage(pledge, request))))

    response = streamed(request, lines(), content_type="text/csv; charset=utf-8")
    if response.streaming:
        response["Content-Disposition"] = 'attachment; filename="sammenligning.csv"'
    return response


def question_of(request: HttpRequest) -> Question:
    """Return what an address asks to have compared, sides that it names twice once."""
    links = QueryLinks(request)
    query = links.value(QUERY)[:MAX_LENGTH]
    theme = None if query else Theme.objects.filter(slug=links.value(THEME)).first()
    names = [name[:LONGEST_NAME] for name in links.values(WHO)][:MOST]
    asked = [asked_of(name) for name in names] if names else list(offered(theme=theme, query=query))
    sides = [side_of(each) if each else None for each in asked]
    unknown = [name for name, side in zip(names, sides, strict=False) if side is None]
    found = {side.asked.value: side for side in sides if side is not None}
    return Question(
        [side.asked.value if side else names[at] for at, side in enumerate(sides)],
        list(found.values()),
        unknown,
        theme,
        query,
        is_offered=not names,
    )


def answer(question: Question) -> Comparison | None:
    """Return the comparison, None where there is too little to compare."""
    if not question.can_be_compared:
        return None
    fill(question.sides, theme=question.theme, query=question.query)
    return compared(question.sides)


def address_of(question: Question, *, view: str = "compare") -> str:
    """Return the address of a comparison, the same whatever names were typed."""
    return address(
        (side.asked for side in question.sides),
        theme=question.theme.slug if question.theme else "",
        query=question.query,
        view=view,
    )


def address(who: Iterator[Asked], *, theme: str = "", query: str = "", view: str = "compare") -> str:
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
        for cell in row.cells:
            yield from ((str(number), row.label, pledge) for pledge in cell)
    for pledges in comparison.alone:
        yield from (("", "", pledge) for pledge in pledges)
