"""Stage after the blocks: sentences that something else stands in the middle of are put together again."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from ingest.parser.document import Block, Piece
from ingest.parser.draft import Draft
from ingest.parser.language import rules
from ingest.parser.language.lead_ins import can_introduce, says_who_will
from ingest.parser.language.sentences import begins_with_address, breaks_off, is_complete
from ingest.parser.profile import MAX_HEADING_LINES, SHORT, Profile, type_of
from ingest.parser.values import replace

MIN_LISTED = 3
"""Paragraphs in lower case: fewer say nothing of lists without marks. Chosen, not measured, as all here."""
REACH = 12
"""Blocks: how far above the beginning of a broken sentence is looked for."""


def rejoin(draft: Draft) -> Draft:
    """Return the document with sentences put together that something else stands in the middle of.

    A paragraph that begins in lower case goes on with the nearest one above that breaks off, be it over a
    heading or a column of other text.
    """
    blocks, profile = draft.blocks, draft.profile
    listed = _lists_in_lower_case(blocks, profile)
    result: list[Block] = []
    ends: list[str] = []
    added: dict[int, list[Piece]] = {}
    for block in blocks:
        place = (block.first.line.page, block.first.line.number)
        alone = block.kind == "entry" or listed or place in profile.listed_lines
        target = None if alone else _broken_off(result, ends, block, profile.width)
        if target is None:
            result.append(block)
            ends.append(block.text)
        else:
            added.setdefault(target, []).extend(block.pieces)
            ends[target] = block.text
    for index, more in added.items():
        whole = (*result[index].pieces, *more)
        result[index] = replace(result[index], pieces=whole, text=profile.joiner.join(whole))
    return draft.with_blocks(result)


def _lists_in_lower_case(blocks: Sequence[Block], profile: Profile) -> bool:
    """Return whether paragraphs begin in lower case because they are lists without marks."""
    ends = [
        above.text
        for above, block in pairwise(blocks)
        if block.marker is None and block.text[:1].islower() and block.is_own_paragraph and above.marker is None
    ]
    if len(ends) >= MIN_LISTED and sum(map(breaks_off, ends)) * 2 < len(ends):
        return True
    return profile.listed or profile.parted


def _broken_off(above: Sequence[Block], ends: Sequence[str], block: Block, width: float) -> int | None:
    """Return the index of the block whose sentence this one goes on with, if any, by how the blocks end."""
    first = block.text[:1]
    if rules.PART.match(block.text) or begins_with_address(block.text):
        return None
    if first.isupper() or not first.isalpha():
        open_end = bool(above) and not block.first.frame and breaks_off(ends[-1]) and 0 < width < len(ends[-1])
        return len(above) - 1 if open_end and not _short(block, width) else None
    if block.is_own_paragraph:
        return _broken_paragraph(above, ends)
    if not width and not block.first.line.box:
        return None  # the file has no lines that could be broken
    for back in range(1, min(REACH, len(above)) + 1):
        end = ends[-back]
        if not end or is_complete(end) or type_of(above[-back].pieces[-1])[0] != type_of(block.pieces[0])[0]:
            continue
        if block.gap and not block.first.line.box and can_introduce(end):
            return None
        if breaks_off(end) or (back > 1 and all(_short(between, width) for between in above[1 - back :])):
            return len(above) - back
    return None


def _broken_paragraph(above: Sequence[Block], ends: Sequence[str]) -> int | None:
    """Return the index of the paragraph that one in lower case goes on with, where the file marks its paragraphs.

    Such a file breaks them at its pages alone: what comes between is a heading, or nothing. A lead-in without a colon
    breaks off too, but what follows is its list.
    """
    for back in range(1, min(REACH, len(above)) + 1):
        block, end = above[-back], ends[-back]
        if block.heading_level:
            continue
        if not end or is_complete(end) or (block.marker is None and says_who_will(end)):
            return None
        return len(above) - back if breaks_off(end) or block.marker is not None else None
    return None


def _short(block: Block, width: float) -> bool:
    """Return whether a block can be a heading that stands in the middle of a sentence."""
    few = len(block.pieces) <= MAX_HEADING_LINES
    return block.marker is None and few and all(len(piece.text) < SHORT * width for piece in block.pieces)
