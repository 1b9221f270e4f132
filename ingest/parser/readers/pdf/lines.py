"""From the spans of a region to the lines of the document, with markers, style and white space."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise

from ingest.parser.document import Box, Line, Style
from ingest.parser.language.markers import CLEAR_MARKER
from ingest.parser.readers.pdf.glyphs import Face
from ingest.parser.readers.pdf.layout import Region, Usual
from ingest.parser.readers.pdf.spans import WORD_SPACE, Span, letters, majority

SAME_ROW = 0.3
"""Difference of baselines, in type sizes, within one line."""
RAISED = 0.6
"""The same for small figures: above or below the line."""
LEAST_SPACE = 0.2
"""White space, in lines, below which lines count as set solid."""
LEAST_PAGES = 3
"""Pages of a file that can have a table of contents."""
LARGE = 1.15
"""Times the usual type size: a pull quote is set larger than this."""
QUOTE_WORDS = 5
"""Words that a pull quote has at least: a heading may be fewer of the text's words."""
CONTENTS_SHARE = 0.5
"""Share of a page's lines that end in a page number, where the page is a table of contents."""
REPEATED_SHARE = 0.6
"""Share of them that stand elsewhere too, where it has no page numbers."""
MOST_REPEATED = 2
"""Times that a title stands elsewhere: over its chapter, and over a part of it."""
INDEX_FROM = 0.7
"""Share of the pages that an index of words stands behind."""
INDEX_LINES = 15
INDEX_SHARE = 0.7
"""Lines, and share of a page's lines, that end in page numbers there."""

TAGS = {"LBody": "LI", "L": "LI", "TOCI": "TOC", "Reference": "TOC", "Title": "H1", "HyphenSpan": "P"}
"""Structure tags that mean the same to the stages."""
_LEADER = re.compile(r"[\s.…_]*\d*$")
_CONTENTS = re.compile(r"innh(?:o|a)ld(?:sfortegnelse|sliste|soversikt|sliste)?:?", re.I)
_INDEXED = re.compile(r"[^\W\d]\W*\s\d{1,3}(?:\s?[,–-]\s?\d{1,3})*\s?f*\.?$")
_ENDS_IN_NUMBER = re.compile(r"\w.*[\s.…_](\d{1,4})$")


def page_lines(regions: Sequence[Region], page: int, usual: Usual) -> list[Line]:
    """Return the lines of a page's regions in reading order, its furniture last."""
    lines: list[Line] = []
    furniture: list[Span] = []
    for number, region in enumerate(regions):
        above: tuple[float, float] | None = None
        furniture.extend(span for span in region.spans if span.why)
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
    elif marker and not (first.hangs or CLEAR_MARKER.fullmatch(marker)):
        marker = ""
    if marker and text.strip() == marker:
        marker = marker if CLEAR_MARKER.fullmatch(marker) else ""
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


def contents(lines: Sequence[Line], middles: Mapping[int, float]) -> dict[int, str]:
    """Return the indexes of the lines of tables of contents and indexes, with which of the two they are.

    A page is a table of contents if most of its lines end in a page number that rises, or if it says so and its
    lines stand again elsewhere. `middles` gives where the spreads have their fold: each half is a page.
    """
    pages: dict[tuple[int, bool], list[int]] = defaultdict(list)
    for index, line in enumerate(lines):
        if not line.furniture:
            right = line.box is not None and line.box.x0 >= middles.get(line.page, float("inf"))
            pages[line.page, right].append(index)
    last = max((page for page, _ in pages), default=0)
    written = Counter(_entry(line.text) for line in lines if not line.furniture)
    found: dict[int, str] = {}
    above = False
    for page, right in sorted(pages):
        on_page = [lines[index] for index in pages[page, right]]
        why = ""
        titled = above or any(_CONTENTS.fullmatch(line.text) for line in on_page)
        numbered = len(pages) >= LEAST_PAGES and _is_numbered(on_page, last)
        if numbered or _is_tagged(on_page) or (titled and _repeats(on_page, written)):
            why = "table of contents"
        elif last >= LEAST_PAGES and page > INDEX_FROM * last and _is_index(on_page):
            why = "index"
        above = why == "table of contents"
        found.update(dict.fromkeys(pages[page, right], why) if why else {})
    return found


def _is_tagged(lines: Sequence[Line]) -> bool:
    return sum(line.tag == "TOC" for line in lines) > CONTENTS_SHARE * len(lines)


def _is_numbered(lines: Sequence[Line], last: int) -> bool:
    """Return whether most lines end in a page number, and whether those rise."""
    numbers = [int(match[1]) for line in lines if (match := _ENDS_IN_NUMBER.match(line.text))]
    numbers = [number for number in numbers if number <= 2 * last + 2]  # a spread counts for two printed pages
    rising = sum(a <= b for a, b in pairwise(numbers))
    return len(numbers) >= max(4, CONTENTS_SHARE * len(lines)) and rising >= 0.8 * (len(numbers) - 1)


def _repeats(lines: Sequence[Line], written: Mapping[str, int]) -> bool:
    """Return whether most lines stand word for word elsewhere, as headings do."""
    entries = [_entry(line.text) for line in lines]
    again = sum(0 < written[entry] - entries.count(entry) <= MOST_REPEATED for entry in entries)
    return again >= max(4, REPEATED_SHARE * len(lines))


def _is_index(lines: Sequence[Line]) -> bool:
    """Return whether nearly all lines are a word with the pages that it stands on."""
    ending = sum(bool(_INDEXED.search(line.text)) for line in lines)
    return ending >= max(INDEX_LINES, INDEX_SHARE * len(lines))


def _entry(text: str) -> str:
    """Return the letters of a line without a leader and a page number at its end."""
    return letters(_LEADER.sub("", text))


def pull_quotes(lines: Sequence[Line], usual: Usual, contents: Collection[int]) -> set[int]:
    """Return the indexes of lines in large type that only repeat, or quote, what the text says.

    They stand in quotation marks, or alone in a region of their own with words that the text has too. What the
    table of contents names, in the lines `contents`, is a title.
    """
    text = "".join(
        letters(line.text)
        for index, line in enumerate(lines)
        if line.style.size <= LARGE * usual.size and not line.furniture and index not in contents
    )
    titles = "".join(_entry(lines[index].text) for index in sorted(contents))
    found: set[int] = set()
    start = 0
    while start < len(lines):
        first = lines[start]
        end = start + 1
        while end < len(lines) and _set_alike(first, lines[end]):
            end += 1
        words = " ".join(line.text for line in lines[start:end])
        if first.style.size > LARGE * usual.size and not first.furniture and len(words.split()) >= QUOTE_WORDS:
            alone = all(
                other.page != first.page or other.region != first.region
                for other in (*lines[max(start - 1, 0) : start], *lines[end : end + 1])
            )
            if (words[0] in '«“”"' and words[-1] in '»”“"') or (
                alone and letters(words) in text and letters(words) not in titles
            ):
                found.update(range(start, end))
        start = end
    return found


def _set_alike(first: Line, line: Line) -> bool:
    """Return whether two lines stand in one region, in one type."""
    here = (line.page, line.region, line.style, line.furniture)
    return here == (first.page, first.region, first.style, first.furniture)
