"""How deep each heading stands: by tag, type size, part, capitals, number, white space and place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from ingest.parser.document import Block
from ingest.parser.language import rules
from ingest.parser.profile import type_of
from ingest.parser.stages.levels_by_type import ranks_by_look

MIN_CLASS = 3
"""Headings: a look that fewer share says nothing of levels."""
PROSE = 150
"""Characters: a cover has no paragraph so long."""

Tier = Callable[[Sequence[Block], Sequence[int]], dict[int, int]]


def levels(blocks: Sequence[Block]) -> dict[int, int]:
    """Return the rank of each heading, by its index among the blocks: 1 is the highest.

    Where the file tells the type of each heading, type ranks them. Else each tier takes the headings that
    carry its sign out of those that are left; the rest stand below.
    """
    left = [index for index, block in enumerate(blocks) if block.kind == "heading"]
    if all(blocks[index].pieces[0].line.style.size for index in left) and blocks and blocks[0].first.line.box:
        return ranks_by_look(blocks, left)
    ranks: dict[int, int] = {}
    base = 0
    for tier in TIERS:
        taken = tier(blocks, left)
        if not taken:
            continue
        ranks.update({index: base + rank for index, rank in taken.items()})
        base += max(taken.values())
        left = [index for index in left if index not in taken]
    ranks.update(dict.fromkeys(left, base + 1))
    return ranks


def titles(blocks: Sequence[Block]) -> set[int]:
    """Return the indexes of the headings that name the whole document, on its cover or above all others.

    What is set as headings of the text are is none: a chapter may begin with a page of its own.
    """
    headings = [index for index, block in enumerate(blocks) if block.kind == "heading"]
    opening = next((block for block in blocks if block.kind == "item" or len(block.text) >= PROSE), None)
    page = opening.first.line.page if opening else 1
    looks = Counter(type_of(blocks[i].pieces[0]) for i in headings if blocks[i].first.line.page >= page)
    found = {
        index
        for index in headings
        if blocks[index].first.line.page < page and looks[type_of(blocks[index].pieces[0])] < MIN_CLASS - 1
    }
    ranks = levels(blocks)
    rest = [index for index in headings if index not in found]
    if len(rest) > MIN_CLASS and all(ranks[rest[0]] < ranks[index] for index in rest[1:]):
        found.add(rest[0])
    return found


def _tags(blocks: Sequence[Block], left: Sequence[int]) -> dict[int, int]:
    """H1 to H6, where the file is tagged."""
    tagged = {index: level for index in left if (level := blocks[index].heading_level)}
    return tagged if len(tagged) > 0.8 * len(left) else {}


def _parts(blocks: Sequence[Block], left: Sequence[int]) -> dict[int, int]:
    """`Del 2: Trygghet` stands above all that names no part."""
    return dict.fromkeys((index for index in left if rules.PART.match(blocks[index].text)), 1)


def _capitals(blocks: Sequence[Block], left: Sequence[int]) -> dict[int, int]:
    """`OPPVEKST` stands above `Skole`."""
    taken = [index for index in left if blocks[index].text.isupper() and len(blocks[index].text) > 3]
    return dict.fromkeys(taken, 1) if 0 < len(taken) < len(left) else {}


def _numbers(blocks: Sequence[Block], left: Sequence[int]) -> dict[int, int]:
    """`2.1 Skole` stands below `2 Oppvekst` and above what has no number."""
    return {index: number.text.rstrip(".").count(".") + 1 for index in left if (number := blocks[index].number)}


def _space(blocks: Sequence[Block], left: Sequence[int]) -> dict[int, int]:
    """More white space below a heading than most have sets a few of them above the others."""
    below = {index: blocks[index + 1].gap for index in left if index + 1 < len(blocks)}
    counts = Counter(below.values()).most_common(2)
    if len(counts) < 2 or counts[1][1] < MIN_CLASS or counts[0][0] >= counts[1][0]:
        return {}
    usual = counts[0][0]
    return dict.fromkeys((index for index, gap in below.items() if gap > usual), 1)


def _places(blocks: Sequence[Block], left: Sequence[int]) -> dict[int, int]:
    """Chapters: a heading found behind its text, or with another heading right under it."""
    if sum(blocks[index].displaced for index in left) < MIN_CLASS:
        return {}
    here = set(left)
    return {
        index: 1
        for index in left
        if blocks[index].displaced or (index + 1 in here and index + 2 not in here and index - 1 not in here)
    }


TIERS: tuple[Tier, ...] = (_tags, _parts, _capitals, _numbers, _space, _places)
