"""First stage: take away what belongs to the page, and measure the white space that is left.

Printed line numbers are cut from their lines; running headers, page numbers, captions and tables of
contents go whole. Everything that goes is kept as a `Cut` with its reason.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace

from ingest.parser.document import Cut, Line, Piece
from ingest.parser.draft import Draft
from ingest.parser.furniture import contents, line_numbers, page_numbers, running_headers, wording
from ingest.parser.furniture.page_numbers import RECURS
from ingest.parser.language.joining import INVISIBLE, SOFT_HYPHEN
from ingest.parser.language.sentences import is_complete

MIN_GAP = 0.3
"""Lines: less white space than this is but uneven setting."""

_VISIBLE = re.compile(f"[^\\s{SOFT_HYPHEN}{''.join(map(chr, INVISIBLE))}]")


def clean(draft: Draft) -> Draft:
    """Return the document with its lines as pieces without furniture, and the furniture with its reasons."""
    spans: dict[int, tuple[int, int]] = {}
    why: dict[int, str] = {}
    lines = draft.raw.lines
    for index, line in enumerate(lines):
        if line.furniture:
            why[index] = line.furniture
    numbers = line_numbers.in_lines(lines)
    for index, (start, end) in numbers.items():
        spans[index] = (0, start) if lines[index].text[end:].isspace() or end == len(lines[index].text) else (end, -1)
    for find in FINDERS:
        for index, reason in find(lines, spans, why).items():
            why.setdefault(index, reason)
    pieces, furniture = _assemble(lines, spans, why, numbers)
    return replace(draft, pieces=pieces, furniture=furniture)


Spans = dict[int, tuple[int, int]]
Reasons = dict[int, str]


FINDERS: tuple[Callable[[Sequence[Line], Spans, Reasons], Reasons], ...] = (
    wording.find,
    running_headers.find,
    page_numbers.find,
    running_headers.find_beside_page_numbers,
    contents.find,
)
"""The rules for whole lines, in order; each sees what those before it have taken."""


def _assemble(
    lines: Sequence[Line], spans: Spans, why: Reasons, numbers: Spans
) -> tuple[tuple[Piece, ...], tuple[Cut, ...]]:
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
    return pieces, tuple(furniture)


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
