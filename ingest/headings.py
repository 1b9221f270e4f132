"""Third stage: which paragraphs are headings, by tag, type and shape."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest import rules
from ingest.document import Block
from ingest.wording import Type, body_type, type_of

MAX_LENGTH = 120
"""Characters: no heading is longer."""
MAX_LINES = 4
MAX_EXCLAMATION = 8
"""Words: a longer sentence with a question or exclamation mark is one of the text."""

_NUMBER = re.compile(r"(\d{1,2})[.)]")
_NO_END = re.compile(r"[.,;…–-]$")


def headings(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Return the blocks with kind "heading" for the texts that head others."""
    blocks = _numbered_headings(blocks)
    body = body_type(piece for block in blocks for piece in block.pieces)
    result: list[Block] = []
    for index, block in enumerate(blocks):
        after = blocks[index + 1] if index + 1 < len(blocks) else None
        if block.kind == "text" and _is_heading(block, after, body):
            block = _split_number(replace(block, kind="heading"))
            if result and result[-1].kind == "heading" and _one_title(result[-1], block):
                above = result.pop()
                block = replace(above, pieces=above.pieces + block.pieces, text=f"{above.text} {block.text}")
        result.append(block)
    return tuple(result)


def _numbered_headings(blocks: Sequence[Block]) -> list[Block]:
    """Return the blocks with those numbered entries as headings that head text instead of listing wishes.

    The numbers tell: 1, 1, 2, 3, 2, 1, 2, 3 are the headings 1 and 2 with a list of three each. A chain of
    numbers whose members are mostly followed by running text is one of headings.
    """
    result = list(blocks)
    chains: list[list[int]] = []
    open_chains: list[list[int]] = []
    values: dict[int, int] = {}
    for index, block in enumerate(blocks):
        if block.marker is None or not (match := _NUMBER.fullmatch(block.marker.text)):
            continue
        value = values[index] = int(match[1])
        while open_chains and values[open_chains[-1][-1]] + 1 != value and value != 1:
            if len(open_chains) == 1:
                open_chains = []
                break
            open_chains.pop()
        if value == 1 or not open_chains:
            open_chains.append([])
            chains.append(open_chains[-1])
        open_chains[-1].append(index)
    for chain in chains:
        heading = [index for index in chain if _heads_text(blocks, index)]
        if len(heading) * 2 > len(chain) and (len(chain) > 1 or not _follows_colon(blocks, chain[0])):
            for index in chain:
                result[index] = replace(blocks[index], kind="heading", number=blocks[index].marker, marker=None)
    return result


def _heads_text(blocks: Sequence[Block], index: int) -> bool:
    """Return whether an entry is short, unfinished and followed by running text."""
    block = blocks[index]
    if len(block.text) > MAX_LENGTH or _NO_END.search(block.text) or index + 1 == len(blocks):
        return False
    return blocks[index + 1].kind == "text"


def _follows_colon(blocks: Sequence[Block], index: int) -> bool:
    return index > 0 and blocks[index - 1].text.endswith(":")


def _is_heading(block: Block, after: Block | None, body: Type) -> bool:
    """Return whether a paragraph looks like a heading."""
    text = block.text
    if len(text) > MAX_LENGTH or len(block.pieces) > MAX_LINES:
        return False
    if not any(map(str.isalpha, text)) or text[0].islower() or _NO_END.search(text):
        return False
    if rules.QUESTION.fullmatch(text) or text[0] in "*(" or rules.BARE_LEAD_IN.search(text):
        return False
    if text[-1] in "!?" and len(text.split()) > MAX_EXCLAMATION:
        return False
    if text.endswith(":"):
        return after is not None and (after.kind == "heading" or (after.kind == "text" and not rules.WISH.search(text)))
    first = block.first
    if stands_out(block, body):
        return True
    return after is None or first.gap > 0 or first.frame or after.gap > 0 or after.first.frame


def _split_number(block: Block) -> Block:
    """Return a heading with the number before its words apart from them."""
    first = block.pieces[0]
    match = rules.HEADING_NUMBER.match(first.text)
    if match is None or not (rest := first.text[match.end() :].lstrip()):
        return block
    number = replace(first, end=first.start + match.end(), text=match[0])
    words = replace(first, start=first.end - len(rest), text=rest)
    return replace(block, pieces=(words, *block.pieces[1:]), number=number, text=block.text[len(match[0]) :].lstrip())


def stands_out(block: Block, body: Type) -> bool:
    """Return whether a block is set larger or bolder than the text, or in a colour of its own."""
    size, bold, colour = type_of(block.pieces[0])
    return size > body[0] or (size == body[0] and (bold, colour) != body[1:] and (bold or colour != "" or body[1]))


def _one_title(above: Block, block: Block) -> bool:
    """Return whether a heading's line goes on with a short label just above it."""
    label = len(above.text.split()) <= 2 or above.text.endswith(":")
    return not block.gap and not block.first.frame and label
