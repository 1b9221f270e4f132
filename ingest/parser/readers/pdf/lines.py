"""From the spans of a region to the lines of the document, with markers, style and white space."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from ingest.parser.document import Box, Line, Style
from ingest.parser.furniture.placed import Usual
from ingest.parser.language.markers import CLEAR_MARKER
from ingest.parser.readers.pdf.glyphs import Face
from ingest.parser.readers.pdf.layout import Region
from ingest.parser.readers.pdf.spans import WORD_SPACE, Span, majority
from ingest.parser.readers.pdf.tables import Cells

SAME_ROW = 0.3
"""Difference of baselines, in type sizes, within one line. Chosen, not measured, as all here."""
RAISED = 0.6
"""The same for small figures: above or below the line."""
LEAST_SPACE = 0.2
"""White space, in lines, below which lines count as set solid."""
TAGS = {"LBody": "LI", "L": "LI", "TOCI": "TOC", "Reference": "TOC", "Title": "H1", "HyphenSpan": "P"}
"""Structure tags that mean the same to the stages."""


def page_lines(regions: Sequence[Region], page: int, usual: Usual) -> list[Line]:
    """Return the lines of a page's regions in reading order, its furniture last."""
    lines: list[Line] = []
    furniture: list[Span] = []
    for number, region in enumerate(regions):
        above: tuple[float, float] | None = None
        furniture.extend(span for span in region.spans if span.why)
        if region.cells is not None:
            lines.append(_table_row(region.cells, page, len(lines) + 1, number, region.box))
            continue
        indents = {round(span.text_x) for span in region.spans if span.marker and span.hangs}
        for row in _rows([span for span in region.spans if not span.why]):
            top, bottom = min(span.top for span in row), max(span.bottom for span in row)
            size = max(span.size for span in row)
            space = 0.0
            if above is not None:
                # Large type is set wider: two lines of one title are no further apart than two of the text.
                scale = max(1.0, min(size, above[1]) / usual.size)
                space = (top - above[0]) / (usual.pitch * scale) - (1 - 0.97 * usual.size / usual.pitch)
            above = bottom, size
            row[0].hangs = row[0].hangs or bool(row[0].marker and indents & _near(row[0].text_x))
            space = round(space, 2) if space >= LEAST_SPACE else 0.0
            lines.append(_line(row, page, len(lines) + 1, number, region.box, space))
    for row in _rows(furniture):
        for span in row:
            lines.append(_line([span], page, len(lines) + 1, 0, 0, 0.0))
    return lines


def _table_row(cells: Cells, page: int, number: int, region: int, aside: int) -> Line:
    """Return a row of a table as one line, a tab between its cells."""
    spans = [span for cell in cells for span in cell]
    texts = (" ".join("".join(_words(row)) for row in _rows(cell)) for cell in cells)
    return Line(
        text="\t".join(texts).strip(),
        page=page,
        number=number,
        style=_style(spans, 0),
        box=_box(spans),
        text_x=round(min(span.x0 for span in spans), 1),
        tag="TR",
        region=region,
        aside=aside,
        space_before=1.0,
    )


def _box(spans: Sequence[Span]) -> Box:
    """Return the rectangle around some words."""
    return Box(
        round(min(span.x0 for span in spans), 1),
        round(min(span.top for span in spans), 1),
        round(max(span.x1 for span in spans), 1),
        round(max(span.bottom for span in spans), 1),
    )


def _words(row: Sequence[Span]) -> Iterator[str]:
    """Yield the words of a row, and the spaces that gaps between them stand for."""
    end, text = row[0].x0, ""
    for span in row:
        piece = span.text
        if text and not text.endswith(" ") and not piece.startswith(" ") and span.x0 - end > WORD_SPACE * span.size:
            yield " "
        yield piece
        text, end = piece, max(end, span.x1)


def _near(x: float) -> set[int]:
    """Return the whole points around a place: `10.` leaves less room before its words than `9.` does."""
    return {round(x) - 1, round(x), round(x) + 1}


def _rows(spans: Sequence[Span]) -> list[list[Span]]:
    """Return spans as rows from top to bottom, each from left to right."""
    rows: list[list[Span]] = []
    for span in sorted(spans, key=lambda s: s.y):
        if rows and _same_row(rows[-1], span):
            rows[-1].append(span)
        else:
            rows.append([span])
    for row in rows:
        row.sort(key=lambda s: s.x0)
    return rows


def _same_row(row: Sequence[Span], span: Span) -> bool:
    """Return whether a span stands on a row: on its baseline, or as a small figure beside its words."""
    for other in row:
        apart = abs(span.y - other.y)
        if apart <= SAME_ROW * max(span.size, other.size):
            return True
        small, large = sorted((span, other), key=lambda s: s.size)
        beside = min(abs(small.x0 - large.x1), abs(large.x0 - small.x1)) < large.size
        if small.size < 0.8 * large.size and apart <= RAISED * large.size and beside and len(small.text) < 5:
            return True
    return False


def _line(row: Sequence[Span], page: int, number: int, region: int, aside: int, space: float) -> Line:
    """Return a row of spans as a line."""
    first = row[0]
    text = "".join(_words(row))
    marker = first.marker
    if first.runs[0].tag == "Lbl" and not marker and 0 < len(first.runs[0].text.strip()) < 6 and len(first.runs) > 1:
        marker = first.runs[0].text.strip()
    elif marker and not (first.hangs or CLEAR_MARKER.fullmatch(marker)):
        marker = ""
    if marker and text.strip() == marker:
        marker = marker if CLEAR_MARKER.fullmatch(marker) else ""
    return Line(
        text=text.strip(),
        page=page,
        number=number,
        style=_style(row, len(marker)),
        box=_box(row),
        marker=marker,
        text_x=round(first.text_x, 1) if first.marker else round(first.x0, 1),
        tag=_tag(row),
        region=region,
        aside=aside,
        space_before=space,
        furniture=first.why,
    )


def _tag(row: Sequence[Span]) -> str:
    tag = majority((run.tag, len(run.text)) for span in row for run in span.runs)
    return TAGS.get(tag, tag)


def _style(row: Sequence[Span], skip: int) -> Style:
    """Return the style of most characters after the marker."""
    votes: Counter[tuple[Face, float, str]] = Counter()
    for span in row:
        for run in span.runs:
            length = len(run.text.strip())
            cut = min(skip, length)
            skip -= cut
            if length > cut:
                votes[run.face, round(run.size, 1), run.colour] += length - cut
    if not votes:
        run = row[0].runs[0]
        votes[run.face, round(run.size, 1), run.colour] = 1
    (face, size, colour), _ = votes.most_common(1)[0]
    return Style(size, face.bold, face.italic, face.family, colour)
