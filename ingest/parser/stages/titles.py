"""Stage before the headings: untagged lines on the front that name the programme are its title, and head nothing.

Lines that the file itself tags or sets as headings are not touched: those may head others.
"""

from __future__ import annotations

from itertools import takewhile

from ingest.parser.document import Block
from ingest.parser.draft import Draft
from ingest.parser.language import rules
from ingest.parser.language.party_names import names_author
from ingest.parser.language.sentences import ends_sentence
from ingest.parser.language.titles import LONGEST, is_no_title, names_programme
from ingest.parser.profile import Medium
from ingest.parser.values import replace
from programmes.identity import letters

MOST = 12
"""Paragraphs that a front has at most. Chosen, not measured."""


def titles(draft: Draft) -> Draft:
    """Return the document with the lines that name it known as such, on its front and where they are repeated.

    The front are the short lines above the first text. What stands above a line that names the programme goes with
    it, and so does a slogan right below, unless it is the line right above the text: that one heads it.
    """
    blocks = draft.blocks
    tagged = sum(1 for _ in takewhile(lambda block: block.heading_level, blocks[:MOST]))
    front = [*blocks[:tagged], *takewhile(_of_front, blocks[tagged:MOST])]
    named = [place for place, block in enumerate(front) if place >= tagged and names_programme(block.text)]
    if not named:
        return draft
    last = named[-1]
    typeset = draft.profile.medium is Medium.TYPESET
    while (
        not typeset
        and last + 2 < len(front)
        and _are_close(*front[last : last + 2])
        and _are_close(*front[last + 1 : last + 3])
    ):
        last += 1
    if (
        not typeset
        and last + 1 < len(front)
        and _are_close(*front[last : last + 2])
        and not _are_close(*blocks[last + 1 : last + 3])
    ):
        last += 1
    while last + 1 < len(front) and names_author(front[last + 1].text):
        last += 1
    again = {letters(block.text) for block in front[tagged : last + 1]}
    return draft.with_blocks(
        [
            replace(block, names_document=True) if tagged <= place <= last or _repeats(block, again) else block
            for place, block in enumerate(blocks)
        ]
    )


def _of_front(block: Block) -> bool:
    """Return whether a paragraph can be a line of the front."""
    return (
        block.kind == "text"
        and not block.heading_level
        and len(block.text) <= LONGEST
        and (not ends_sentence(block.text) or block.text[-1] == "!" or names_programme(block.text))
        and not block.text.endswith(":")
        and not is_no_title(block.text)
        and not rules.HEADING_NUMBER.match(block.text)
    )


def _are_close(above: Block, below: Block | None = None) -> bool:
    """Return whether nothing stands between two lines of a plain text, be it a blank line or furniture."""
    if below is None or below.is_own_paragraph:
        return False
    last, first = above.pieces[-1].line, below.first.line
    return first.page == last.page and first.number == last.number + 1


def _repeats(block: Block, again: set[str]) -> bool:
    return block.kind == "text" and not block.heading_level and letters(block.text) in again
