"""Printed line numbers: a column of figures beside the text that counts its lines.

The limits were measured on invented programmes with each or each fifth line numbered (items F1 0.56 before, 1.00 with
them), those of columns are chosen; the tests of the limits show each.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from ingest.parser.document import Line
from ingest.parser.furniture.placed import Pages, Placed

MIN_NUMBERED = 20
"""Lines: fewer than this is no column of printed line numbers."""
SHARE_NUMBERED = 0.6
"""Share of a document's lines that have a number or stand below one, where lines are numbered."""
COUNTING = 0.8
"""Share of the figures one under the other that count, where they are line numbers."""
STEPS = (1, 5, 10)
"""Each line has its number, or one in so many."""
MIN_ON_PAGE = 3
"""Numbers in a row: fewer are no beginning of a column, and after so many those of the next page may begin."""
COLUMN_PAGE = 10
"""Words or more: a page with more of them has text whose lines can be numbered."""

NUMBER = re.compile(r"\d{1,5}")
_TRAILING = re.compile(r"(\d{1,5})\s*$")
_LEADING = re.compile(r"\s*(\d{1,5})(?=\s|$)")


def counting(numbers: Sequence[int], step: int) -> list[int]:
    """Return the indexes of those numbers that count up by a step, maybe anew on each page; others are passed over."""
    found: list[int] = []
    expected = on_page = 0
    for index, value in enumerate(numbers):
        if expected <= value <= expected + 4 * step and found and not (value - expected) % step:
            found.append(index)
            on_page += 1
        elif len(found) < MIN_ON_PAGE:
            # The column may begin anywhere; a start that nothing follows is forgotten again.
            found, on_page = [index], 1
        elif value == step and on_page >= MIN_ON_PAGE:
            found.append(index)
            on_page = 1
        else:
            continue
        expected = value + step
    return found


def in_lines(lines: Sequence[Line]) -> dict[int, tuple[int, int]]:
    """Return where the printed line number stands in each line that has one: at all lines' ends, or at their starts."""
    best: dict[int, tuple[int, int]] = {}
    for pattern in (_TRAILING, _LEADING):
        at_end = pattern is _TRAILING
        matches = [
            (index, match)
            for index, line in enumerate(lines)
            if (ends_in_digit(line.text) if at_end else line.text.lstrip()[:1].isdigit())
            and (match := (pattern.search if at_end else pattern.match)(line.text))
        ]
        for step in STEPS:
            if len(matches) * step <= SHARE_NUMBERED * len(lines):
                continue
            places = counting([int(match[1]) for _, match in matches], step)
            found = {matches[place][0]: matches[place][1].span(1) for place in places}
            numbered = len(found) * step
            if numbered >= MIN_NUMBERED and numbered > SHARE_NUMBERED * len(lines) and len(found) > len(best):
                best = found
    return best


def ends_in_digit(text: str) -> bool:
    """Return whether a line ends in a digit, white space aside."""
    return text.rstrip()[-1:].isdigit()


def mark(pages: Pages) -> None:
    """Mark the figures that stand one under the other and count the lines of most pages."""
    for edge in ("x1", "x0"):
        columns: dict[int, list[tuple[int, Placed]]] = defaultdict(list)
        for number, page in enumerate(pages):
            for words in page:
                if not words.why and NUMBER.fullmatch(words.text):
                    columns[round(getattr(words, edge))].append((number, words))
        for x, column in sorted(columns.items(), key=lambda item: -len(item[1])):
            near = sorted(column + columns.get(x - 1, []) + columns.get(x + 1, []), key=lambda c: (c[0], c[1].y))
            near = [(page, words) for page, words in near if not words.why]
            if _counts(near) and _runs_through(near, pages):
                left, right = min(words.x0 for _, words in near) - 2, max(words.x1 for _, words in near) + 2
                for page in pages:
                    for words in page:
                        if NUMBER.fullmatch(words.text) and left <= words.x0 and words.x1 <= right and not words.why:
                            words.why = "line number"


def _counts(column: Sequence[tuple[int, Placed]]) -> bool:
    """Return whether the figures of a column count lines."""
    numbers = [int(words.text) for _, words in column]
    return any(len(counting(numbers, step)) >= max(MIN_NUMBERED, COUNTING * len(numbers)) for step in STEPS)


def _runs_through(column: Sequence[tuple[int, Placed]], pages: Pages) -> bool:
    """Return whether most pages with text have a column's numbers, and not the table of contents alone."""
    having = sum(times > 1 for times in Counter(number for number, _ in column).values())
    return having * 2 >= sum(len(page) > COLUMN_PAGE for page in pages)
