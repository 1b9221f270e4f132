"""Plain text that shows two or more columns side by side, as `pdftotext -layout` writes them: one below the other.

A gutter is a place where line after line has white space and then a word. Tables have one too, but their cells begin
on the same lines, and hardly ever go on in lower case on both sides.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import partial
from itertools import groupby

MIN_BESIDE = 6
"""Lines with words on both sides of a gutter, and words that begin right behind it. All limits here are chosen."""
MIN_WIDTH = 15
"""Characters that the lines of a column have on average."""
MIN_WRAPPED = 2
"""Lines of a column that go on with the line above them in lower case."""

_GAP = re.compile(r"(?<=\S) {2,}(?=\S)")
_NUMBER = re.compile(r"[-–\s]*\d*[-–\s]*")


def in_reading_order(rows: Sequence[str]) -> list[str]:
    """Return the lines of a text with the columns of each page one below the other; most texts are left alone."""
    if sum("  " in row.strip() for row in rows) < MIN_BESIDE:
        return list(rows)
    pages = list[list[str]]()
    for row in rows:
        if not pages or "\f" in row:
            pages.append([])
        pages[-1].append(row)
    return [row for page in pages for row in _page(page)]


def _page(rows: list[str]) -> list[str]:
    """Return the lines of a page, its foot last."""
    last = next((place for place in range(len(rows) - 1, -1, -1) if rows[place].strip()), 0)
    foot = last if last > 1 and not any(row.strip() for row in rows[last - 2 : last]) else len(rows)
    return [*_cut([row.expandtabs() for row in rows[:foot]], rows[:foot]), *rows[foot:]]


def _cut(rows: list[str], unchanged: list[str]) -> list[str]:
    """Return some lines cut at their gutter, and each column at its own; unchanged where there is none."""
    gaps = [match.end() for row in rows for match in _GAP.finditer(row.rstrip())]
    if len(gaps) < MIN_BESIDE:
        return unchanged
    for gutter, count in Counter(gaps).most_common():
        if count < MIN_BESIDE:
            break
        parts = [list(group) for _, group in groupby(rows, partial(_crosses, gutter))]
        if any(_are_columns(part, gutter) for part in parts):
            return [row for part in parts for row in _side_by_side(part, gutter)]
    return unchanged


def _side_by_side(rows: list[str], gutter: int) -> list[str]:
    """Return lines that nothing crosses the gutter of as the column before it and the one behind it."""
    if not _are_columns(rows, gutter):
        return rows
    left, right = [row[:gutter].rstrip() for row in rows], [row[gutter:].rstrip() for row in rows]
    left, right = _without_shift(left, right), _without_shift(right, left)
    return [*_cut(left, left), *_cut(right, right)]


def _without_shift(column: Sequence[str], other: Sequence[str]) -> list[str]:
    """Return a column without the blank lines where the other's lines stand half a line lower than its own."""
    return [
        row
        for place, row in enumerate(column)
        if row or not other[place] or any(other[max(0, place - 1) : place]) or any(other[place + 1 : place + 2])
    ]


def _crosses(gutter: int, row: str) -> bool:
    """Return whether a line belongs to the whole width: it has words in the gutter, or a page's number behind it."""
    number = bool(row[gutter:].strip()) and bool(_NUMBER.fullmatch(row[gutter:])) and bool(row[:gutter].strip())
    return number or bool(row[max(0, gutter - 2) : gutter].strip())


def _are_columns(rows: Sequence[str], gutter: int) -> bool:
    """Return whether lines are running text on both sides of a gutter, and no table."""
    left, right = [row[:gutter].strip() for row in rows], [row[gutter:].strip() for row in rows]
    if sum(bool(one and other) for one, other in zip(left, right, strict=True)) < MIN_BESIDE:
        return False
    begun = [
        {place for place, text in enumerate(side) if place and text and not side[place - 1]} for side in (left, right)
    ]
    together = len(begun[0] & begun[1])
    return all(map(_is_text, (left, right))) and 2 * together <= min(map(len, begun))


def _is_text(column: Sequence[str]) -> bool:
    """Return whether the lines of a column are long, and some go on in lower case."""
    lines = [text for text in column if text]
    wrapped = sum(text[:2].isalpha() and text[0].islower() for text in lines)
    return wrapped >= MIN_WRAPPED and sum(map(len, lines)) >= MIN_WIDTH * len(lines)
