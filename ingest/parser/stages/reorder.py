"""Stage before the outline: headings that stand behind their own text go back before it.

Text taken from a laid-out page can hold the columns in a wrong order, with a chapter's title after its
prose. One such place proves nothing; a document with several has the fault throughout.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ingest.parser.document import Block
from ingest.parser.language import rules

MIN_DISPLACED = 3
"""Places: with fewer, headings are left where they stand."""
MIN_PROSE = 60
"""Characters: a shorter paragraph after a list may be a note to it."""


def restore(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Return the blocks with displaced headings before the text that they head.

    Where lines have places on a page, the reader has put them in their order.
    """
    if blocks and blocks[0].first.line.box:
        return tuple(blocks)
    runs = _runs(blocks)
    if sum(_proof(blocks, run) for run in runs) < MIN_DISPLACED:
        return tuple(blocks)
    result: list[Block] = []
    done = 0
    for first, last in runs:
        result.extend(blocks[done:first])
        result.extend(_in_order(list(blocks[first:last]), blocks[last] if last < len(blocks) else None))
        done = last
    result.extend(blocks[done:])
    return tuple(_into_lists(result))


def _runs(blocks: Sequence[Block]) -> list[tuple[int, int]]:
    """Return the stretches of headings and prose between one list and the lead-in or list after it."""
    runs = []
    first = 0
    for index, block in enumerate(blocks):
        if block.kind in ("item", "question", "lead_in"):
            if index > first:
                runs.append((first, index))
            first = index + 1
    if first < len(blocks):
        runs.append((first, len(blocks)))
    return runs


def _proof(blocks: Sequence[Block], run: tuple[int, int]) -> bool:
    """Return whether a run has prose first and a heading last: the heading has nothing of its own but a list."""
    first, last = run
    if last == len(blocks) or blocks[last].kind != "lead_in" or blocks[last - 1].kind != "heading":
        return False
    return last - first > 1 and blocks[first].kind == "text" and len(blocks[first].text) >= MIN_PROSE


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
