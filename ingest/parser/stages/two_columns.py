"""Text taken out of two columns: the strategy for plain text that an extractor wrote down in the wrong order.

Such text has a chapter's title after its prose, and single spaces where a column or text frame begins. One such place
proves nothing; a document with several has the fault throughout (`Profile.two_columns`), and no other is touched.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from ingest.parser.document import Block
from ingest.parser.draft import Draft
from ingest.parser.language import rules
from ingest.parser.profile import MIN_PROSE, frames
from ingest.parser.values import replace


def with_frames(draft: Draft) -> Draft:
    """Return the document with the lines marked that open a column or text frame, and so continue nothing."""
    if not draft.profile.two_columns:
        return draft
    opening = zip(draft.pieces, frames(draft.pieces), strict=True)
    return replace(draft, pieces=tuple(replace(piece, frame=opens) for piece, opens in opening))


def reorder(draft: Draft) -> Draft:
    """Return the document with displaced headings before the text that they head, and chapters known as such."""
    if not draft.profile.two_columns:
        return draft
    result: list[Block] = []
    # Headings and prose between one list and the lead-in or list after it are put in order together.
    for listed, group in groupby(draft.blocks, lambda block: block.kind in ("item", "question", "lead_in")):
        run = list(group)
        after = next(iter(draft.blocks[len(result) + len(run) :]), None)
        result.extend(run if listed else _in_order(run, after))
    return draft.with_blocks(_with_chapters(_into_lists(result)))


def _with_chapters(blocks: Sequence[Block]) -> list[Block]:
    """Return the blocks with a level for chapters: headings found behind their text, or with one more right below."""
    here = {n for n, block in enumerate(blocks) if block.kind == "heading" and not rules.PART.match(block.text)}
    chapters = {n for n in here if blocks[n].displaced or (n + 1 in here and n + 2 not in here and n - 1 not in here)}
    return [replace(block, level=1) if n in chapters else block for n, block in enumerate(blocks)]


def _in_order(run: list[Block], after: Block | None) -> list[Block]:
    """Return one run with its displaced headings moved up, and all of them marked."""
    places = [index for index, block in enumerate(run) if block.kind == "heading"]
    prose = sum(len(block.text) >= MIN_PROSE for block in run[: places[0]]) if places else 0
    parts = [index for index in places if rules.PART.match(run[index].text) and (prose or index > 0)]
    chapter = next((index for index in places if not rules.PART.match(run[index].text)), None)
    if chapter is not None and not (prose and (prose > 1 or _bare(run, chapter))):
        chapter = None
    for index in places:
        before_part = index + 1 in parts
        last = chapter is None and index == len(run) - 1 and after is not None and after.kind == "lead_in"
        if before_part or (last and index and run[index - 1].kind == "text"):
            run[index] = replace(run[index], displaced=True)
    moved = [*parts, *([chapter] if chapter is not None else [])]
    front = [replace(run[index], displaced=True) for index in moved]
    return front + [block for index, block in enumerate(run) if index not in moved]


def _bare(run: Sequence[Block], index: int) -> bool:
    """Return whether a heading has no prose of its own."""
    return index + 1 == len(run) or run[index + 1].kind == "heading"


def _into_lists(blocks: list[Block]) -> list[Block]:
    """Return the blocks with each heading that stands within its own list moved before the list's prose."""
    start, headed = 0, False
    index = 0
    while index < len(blocks):
        block = blocks[index]
        after = blocks[index + 1] if index + 1 < len(blocks) else None
        if block.kind == "heading":
            in_list = index > 0 and blocks[index - 1].kind == "item" and after is not None and after.kind == "item"
            if in_list and not headed and blocks[start].kind == "text":
                blocks.insert(start, replace(blocks.pop(index), displaced=True))
            headed = True
        elif block.kind == "text" and index > 0 and blocks[index - 1].kind == "item":
            start, headed = index, False
        index += 1
    return blocks
