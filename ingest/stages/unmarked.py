"""Stage before the headings: lists whose entries carry no mark, one paragraph a wish."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.document import Block
from ingest.stages import rules
from ingest.stages.wording import type_of

MAX_LENGTH = 600
"""Characters: a longer paragraph is running text."""
MAX_CLAUSE = 300
"""Characters: a longer paragraph is no clause that a lead-in ends in."""
MAX_BETWEEN = 160
"""Characters: a longer paragraph between two wishes ends their list."""
MAX_HEADING = 60
"""Characters: a longer line between two wishes is no sub-heading."""
MIN_WISHES = 6
"""Paragraphs that read like wishes: with fewer, no document is taken for a list of them."""
MIN_SHARE = 0.6
"""Of a document's paragraphs: with so many that read like wishes, the wishes are the programme."""


def unmarked(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Return the blocks with those paragraphs as entries that list wishes without any mark.

    After a lead-in with a colon the first wish must follow at once; with no lead-in at all the whole
    document must be made that way.
    """
    wishes = [
        block.kind == "text" and not _tagged_heading(block) and _wish(block, rules.INFINITIVE) for block in blocks
    ]
    everywhere = _everywhere(blocks, wishes)
    typeset = _typeset(blocks)
    result: list[Block] = []
    listing = begun = False
    above: Block | None = None
    for index, (block, wish) in enumerate(zip(blocks, wishes, strict=True)):
        if index in typeset:
            block = replace(block, kind="entry")
        elif block.kind == "entry":
            listing = False
        elif _tagged_heading(block) and not _introduces(block):
            above = None  # a list goes on across sub-headings, a sentence does not
        elif _introduces(block):
            listing, begun, above = True, False, block
        elif (
            (above and _completes(above, block))
            or (wish and (listing or everywhere))
            or (everywhere and _clause(block))
            or (listing and begun and _wish(block, rules.LISTED_FORM))
        ):
            block, begun = replace(block, kind="entry"), True
        elif not _may_head(block):
            listing = begun = False
            above = None
        result.append(block)
    return tuple(result)


def _typeset(blocks: Sequence[Block]) -> set[int]:
    """Return the indexes of the paragraphs of a typeset page that stand under a lead-in, set alike, and wish.

    Few that say something else may stand between; what follows on the last wish does not belong to the list.
    """
    found: set[int] = set()
    for index, block in enumerate(blocks):
        if block.pieces[0].line.box is None or not (block.text.endswith(":") and rules.WISH.search(block.text)):
            continue
        run: list[bool] = []
        for later in blocks[index + 1 :]:
            alike = type_of(later.pieces[0]) == type_of(blocks[index + 1].pieces[0])
            wish = _wish(later, rules.LISTED_FORM) or _wish(later, rules.PARAGRAPH_FORM)
            if later.kind != "text" or not alike or _introduces(later) or not (wish or len(later.text) <= MAX_BETWEEN):
                break
            run.append(wish)
        while run and not run[-1]:
            run.pop()
        if len(run) > 1 and any(run[:2]) and sum(run) > MIN_SHARE * len(run):
            found.update(range(index + 1, index + 1 + len(run)))
    return found


def _wish(block: Block, forms: re.Pattern[str]) -> bool:
    """Return whether a paragraph begins as a wish does."""
    return len(block.text) <= MAX_LENGTH and bool(forms.match(block.text)) and block.text[-1:] not in ":?"


def _introduces(block: Block) -> bool:
    """Return whether a paragraph is a lead-in; without a colon the file itself must tell that it is a paragraph."""
    if block.text.endswith(":"):
        return bool(rules.WISH.search(block.text))
    line = block.pieces[0].line
    return bool(line.tag) and line.box is None and bool(rules.BARE_LEAD_IN.search(block.text))


def _completes(lead_in: Block, block: Block) -> bool:
    """Return whether a paragraph, told by the file itself, goes on with the sentence that a lead-in begins."""
    line = block.pieces[0].line
    if block.kind != "text" or line.tag != "P" or line.box is not None:
        return False
    if rules.CLAUSE_LEAD_IN.search(lead_in.text):
        return len(block.text) <= MAX_CLAUSE and bool(rules.CLAUSE.search(block.text))
    return _wish(block, rules.PARAGRAPH_FORM)


def _clause(block: Block) -> bool:
    """Return whether a paragraph is one sentence about what shall be."""
    short = block.kind == "text" and len(block.text) <= MAX_CLAUSE and "." not in block.text[:-1]
    return short and not _tagged_heading(block) and _wish(block, rules.PLEDGE_FORM)


def _may_head(block: Block) -> bool:
    """Return whether a paragraph can be a sub-heading."""
    return len(block.text) <= MAX_HEADING and block.text[-1:].isalnum()


def _tagged_heading(block: Block) -> bool:
    return block.pieces[0].line.tag.startswith("H")


def _everywhere(blocks: Sequence[Block], wishes: Sequence[bool]) -> bool:
    """Return whether the document is a list of wishes under headings, without any mark or lead-in."""
    if any(block.kind == "entry" for block in blocks):
        return False
    sentences = sum(block.text[-1:] in ".!?" or len(block.text) > 60 for block in blocks)
    return sum(wishes) >= MIN_WISHES and sum(wishes) >= MIN_SHARE * max(sentences, 1)
