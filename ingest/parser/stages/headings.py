"""Which paragraphs are headings, by tag, type and shape."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from ingest.parser.document import Block
from ingest.parser.draft import Draft
from ingest.parser.language import rules
from ingest.parser.language.dissents import dissent_of
from ingest.parser.language.lead_ins import asks, can_introduce, is_lead_in, says_who_will, seeks_people
from ingest.parser.language.markers import number_of
from ingest.parser.language.sentences import can_end_title
from ingest.parser.language.titles import begins_with_value, is_no_title, tells_adoption
from ingest.parser.profile import MAX_HEADING_LINES, Profile, Type, type_of
from ingest.parser.values import replace
from programmes.norwegian.sentences import sentence_starts

MAX_LENGTH = 120
"""Characters: no heading is longer.
The limits here are chosen, but for those of tight text: measured on programmes out of Word."""
MAX_TIGHT = 40
"""Characters of a heading with no white space around it."""
MAX_TIGHT_TITLE = 60
"""… where no paragraph has any."""
MIN_SIGNED = 5
"""Headings: with so many signed ones …"""
SHARE_SIGNED = 0.7
"""… and this share of all that look like headings, the others are none."""
MIN_TAGGED = 2
"""Headings: a file that tags so many tags them all; one alone may be its title."""
PROSE = 100
"""Characters: a longer paragraph is running text, be it of one sentence."""
MIN_LETTERED = 2
"""Headings with a number like `A1`: fewer may be about a road or a paper's size."""
MIN_ROW = 3
"""Short lines, close to one another: so many are a list, and but the last of them may be a heading."""
MAX_EXCLAMATION = 8
"""Words: a longer sentence with a question or exclamation mark is one of the text."""

_LABEL = re.compile(r"(?:\w+\s)?(?:\d{1,2}|[IVX]{1,5})[.:]?")


def headings(draft: Draft) -> Draft:
    """Return the document with kind "heading" for the texts that head others.

    A sign is a tag, a type of its own, or a bookmark. Where most headings of a document carry one, shape alone
    makes no heading.
    """
    blocks, profile = _numbered_headings(draft.blocks), draft.profile
    candidates: dict[int, bool] = {}
    for index, block in enumerate(blocks):
        if block.kind == "text" and not block.names_document and _can_head(block) and not _small(block, profile):
            signed = _is_signed(block, profile)
            after = blocks[index + 1] if index + 1 < len(blocks) else None
            heads = signed or index == 0 or _stands_apart(block, after, profile.tight) or _opens_part(blocks, index)
            labels = not signed and after is not None and begins_with_value(after.text)
            if heads and not labels and _introduces_nothing(block, blocks[index + 1 : index + 3], profile.body):
                candidates[index] = signed
    candidates = dict(sorted((candidates | dict.fromkeys(_asked_alike(blocks, candidates), False)).items()))
    for index in _listed(blocks, candidates):
        del candidates[index]
    signs = sum(candidates.values())
    only_signed = (signs >= MIN_SIGNED and signs >= SHARE_SIGNED * len(candidates)) or _marks_headings(blocks)
    result: list[Block] = []
    for index, block in enumerate(blocks):
        if candidates.get(index, False) or (index in candidates and not only_signed):
            whole = replace(block, kind="heading", by="sign" if candidates[index] else "shape")
            block = _split_number(whole)
            if result and result[-1].kind == "heading" and _one_title(result[-1], block):
                above, block = result.pop(), whole
                block = replace(above, pieces=above.pieces + block.pieces, text=f"{above.text} {block.text}")
        elif block.kind == "heading" and block.number is None:
            block = _split_number(block)
        result.append(block)
    return draft.with_blocks(_with_letters(result))


def _with_letters(blocks: Sequence[Block]) -> list[Block]:
    """Return the blocks with numbers like `A1` apart from their headings, if there is an `A1` and another.

    `E6 gjennom byen` alone is about a road.
    """
    found = {
        index: match[0].rstrip(".:")
        for index, block in enumerate(blocks)
        if block.kind == "heading" and block.number is None and (match := rules.LETTERED_NUMBER.match(block.text))
    }
    first = {sign[0] for sign in found.values() if sign[1:] == "1"}
    numbers = {index for index, sign in found.items() if sign[0] in first}
    if len(numbers) < MIN_LETTERED:
        return list(blocks)
    return [
        _split_number(block, rules.LETTERED_NUMBER) if index in numbers else block for index, block in enumerate(blocks)
    ]


def _asked_alike(blocks: Sequence[Block], candidates: Mapping[int, bool]) -> set[int]:
    """Return the questions right above a list that stand apart and begin as headings do: `Hva vil vi med skolen?`."""
    openings = {_opening(blocks[index].text) for index in candidates if blocks[index].text.endswith("?")}
    return {
        index
        for index, block in enumerate(blocks)
        if block.kind == "text" and block.gap and block.text.endswith("?")
        if index not in candidates and _opening(block.text) in openings and _can_head(block)
    }


def _opening(text: str) -> tuple[str, ...]:
    """Return the first words of a question that others may begin with, too."""
    return tuple(text.casefold().split()[:3])


def _listed(blocks: Sequence[Block], candidates: Mapping[int, bool]) -> set[int]:
    """Return those of the texts that may be headings which stand close above another such: several in a row list."""
    row: list[int] = []
    found: set[int] = set()
    for index, signed in candidates.items():
        if signed:
            continue
        if row and (index != row[-1] + 1 or blocks[index].gap):
            row = []
        row.append(index)
        if len(row) >= MIN_ROW:
            found.update(row[:-1])
    return found


def _numbered_headings(blocks: Sequence[Block]) -> list[Block]:
    """Return the blocks with those numbered entries as headings that head text instead of listing wishes.

    The order of the numbers shows it: 1, 1, 2, 3, 2, 1, 2, 3 are the headings 1 and 2 with a list of three each. A
    chain of numbers whose members are mostly followed by running text is one of headings.
    """
    result = list(blocks)
    chains: list[list[int]] = []
    open_chains: list[list[int]] = []
    values: dict[int, int] = {}
    for index, block in enumerate(blocks):
        if (value := number_of(block.mark)) is None:
            continue
        values[index] = value
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
        if _is_led(blocks, chain[0]) or _all_ones(blocks, chain[0]):
            continue
        if len(heading) * 2 > len(chain) and (len(chain) > 1 or not _follows_colon(blocks, chain[0])):
            for index in chain:
                entry = blocks[index]
                result[index] = replace(entry, kind="heading", number=entry.marker, marker=None, by="numbers")
    return result


def _heads_text(blocks: Sequence[Block], index: int) -> bool:
    """Return whether an entry is short, unfinished and followed by running text."""
    block = blocks[index]
    if (
        len(block.text) > MAX_LENGTH
        or not can_end_title(block.text)
        or is_no_title(block.text)
        or index + 1 == len(blocks)
    ):
        return False
    return blocks[index + 1].kind == "text"


def _is_led(blocks: Sequence[Block], index: int) -> bool:
    """Return whether a lead-in stands right above an entry; `Våre hovedsaker:` may stand above numbered chapters."""
    return index > 0 and blocks[index - 1].kind == "text" and says_who_will(blocks[index - 1].text)


def _all_ones(blocks: Sequence[Block], index: int) -> bool:
    """Return whether a 1 follows right on another: a file that leaves the counting to the program that shows it."""
    beside = [blocks[place] for place in (index - 1, index + 1) if 0 <= place < len(blocks)]
    return any(block.mark == blocks[index].mark for block in beside)


def _follows_colon(blocks: Sequence[Block], index: int) -> bool:
    return index > 0 and blocks[index - 1].text.endswith(":")


def _can_head(block: Block) -> bool:
    """Return whether the words of a paragraph can be a title."""
    text = block.text
    if len(text) > MAX_LENGTH or len(block.pieces) > MAX_HEADING_LINES:
        return False
    if not any(map(str.isalpha, text)) or text[0].islower() or not can_end_title(text):
        return False
    if text[0].isdigit() and not block.heading_level and not rules.HEADING_NUMBER.match(text):
        return False  # 11 prosent pendler ut
    if block.is_row or (not block.heading_level and _says_something_else(text)):
        return False
    if asks(text) or text[0] in "*(" or says_who_will(text) or " • " in text:
        return False
    return text[-1] not in "!?" or len(text.split()) <= MAX_EXCLAMATION


def _says_something_else(text: str) -> bool:
    return tells_adoption(text) or is_no_title(text) or seeks_people(text) or bool(dissent_of(text))


def _introduces_nothing(block: Block, below: Sequence[Block], body: Type) -> bool:
    """Return whether a title that ends in a colon, or in the middle of a sentence, is one, and no lead-in.

    A number, capitals, a tag or larger type says so; else running text must stand below.
    """
    text, after = block.text, below[0] if below else None
    listed = after is not None and after.kind == "entry"
    if listed and (is_lead_in(text) if text.endswith(":") else can_introduce(text)):
        return False
    if not text.endswith(":"):
        opens = text[-1] == "?" or bool(block.heading_level) or not can_introduce(text)
        return opens or (after is not None and _is_prose(after))
    if rules.HEADING_NUMBER.match(text) or text.isupper():
        return True
    if block.heading_level or type_of(block.pieces[0])[0] > body[0]:
        return not is_lead_in(text)
    if after is None or is_lead_in(text):
        return False
    # A label right above the title that it goes with: `Bolig:`, and below it `Et hjem for alle` with its text.
    label = (
        after.kind == "text"
        and not after.gap
        and _can_head(after)
        and len(below) > 1
        and (below[1].gap > 0 or _is_prose(below[1]))
    )
    return label or after.kind == "heading" or _is_prose(after) or is_lead_in(after.text)


def _is_prose(block: Block) -> bool:
    """Return whether a paragraph is running text: long, or of more than a sentence."""
    return block.kind == "text" and (len(block.text) > PROSE or bool(sentence_starts(block.text)))


def _small(block: Block, profile: Profile) -> bool:
    """Return whether a block is set smaller than the text, as captions and signatures are."""
    return type_of(block.pieces[0])[0] < profile.body[0] and not block.heading_level


def _stands_apart(block: Block, after: Block | None, tight: bool) -> bool:
    """Return whether a paragraph has white space above or below it, or is short where no paragraph has any."""
    first = block.first
    if after is None:  # at the end nothing is left to be headed, but a part may have lost its text
        return bool(rules.PART.match(block.text))
    if first.gap > 0 or first.frame or after.gap > 0 or after.first.frame:
        return True
    if tight and len(block.text) <= MAX_TIGHT_TITLE and len(block.pieces) == 1:
        return True
    # A short line of its own right above a list or its lead-in.
    return len(block.text) <= MAX_TIGHT and len(block.pieces) == 1 and (after.kind == "entry" or is_lead_in(after.text))


def _opens_part(blocks: Sequence[Block], index: int) -> bool:
    """Return whether a numbered line stands right under a part's title: `Del II Arbeid`, and below it `4 Havet`."""
    return bool(rules.PART.match(blocks[index - 1].text) and rules.HEADING_NUMBER.match(blocks[index].text))


def _marks_headings(blocks: Sequence[Block]) -> bool:
    """Return whether the file marks both its paragraphs and its headings, as Markdown and word processors do."""
    tagged = [bool(block.heading_level) for block in blocks if block.is_own_paragraph]
    return sum(tagged) >= MIN_TAGGED and not all(tagged)


def _is_signed(block: Block, profile: Profile) -> bool:
    """Return whether a tag, a type of its own or a bookmark says that a block is a heading."""
    stands_out_or_tagged = bool(block.heading_level) or stands_out(block, profile)
    return stands_out_or_tagged or profile.has_bookmark(block.text, block.first)


def stands_out(block: Block, profile: Profile) -> bool:
    """Return whether a block is set larger or bolder than the text, or in a colour of its own."""
    size, bold, colour = found = type_of(block.pieces[0])
    body = profile.body
    if size != body[0] or found in profile.texts:
        return size > body[0]
    return (bold, colour) != body[1:] and (bold or colour != "" or body[1])


def _split_number(block: Block, numbers: re.Pattern[str] = rules.HEADING_NUMBER) -> Block:
    """Return a heading with the number before its words apart from them."""
    first = block.pieces[0]
    match = numbers.match(first.text)
    if match is None or not (rest := first.text[match.end() :].lstrip()):
        return block
    number = replace(first, end=first.start + match.end(), text=match[0])
    words = replace(first, start=first.end - len(rest), text=rest)
    return replace(block, pieces=(words, *block.pieces[1:]), number=number, text=block.text[len(match[0]) :].lstrip())


def _one_title(above: Block, block: Block) -> bool:
    """Return whether a heading's line goes on with a short label just above it."""
    label = bool(_LABEL.fullmatch(above.text)) or above.text.endswith(":")
    alike = type_of(above.pieces[-1]) == type_of(block.pieces[0]) and not block.first.line.tag
    return not block.gap and not block.first.frame and label and alike
