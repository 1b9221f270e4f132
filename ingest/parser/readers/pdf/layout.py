"""Reading order by geometry: spans of one page become regions (columns, side boxes), top to bottom.

A region without a gutter is read line by line. A gutter splits the stretch of the page that it runs
through; what crosses the gutter stands above or below that stretch.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from operator import attrgetter

from ingest.parser.furniture.placed import LARGE, Usual
from ingest.parser.readers.pdf.glyphs import Dot, Frame, Sheet
from ingest.parser.readers.pdf.spans import FaceRun, Span
from ingest.parser.readers.pdf.tables import Cells, Table, is_row_of_values, tables

GUTTER = 8.0
"""Points: no narrower white strip separates columns. All measured on 120 layouts and seven parties' PDFs."""
GUTTER_SIZES = 0.8
"""Type sizes that a gutter has at least."""
COLUMN_LINES = 3
"""Lines that both columns have at least."""
DOT_GAP = 2.5
"""Type sizes that a drawn bullet may stand away from its text."""
HALF_LETTER = 0.65
"""Type sizes above the baseline within which a drawn bullet has its middle."""
LEAST_DOTS = 3
"""Drawn bullets in one column: fewer dots are ornaments."""
MARKER_GAP = 6.0
"""Type sizes that a marker may stand away from its text."""
LANDSCAPE = 1.15
"""Width over height of a page that may be a spread of two printed pages."""
BAND_GAP = 1.5
"""White space before a heading, over the usual space between paragraphs, that ends all columns above it."""
HEADING_LINES = 4
"""Lines that a heading over two columns may take before they begin."""
SAME_HEIGHT = 3.0
"""Points: two columns begin so near one height."""
SAME_LINE = 1.0
"""Points: the middles of what stands on one line are no further apart."""
DEEPEST = 12
"""Splits within splits: deeper is no layout but scattered letters."""
CANDIDATES = 20
"""Places, the most common first, where a right column may begin."""
CELL = 20
"""Characters: half of a table's cells are no longer."""
ALIGNED = 0.8
"""Share of cells that have a neighbour at their own height."""
WIDE = 2.5
"""Type sizes that even two lines beside the text are columns for."""
OTHER_TYPE = 0.08
"""Share of the size by which a caption's type differs."""


@dataclass(slots=True)
class Rectangle:
    """A span, or a side box with all its spans, as a rectangle."""

    x0: float
    top: float
    x1: float
    bottom: float
    spans: list[Span]
    boxed: bool = False
    table: Table | None = None
    """The table that it is, which is boxed too."""

    @property
    def lines(self) -> int:
        """How many lines it counts for."""
        return len({round(span.y) for span in self.spans}) if self.boxed else 1


@dataclass(slots=True)
class Region:
    """Spans that are read from top to bottom: a column, or a part of one."""

    spans: list[Span]
    box: int = 0
    """The side box that it stands in, counted from 1 on each page; 0 for the page itself."""
    cells: Cells | None = None
    """The same words cell by cell, where they are a row of a table that is read as one line."""


def regions(sheet: Sheet, spans: Sequence[Span], usual: Usual) -> list[Region]:
    """Return the spans of a page as regions in reading order, each from top to bottom."""
    ruled = tables(sheet.rules, spans)
    taken = {id(span) for table in ruled for span in table.spans}
    elements = _boxed(sheet, [Rectangle(s.x0, s.top, s.x1, s.bottom, [s]) for s in spans if id(s) not in taken])
    elements += [_around(table.spans, table) for table in ruled]
    found: list[Region] = []
    middle = sheet.width / 2
    if may_be_spread(sheet) and not any(e.x0 < middle - 2 and e.x1 > middle + 2 for e in elements):
        halves = [e for e in elements if e.x1 <= middle + 2], [e for e in elements if e.x1 > middle + 2]
        for half in halves:
            _read(half, usual, found)
    else:
        _read(elements, usual, found)
    return found


def may_be_spread(sheet: Sheet) -> bool:
    """Return whether a page is wide enough for two printed pages side by side."""
    return sheet.width > LANDSCAPE * sheet.height


def glue_markers(spans: Sequence[Span]) -> list[Span]:
    """Return the spans with each lone marker joined to the text at its right.

    A marker may stand on a baseline of its own, and some points away: between the two there is nothing else.
    """
    lone = [span for span in spans if span.marker and len(span.text) == len(span.marker)]
    if not lone:
        return list(spans)
    rest = sorted(
        (span for span in spans if not (span.marker and len(span.text) == len(span.marker))), key=attrgetter("y")
    )
    glued: set[int] = set()
    for marker in lone:
        text = _text_of(marker, rest)
        if text is None or id(text) in glued:
            rest.append(marker)
            continue
        glued.add(id(text))
        text.runs[0].text = " " + text.runs[0].text
        text.runs[:0] = marker.runs
        text.marker, text.text_x, text.x0, text.hangs = marker.marker, text.x0, marker.x0, True
    return rest


def mark_drawn(pages: Iterable[tuple[Sequence[Dot], Sequence[Span]]]) -> None:
    """Give a marker to each span that a drawn bullet stands before, where a file has several in one column."""
    columns: dict[int, list[tuple[Dot, Span]]] = defaultdict(list)
    for dots, spans in pages:
        for dot in dots:
            row = [span for span in spans if 0 < span.y - dot.y < HALF_LETTER * span.size]
            right = min((span for span in row if span.x0 >= dot.x1), key=lambda span: span.x0, default=None)
            if right is None or right.marker or right.x0 - dot.x1 > DOT_GAP * right.size:
                continue
            if not any(dot.x0 - right.size < span.x1 <= dot.x1 or span.x0 < dot.x0 < span.x1 for span in row):
                columns[round(dot.x1)].append((dot, right))
    for column in columns.values():
        if len({id(span) for _, span in column}) >= LEAST_DOTS:
            for dot, span in column:
                if not span.marker:
                    first = span.runs[0]
                    span.runs.insert(0, FaceRun(f"{dot.sign} ", first.face, first.size, first.colour, first.tag))
                    span.marker, span.text_x, span.x0, span.hangs = dot.sign, span.x0, dot.x0, True


def _text_of(marker: Span, spans: Sequence[Span]) -> Span | None:
    """Return the span that a marker belongs to: the nearest at its right that shares its height."""
    best: Span | None = None
    for span in spans:
        gap = span.x0 - marker.x1
        if not -1 <= gap <= MARKER_GAP * span.size or abs(span.y - marker.y) > 0.5 * max(span.size, marker.size):
            continue
        if best is None or (round(abs(span.y - marker.y)), gap) < (round(abs(best.y - marker.y)), best.x0 - marker.x1):
            best = span
    return best


def _boxed(sheet: Sheet, elements: list[Rectangle]) -> list[Rectangle]:
    """Return the elements with those inside a painted frame gathered to one side box each."""
    area = sheet.width * sheet.height
    frames = sorted(set(sheet.frames), key=_area, reverse=True)
    for frame in frames[:50]:
        if _area(frame) > 0.6 * area or frame.x1 - frame.x0 > 0.95 * sheet.width:
            continue
        inside = [e for e in elements if not e.boxed and _inside(e, frame)]
        if len({round(e.top) for e in inside}) < 2 or len(inside) == len(elements):
            continue
        if len(inside) > 0.7 * len(elements):
            continue
        taken = {id(e) for e in inside}
        box = _around([span for e in inside for span in e.spans])
        elements = [e for e in elements if id(e) not in taken]
        elements.append(box)
    return elements


def _around(spans: list[Span], table: Table | None = None) -> Rectangle:
    """Return the rectangle around some words that belong together."""
    x0, top = min(span.x0 for span in spans), min(span.top for span in spans)
    return Rectangle(x0, top, max(s.x1 for s in spans), max(s.bottom for s in spans), spans, boxed=True, table=table)


def _area(frame: Frame) -> float:
    return (frame.x1 - frame.x0) * (frame.bottom - frame.top)


def _inside(element: Rectangle, frame: Frame) -> bool:
    return (
        frame.x0 - 2 <= element.x0
        and element.x1 <= frame.x1 + 2
        and frame.top - 2 <= element.top
        and element.bottom <= frame.bottom + 2
    )


def _read(elements: list[Rectangle], usual: Usual, found: list[Region], depth: int = 0, box: int = 0) -> None:
    """Append the regions of some elements to those found, in reading order."""
    if not elements:
        return
    split = _split(elements, usual) if depth < DEEPEST and len(elements) > 2 else None
    if split is not None:
        for part in split:
            _read(part, usual, found, depth + 1, box)
        return
    region: list[Span] = []
    for element in sorted(elements, key=lambda e: e.top):
        if element.boxed:
            if region:
                found.append(Region(region, box))
            if element.table is not None:
                found.extend(_rows_of(element.table, box))
                region = []
                continue
            inner = [Rectangle(s.x0, s.top, s.x1, s.bottom, [s]) for s in element.spans]
            _read(inner, usual, found, depth + 1, max((known.box for known in found), default=0) + 1)
            region = []
        else:
            region.extend(element.spans)
    if region:
        found.append(Region(region, box))


def _rows_of(table: Table, box: int) -> Iterator[Region]:
    """Yield the rows of a table, and where one holds running text its cells."""
    for cells in table.rows:
        if is_row_of_values(cells):
            yield Region([span for cell in cells for span in cell], box, cells)
        else:
            yield from (Region(cell, box) for cell in cells if cell)


def _split(elements: list[Rectangle], usual: Usual) -> list[list[Rectangle]] | None:
    """Return the parts above, left, right and below of the best gutter, or nothing where there is none."""
    starts = Counter(round(e.x0) for e in elements)
    ordered = sorted(elements, key=lambda e: e.top)
    best: tuple[int, float] = (0, 0.0)
    parts: list[list[Rectangle]] | None = None
    for x, _ in starts.most_common(CANDIDATES):
        at = x - 1.5
        crossing: list[Rectangle] = []
        rest: list[Rectangle] = []
        for e in ordered:
            (crossing if _crosses(e, at, usual) else rest).append(e)
        for top, bottom in _stretches(crossing):
            # What shares the line of a crossing element is part of that line: justified type leaves wide spaces.
            inside = [e for e in rest if top + SAME_LINE < (e.top + e.bottom) / 2 < bottom - SAME_LINE]
            left = [e for e in inside if e.x1 <= at + 0.5]
            right = [e for e in inside if e.x1 > at + 0.5]
            score = _columns(left, right, usual)
            if score > best:
                best = score
                above = [e for e in elements if e not in inside and (e.top + e.bottom) / 2 <= top + SAME_LINE]
                taken = {id(e) for e in inside} | {id(e) for e in above}
                below = [e for e in elements if id(e) not in taken]
                left, below = _lowered(left, right, below)
                parts = [above, *_banded(left, right, usual), below]
    return parts


def _crosses(element: Rectangle, at: float, usual: Usual) -> bool:
    """Return whether an element stands across a gutter, or within it: the end of a heading, or a page's number."""
    if element.x0 >= at - 0.5:
        return False
    first = element.spans[0]
    may_end = first.size > LARGE * usual.size or (len(element.spans) == 1 and first.text.strip(" -–").isdigit())
    return element.x1 > at + 0.5 or (may_end and element.x1 > at - GUTTER)


def _stretches(crossing: Sequence[Rectangle]) -> list[tuple[float, float]]:
    """Return the vertical stretches that no crossing element interrupts."""
    found = []
    top = float("-inf")
    for element in crossing:
        if element.top > top:
            found.append((top, (element.top + element.bottom) / 2))
        top = max(top, (element.top + element.bottom) / 2)
    found.append((top, float("inf")))
    return found


def _columns(left: Sequence[Rectangle], right: Sequence[Rectangle], usual: Usual) -> tuple[int, float]:
    """Return how good two columns are: the lines of the shorter one and the gutter's width; zeros for none."""
    if not left or not right:
        return 0, 0.0
    gutter = min(e.x0 for e in right) - max(e.x1 for e in left)
    if gutter < max(GUTTER, GUTTER_SIZES * usual.size):
        return 0, 0.0
    counts = sum(e.lines for e in left), sum(e.lines for e in right)
    fewer, more = (left, right) if counts[0] < counts[1] else (right, left)
    lines = min(counts)
    if lines < COLUMN_LINES:
        few = _beside(fewer, more, gutter, usual) if sum(counts) > 2 * COLUMN_LINES else False
        return (lines, gutter) if few or _list_on(left, right) else (0, 0.0)
    if _is_table(left, right):
        return 0, 0.0
    overlap = min(max(e.bottom for e in left), max(e.bottom for e in right)) - max(
        min(e.top for e in left), min(e.top for e in right)
    )
    return (0, 0.0) if overlap < (COLUMN_LINES - 0.5) * usual.size else (lines, gutter)


def _is_table(left: Sequence[Rectangle], right: Sequence[Rectangle]) -> bool:
    """Return whether two columns are those of a table, to be read row by row: short cells at equal heights."""
    spans = [span for element in (*left, *right) for span in element.spans]
    if any(span.marker for span in spans) or sorted(len(span.text) for span in spans)[len(spans) // 2] > CELL:
        return False
    fewer, more = sorted(({round(e.top) for e in left}, {round(e.top) for e in right}), key=len)
    return len(fewer & more) >= ALIGNED * len(fewer)


def _list_on(left: Sequence[Rectangle], right: Sequence[Rectangle]) -> bool:
    """Return whether a list goes on at the head of the right column: two entries do not share a line."""
    first, other = (min(column, key=lambda e: e.top) for column in (left, right))
    return bool(first.spans[0].marker and other.spans[0].marker) and abs(first.top - other.top) < SAME_HEIGHT


def _beside(few: Sequence[Rectangle], text: Sequence[Rectangle], gutter: float, usual: Usual) -> bool:
    """Return whether a few lines, a caption or a quote, stand beside running text: well apart, or in other type."""
    top, bottom = min(e.top for e in few) - usual.pitch, max(e.bottom for e in few) + usual.pitch
    near = [e for e in text if e.bottom > top and e.top < bottom]
    size = max(e.spans[0].size for e in few)
    other_type = all(abs(size - e.spans[0].size) > OTHER_TYPE * size for e in near)
    return len(near) >= COLUMN_LINES and (other_type or gutter > WIDE * usual.size)


def _lowered(
    left: list[Rectangle], right: list[Rectangle], below: list[Rectangle]
) -> tuple[list[Rectangle], list[Rectangle]]:
    """Return the left column without a heading at its foot that heads the full-width text below."""
    if not below:
        return left, below
    ordered = sorted(left, key=lambda e: e.top)
    next_top = min(e.top for e in below)
    foot = max(e.bottom for e in right)
    while len(ordered) > 1 and sum(element.lines for element in ordered) > COLUMN_LINES:
        last, before = ordered[-1], ordered[-2]
        if last.top < foot or last.top - before.bottom <= next_top - last.bottom:
            break
        next_top = last.top
        below = [last, *below]
        ordered.pop()
    return ordered, below


def _banded(left: list[Rectangle], right: list[Rectangle], usual: Usual) -> list[list[Rectangle]]:
    """Return two columns as bands, each with its own left and right part, cut at wide white space.

    Text that flows down the whole column has no such space: there, one column's paragraph break
    seldom meets a wider one of the other's just where both begin anew.
    """
    cuts = []
    for element in left:
        top = element.top
        partner = [e for e in right if -0.6 * usual.pitch < e.top - top < HEADING_LINES * usual.pitch]
        above_left = [e.bottom for e in left if e.bottom <= top + 1]
        above_right = [e.bottom for e in right if e.top < top - 0.6 * usual.pitch]
        if not partner or not above_left or not above_right:
            continue
        white = min(top - max(above_left), min(top, *(e.top for e in partner)) - max(above_right))
        if white > BAND_GAP * usual.pitch and _heads(element, usual):
            cuts.append(top - white / 2)
    bands: list[list[Rectangle]] = []
    edges = [float("-inf"), *sorted(cuts), float("inf")]
    for upper, lower in pairwise(edges):
        bands.append([e for e in left if upper <= e.top < lower])
        bands.append([e for e in right if upper <= e.top < lower])
    return bands


def _heads(element: Rectangle, usual: Usual) -> bool:
    """Return whether an element looks like a heading or a lead-in."""
    span = element.spans[0]
    return span.size > LARGE * usual.size or span.face.bold or span.text.endswith(":")
