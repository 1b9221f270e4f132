"""How high each heading stands among the others, and which of them name the whole document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Sequence

from ingest.parser.document import Block, Cut
from ingest.parser.draft import Draft
from ingest.parser.furniture.lines import ORNAMENT
from ingest.parser.furniture.web_pages import WEB_PAGE
from ingest.parser.language.titles import names_programme
from ingest.parser.profile import Medium, type_of
from ingest.parser.stages.levels.by_type import ranks_by_type
from ingest.parser.stages.levels.signs import in_capitals, is_lettered, is_roman, names_part, number_depth
from ingest.parser.values import replace

MIN_CLASS = 3
"""Headings: a look that fewer share says nothing of levels. Chosen, not measured, as all here."""
HTML = "text/html"
MIN_ABOVE = 2
"""Headings: so many are a level of their own where white space or what stands below them says so."""
UNDERLINES = "=-"
"""What headings of a typed text are underlined with, the highest first."""
PROSE = 150
"""Characters: a cover has no paragraph so long."""

Tier = Callable[[Sequence[Block], Sequence[int]], dict[int, int]]
"""Takes some headings, by their index among the blocks, and returns the rank of those that carry a sign."""


def levels(draft: Draft) -> Draft:
    """Return the document with the level of each heading, 1 for the highest, and its titles known as such."""
    blocks = draft.blocks
    headings = [index for index, block in enumerate(blocks) if block.kind == "heading"]
    ranks = _ranks(blocks, headings, draft)
    is_web_page = draft.raw.source.media_type == HTML or any(cut.why == WEB_PAGE for cut in draft.furniture)
    is_named = draft.profile.medium is Medium.PLAIN and any(block.names_document for block in blocks)
    titles = _titles(blocks, headings, ranks, must_say_so=is_web_page or is_named)
    return draft.with_blocks(
        [
            replace(block, level=ranks[index], names_document=index in titles) if index in ranks else block
            for index, block in enumerate(blocks)
        ]
    )


def _ranks(blocks: Sequence[Block], headings: Sequence[int], draft: Draft) -> dict[int, int]:
    """Return the rank of each heading.

    Where the file says the type of each heading, type ranks them. Else each tier takes the headings that
    carry its sign out of those that are left; the rest stand below.
    """
    if draft.profile.medium is Medium.TYPESET and all(blocks[index].pieces[0].line.style.size for index in headings):
        return ranks_by_type(blocks, headings)
    left = list(headings)
    ranks: dict[int, int] = {}
    base = 0
    for tier in (_underlined(draft.furniture), *TIERS):
        taken = tier(blocks, left)
        if not taken:
            continue
        ranks.update({index: base + rank for index, rank in taken.items()})
        base += max(taken.values())
        left = [index for index in left if index not in taken]
    ranks.update(dict.fromkeys(left, base + 1))
    return ranks


def _titles(
    blocks: Sequence[Block], headings: Sequence[int], ranks: dict[int, int], *, must_say_so: bool
) -> Collection[int]:
    """Return the headings that name the whole document, on its cover or above all others.

    What is set as headings of the text are is none: a chapter may begin with a page of its own. The title above all
    others may be but a chapter on a web page, saved or printed, and below lines of a plain text that name the
    programme: there it must name it too, or be the only one in capitals.
    """
    opening = next((block for block in blocks if block.kind == "item" or len(block.text) >= PROSE), None)
    page = opening.first.line.page if opening else 1
    types = Counter(type_of(blocks[i].pieces[0]) for i in headings if blocks[i].first.line.page >= page)
    found = {
        index
        for index in headings
        if blocks[index].first.line.page < page and types[type_of(blocks[index].pieces[0])] < MIN_CLASS - 1
    }
    rest = [index for index in headings if index not in found]
    if len(rest) > MIN_CLASS and all(ranks[rest[0]] < ranks[index] for index in rest[1:]):
        first = blocks[rest[0]]
        if not must_say_so or names_programme(first.text) or in_capitals(first):
            found.add(rest[0])
    return found


def _tags(blocks: Sequence[Block], left: Sequence[int]) -> dict[int, int]:
    """H1 to H6, where the file is tagged."""
    tagged = {index: level for index in left if (level := blocks[index].heading_level)}
    if len(tagged) * 2 <= len(left):
        return {}
    ranks: dict[int, int] = {}
    for level in sorted(set(tagged.values())):
        group = [index for index in tagged if tagged[index] == level]
        inner = _inner(blocks, group)
        base = max(ranks.values(), default=0)
        ranks.update({index: base + inner.get(index, 1) for index in group})
    return ranks


def _inner(blocks: Sequence[Block], group: Sequence[int]) -> dict[int, int]:
    """Return the rank of headings of one tag among each other, where they say themselves that they have several.

    A file may tag all its headings alike: then their numbers tell, and capitals.
    """
    numbered = _numbers(blocks, group)
    if len(set(numbered.values())) > 1:
        return numbered
    capitals = _capitals(blocks, group)
    if MIN_CLASS <= len(capitals) <= len(group) - MIN_CLASS and group[0] in capitals:
        return {index: 1 if index in capitals else 2 for index in group}
    return {}


def _underlined(furniture: Sequence[Cut]) -> Tier:
    """Return the tier of a typed text that underlines its headings: `====` stands above `----`, and both above none."""
    lines = {
        (cut.piece.line.page, cut.piece.line.number - 1): UNDERLINES.find(cut.piece.line.text.strip()[:1])
        for cut in furniture
        if cut.why == ORNAMENT and cut.piece.line.text.strip()[:1] in UNDERLINES
    }

    def tier(blocks: Sequence[Block], left: Sequence[int]) -> dict[int, int]:
        last = {index: blocks[index].pieces[-1].line for index in left}
        places = {index: (line.page, line.number) for index, line in last.items()}
        found = {index: lines[place] for index, place in places.items() if place in lines}
        signs = sorted(set(found.values()))
        if (0 not in signs and len(found) < MIN_CLASS) or len(signs) + (len(found) < len(left)) < 2:
            return {}  # `----` below a few is as often a line between two parts
        return {index: 1 + signs.index(sign) for index, sign in found.items()}

    return tier


def _parts(blocks: Sequence[Block], left: Sequence[int]) -> dict[int, int]:
    return dict.fromkeys((index for index in left if names_part(blocks[index])), 1)


def _letters(blocks: Sequence[Block], left: Sequence[int]) -> dict[int, int]:
    """`A1` and `A1a` stand above headings in capitals, which are but parts of them.

    Where there is a `II`, `I` and `V` are numbers too.
    """
    lettered = [index for index in left if is_lettered(blocks[index])]
    if any(is_roman(blocks[index]) and index not in lettered for index in left):
        lettered = [index for index in lettered if not is_roman(blocks[index])]
    return {index: number_depth(blocks[index]) for index in lettered}


def _capitals(blocks: Sequence[Block], left: Sequence[int]) -> dict[int, int]:
    taken = [index for index in left if in_capitals(blocks[index])]
    return dict.fromkeys(taken, 1) if 0 < len(taken) < len(left) else {}


def _numbers(blocks: Sequence[Block], left: Sequence[int]) -> dict[int, int]:
    """Rank what stands before the first number and after the last beside them, if all between have numbers."""
    depths = {index: depth for index in left if (depth := number_depth(blocks[index]))}
    if not depths:
        return {}
    first, last = left.index(min(depths)), left.index(max(depths))
    beside = [index for index in (*left[:first], *left[last + 1 :]) if len(depths) == last + 1 - first >= MIN_CLASS]
    return depths | dict.fromkeys(beside, 1)


def _space(blocks: Sequence[Block], left: Sequence[int]) -> dict[int, int]:
    """More white space below a heading than most have sets a few of them above the others."""
    below = {index: blocks[index + 1].gap for index in left if index + 1 < len(blocks)}
    counts = Counter(below.values()).most_common(2)
    if len(counts) < 2 or counts[1][1] < MIN_CLASS or counts[0][0] >= counts[1][0]:
        return {}
    usual = counts[0][0]
    return dict.fromkeys((index for index, gap in below.items() if gap > usual), 1)


def _sizes(blocks: Sequence[Block], left: Sequence[int]) -> dict[int, int]:
    """Larger type stands higher, where the headings of a file without pages have several sizes."""
    sizes = {index: type_of(blocks[index].pieces[0])[0] for index in left}
    order = sorted(set(sizes.values()), reverse=True)
    if len(order) < 2 or not order[-1]:
        return {}
    return {index: order.index(size) + 1 for index, size in sizes.items() if size > order[-1]}


def _bare(blocks: Sequence[Block], left: Sequence[int]) -> dict[int, int]:
    """Chapters that have nothing but a heading right below them, several times in a file that tells nothing else."""
    if not all(blocks[index].is_own_paragraph for index in left):
        return {}
    chain = set(left)
    bare = [index for index in left if index + 1 in chain and index + 2 not in chain]
    if len(bare) < MIN_ABOVE:
        return {}
    return {index: 1 if index <= bare[0] or index in bare else 2 for index in left}


def _known(blocks: Sequence[Block], left: Sequence[int]) -> dict[int, int]:
    """Chapters of a text taken out of two columns, known by where they stood."""
    return {index: level for index in left if (level := blocks[index].level)}


TIERS: tuple[Tier, ...] = (_tags, _sizes, _parts, _letters, _capitals, _numbers, _space, _known, _bare)
