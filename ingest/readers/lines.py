"""From the spans of a region to the lines of the document, with markers, style and white space."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from ingest.document import Box, Line, Style
from ingest.readers.glyphs import Face
from ingest.readers.layout import Usual
from ingest.readers.spans import BULLETS, WORD_SPACE, Span, majority

SAME_ROW = 0.3
"""Difference of baselines, in type sizes, within one line."""
RAISED = 0.6
"""The same for small figures: above or below the line."""
LEAST_SPACE = 0.2
"""White space, in lines, below which lines count as set solid."""
CONTENTS_SHARE = 0.5
"""Share of a page's lines that end in a page number, where the page is a table of contents."""

TAGS = {"LBody": "LI", "L": "LI", "TOCI": "TOC", "Reference": "TOC", "Title": "H1", "HyphenSpan": "P"}
"""Structure tags that mean the same to the stages."""
_CLEAR = re.compile(rf"[{re.escape(BULLETS)}]+")
_ENDS_IN_NUMBER = re.compile(r"\w.*[\s.…_](\d{1,4})$")


def page_lines(regions: Sequence[Sequence[Span]], page: int, usual: Usual) -> list[Line]:
    """Return the lines of a page's regions in reading order, its furniture last."""
    lines: list[Line] = []
    furniture: list[Span] = []
    for number, region in enumerate(regions):
        above: tuple[float, float] | None = None
        furniture.extend(span for span in region if span.why)
        for row in _rows([span for span in region if not span.why]):
            top, bottom = min(span.top for span in row), max(span.bottom for span in row)
            size = max(span.size for span in row)
            space = 0.0
            if above is not None:
                # Large type is set wider: two lines of one title are no further apart than two of the text.
                scale = max(1.0, min(size, above[1]) / usual.size)
                space = (top - above[0]) / (usual.pitch * scale) - (1 - 0.97 * usual.size / usual.pitch)
            above = bottom, size
            lines.append(_line(row, page, len(lines) + 1, number, round(space, 2) if space >= LEAST_SPACE else 0.0))
    for row in _rows(furniture):
        for span in row:
            lines.append(_line([span], page, len(lines) + 1, 0, 0.0))
    return lines


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
        beside = (
            small.x0 >= large.x0 - 1 and min(abs(small.x0 - s.x1) for s in row if s is not small or True) < large.size
        )
        if small.size < 0.8 * large.size and apart <= RAISED * large.size and beside and len(small.text) < 5:
            return True
    return False


def _line(row: Sequence[Span], page: int, number: int, region: int, space: float) -> Line:
    """Return a row of spans as a line."""
    first = row[0]
    text = ""
    end = first.x0
    for span in row:
        piece = span.text
        if text and not text.endswith(" ") and not piece.startswith(" ") and span.x0 - end > WORD_SPACE * span.size:
            text += " "
        text += piece
        end = max(end, span.x1)
    marker = first.marker
    if first.runs[0].tag == "Lbl" and not marker and 0 < len(first.runs[0].text.strip()) < 6 and len(first.runs) > 1:
        marker = first.runs[0].text.strip()
    elif marker and not (first.hangs or _CLEAR.fullmatch(marker)):
        marker = ""
    if marker and text.strip() == marker:
        marker = marker if _CLEAR.fullmatch(marker) else ""
    return Line(
        text=text.strip(),
        page=page,
        number=number,
        style=_style(row, len(marker)),
        box=Box(
            round(first.x0, 1),
            round(min(span.top for span in row), 1),
            round(end, 1),
            round(max(span.bottom for span in row), 1),
        ),
        marker=marker,
        text_x=round(first.text_x, 1) if first.marker else round(first.x0, 1),
        tag=_tag(row),
        region=region,
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


def contents_pages(lines: Sequence[Line]) -> set[int]:
    """Return the pages that are tables of contents: most of their lines end in a page number that rises."""
    by_page: dict[int, list[Line]] = defaultdict(list)
    for line in lines:
        if not line.furniture:
            by_page[line.page].append(line)
    last = max(by_page, default=0) * 2 + 2
    found = set()
    for page, on_page in by_page.items():
        numbers = [int(match[1]) for line in on_page if (match := _ENDS_IN_NUMBER.match(line.text))]
        numbers = [number for number in numbers if number <= last]
        rising = sum(a <= b for a, b in zip(numbers, numbers[1:], strict=False))
        tagged = sum(line.tag == "TOC" for line in on_page)
        if tagged > CONTENTS_SHARE * len(on_page) or (
            len(numbers) >= 4 and len(numbers) >= CONTENTS_SHARE * len(on_page) and rising >= 0.8 * (len(numbers) - 1)
        ):
            found.add(page)
    return found
