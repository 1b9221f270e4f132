"""Lists without marks in copied text: lines that stand together with no white space between."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from ingest.parser.document import Block
from ingest.parser.language.demands import Leaning, Votes, is_demand, is_plain_demand, leaning
from ingest.parser.language.lead_ins import (
    Strength,
    can_introduce,
    is_lead_in,
    is_lead_in_line,
    lists_other,
    strength,
    wishes,
)
from ingest.parser.language.sentences import can_end_title, ends_sentence
from ingest.parser.profile import Medium, Profile
from ingest.parser.values import replace

LONGEST = 600
"""Characters of a line in a list: a longer one is running text. Chosen, as all here."""
LONGEST_HEADING = 60
"""Characters of a heading between two lists."""
LEAST = 3
"""Lines that stand together with no lead-in above them: fewer are no list …"""
LEAST_LED = 2
"""… nor are fewer right below one."""
MOST = 0.5
"""Of the lines of a list without a lead-in: so many ask for something …"""
SOME = 0.2
"""… and so many where it stands close below a list of the same page, under a heading of its own."""
NEEDED = {Strength.WANTS: 0.0, Strength.OPEN: SOME}
"""… or under words of each strength; others introduce nothing."""
WITNESSES = 2
"""Lists under a lead-in that stand so: with as many, fewer of the lines close below a heading need to ask."""
LEAST_LOWER = 2
"""Entries in lower case, after which a line that begins with a capital heads something else."""
MOST_WORDS = 4
"""Words of a heading between two lists with capitals …"""
SHORTER = 2.0
"""… which are so much longer."""


def introduces(block: Block) -> bool:
    """Return whether a paragraph is a lead-in; without a colon it must be a paragraph, or a short line, of its own."""
    if block.is_own_paragraph or block.text.endswith(":"):
        return not block.is_row and is_lead_in(block.text)
    return block.first.line.box is None and is_lead_in_line(block.text)


def close_lists(blocks: Sequence[Block], profile: Profile) -> list[Block]:
    """Return the blocks of a text copied from a page, with those lines as entries that stand together as lists do.

    There each line is a paragraph, and paragraphs of running text have white space between them.
    """
    result = list(blocks)
    if profile.medium is not Medium.PLAIN or profile.width or profile.tight:
        return result
    runs: list[tuple[int, int]] = []
    start = 0
    while start < len(blocks):
        end = start + 1
        while end < len(blocks) and _goes_on(blocks, end):
            end += 1
        runs.append((start, end))
        start = end
    led = sum(end - start > 1 and _needed_below(blocks, start) == 0.0 for start, end in runs)
    for start, end in runs:
        needed, least = _needed_below(blocks, start), LEAST_LED
        if needed is None:
            least = LEAST
            close = led >= WITNESSES and start > 0 and blocks[start - 1].kind == "heading" and not blocks[start].gap
            needed = SOME if close else MOST
        result[start:end] = _entries(blocks[start:end], needed, least)
    return result


def _needed_below(blocks: Sequence[Block], index: int) -> float | None:
    """Return which share of the lines must ask by the words right above them, None if those introduce nothing."""
    if not index or not _introduces_close(blocks, index - 1):
        return None
    return 0.0 if introduces(blocks[index - 1]) else NEEDED.get(strength(blocks[index - 1].text))


def _introduces_close(blocks: Sequence[Block], index: int) -> bool:
    """Return whether a paragraph is a lead-in, or may be one for the lines that stand close below it."""
    block, below = blocks[index], blocks[index + 1 : index + 2]
    if block.kind != "text":
        return False
    if introduces(block):
        return True
    begins = block.text[:1].isupper() or block.text.endswith(":")
    close = any(not later.gap for later in below) or _stand_close(blocks[index + 1 : index + 1 + LEAST])
    return begins and can_introduce(block.text) and close


def _stand_close(lines: Sequence[Block]) -> bool:
    """Return whether some lines stand together as a list's do, whatever stands above them."""
    return len(lines) == LEAST and all(line.kind == "text" and not line.gap for line in lines[1:])


def _goes_on(blocks: Sequence[Block], index: int) -> bool:
    """Return whether a line stands right below another one, and neither is a heading, a lead-in or running text."""
    pair = blocks[index - 1 : index + 1]
    if any(one.kind != "text" or one.names_document or len(one.text) > LONGEST or one.text[-1:] == "?" for one in pair):
        return False
    return not blocks[index].gap and not any(_introduces_close(blocks, place) for place in (index - 1, index))


def _entries(run: Sequence[Block], needed: float, least: int = LEAST) -> list[Block]:
    """Return the lines of a run as entries, if they are a list, those of a further list in it under its heading."""
    if needed and _is_title(run):
        return [replace(run[0], kind="heading", by="close"), *_entries(run[1:], SOME)]
    turn = next((at for at in range(1, len(run)) if _heads(run, at)), len(run))
    first, head, further = run[:turn], run[turn : turn + 1], run[turn + 1 :]
    result = [_listed(block) for block in first] if len(first) >= least and _is_list(first, needed) else list(first)
    result += [replace(block, kind="heading", by="close") for block in head]
    return result + (_entries(further, SOME) if further else [])


def _heads(run: Sequence[Block], at: int) -> bool:
    """Return whether a line within a run heads those below it: the first with a capital, or one much shorter."""
    text, above, below = run[at].text, run[:at], run[at + 1 :]
    if len(text) > LONGEST_HEADING or not can_end_title(text):
        return False
    # The first of the chapters that the lines above are an overview of, or one of another kind.
    if text in (block.text for block in above) or lists_other(text):
        return True
    if is_plain_demand(text):
        return False
    lower = [block.text[:1].islower() for block in run[: at + 1]]
    if at >= LEAST_LOWER and all(lower[:at]) and not lower[at]:
        return True
    if leaning(text) is not Leaning.OPEN:
        return False
    if not below:
        return False
    few = len(text.split()) <= MOST_WORDS and text[0].isupper() and text[-1].isalnum()
    if few and at >= LEAST_LOWER and all(ends_sentence(block.text) for block in above):
        return True
    others = min(median(len(block.text) for block in lines) for lines in (above, below))
    return (
        few
        and len(text) * SHORTER <= others
        and len(below) >= LEAST_LOWER
        and Votes.of(block.text for block in below).asks(MOST)
    )


def _is_title(run: Sequence[Block]) -> bool:
    """Return whether the first line of a run heads the others, which ask for something: much shorter, or as a lead-in.

    `Barnehage`, `Våre viktigste saker`.
    """
    text, below = run[0].text, [block.text for block in run[1:]]
    if len(below) < LEAST or not text[:1].isupper() or not can_end_title(text) or is_demand(text):
        return False
    shorter = len(text.split()) <= MOST_WORDS and len(text) * SHORTER <= median(map(len, below))
    return (shorter or (wishes(text) and leaning(text) is Leaning.OPEN)) and Votes.of(below).asks(MOST)


def _listed(block: Block) -> Block:
    return replace(block, kind="entry", by="close lines")


def _is_list(lines: Sequence[Block], needed: float) -> bool:
    """Return whether some lines that stand together are a list, of which such a share must ask for something."""
    votes = Votes.of(block.text for block in lines)
    if not needed:
        return not votes.lists_facts
    return not any(lists_other(block.text) for block in lines) and votes.asks(needed)
