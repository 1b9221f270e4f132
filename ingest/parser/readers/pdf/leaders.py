"""Rows of a table of contents: the leader and the page number far at the right belong to the words at the left.

`CONTENTS_ROWS` was measured on 120 generated layouts; the tests of the limits show it.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from ingest.parser.furniture.line_numbers import NUMBER
from ingest.parser.readers.pdf.spans import Span

CONTENTS_ROWS = 4
"""Lines with a page number at the right edge that make a table of contents."""

_LEADER = re.compile(r"[.…·_\s]{3,}\d{0,3}|…")


def join_contents(page: Sequence[Span]) -> list[Span]:
    """Return a page's spans with leaders and page numbers of a table of contents joined to their entries.

    The numbers stand far at the right, one under the other; as spans of their own they would look like a column.
    """
    page = _join_leaders(page)
    edges = Counter(round(span.x1) for span in page if NUMBER.fullmatch(span.text) and not span.why)
    if not edges or edges.most_common(1)[0][1] < CONTENTS_ROWS:
        return list(page)
    rows: dict[int, list[Span]] = defaultdict(list)
    for span in page:
        if not span.why:
            rows[round(span.y)].append(span)
    joined: set[int] = set()
    for row in rows.values():
        row.sort(key=lambda span: span.x0)
        for index, span in enumerate(row):
            if index == 0 or not NUMBER.fullmatch(span.text):
                continue
            if max(edges[round(span.x1) + shift] for shift in (-1, 0, 1)) < CONTENTS_ROWS:
                continue
            entry = row[index - 1]
            if id(entry) in joined or entry.x1 > span.x0:
                continue
            span.runs[0].text = " " + span.runs[0].text
            entry.runs.extend(span.runs)
            entry.x1 = span.x1
            joined.add(id(span))
    return [span for span in page if id(span) not in joined]


def _join_leaders(page: Sequence[Span]) -> Sequence[Span]:
    """Return a page's spans with rows of dots joined to the words that they lead from."""
    leaders = [span for span in page if not span.why and _LEADER.fullmatch(span.text)]
    joined: set[int] = set()
    for leader in sorted(leaders, key=lambda span: span.x0):
        before = [
            span for span in page if span.x0 < leader.x0 and abs(span.y - leader.y) < 1 and id(span) not in joined
        ]
        if before:
            entry = max(before, key=lambda span: span.x0)
            entry.runs.extend(leader.runs)
            entry.x1 = leader.x1
            joined.add(id(leader))
    return [span for span in page if id(span) not in joined]
