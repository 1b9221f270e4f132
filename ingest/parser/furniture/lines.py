"""First stage: take away what belongs to the page, and measure the white space that is left.

Printed line numbers are cut from their lines; running headers, page numbers, captions and tables of
contents go whole. Everything that goes is kept as a `Cut` with its reason.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from itertools import pairwise

from ingest.parser.document import Cleaned, Cut, Line, Piece, RawDocument
from ingest.parser.furniture import contents, line_numbers, page_numbers, running_headers, wording
from ingest.parser.furniture.page_numbers import RECURS
from ingest.parser.language.joining import INVISIBLE, SOFT_HYPHEN
from ingest.parser.language.lead_ins import may_end_lead_in
from ingest.parser.language.markers import mark_of
from ingest.parser.language.sentences import is_complete
from programmes.identity import letters

MIN_GAP = 0.3
"""Lines: less white space than this is but uneven setting."""

_VISIBLE = re.compile(f"[^\\s{SOFT_HYPHEN}{''.join(map(chr, INVISIBLE))}]")
_DIGITS = re.compile(r"\d+")


def clean(document: RawDocument) -> Cleaned:
    """Return a document's lines as pieces without furniture, and the furniture with its reasons."""
    spans: dict[int, tuple[int, int]] = {}
    why: dict[int, str] = {}
    lines = document.lines
    for index, line in enumerate(lines):
        if line.furniture:
            why[index] = line.furniture
    numbers = line_numbers.in_lines(lines)
    for index, (start, end) in numbers.items():
        spans[index] = (0, start) if lines[index].text[end:].isspace() or end == len(lines[index].text) else (end, -1)
    for find in FINDERS:
        for index, reason in find(lines, spans, why).items():
            why.setdefault(index, reason)
    return _assemble(lines, spans, why, numbers)


Spans = dict[int, tuple[int, int]]
Reasons = dict[int, str]


def _running_headers(lines: Sequence[Line], spans: Spans, why: Reasons) -> Reasons:
    """Find short lines that recur with a growing page number, or at the edge of page after page."""
    places: dict[str, list[int]] = defaultdict(list)
    pages = lines[-1].page if lines else 1
    edges = _page_edges(lines) if pages > 1 else set()
    for index, line in enumerate(lines):
        if index in why or index in spans or line.box or len(line.text) > running_headers.MAX_LENGTH:
            continue  # where lines have places on a page, the reader has looked
        text = line.text.strip()
        if (_DIGITS.search(text) and mark_of(text) is None) or index in edges:
            places[running_headers.recurring(text)].append(index)
    found = {}
    for key, indexes in places.items():
        if len(indexes) < RECURS or not letters(key) or may_end_lead_in(key):
            continue
        at_edges = [index for index in indexes if index in edges]
        if len({lines[index].page for index in at_edges}) >= RECURS:
            found.update(dict.fromkeys(at_edges, "running header"))
        elif (values := [_DIGITS.findall(lines[index].text) for index in indexes]) and all(
            len(numbers) == 1 for numbers in values
        ):
            counted = [int(numbers[0]) for numbers in values]
            if all(a < b for a, b in pairwise(counted)):
                found.update(dict.fromkeys(indexes, "running header"))
    return found


def _page_edges(lines: Sequence[Line]) -> set[int]:
    """Return the indexes of the first and last two lines of each page."""
    by_page: dict[int, list[int]] = defaultdict(list)
    for index, line in enumerate(lines):
        by_page[line.page].append(index)
    edges: set[int] = set()
    for indexes in by_page.values():
        if all(lines[index].box for index in indexes):
            indexes.sort(key=lambda index: box.top if (box := lines[index].box) else 0.0)
        edges.update(indexes[:2], indexes[-2:])
    return edges


FINDERS: tuple[Callable[[Sequence[Line], Spans, Reasons], Reasons], ...] = (
    wording.find,
    _running_headers,
    page_numbers.find,
    running_headers.find_beside_page_numbers,
    contents.find,
)
"""The rules for whole lines, in order; each sees what those before it have taken."""


def _assemble(lines: Sequence[Line], spans: Spans, why: Reasons, numbers: Spans) -> Cleaned:
    """Return pieces and furniture, with the white space above each piece measured anew."""
    kept: list[tuple[Line, int, int, str, float]] = []
    furniture: list[Cut] = []
    gap = 0.0
    for index, line in enumerate(lines):
        gap += line.space_before
        if index in why:
            furniture.append(Cut(_piece(line, 0, len(line.text)), why[index]))
            continue
        start, end = spans.get(index, (0, len(line.text)))
        end = len(line.text) if end < 0 else end
        if index in numbers:
            furniture.append(Cut(_piece(line, *numbers[index]), "line number"))
        text = line.text[start:end].strip()
        if not text:
            gap += 1.0
            continue
        start = line.text.index(text, start)
        if not _VISIBLE.search(text):
            furniture.append(Cut(_piece(line, start, start + len(text)), "invisible characters"))
            continue
        kept.append((line, start, start + len(text), text, gap))
        gap = 0.0
    pitch = _pitch(kept)
    pieces = tuple(Piece(line, start, end, text, _beyond(gap - pitch)) for line, start, end, text, gap in kept)
    return Cleaned(pieces, tuple(furniture))


def _beyond(gap: float) -> float:
    """Return white space beyond the usual; less than a third of a line is none."""
    return gap if gap > MIN_GAP else 0.0


def _piece(line: Line, start: int, end: int) -> Piece:
    return Piece(line, start, end, line.text[start:end])


def _pitch(kept: Sequence[tuple[Line, int, int, str, float]]) -> float:
    """Return the white space that usually stands between two lines of one sentence."""
    gaps: Counter[int] = Counter()
    before = ""
    for _, _, _, text, gap in kept:
        if text[0].islower() and before and not is_complete(before):
            gaps[round(gap)] += 1
        before = text
    return float(gaps.most_common(1)[0][0]) if gaps.total() >= RECURS else 0.0
