"""First stage: take away what belongs to the page, and measure the white space that is left.

Printed line numbers and what is drawn around a heading are cut from their lines; running headers, page numbers,
captions and tables of contents go whole. Everything that goes is kept as a `Cut` with its reason.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from ingest.parser.document import Cut, Line, Piece
from ingest.parser.draft import Draft
from ingest.parser.furniture import (
    contents,
    line_numbers,
    page_numbers,
    printed_web,
    running_headers,
    web_pages,
    wording,
)
from ingest.parser.furniture.page_numbers import RECURS
from ingest.parser.language.joining import INVISIBLE, SOFT_HYPHEN
from ingest.parser.language.markers import mark_of
from ingest.parser.language.sentences import is_complete
from ingest.parser.values import replace

MIN_GAP = 0.3
"""Lines: less white space than this is but uneven setting. Chosen, not measured."""

_VISIBLE = re.compile(f"[^\\s{SOFT_HYPHEN}{''.join(map(chr, INVISIBLE))}]")

SIGNS = "-=*_~#+"
"""What lines are drawn with in plain text."""
_DRAWN = re.compile(r"(.)(?:(?:\s?\1){2,}|\1+\s?([^\W_](?:.*[^\W_])?[?!]?)\s?\1{2,})")
ORNAMENT = "ornament"
"""The reason of lines between two parts, around a heading (`*** SKOLE ***`), and of list marks without words."""

Stretches = Mapping[int, tuple[int, int]]
"""Line by line, where the printed line number begins and ends."""

FINDERS: tuple[Callable[[Sequence[Line], Stretches, Mapping[int, str]], dict[int, str]], ...] = (
    wording.find,
    web_pages.find,
    printed_web.find,
    wording.find_descriptions,
    running_headers.find,
    page_numbers.find,
    running_headers.find_beside_page_numbers,
    contents.find,
)
"""The rules for whole lines, in order; each sees what those before it have taken, and why."""


def clean(draft: Draft) -> Draft:
    """Return the document with its lines as pieces without furniture, and the furniture with its reasons."""
    lines = draft.raw.lines
    why = {index: line.furniture for index, line in enumerate(lines) if line.furniture}
    numbers = line_numbers.in_lines(lines)
    for find in FINDERS:
        why = find(lines, numbers, why) | why
    pieces: list[Piece] = []
    furniture: list[Cut] = []
    gap = 0.0
    for index, line in enumerate(lines):
        gap += line.space_before
        start, end = 0, len(line.text)
        if index in why:
            furniture.append(Cut(_piece(line, start, end), why[index]))
            continue
        if index in numbers:
            first, last = numbers[index]
            furniture.append(Cut(_piece(line, first, last), "line number"))
            start, end = (last, end) if line.text[last:].strip() else (start, first)
        text = line.text[start:end].strip()
        if not text:
            gap += 1.0
            continue
        start = line.text.index(text, start)
        if text[0] == text[-1] and text[0] in SIGNS and (match := _DRAWN.fullmatch(text)):
            words = match[2] or ""
            first = start + text.find(words) if words else start + len(text)
            furniture.append(Cut(_piece(line, start, first), ORNAMENT))
            if words:
                furniture.append(Cut(_piece(line, first + len(words), start + len(text)), ORNAMENT))
                pieces.append(Piece(line, first, first + len(words), words, gap, frame=True))
            gap = 0.0 if words else gap + 1.0
            continue
        piece = Piece(line, start, start + len(text), text, gap)
        if _VISIBLE.search(text):
            pieces.append(piece)
            gap = 0.0
        else:
            furniture.append(Cut(replace(piece, gap=0.0), "invisible characters"))
    return replace(draft, pieces=_beyond_usual(pieces), furniture=tuple(furniture))


def _piece(line: Line, start: int, end: int) -> Piece:
    return Piece(line, start, end, line.text[start:end])


def _beyond_usual(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """Return the pieces with the white space above them that is more than usual."""
    pitch = _pitch(pieces)
    beyond = [gap if (gap := piece.gap - pitch) > MIN_GAP else 0.0 for piece in pieces]
    return tuple(
        piece if gap == piece.gap else replace(piece, gap=gap) for piece, gap in zip(pieces, beyond, strict=True)
    )


def _pitch(pieces: Sequence[Piece]) -> float:
    """Return the white space that usually stands between two lines of one sentence."""
    gaps: Counter[int] = Counter()
    before = ""
    for piece in pieces:
        goes_on = piece.text[0].islower() and before and not is_complete(before) and not mark_of(piece.text)
        if goes_on and not (before[-1] == ")" and mark_of(before)):  # nor what stands below a letter alone
            gaps[round(piece.gap)] += 1
        before = piece.text
    return float(gaps.most_common(1)[0][0]) if gaps.total() >= RECURS else 0.0
