"""How deep in its list an entry stands: by its mark, its indent and the colon above it."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.parser.document import Block
from ingest.parser.language.markers import family_of
from ingest.parser.language.rules import DASHES
from ingest.parser.profile import Edges
from ingest.parser.values import replace

CHILDREN = 2
"""Entries taken for children of one that ends in a colon, where neither mark nor indent shows how many are.
Chosen, not measured, as all here."""
FURTHEST_CLAUSE = 6
"""Entries below one that ends in a colon among which clauses are its own."""
SAME_INDENT = 4.0
"""Points: marks so near one another stand in one column."""
MAX_INDENT = 60.0
"""Points that a list stands in from its column's edge at most."""


class Nest:
    """How deep in a list each entry stands, by marks, indents and colons."""

    def __init__(self, edges: Edges) -> None:
        self._edges = edges
        self._open: list[tuple[str, float]] = []
        self._colon = False
        self._alike = 0

    def depth(self, block: Block) -> int:
        """Return the depth of the next entry, 0 for the outermost."""
        here = (family_of(block.mark), _indent(block, self._edges))
        place = next((i for i, level in enumerate(self._open) if _same(level, here)), -1)
        if self._colon and place == len(self._open) - 1 >= 0 and not here[1]:
            # Children that look like their parent: the colon is the only sign.
            self._alike = CHILDREN
        if self._alike and place == len(self._open) - 1:
            self._alike -= 1
            place += 1
        else:
            self._alike = 0
            if place < 0:
                place = self._below(here)
                self._open[place:] = [here]
            del self._open[place + 1 :]
        self._colon = block.text.endswith(":")
        return place

    def _below(self, here: tuple[str, float]) -> int:
        """Return the depth of an entry whose look is new to the list."""
        for place, level in enumerate(self._open):
            beside = here[1] and abs(here[1] - level[1]) <= SAME_INDENT and _rank(here[0]) <= _rank(level[0])
            if beside or here[1] < level[1] - SAME_INDENT:
                return place
        if not self._open:
            return 0
        above = self._open[-1]
        deeper = self._colon or here[1] > above[1] + SAME_INDENT or _rank(here[0]) > _rank(above[0])
        return len(self._open) - (not deeper)


def _same(level: tuple[str, float], here: tuple[str, float]) -> bool:
    return level[0] == here[0] and abs(level[1] - here[1]) <= SAME_INDENT


def _indent(block: Block, edges: Edges) -> float:
    """Return how far in its column an entry stands, in points, 0 where the file does not say."""
    piece = block.first
    if piece.line.box is None:
        # A printed line number may stand before the spaces.
        before = piece.line.text[: piece.start].strip()
        spaces = 0
        if (not before or before.isdigit()) and not piece.line.tag:
            spaces = len(piece.line.text[: piece.start].expandtabs())
        # A single space is no indent, and each one more is clear of the column.
        return piece.line.text_x or (spaces * 2 * SAME_INDENT if spaces > 1 else 0.0)
    return piece.line.box.x0 - edges.get((piece.line.page, piece.line.region), 0.0) + 1.0


def usual_edges(left: Edges) -> Edges:
    """Return where the left edge of each column is: the usual one of its page's side, however its own lines stand."""
    edges = {round(edge) for edge in left.values()}
    return {
        key: min((at for at in edges if edge - MAX_INDENT <= at <= edge + SAME_INDENT), default=edge)
        for key, edge in left.items()
    }


def _rank(family: str) -> int:
    """Return the usual depth of a family of marks: bullets and numbers hold letters, circles and dashes."""
    return 1 if family in {"o", "○", "a", "-", "–", "—", "▪", "◦", "■"} else 0


def with_clauses(blocks: Sequence[Block]) -> list[Block]:
    """Return the blocks of a list, entries as deep as the clauses that their entry's colon asks for.

    Where other entries begin with an infinitive, `at …` a few entries below one that ends in a colon belongs to it, and
    so does what stands between the two.
    """
    result = list(blocks)
    items = [index for index, block in enumerate(result) if block.kind == "item"]
    clauses = sum(_is_clause(result[index]) for index in items)
    if not clauses or clauses * 2 > len(items):
        return result
    for place, index in enumerate(items):
        parent = result[index]
        if not parent.text.endswith(":") or _is_clause(parent):
            continue
        near = items[place + 1 : place + 1 + FURTHEST_CLAUSE]
        if near and not _is_clause(result[near[0]]):
            continue
        last = max((at for at, other in enumerate(near) if _is_clause(result[other])), default=-1)
        for other in near[: last + 1]:
            result[other] = replace(result[other], depth=max(result[other].depth, parent.depth + 1))
    return result


def without_slips(blocks: Sequence[Block]) -> list[Block]:
    """Return the blocks of a typed list without the depth of a lone hyphen among stars: nobody has one inner entry."""
    result = list(blocks)
    items = [index for index, block in enumerate(result) if block.kind == "item"]
    for place in range(1, len(items)):
        above, block = result[items[place - 1]], result[items[place]]
        if block.mark not in DASHES or above.mark != "*" or above.text.endswith(":") or block.first.line.tag:
            continue
        below = result[items[place + 1]].mark if place + 1 < len(items) else "*"
        if below == "*" and block.marker and above.marker and block.marker.start == above.marker.start:
            result[items[place]] = replace(block, depth=above.depth)
    return result


def _is_clause(block: Block) -> bool:
    return block.text[:3].casefold() == "at "
