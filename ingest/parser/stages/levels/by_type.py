"""How deep the headings of a typeset file stand: compared by what they look like."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from ingest.parser.document import Block
from ingest.parser.profile import type_of
from ingest.parser.stages.levels.signs import in_capitals, names_part, number_depth

MANY = 10
"""Headings: in a document with fewer, a look that one of them has may be a level. Chosen, not measured, as all here."""
TAGGED = 0.8
"""Share of headings with a tag, from which on the tags count."""
FEW = 3
"""Headings: a sign that fewer have says nothing of levels."""
TEXT_PAGE = 300
"""Letters that a page with running text has at least: covers and title pages have fewer."""

Standing = tuple[float, ...]
"""What a heading is ranked by, sign for sign: a higher one compares as less."""


def ranks_by_type(blocks: Sequence[Block], left: Sequence[int]) -> dict[int, int]:
    """Return the rank of some headings, by their index among the blocks: 1 is the highest.

    Parts stand above all, where there are some. Larger type stands higher; in one size capitals, then bold, then the
    tag, the part and the number's depth. Cover and back page stay out of it: their headings stand beside the highest
    of the text.
    """
    text = _text_pages(blocks)
    inner = [index for index in left if blocks[index].first.line.page in text]
    standings = _standings(blocks, inner)
    ranks = {standing: rank for rank, standing in enumerate(sorted(set(standings.values())), start=1)}
    return {index: ranks[standings[index]] if index in standings else 1 for index in left}


def _standings(blocks: Sequence[Block], left: Sequence[int]) -> dict[int, Standing]:
    """Return how each heading stands: by its size, and among those of one size by one sign after the other."""
    parts = [index for index in left if names_part(blocks[index])]
    above = set(parts) if len(parts) > 1 else set()
    standings: dict[int, Standing] = {
        index: (index not in above, -type_of(blocks[index].pieces[0])[0]) for index in left
    }
    for sign in (_capitals, _bold, _tags, _parts, _numbers, _colours):
        groups: dict[Standing, list[int]] = {}
        for index, standing in standings.items():
            groups.setdefault(standing, []).append(index)
        for standing, group in groups.items():
            values = sign(blocks, group)
            standings.update({index: (*standing, value) for index, value in zip(group, values, strict=True)})
    return _without_strays(_as_numbered(blocks, standings))


def _as_numbered(blocks: Sequence[Block], standings: dict[int, Standing]) -> dict[int, Standing]:
    """Return the standings with `3.15` beside `3.14`, however it is set: as most of that chapter's numbers stand."""
    siblings: dict[tuple[str, int], list[int]] = {}
    for index in standings:
        number = blocks[index].number
        if number is not None and "." in (name := number.text.rstrip(".").replace(" ", "")):
            siblings.setdefault((name.rpartition(".")[0], number_depth(blocks[index])), []).append(index)
    result = dict(standings)
    for group in siblings.values():
        usual, count = Counter(standings[index] for index in group).most_common(1)[0]
        if count * 2 > len(group):
            result.update(dict.fromkeys(group, usual))
    return result


def _without_strays(standings: dict[int, Standing]) -> dict[int, Standing]:
    """Return the standings with one that a single heading has taken for its neighbour's: a slip.

    A title above all others is none.
    """
    order = sorted(set(standings.values()))
    counts = Counter(standings.values())
    if len(standings) < MANY:
        return standings
    instead: dict[Standing, Standing] = {}
    for place, standing in enumerate(order):
        if counts[standing] == 1 and len(order) > 1:
            above = instead.get(order[place - 1], order[place - 1])
            if place or standings[min(standings)] != standing:
                instead[standing] = above if place else order[1]
    return {index: instead.get(standing, standing) for index, standing in standings.items()}


def _capitals(blocks: Sequence[Block], group: Sequence[int]) -> list[int]:
    capital = [in_capitals(blocks[index]) for index in group]
    return [not value for value in capital] if sum(capital) > 1 else [0] * len(group)


def _bold(blocks: Sequence[Block], group: Sequence[int]) -> list[int]:
    return [not blocks[index].pieces[0].line.style.bold for index in group]


def _tags(blocks: Sequence[Block], group: Sequence[int]) -> list[int]:
    """H1 to H6; a heading that its author forgot to tag goes with most of those that look like it."""
    tags = [blocks[index].heading_level for index in group]
    known = Counter(tag for tag in tags if tag)
    if sum(known.values()) < TAGGED * len(group):
        return [0] * len(group)
    return [tag or known.most_common(1)[0][0] for tag in tags]


def _parts(blocks: Sequence[Block], group: Sequence[int]) -> list[int]:
    """`Del 2` stands above `2.1 Skole`, and so does what has no number beside the two."""
    if not any(names_part(blocks[index]) for index in group):
        return [0] * len(group)
    return [not names_part(blocks[index]) and number_depth(blocks[index]) > 0 for index in group]


def _numbers(blocks: Sequence[Block], group: Sequence[int]) -> list[int]:
    depths = [number_depth(blocks[index]) for index in group]
    if _hold_others(depths):
        return [depth or max(depths) + (0 < place < len(depths) - 1) for place, depth in enumerate(depths)]
    if sum(map(bool, depths)) * 2 < len(group):
        return [0] * len(group)
    return [depth or min(filter(None, depths)) for depth in depths]


def _hold_others(depths: Sequence[int]) -> bool:
    """Return whether headings with a number have others, without one, under them all along."""
    numbered = [place for place, depth in enumerate(depths) if depth]
    if len(numbered) < FEW or max(depths) > 1:
        return False
    runs = [after - here - 1 for here, after in pairwise(numbered)]
    return sum(run > 0 for run in runs) * 2 >= len(runs)


def _colours(blocks: Sequence[Block], group: Sequence[int]) -> list[int]:
    """One colour or slope stands above another where the two alternate; else each chapter may have its own."""
    found = [_dress(blocks[index]) for index in group]
    order = list(dict.fromkeys(found))
    if not 1 < len(order) <= FEW or any(found.count(dress) < FEW for dress in order):
        return [0] * len(group)
    changes = sum(above != below for above, below in pairwise(found))
    return [order.index(dress) for dress in found] if changes >= 2 * len(order) else [0] * len(group)


def _dress(block: Block) -> tuple[str, bool]:
    style = block.pieces[0].line.style
    return style.colour, style.italic


def _text_pages(blocks: Sequence[Block]) -> range:
    """Return the pages from the first to the last with running text."""
    letters: Counter[int] = Counter()
    for block in blocks:
        if block.kind != "heading":
            for piece in block.pieces:
                letters[piece.line.page] += len(piece.text)
    pages = [page for page, count in letters.items() if count >= TEXT_PAGE] or list(letters) or [0]
    return range(min(pages), max(pages) + 1)
