"""The source beside a quote: pictures of its pages with the words marked, or the lines around them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.urls import reverse

from programmes.models import Passage, Programme, SourceSheet
from programmes.site.place import file_pages_of, from_to

AROUND = 4
"""Lines shown before and after the words."""
MOST_PAGES = 3
"""Pages shown of what stands on several."""
MARGIN = 1.5
"""Points that a mark reaches beyond the type."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A rectangle on a page, in points from its upper left corner."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class PageView:
    """A page with the words marked."""

    page: int
    """As the file counts."""
    url: str
    width: float
    height: float
    """Of the page in points."""
    marks: list[Mark]


@dataclass(frozen=True, slots=True)
class LineView:
    """A line of the source."""

    number: int
    before: str
    marked: str
    """The part of the line that the words stand in; empty for a line around them."""
    after: str


@dataclass(frozen=True, slots=True)
class SourceView:
    """What is shown of the source: pages, or lines where no picture is drawn (yet)."""

    pages: list[PageView]
    lines: list[LineView]
    marked_lines: str = ""
    """The file's numbers of the lines that the words stand in: `1876–1878`."""


def source_of(passage: Passage) -> SourceView:
    """Return what to show of the source of a passage, loaded with its programme and branch; asks one query."""
    programme = passage.programme
    sheets = list(programme.source_sheets.filter(_near(passage)).order_by("page", "line_first"))
    drawn = [sheet for sheet in sheets if sheet.picture == SourceSheet.Picture.DRAWN][:MOST_PAGES]
    if drawn and drawn[0].page == passage.page_first:
        return SourceView([_page_view(sheet, passage, programme) for sheet in drawn], [])
    lines = _line_views(sheets, passage)
    numbers = [line.number for line in lines if line.marked]
    return SourceView([], lines, from_to(numbers[0], numbers[-1]) if numbers else "")


def picture_url(programme: Programme, page: int) -> str:
    """Return the address of the picture of a page."""
    branch = programme.branch
    return reverse("source_page", args=[branch.party.slug, branch.slug, programme.slug, page])


def original_at(passage: Passage) -> str:
    """Return the address of the file, opened at the page of a passage; empty for a file that browsers don't open so."""
    programme = passage.programme
    branch = programme.branch
    if not file_pages_of(passage):
        return ""
    shown = reverse("original_shown", args=[branch.party.slug, branch.slug, programme.slug])
    return f"{shown}#page={passage.page_first}"


def _near(passage: Passage) -> Q:
    """Return the condition that a sheet has words of a passage, or lines right before or after them."""
    if passage.programme.has_pages:
        return Q(page__range=(passage.page_first, passage.page_last))
    first, last = passage.line_first - AROUND, passage.line_last + AROUND
    begins_before = Q(page__lt=passage.page_last) | Q(page=passage.page_last, line_first__lte=last)
    ends_after = Q(page__gt=passage.page_first) | Q(page=passage.page_first, line_last__gte=first)
    return begins_before & ends_after


def _page_view(sheet: SourceSheet, passage: Passage, programme: Programme) -> PageView:
    marks = [
        Mark(box[0] - MARGIN, box[1] - MARGIN, box[2] - box[0] + 2 * MARGIN, box[3] - box[1] + 2 * MARGIN)
        for number, _text, box, is_text in sheet.lines
        if is_text and box and _is_of(passage, sheet.page, number)
    ]
    return PageView(sheet.page, picture_url(programme, sheet.page), sheet.width, sheet.height, marks)


def _is_of(passage: Passage, page: int, number: int) -> bool:
    """Return whether a line is one of those that a passage stands on."""
    begins, ends = (passage.page_first, passage.line_first), (passage.page_last, passage.line_last)
    return begins <= (page, number) <= ends


def _line_views(sheets: list[SourceSheet], passage: Passage) -> list[LineView]:
    """Return the lines that a passage stands on and some around them, blank ones left out at the ends."""
    lines = [(sheet.page, *line) for sheet in sheets for line in sheet.lines]
    own = [at for at, (page, number, *_rest) in enumerate(lines) if _is_of(passage, page, number)]
    if not own:
        return []
    shown = lines[max(own[0] - AROUND, 0) : own[-1] + AROUND + 1]
    while shown and not shown[0][2].strip():
        shown.pop(0)
    while shown and not shown[-1][2].strip():
        shown.pop()
    return list(_marked(shown, passage))


def _marked(lines: list[tuple[Any, ...]], passage: Passage) -> Iterator[LineView]:
    for page, number, text, _box, is_text in lines:
        if not is_text or not _is_of(passage, page, number):
            yield LineView(number, text, "", "")
        elif len(text) > len(passage.text) and (at := text.find(passage.text)) >= 0:  # a paragraph of one long line
            yield LineView(number, text[:at], passage.text, text[at + len(passage.text) :])
        else:
            yield LineView(number, "", text, "")
