"""Stage before the lists without marks: headings that nothing sets apart from the list above them.

Text copied from a browser has no white space above a heading, and a list there has lost its marks: `Barn og unge` looks
like the last entry of the list above it. What stands below tells it apart, and its own words: it asks for nothing, and
running text or a lead-in follows.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from ingest.parser.document import Block
from ingest.parser.draft import Draft
from ingest.parser.language import rules
from ingest.parser.language.demands import Leaning, has_verb, is_demand, is_plain_demand, leaning
from ingest.parser.language.lead_ins import can_introduce, is_lead_in
from ingest.parser.language.sentences import breaks_off, can_end_title, ends_sentence
from ingest.parser.language.titles import is_no_title
from ingest.parser.profile import Medium, Profile, type_of
from ingest.parser.values import replace
from programmes.norwegian.sentences import sentence_starts

LONGEST = 60
"""Characters: no such heading is longer. The limits were measured on 24 invented local programmes."""
CLAUSE = 5
"""Words of an entry with a verb of its own: `Valgfagene jakt og fiske kommer inn igjen`."""
LONG = 100
"""Characters: a longer paragraph is running text, be it of one sentence."""
MOST_CHAPTERS = 2
"""Headings right above another heading at most."""
MIN_SIGNS = 3
"""Lines that begin with a picture sign, with numbers in order, or are in capitals: fewer say nothing of the others."""


def close_headings(draft: Draft) -> Draft:
    """Return the document with kind "heading" for those lines of plain or untagged text that stand close to a list."""
    blocks, profile = draft.blocks, draft.profile
    if profile.medium is Medium.TYPESET:
        return draft
    signed = any(_signed(block, profile) for block in blocks)
    pictured = set[int]() if signed else _pictured(blocks) | _numbered(blocks) | _in_capitals(blocks)
    wrapped = profile.width > 0
    gaps = [block.gap > 0 for block in blocks if block.kind == "text" and _is_prose(block.text)]
    apart = sum(gaps) * 2 > len(gaps)
    heads = [
        index in pictured
        or (0 < index < len(blocks) - 1 and signed and _heads_lead_in(*blocks[index - 1 : index + 2]))
        or (
            not signed
            and _heads(
                blocks[index - 1] if index else None, block, blocks[index + 1 : index + 2], wrapped=wrapped, apart=apart
            )
        )
        for index, block in enumerate(blocks)
    ]
    if profile.medium is Medium.PLAIN and not signed:
        for index in [index for index, head in enumerate(heads) if head]:
            for place in _chapters_above(blocks, index):
                heads[place] = True
    return draft.with_blocks(
        [
            replace(block, kind="heading", by="close") if head else block
            for block, head in zip(blocks, heads, strict=True)
        ]
    )


def _chapters_above(blocks: Sequence[Block], index: int) -> range:
    """Return the lines right above a heading that are headings too: a chapter's title above that of its first part.

    They are the last of a list unless white space, a whole sentence or the document's title stands above them.
    """
    first = index
    while first > max(index - MOST_CHAPTERS, 0) and not blocks[first].gap and _may_be_chapter(blocks[first - 1]):
        first -= 1
    block, above = blocks[first], blocks[first - 1] if first else None
    if above is None or above.names_document or rules.HEADING_NUMBER.match(block.text):
        return range(first, index)
    parted = bool(block.gap) or ends_sentence(above.text) or above.text[:1].islower()
    return range(first, index) if parted and not can_introduce(above.text) else range(index, index)


def _may_be_chapter(block: Block) -> bool:
    return _like_title(block) and not (is_plain_demand(block.text) or can_introduce(block.text))


def _signed(block: Block, profile: Profile) -> bool:
    """Return whether a block is tagged or set as a heading: then the file says itself which ones are."""
    return bool(block.heading_level) or (block.kind == "text" and type_of(block.pieces[0]) != profile.body)


def _heads(above: Block | None, block: Block, below: Sequence[Block], *, wrapped: bool, apart: bool) -> bool:
    """Return whether a line is the heading of what stands below it, and not the last entry of the list above."""
    if not _like_title(block) or not below:
        return False
    if above is not None and (block.gap or above.text.endswith(":") or (wrapped and breaks_off(above.text))):
        return False
    if above is not None and len(block.text.split()) >= CLAUSE and has_verb(block.text):
        return False
    if is_demand(block.text) or (can_introduce(block.text) and not block.text.isupper()):
        return False
    after = below[0]
    if after.first.line.tag == "TR":
        return True
    if after.kind != "text":
        return False
    # A list in lower case ends where a line begins with a capital.
    ends_list = above is not None and above.text[:1].islower() and after.text[:1].isupper() and not after.gap
    # Where lines are no wrapped text, a sentence that stands apart is a paragraph of running text.
    stands_apart = not wrapped and bool(after.gap) and ends_sentence(after.text)
    # Where paragraphs stand apart, a long line right below is an entry like the ones above.
    prose = _is_prose(after.text) and (wrapped or not apart or bool(after.gap) or above is None)
    return stands_apart or prose or is_lead_in(after.text) or ends_list


def _heads_lead_in(above: Block, block: Block, below: Block) -> bool:
    """Return whether a line between a list and a lead-in heads that one, in a file that tags its other headings."""
    apart = _signed_alike(above, block) and not above.text.endswith(":")
    title = _like_title(block) and leaning(block.text) is Leaning.OPEN and not can_introduce(block.text)
    return apart and title and not below.heading_level and is_lead_in(below.text)


def _signed_alike(above: Block, block: Block) -> bool:
    """Return whether two paragraphs are tagged and set alike, neither as a heading."""
    alike = type_of(above.pieces[-1]) == type_of(block.pieces[0])
    return alike and not above.heading_level and not block.heading_level


def _like_title(block: Block) -> bool:
    """Return whether a paragraph is one short line that can be a title."""
    text = block.text
    return (
        block.kind == "text"
        and block.first.line.tag != "TR"
        and not block.names_document
        and len(block.pieces) == 1
        and len(text) <= LONGEST
        and (text[:1].isupper() or rules.HEADING_NUMBER.match(text) is not None)
        and can_end_title(text)
        and not is_no_title(text)
    )


def _is_prose(text: str) -> bool:
    """Return whether a paragraph is running text: long, or of more than a sentence."""
    whole = len(text) > LONG or bool(sentence_starts(text))
    return whole and not text.endswith(":") and not is_plain_demand(text)


def _numbered(blocks: Sequence[Block]) -> set[int]:
    """Return the indexes of lines whose numbers go on from each other, `1`, `2`, `2.1`, `3`."""
    found: list[int] = []
    last: list[int] = []
    for index, block in enumerate(blocks):
        match = rules.HEADING_NUMBER.match(block.text) if block.text[:1].isdigit() and _like_title(block) else None
        if match is None or is_demand(block.text[match.end() :].strip()):
            continue
        number = [int(part) for part in match[0].rstrip(".): ").split(".") if part.isdigit()]
        if number in ([*last[: len(number) - 1], (last[len(number) - 1 :] or [0])[0] + 1], [*last, 1]):
            found.append(index)
            last = number
    heading = [index for index in found if index + 1 < len(blocks) and blocks[index + 1].gap]
    return set(found) if len(found) >= MIN_SIGNS and len(heading) * 2 > len(found) else set()


def _in_capitals(blocks: Sequence[Block]) -> set[int]:
    """Return the indexes of the lines in capitals that ask for nothing, where there are some."""
    found = {
        index
        for index, block in enumerate(blocks)
        if block.text.isupper() and _like_title(block) and not (can_introduce(block.text) or is_demand(block.text))
    }
    return found if MIN_SIGNS <= len(found) < len(blocks) / 2 else set()


def _pictured(blocks: Sequence[Block]) -> set[int]:
    """Return the indexes of the lines that begin with a picture, each with another: the same ones would be marks."""
    found = {
        index: block.text[:1]
        for index, block in enumerate(blocks)
        if block.kind == "text" and len(block.text) <= LONGEST and unicodedata.category(block.text[:1] or " ") == "So"
    }
    return set(found) if len(set(found.values())) >= max(MIN_SIGNS, len(found) / 2) else set()
