"""Page numbers: alone on their line or at the edge of the page, rising from page to page."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise

from ingest.parser.document import Line
from ingest.parser.furniture.line_numbers import NUMBER
from ingest.parser.furniture.placed import Pages, Placed
from ingest.parser.language import rules

RECURS = 3
"""Times, or pages: what is found fewer times than this may have come together by chance. Measured on 120 layouts."""
SAME_PLACE = 3.0
"""Points that what stands in the same place of each page may move from page to page."""
RISING = 0.8
"""Share of the numbers that are no smaller than the one before, where they are those of pages."""

_PATTERN = re.compile(next(rule.pattern for rule in rules.FURNITURE if rule.name == "page number"))
_DIGITS = re.compile(r"\d+")


def is_page_number(text: str) -> bool:
    """Return whether a text may be a page's number: it says nothing else."""
    return bool(_PATTERN.fullmatch(text.strip()))


def rise(numbers: Sequence[int]) -> bool:
    """Return whether numbers rise as those of pages do; a few may be misread."""
    steps = [after - before for before, after in pairwise(numbers)]
    return sum(step >= 0 for step in steps) >= RISING * len(steps) and sum(steps) > 0


def find(lines: Sequence[Line], numbered: Collection[int], why: Mapping[int, str]) -> dict[int, str]:
    """Find lines without boxes that have nothing but a page number: several of them, counting upwards."""
    candidates = {
        index: int(_DIGITS.findall(line.text)[0])
        for index, line in enumerate(lines)
        if index not in why and index not in numbered and not line.box and is_page_number(line.text)
    }
    # In a short file there is one on each page, which counts just these pages.
    counted = len(candidates) > 1 and [lines[index].page for index in candidates] == list(candidates.values())
    counted = counted and len(candidates) == lines[-1].page
    if not counted and (len(candidates) < RECURS or not rise(list(candidates.values()))):
        return {}
    return dict.fromkeys(candidates, "page number")


def mark_at_the_side(pages: Pages) -> None:
    """Mark page numbers half-way up the page: one of them in the same place on page after page, rising."""
    places: dict[tuple[int, int], list[tuple[int, Placed]]] = defaultdict(list)
    for number, page in enumerate(pages):
        for words in page:
            if not words.why and NUMBER.fullmatch(words.text):
                middle = (words.x0 + words.x1) / 2
                places[round(words.y / SAME_PLACE), round(middle / 2 / SAME_PLACE)].append((number, words))
    for column in places.values():
        steps = [(after[0] - here[0], int(after[1].text) - int(here[1].text)) for here, after in pairwise(column)]
        if len(steps) >= RECURS - 1 and all(0 < later <= up <= 2 * later for later, up in steps):
            for _, words in column:
                words.why = "page number"
