"""What belongs to the page and not to the text: found by recurrence and place over the whole file."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.parser.readers.pdf.layout import Usual
from ingest.parser.readers.pdf.spans import Span, letters

EDGE_ROWS = 3
"""Rows from the top and from the foot of a page where running headers and page numbers stand."""
SAME_PLACE = 3.0
"""Points that a running header may move from page to page."""
MOSTLY = 0.6
"""Share of what stands in a strip of the page that recurs, where the strip is one of running headers."""
RECURS = 3
"""Pages on which the same words make a running header."""
LARGE = 1.08
"""Times the usual type size: chapters' names are set larger than this."""
SMALL = 0.92
"""Times the usual type size: what stands smaller than this at the head of pages, and clear of the text, heads them."""
CLEAR = 1.5
"""Lines of white space, from baseline to baseline, under such a line."""
SHORTEST_NAME = 3
"""Letters: a shorter line may repeat anything."""
NUMBERED_LINES = 20
"""Fewer digits than this, one under the other, are no printed line numbers."""
COLUMN_PAGE = 10
"""Spans: a page with more has text whose lines can be numbered."""
MAX_ARTIFACTS = 0.15
"""A file that tags a larger share of its letters as artifacts tags them at random."""
CONTENTS_ROWS = 4
"""Lines with a page number at the right edge that make a table of contents."""

_DIGITS = re.compile(r"\d+")
_NUMBER = re.compile(r"\d{1,5}")
_PAGE_NUMBER = re.compile(r"\W*(?:side\s*)?#(?:\s*(?:av|/|of)\s*#)?\W*")
_LEADER = re.compile(r"[.…·_\s]{3,}\d{0,3}|…")
_LEAD_IN = re.compile(r":$|\bvil$", re.I)
_CREDIT = re.compile(r"foto|photo|illustrasjon|istock|shutterstock|unsplash|adobe ?stock|ntb|scanpix|getty|©", re.I)

Pages = Sequence[Sequence[Span]]


def mark(pages: Pages, heights: Sequence[float], usual: Usual) -> None:
    """Set `why` on the spans of all pages that belong to the page and not to the text."""
    _artifacts(pages)
    _line_numbers(pages)
    _page_edges(pages, heights, usual)
    _numbers_at_the_side(pages)
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
            if len(near) >= NUMBERED_LINES and _counts(near) and _runs_through(near, pages):
                left, right = min(span.x0 for _, span in near) - 2, max(span.x1 for _, span in near) + 2
                for page in pages:
                    for span in page:
                        if _NUMBER.fullmatch(span.text) and left <= span.x0 and span.x1 <= right and not span.why:
                            span.why = "line number"


def _runs_through(column: Sequence[tuple[int, Span]], pages: Pages) -> bool:
    """Return whether most pages with text have a column's numbers, and not the table of contents alone."""
    having = sum(times > 1 for times in Counter(number for number, _ in column).values())
    return having * 2 >= sum(len(page) > COLUMN_PAGE for page in pages)


def _counts(column: Sequence[tuple[int, Span]]) -> bool:
    """Return whether the numbers of a column rise by one step from line to line of a page."""
    steps = Counter(
        int(after.text) - int(before.text) for (page, before), (same, after) in pairwise(column) if page == same
    )
    total = sum(steps.values())
    step, times = steps.most_common(1)[0] if steps else (0, 0)
    return step in (1, 5, 10) and times >= 0.8 * total and total >= NUMBERED_LINES / 2


def _page_edges(pages: Pages, heights: Sequence[float], usual: Usual) -> None:
    """Find running headers, footers and page numbers, from the outermost row of each page inwards.

    A strip of the page is theirs where most of what stands there recurs: a heading recurs too, at the
    head of columns, but other text stands there on other pages.
    """
    at_head, at_foot = set(range(len(pages))), set(range(len(pages)))
    names = _Names.of(pages, usual)
    for _ in range(EDGE_ROWS):
        rows = [(number, _outermost(pages[number], heights[number], head=True), True) for number in sorted(at_head)]
        rows += [(number, _outermost(pages[number], heights[number], head=False), False) for number in sorted(at_foot)]
        _recurring(rows, pages, heights, names)
        at_head = {number for number, row, head in rows if head and row and all(span.why for span in row)}
        at_foot = {number for number, row, head in rows if not head and row and all(span.why for span in row)}


def _numbers_at_the_side(pages: Pages) -> None:
    """Find page numbers half-way up the page: one of them in the same place on page after page, rising."""
    places: dict[tuple[int, int], list[tuple[int, Span]]] = defaultdict(list)
    for number, page in enumerate(pages):
        for span in page:
            if not span.why and _NUMBER.fullmatch(span.text):
                places[round(span.y / SAME_PLACE), round((span.x0 + span.x1) / 4 / SAME_PLACE)].append((number, span))
    for column in places.values():
        steps = [(after[0] - here[0], int(after[1].text) - int(here[1].text)) for here, after in pairwise(column)]
        if len(steps) >= RECURS - 1 and all(0 < later <= up <= 2 * later for later, up in steps):
            for _, span in column:
                span.why = "page number"


def _outermost(page: Sequence[Span], height: float, *, head: bool) -> list[Span]:
    """Return the spans of the first row of a page, or of the last, that is not yet known as furniture."""
    left = [span for span in page if not span.why and (span.y < height / 2) == head]
    if not left:
        return []
    y = min(span.y for span in left) if head else max(span.y for span in left)
    return [span for span in left if abs(span.y - y) <= SAME_PLACE]


def _recurring(
    rows: Sequence[tuple[int, list[Span], bool]], pages: Pages, heights: Sequence[float], names: _Names
) -> None:
    """Mark what recurs among the outermost rows of the pages, strip by strip: some words, or the chapters' names."""
    strips: dict[tuple[bool, int], list[tuple[int, str, Span]]] = defaultdict(list)
    for number, row, head in rows:
        for span in row:
            place = span.y if head else heights[number] - span.y
            strips[head, round(place / SAME_PLACE)].append((number, names.key(span), span))
    for head, place in sorted(strips):
        strip = [entry for near in (place - 1, place, place + 1) for entry in strips.get((head, near), [])]
        strip = [entry for entry in strip if not entry[2].why]
        on_pages: dict[str, set[int]] = defaultdict(set)
        for number, key, span in strip:
            if not (span.marker or _LEAD_IN.search(key)):
                on_pages[key].add(number)
        recurring = {
            key for key, numbers in on_pages.items() if len(numbers) >= RECURS or _is_page_number(key, len(pages))
        }
        if len({number for number, _, _ in strip}) >= RECURS:
            recurring.update(
                key
                for number, key, span in strip
                if not _LEAD_IN.search(key)
                and (names.are_in(span) or (head and not span.marker and names.stand_clear(span, pages[number])))
            )
        hits = [entry for entry in strip if entry[1] in recurring]
        if not hits or len(hits) < MOSTLY * len(strip):
            continue
        sizes = {round(span.size, 1) for _, _, span in hits}
        for _, key, span in strip:
            if key in recurring or (round(span.size, 1) in sizes and len(on_pages[key]) >= RECURS - 1):
                span.why = "page number" if _PAGE_NUMBER.fullmatch(key) else "running header"


@dataclass(frozen=True, slots=True)
class _Names:
    """What tells a chapter's name at the edge of its pages, which may be but one or two."""

    titles: str
    """The letters of all that is set in large type, one after the other."""
    usual: Usual

    @classmethod
    def of(cls, pages: Pages, usual: Usual) -> _Names:
        large = LARGE * usual.size
        return cls("".join(letters(span.text) for page in pages for span in page if span.size > large), usual)

    def key(self, span: Span) -> str:
        """Return the words that a span recurs by: in large type `Kapittel 2` is another title than `Kapittel 1`."""
        text = span.text.strip().casefold()
        return text if span.size > LARGE * self.usual.size and any(map(str.isalpha, text)) else _DIGITS.sub("#", text)

    def are_in(self, span: Span) -> bool:
        """Return whether a span in no large type repeats what is set in large type elsewhere."""
        words = letters(_DIGITS.sub("", span.text))
        return len(words) >= SHORTEST_NAME and span.size <= LARGE * self.usual.size and words in self.titles

    def stand_clear(self, span: Span, page: Sequence[Span]) -> bool:
        """Return whether a span is set smaller than the text, with white space under it."""
        below = min((other.y for other in page if other.y > span.y + SAME_PLACE), default=span.y)
        return span.size < SMALL * self.usual.size and below - span.y > CLEAR * self.usual.pitch


def _is_page_number(key: str, pages: int) -> bool:
    """Return whether a lone number is the page's, in a file too short for recurrence."""
    return pages < RECURS and bool(_PAGE_NUMBER.fullmatch(key))


def _credits(pages: Pages, usual: Usual) -> None:
    """Find the small print of pictures."""
    for page in pages:
        for span in page:
            if not span.why and span.size < 0.82 * usual.size and len(span.text) < 120 and _CREDIT.search(span.text):
                span.why = "photo credit"


def _join_leaders(page: Sequence[Span]) -> Sequence[Span]:
    """Return a page's spans with rows of dots joined to the words that they lead from."""
    leaders = [span for span in page if not span.why and _LEADER.fullmatch(span.text)]
    joined: set[int] = set()
    for leader in sorted(leaders, key=lambda span: span.x0):
        before = [
            span for span in page if span.x0 < leader.x0 and abs(span.y - leader.y) < 1 and id(span) not in joined
        ]
        if before:
            entry = max(before, key=lambda span: span.x0)
            entry.runs.extend(leader.runs)
            entry.x1 = leader.x1
            joined.add(id(leader))
    return [span for span in page if id(span) not in joined]


def join_contents(page: Sequence[Span]) -> list[Span]:
    """Return a page's spans with leaders and page numbers of a table of contents joined to their entries.

    The numbers stand far at the right, one under the other; as spans of their own they would look like a column.
    """
    page = _join_leaders(page)
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
