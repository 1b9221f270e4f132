"""Stage after the blocks: sentences that something else stands in the middle of are put together again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ingest.document import Block
from ingest.wording import ENDED, SHORT, Joiner, is_open, usual_width

REACH = 12
"""Blocks: how far above the beginning of a broken sentence is looked for."""


def mend(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Return the blocks with sentences put together that something else stands in the middle of.

    A paragraph that begins in lower case goes on with the nearest one above that breaks off, be it over a
    heading or a column of other text.
    """
    pieces = [piece for block in blocks for piece in block.pieces if piece.text]
    width = usual_width(pieces)
    joiner = Joiner(piece.text for piece in pieces)
    result: list[Block] = []
    for block in blocks:
        target = _broken_off(result, block, width) if block.marker is None else None
        if target is None:
            result.append(block)
        else:
            whole = result[target].pieces + block.pieces
            result[target] = replace(result[target], pieces=whole, text=joiner.join(whole))
    return tuple(result)


def _broken_off(above: Sequence[Block], block: Block, width: float) -> int | None:
    """Return the index of the block whose sentence this one goes on with, if any."""
    first = block.text[0]
    if first.isupper() or not first.isalpha():
        before = above[-1] if above else None
        open_end = before is not None and not block.first.frame and is_open(before.text) and len(before.text) > width
        return len(above) - 1 if open_end and not _short(block, width) else None
    for back in range(1, min(REACH, len(above)) + 1):
        candidate = above[-back]
        if not candidate.text or ENDED.search(candidate.text) or candidate.text[-1:] == ":":
            continue
        if is_open(candidate.text) or (back > 1 and all(_short(between, width) for between in above[1 - back :])):
            return len(above) - back
    return None


def _short(block: Block, width: float) -> bool:
    """Return whether a block can be a heading that stands in the middle of a sentence."""
    return block.marker is None and all(len(piece.text) < SHORT * width for piece in block.pieces)
