"""How deep the headings of a typeset file stand: a helper of `levels` that compares what they look like."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from ingest.parser.document import Block, Piece
from ingest.parser.language import rules
from ingest.parser.profile import type_of

MANY = 10
"""Headings: in a document with fewer, a look that one of them has may be a level."""
TAGGED = 0.8
"""Share of headings with a tag, from which on the tags tell."""
FEW = 3
"""Headings: a sign that fewer have says nothing of levels."""
TEXT_PAGE = 300
"""Letters that a page with running text has at least: covers and title pages have fewer."""

Look = tuple[float, ...]


def ranks_by_look(blocks: Sequence[Block], left: Sequence[int]) -> dict[int, int]:
    """Return the rank of some headings, by their index among the blocks: 1 is the highest.

    Larger type stands higher; in one size capitals, then bold, then the tag, the part and the number's
    depth. Cover and back page stay out of it: their headings stand beside the highest of the text.
    """
    text = _text_pages(blocks)
    inner = [index for index in left if blocks[index].first.line.page in text]
    looks = _looks(blocks, inner)
    order = sorted(set(looks.values()))
    ranks = {look: rank for rank, look in enumerate(order, start=1)}
    return {index: ranks[looks[index]] if index in looks else 1 for index in left}


def _looks(blocks: Sequence[Block], left: Sequence[int]) -> dict[int, Look]:
    """Return what each heading looks like, so that a higher one compares as less."""
    looks: dict[int, Look] = {index: (-type_of(blocks[index].pieces[0])[0],) for index in left}
    for sign in (_is_capital, _is_bold, _tag_level, _is_part, _number_depth, _order_of_looks):
        groups: dict[Look, list[int]] = {}
        for index, look in looks.items():
            groups.setdefault(look, []).append(index)
        for look, group in groups.items():
            values = sign(blocks, group)
            looks.update({index: (*look, value) for index, value in zip(group, values, strict=True)})
    return _without_strays(looks)


def _without_strays(looks: dict[int, Look]) -> dict[int, Look]:
    """Return the looks with one that a single heading has taken for its neighbour's: a slip, or the title."""
    order = sorted(set(looks.values()))
    counts = Counter(looks.values())
    if len(looks) < MANY:
        return looks
    instead: dict[Look, Look] = {}
    for place, look in enumerate(order):
        if counts[look] == 1 and len(order) > 1:
            above = instead.get(order[place - 1], order[place - 1])
            instead[look] = above if place else order[1]
    return {index: instead.get(look, look) for index, look in looks.items()}


def _is_capital(blocks: Sequence[Block], group: Sequence[int]) -> list[int]:
    """`OPPVEKST` stands above `Skole`."""
    capital = [blocks[index].text.isupper() and len(blocks[index].text) > 3 for index in group]
    return [not value for value in capital] if sum(capital) > 1 else [0] * len(group)


def _is_bold(blocks: Sequence[Block], group: Sequence[int]) -> list[int]:
    return [not blocks[index].pieces[0].line.style.bold for index in group]


def _tag_level(blocks: Sequence[Block], group: Sequence[int]) -> list[int]:
    """H1 to H6; a heading that its author forgot to tag goes with most of those that look like it."""
    tags = [blocks[index].heading_level for index in group]
    known = Counter(tag for tag in tags if tag)
    if sum(known.values()) < TAGGED * len(group):
        return [0] * len(group)
    return [tag or known.most_common(1)[0][0] for tag in tags]


def _is_part(blocks: Sequence[Block], group: Sequence[int]) -> list[int]:
    """`Del 2` stands above `2.1 Skole`, and so does what has no number beside the two."""
    parts = [bool(rules.PART.match(blocks[index].text)) for index in group]
    return (
        [not part and blocks[index].number is not None for part, index in zip(parts, group, strict=True)]
        if any(parts)
        else [0] * len(group)
    )


def _number_depth(blocks: Sequence[Block], group: Sequence[int]) -> list[int]:
    """`2.1 Skole` stands below `2 Oppvekst`."""
    depths = [_depth(number) if (number := blocks[index].number) else 0 for index in group]
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


def _order_of_looks(blocks: Sequence[Block], group: Sequence[int]) -> list[int]:
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


def _depth(number: Piece) -> int:
    return number.text.rstrip(".").count(".") + 1


def _text_pages(blocks: Sequence[Block]) -> range:
    """Return the pages from the first to the last with running text."""
    letters: Counter[int] = Counter()
    for block in blocks:
        if block.kind != "heading":
            for piece in block.pieces:
                letters[piece.line.page] += len(piece.text)
    pages = [page for page, count in letters.items() if count >= TEXT_PAGE] or list(letters) or [0]
    return range(min(pages), max(pages) + 1)
