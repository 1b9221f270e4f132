"""What belongs to the page and not to the text: found by recurrence and place over the whole file."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import pairwise

from ingest.readers.layout import Usual
from ingest.readers.spans import Span

EDGE_ROWS = 3
"""Rows from the top and from the foot of a page where running headers and page numbers stand."""
SAME_PLACE = 3.0
"""Points that a running header may move from page to page."""
MOSTLY = 0.6
"""Share of what stands in a strip of the page that recurs, where the strip is one of running headers."""
RECURS = 3
"""Pages on which the same words make a running header."""
NUMBERED_LINES = 20
"""Fewer digits than this, one under the other, are no printed line numbers."""
MAX_ARTIFACTS = 0.15
"""A file that tags a larger share of its letters as artifacts tags them at random."""
CONTENTS_ROWS = 4
"""Lines with a page number at the right edge that make a table of contents."""

_DIGITS = re.compile(r"\d+")
_NUMBER = re.compile(r"\d{1,5}")
_PAGE_NUMBER = re.compile(r"\W*(?:side\s*)?#(?:\s*(?:av|/|of)\s*#)?\W*")
_LEAD_IN = re.compile(r":$|\bvil$")
_CREDIT = re.compile(r"foto|photo|illustrasjon|istock|shutterstock|unsplash|adobe ?stock|ntb|scanpix|getty|©", re.I)

Pages = Sequence[Sequence[Span]]


def mark(pages: Pages, heights: Sequence[float], usual: Usual) -> None:
    """Set `why` on the spans of all pages that belong to the page and not to the text."""
    _artifacts(pages)
    _line_numbers(pages)
    _page_edges(pages, heights)
    _credits(pages, usual)


def _artifacts(pages: Pages) -> None:
    """Take what the file itself calls an artifact, unless it says so of half the text."""
    spans = [span for page in pages for span in page]
    tagged = [span for span in spans if span.tag == "Artifact"]
    if sum(len(span.text) for span in tagged) <= MAX_ARTIFACTS * sum(len(span.text) for span in spans):
        for span in tagged:
            span.why = "artifact"


def _line_numbers(pages: Pages) -> None:
    """Find columns of digits that count the lines: one under the other, rising by one step."""
    for edge in ("x1", "x0"):
        columns: dict[int, list[tuple[int, Span]]] = defaultdict(list)
        for number, page in enumerate(pages):
            for span in page:
                if not span.why and _NUMBER.fullmatch(span.text):
                    columns[round(getattr(span, edge))].append((number, span))
        for x, column in sorted(columns.items(), key=lambda item: -len(item[1])):
            near = sorted(column + columns.get(x - 1, []) + columns.get(x + 1, []), key=lambda c: (c[0], c[1].y))
            near = [(page, span) for page, span in near if not span.why]
            if len(near) >= NUMBERED_LINES and _counts(near):
                left, right = min(span.x0 for _, span in near) - 2, max(span.x1 for _, span in near) + 2
                for page in pages:
                    for span in page:
                        if _NUMBER.fullmatch(span.text) and left <= span.x0 and span.x1 <= right and not span.why:
                            span.why = "line number"


def _counts(column: Sequence[tuple[int, Span]]) -> bool:
    """Return whether the numbers of a column rise by one step from line to line of a page."""
    steps = Counter(
        int(after.text) - int(before.text) for (page, before), (same, after) in pairwise(column) if page == same
    )
    total = sum(steps.values())
    step, times = steps.most_common(1)[0] if steps else (0, 0)
    return step in (1, 5, 10) and times >= 0.8 * total and total >= NUMBERED_LINES / 2


def _page_edges(pages: Pages, heights: Sequence[float]) -> None:
    """Find running headers, footers and page numbers, from the outermost row of each page inwards.

    A strip of the page is theirs where most of what stands there recurs: a heading recurs too, at the
    head of columns, but other text stands there on other pages.
    """
    at_head, at_foot = set(range(len(pages))), set(range(len(pages)))
    for _ in range(EDGE_ROWS):
        rows = [(number, _outermost(pages[number], heights[number], head=True), True) for number in sorted(at_head)]
        rows += [(number, _outermost(pages[number], heights[number], head=False), False) for number in sorted(at_foot)]
        _recurring(rows, heights, len(pages))
        at_head = {number for number, row, head in rows if head and row and all(span.why for span in row)}
        at_foot = {number for number, row, head in rows if not head and row and all(span.why for span in row)}


def _outermost(page: Sequence[Span], height: float, *, head: bool) -> list[Span]:
    """Return the spans of the first row of a page, or of the last, that is not yet known as furniture."""
    left = [span for span in page if not span.why and (span.y < height / 2) == head]
    if not left:
        return []
    y = min(span.y for span in left) if head else max(span.y for span in left)
    return [span for span in left if abs(span.y - y) <= SAME_PLACE]


def _recurring(rows: Sequence[tuple[int, list[Span], bool]], heights: Sequence[float], pages: int) -> None:
    """Mark what recurs among the outermost rows of the pages, strip by strip."""
    strips: dict[tuple[bool, int], list[tuple[int, str, Span]]] = defaultdict(list)
    for number, row, head in rows:
        for span in row:
            place = span.y if head else heights[number] - span.y
            strips[head, round(place / SAME_PLACE)].append((number, _key(span), span))
    for head, place in sorted(strips):
        strip = [entry for near in (place - 1, place, place + 1) for entry in strips.get((head, near), [])]
        strip = [entry for entry in strip if not entry[2].why]
        on_pages: dict[str, set[int]] = defaultdict(set)
        for number, key, span in strip:
            if not (span.marker or _LEAD_IN.search(key)):
                on_pages[key].add(number)
        recurring = {key for key, numbers in on_pages.items() if len(numbers) >= RECURS or _is_page_number(key, pages)}
        hits = [entry for entry in strip if entry[1] in recurring]
        if not hits or len(hits) < MOSTLY * len(strip):
            continue
        sizes = {round(span.size, 1) for _, _, span in hits}
        for _, key, span in strip:
            if key in recurring or (round(span.size, 1) in sizes and len(on_pages[key]) >= RECURS - 1):
                span.why = "page number" if _PAGE_NUMBER.fullmatch(key) else "running header"


def _key(span: Span) -> str:
    return _DIGITS.sub("#", span.text).strip().casefold()


def _is_page_number(key: str, pages: int) -> bool:
    """Return whether a lone number is the page's, in a file too short for recurrence."""
    return pages < RECURS and bool(_PAGE_NUMBER.fullmatch(key))


def _credits(pages: Pages, usual: Usual) -> None:
    """Find the small print of pictures."""
    for page in pages:
        for span in page:
            if not span.why and span.size < 0.82 * usual.size and len(span.text) < 120 and _CREDIT.search(span.text):
                span.why = "photo credit"


def join_contents(page: Sequence[Span]) -> list[Span]:
    """Return a page's spans with the page numbers of a table of contents joined to their entries.

    The numbers stand far at the right, one under the other; as spans of their own they would look like a column.
    """
    edges = Counter(round(span.x1) for span in page if _NUMBER.fullmatch(span.text) and not span.why)
    if not edges or edges.most_common(1)[0][1] < CONTENTS_ROWS:
        return list(page)
    rows: dict[int, list[Span]] = defaultdict(list)
    for span in page:
        if not span.why:
            rows[round(span.y)].append(span)
    joined: set[int] = set()
    for row in rows.values():
        row.sort(key=lambda span: span.x0)
        for index, span in enumerate(row):
            if index == 0 or not _NUMBER.fullmatch(span.text):
                continue
            if max(edges[round(span.x1) + shift] for shift in (-1, 0, 1)) < CONTENTS_ROWS:
                continue
            entry = row[index - 1]
            if id(entry) in joined or entry.x1 > span.x0:
                continue
            span.runs[0].text = " " + span.runs[0].text
            entry.runs.extend(span.runs)
            entry.x1 = span.x1
            joined.add(id(span))
    return [span for span in page if id(span) not in joined]
