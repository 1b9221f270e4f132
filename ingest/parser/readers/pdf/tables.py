"""Ruled tables: lines that cross divide a part of the page into cells, which are read row by row."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ingest.parser.readers.pdf.glyphs import Rule
from ingest.parser.readers.pdf.spans import Span

TOUCH = 3.0
"""Points between two lines that meet all the same. Chosen, as all here."""
MOST_RULES = 1_500
"""Lines on a page: more are a drawing."""
FILLED_ROWS = 0.5
"""Share of the rows that have words in two cells or more: else the lines are frames around running text."""
CELL_LINES = 6
"""Lines of words in a cell of values at most: a fuller one holds text of its own."""

Cells = list[list[Span]]
"""The words of a row, cell by cell."""


@dataclass(slots=True)
class Table:
    """A part of the page that lines divide into rows and columns."""

    rows: list[Cells]
    """From top to bottom, the cells from left to right; those without words too."""

    @property
    def spans(self) -> list[Span]:
        """All words."""
        return [span for row in self.rows for cell in row for span in cell]


def tables(rules: Sequence[Rule], spans: Sequence[Span]) -> list[Table]:
    """Return the tables that the lines of a page make of its words."""
    if not 4 <= len(rules) <= MOST_RULES or not any(rule.lies for rule in rules):
        return []
    found = (_table(group, spans) for group in _meeting(rules))
    return [table for table in found if table is not None]


def is_row_of_values(cells: Cells) -> bool:
    """Return whether the cells of a row are read as one line: each holds a few words, none a list."""
    return all(_lines(cell) <= CELL_LINES and not _holds_list(cell) for cell in cells)


def _holds_list(cell: Sequence[Span]) -> bool:
    """Return whether a cell holds a list: one number alone is that of the row."""
    marked = [span.marker for span in cell if span.marker]
    return len(marked) > 1 or any(not marker[0].isdigit() for marker in marked)


def _lines(cell: Iterable[Span]) -> int:
    return len({round(span.y) for span in cell})


def _meeting(rules: Sequence[Rule]) -> list[list[Rule]]:
    """Return the lines in groups that hang together."""
    groups: list[tuple[list[float], list[Rule]]] = []
    for rule in sorted(rules, key=lambda rule: rule.top):
        edges = [rule.x0, rule.top, rule.x1, rule.bottom]
        members = [rule]
        apart = []
        for other, more in groups:
            beside = edges[0] <= other[2] + TOUCH and other[0] <= edges[2] + TOUCH
            if beside and edges[1] <= other[3] + TOUCH and other[1] <= edges[3] + TOUCH:
                edges = [*map(min, edges[:2], other[:2]), *map(max, edges[2:], other[2:])]
                members += more
            else:
                apart.append((other, more))
        groups = [*apart, (edges, members)]
    return [members for _, members in groups]


def _table(rules: Sequence[Rule], spans: Sequence[Span]) -> Table | None:
    """Return what some lines that hang together make of the words among them, if that is a table."""
    lying, standing = [r for r in rules if r.lies], [r for r in rules if not r.lies]
    if not lying or not standing:
        return None
    columns = _edges([*(r.x0 for r in standing), min(r.x0 for r in lying), max(r.x1 for r in lying)])
    rows = _edges([*(r.top for r in lying), min(r.top for r in standing), max(r.bottom for r in standing)])
    if len(columns) < 3 or len(rows) < 3:
        return None
    cells: dict[tuple[int, int], list[Span]] = defaultdict(list)
    for span in spans:
        row = bisect_right(rows, span.y - span.size / 4) - 1
        column = bisect_right(columns, span.x0 + TOUCH) - 1
        if 0 <= row < len(rows) - 1 and 0 <= column < len(columns) - 1 and span.x1 <= columns[-1] + TOUCH:
            cells[row, column].append(span)
    found = [[cells.get((row, column), []) for column in range(len(columns) - 1)] for row in range(len(rows) - 1)]
    found = [row for row in found if any(row)]
    filled = sum(sum(map(bool, row)) > 1 for row in found)
    return Table(found) if len(found) > 1 and filled > FILLED_ROWS * len(found) else None


def _edges(places: Iterable[float]) -> list[float]:
    """Return places in order, those that touch taken together."""
    edges: list[float] = []
    for place in sorted(places):
        if not edges or place - edges[-1] > TOUCH:
            edges.append(place)
    return edges
