"""Stage before the headings: lists whose entries carry no mark, one paragraph a wish."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise

from ingest.parser.document import Block
from ingest.parser.draft import Draft
from ingest.parser.language import rules
from ingest.parser.language.demands import (
    Votes,
    begins_with_infinitive,
    demands_later,
    is_demand,
    is_plain_demand,
    names_demand,
)
from ingest.parser.language.lead_ins import (
    can_introduce,
    introduces_clauses,
    is_lead_in,
    is_lead_in_line,
    lists_other,
    says_who_will,
)
from ingest.parser.language.sentences import ends_sentence, is_complete
from ingest.parser.profile import Medium, Profile, stands_in, type_of
from ingest.parser.stages.unmarked.runs import LEAST, MOST, MOST_WORDS, SHORTER, close_lists, introduces
from ingest.parser.values import replace
from programmes.norwegian.sentences import sentence_starts

MAX_LENGTH = 600
"""Characters: a longer paragraph is running text.
All were measured on 1,072 invented wishes of 30 shapes, and five programmes of running text."""
MAX_LINE = 300
"""Characters: a longer paragraph is no wish if nothing but its shape says that it is one."""
MAX_BETWEEN = 160
"""Characters: a longer paragraph between two wishes ends their list."""
MAX_HEADING = 60
"""Characters: a longer line between two wishes is no sub-heading."""
REACH = 3
"""Paragraphs: so far below one that says nothing the list may go on."""
MIN_PROSE = 5
"""Paragraphs of running text: fewer say nothing of its length …"""
SHORT_PROSE = 0.2
"""… and with fewer of one sentence, such a paragraph below a list belongs to it."""
MIN_WISHES = 6
"""Paragraphs that read like wishes: with fewer, no document is taken for a list of them."""
MIN_SHARE = 0.6
"""Of a document's paragraphs of one sentence: with so many that read like wishes, they are its programme …"""
MIN_BULK = 0.5
"""… if so many of all its paragraphs are of one sentence …"""
TERSE = 0.9
"""Share of paragraphs of one sentence from which on a document has no running text."""
MAX_LOWER = 0.05
"""Share of paragraphs in lower case: with no more, one that is goes on with the wish above it."""
MAX_MARKED = 0.1
"""… no more of them are marked entries …"""
MAX_LED = 0.1
"""… and there are no more lead-ins for each wish: else the lists are where the lead-ins say."""

TOPICS = " | "
"""What stands between the topics of a page, and in no wish: `Skole | Barnehage`."""
_THAT = re.compile(r"(?:[Ff]or )?[Aa]t\s")


def unmarked(draft: Draft) -> Draft:
    """Return the document with those paragraphs as entries that list wishes without any mark.

    Below a lead-in the first paragraph shows how its list looks, and the list goes on as long as paragraphs look so.
    With no lead-in the whole document must be made that way.
    """
    blocks = close_lists(draft.blocks, draft.profile)
    paragraphs = _Paragraphs(blocks, draft.profile)
    typeset = set[int]()
    if draft.profile.medium is Medium.TYPESET:
        typeset = _typeset(blocks) | _set_apart(blocks, draft.profile)
    result: list[Block] = []
    lead_in: Block | None = None
    first: Block | None = None
    for index, block in enumerate(blocks):
        if block.names_document or block.kind == "heading":
            pass
        elif index in typeset:
            block = replace(block, kind="entry", by="type alike")
        elif paragraphs.goes_on_with(result[-1:], index):
            pieces = (*result[-1].pieces, *block.pieces)
            result[-1] = replace(result[-1], pieces=pieces, text=draft.profile.joiner.join(pieces))
            continue
        elif paragraphs.parts(index):
            block = replace(block, kind="heading", by="close")
        elif block.kind == "entry" or TOPICS in block.text:
            lead_in = None
        elif introduces(block) and (
            says_who_will(block.text) or not ((lead_in is not None or paragraphs.everywhere) and _strong(block))
        ):
            lead_in, first = block, None
        elif paragraphs.heads(index):
            pass  # a list goes on across sub-headings
        elif lead_in is not None and paragraphs.belongs(lead_in, first, index):
            first = first or block
            block = replace(block, kind="entry", by="below lead-in")
        elif paragraphs.everywhere and paragraphs.alone(index):
            block = replace(block, kind="entry", by="wishes all over")
        else:
            lead_in = None
        result.append(block)
    return draft.with_blocks(result)


def _typeset(blocks: Sequence[Block]) -> set[int]:
    """Return the indexes of the paragraphs of a typeset page that stand under a lead-in, set alike, and wish.

    Few that say something else may stand between; what follows on the last wish does not belong to the list.
    """
    found: set[int] = set()
    for index, block in enumerate(blocks):
        if not is_lead_in(block.text):
            continue
        run: list[bool] = []
        for later in blocks[index + 1 :]:
            alike = type_of(later.pieces[0]) == type_of(blocks[index + 1].pieces[0])
            wish = _wish(later, is_plain_demand) or _wish(later, _wishes_weakly)
            if later.kind != "text" or not alike or introduces(later) or not (wish or len(later.text) <= MAX_BETWEEN):
                break
            run.append(wish)
        while run and not run[-1]:
            run.pop()
        if len(run) > 1 and any(run[:2]) and sum(run) > MIN_SHARE * len(run):
            found.update(range(index + 1, index + 1 + len(run)))
    return found


def _set_apart(blocks: Sequence[Block], profile: Profile) -> set[int]:
    """Return the indexes of short paragraphs without a stop that stand under a heading by themselves, as on a card.

    On one card at least half of them ask for something; others with no fact are of the same kind.
    """
    cards: dict[range, Votes] = {}
    for index, block in enumerate(blocks):
        size, bold, _ = type_of(block.pieces[0])
        heads = size > profile.body[0] or (bold and not profile.body[1])
        if not heads or lists_other(block.text):
            continue
        end = index + 1
        while end < len(blocks) and _is_card_line(blocks[end], profile):
            end += 1
        if end - index > LEAST:
            cards[range(index + 1, end)] = Votes.of(later.text for later in blocks[index + 1 : end])
    if not any(votes.asks(MOST) for votes in cards.values()):
        return set()
    return {index for card, votes in cards.items() if votes.asks(MOST) or not votes.facts for index in card}


def _is_card_line(block: Block, profile: Profile) -> bool:
    """Return whether a paragraph in the type of the text is a short line without a stop, and introduces nothing."""
    plain = block.kind == "text" and not block.names_document and type_of(block.pieces[0]) == profile.body
    text = block.text
    return (
        plain
        and len(text) <= MAX_BETWEEN
        and (text[-1:].isalnum() or text[-1:] == "!")
        and _line(block)
        and not can_introduce(text)
    )


class _Paragraphs:
    """What the paragraphs of one document look like, and so what a wish without a mark does."""

    def __init__(self, blocks: Sequence[Block], profile: Profile) -> None:
        self._blocks = list(blocks)
        self._body, self._is_typeset = profile.body, profile.medium is Medium.TYPESET
        # A file that marks its headings marks them all: its paragraphs are none, however short.
        self._headed = sum(map(self._signed, blocks)) > 1
        self._long_prose = self._prose_is_long()
        lower = sum(block.text[:1].islower() for block in blocks if block.kind == "text")
        self._capital = lower <= MAX_LOWER * len(blocks)
        self._terse = False
        self.everywhere = self._everywhere()

    def goes_on_with(self, above: Sequence[Block], index: int) -> bool:
        """Return whether a single paragraph in lower case is the rest of the wish above, where hardly any begins so."""
        block, below = self._blocks[index], self._blocks[index + 1 : index + 2]
        if not self._capital or block.gap or any(later.text[:1].islower() for later in below):
            return False
        if not above or above[0].kind != "entry" or not above[0].by:
            return False
        lower = block.kind == "text" and block.text[:1].islower() and not is_plain_demand(block.text)
        return lower and above[0].text[:1].isupper() and not is_complete(above[0].text)

    def parts(self, index: int) -> bool:
        """Return whether a line of a few words, close below a wish and apart from the one below, heads that one."""
        if not self._headed or not 0 < index < len(self._blocks) - 1:
            return False
        above, block, below = self._blocks[index - 1 : index + 2]
        apart = below.gap and not block.gap and all(other.kind == "text" for other in (above, block, below))
        few = len(block.text.split()) <= MOST_WORDS and _like_title(block) and not can_introduce(block.text)
        longer = min(len(above.text), len(below.text)) >= SHORTER * len(block.text)
        return bool(apart and few and longer) and not is_demand(block.text) and _wish(above) and _wish(below)

    def heads(self, index: int) -> bool:
        """Return whether a paragraph is a heading, or may well be one."""
        block = self._blocks[index]
        if self._headed or not _like_title(block):
            return self._signed(block)
        after = self._blocks[index + 1] if index + 1 < len(self._blocks) else None
        if _strong(block):
            return False
        # A short line with white space above it, before running text or a lead-in.
        return bool(block.gap) and after is not None and (not _line(after) or introduces(after))

    def _signed(self, block: Block) -> bool:
        """Return whether the file marks a paragraph as a heading, by its tag or type."""
        if not block.is_own_paragraph:
            return False
        size, bold, _ = type_of(block.pieces[0])
        stands_out = size > self._body[0] or (bold and not self._body[1])
        return bool(block.heading_level) or (stands_out and _like_title(block) and not introduces(block))

    def belongs(self, lead_in: Block, first: Block | None, index: int) -> bool:
        """Return whether a paragraph belongs to the list below a lead-in, as its first entry or as one like it."""
        return self._begins(lead_in, index) if first is None else self._goes_on(lead_in, first, index)

    def _begins(self, lead_in: Block, index: int) -> bool:
        """Return whether a paragraph below a lead-in begins its list."""
        block = self._blocks[index]
        if block.text[-1:] == "?" or len(block.text) > MAX_LENGTH or block.is_row:
            return False
        if self._is_typeset and not stands_in(block, lead_in):
            return block.text[-1:] != ":" and begins_with_infinitive(block.text)
        if _strong(block) or _THAT.match(block.text):
            return True
        if not _line(block):
            return block.is_own_paragraph and _pledges(block)
        if block.text[:1].islower():
            return True
        if introduces_clauses(lead_in.text) and rules.CLAUSE.search(block.text):
            return True
        after = self._blocks[index + 1] if index + 1 < len(self._blocks) else None
        listed = (
            after is not None and after.kind == "text" and not introduces(after) and (_line(after) or _strong(after))
        )
        if not block.is_own_paragraph:
            if block.gap and not listed:
                return False  # a sub-heading
            listed = False
        # "Gratis skolemat.": one such line may be running text, two are a list.
        return listed or not ends_sentence(block.text) or is_demand(block.text) or names_demand(block.text)

    def _goes_on(self, lead_in: Block, first: Block, index: int) -> bool:
        """Return whether a paragraph belongs to the list that has begun above it.

        A sentence or two among wishes is one of them; after the last, running text begins.
        """
        block = self._blocks[index]
        if block.is_row:
            return False
        if self._is_typeset and not stands_in(block, lead_in):
            return _wish(block, is_plain_demand)
        if self._alike(first, block):
            return True
        below: list[Block] = []
        for later in self._blocks[index + 1 : index + 1 + REACH]:
            if later.kind != "text" or introduces(later) or self._signed(later):
                break
            below.append(later)
        within = any(self._alike(first, later) or (later.is_own_paragraph and _pledges(later)) for later in below)
        if block.is_own_paragraph and _line(block) and not introduces(block):
            return within or self._long_prose
        return _pledges(block) and within

    def _alike(self, first: Block, block: Block) -> bool:
        """Return whether a paragraph looks like the first entry of a list."""
        text = block.text
        if text[-1:] == "?" or len(text) > MAX_LENGTH:
            return False
        if _strong(block):
            return True
        if not _line(block) or introduces(block):
            return False
        if not ends_sentence(text):
            lower = first.text[:1].islower() and not text[:1].islower()
            return block.is_own_paragraph or not (lower or ends_sentence(first.text))
        return is_demand(text) or names_demand(text) or (text[:1].islower() and first.text[:1].islower())

    def alone(self, index: int) -> bool:
        """Return whether a paragraph is a wish in a document that is a list of them."""
        block = self._blocks[index]
        if block.kind != "text" or block.is_row:
            return False
        if _wish(block) or (not self._headed and block.gap):
            return _wish(block)
        if block.text[-1:] in (":", "?"):
            return block.text[-1:] == ":" and _strong(block)
        beside = self._blocks[max(index - 1, 0) : index] + self._blocks[index + 1 : index + 2]
        if _line(block) and not ends_sentence(block.text) and any(map(_line, beside)):
            return True
        if not any(map(_wish, beside)):
            return False
        if not _line(block):
            return _pledges(block)
        among = all(self._signed(other) or _line(other) for other in beside)
        return self._terse or among

    def _prose_is_long(self) -> bool:
        """Return whether the paragraphs right below headings, which are no wishes, have more than a sentence."""
        prose = [
            block
            for above, block in pairwise(self._blocks)
            if self._signed(above) and not self._signed(block) and block.kind == "text" and not introduces(block)
        ]
        short = sum(map(_line, prose))
        return len(prose) >= MIN_PROSE and short <= SHORT_PROSE * len(prose)

    def _everywhere(self) -> bool:
        """Return whether the document is a list of wishes under headings, with hardly a mark or lead-in."""
        if self._is_typeset:
            # What type says of headings is the next stage's: here only the plainest wishes count.
            sentences = sum(ends_sentence(block.text) or len(block.text) > MAX_HEADING for block in self._blocks)
            wishes = sum(block.kind == "text" and _wish(block, begins_with_infinitive) for block in self._blocks)
            marked = any(block.kind == "entry" for block in self._blocks)
            return not marked and wishes >= max(MIN_WISHES, MIN_SHARE * max(sentences, 1))
        texts = [block for block in self._blocks if not self._signed(block)]
        if not self._headed:  # short lines may be headings
            texts = [
                block for block in texts if ends_sentence(block.text) or len(block.text) > MAX_HEADING or _wish(block)
            ]
        lines = [block for block in texts if block.kind == "text" and _line(block) and not introduces(block)]
        wishes = sum(map(_wish, lines))
        # Where headings are tagged, a line without a stop is no running text.
        listed = sum(_wish(block) or (self._headed and not ends_sentence(block.text)) for block in lines)
        self._terse = len(lines) >= TERSE * len(texts)
        return (
            wishes >= max(MIN_WISHES, listed / 2)
            and listed >= MIN_SHARE * len(lines)
            and len(lines) >= MIN_BULK * len(texts)
            and sum(block.kind == "entry" for block in texts) <= MAX_MARKED * len(texts)
            and sum(map(introduces, self._blocks)) <= MAX_LED * wishes
        )


def _like_title(block: Block) -> bool:
    """Return whether a paragraph is as short as a heading, and has no stop."""
    text = block.text
    return len(text) <= MAX_HEADING and text[-1:].isalnum() and not text[:1].islower() and block.kind == "text"


def _line(block: Block) -> bool:
    """Return whether a paragraph is one sentence, or none."""
    return len(block.text) <= MAX_LINE and not sentence_starts(block.text)


def _strong(block: Block) -> bool:
    """Return whether a paragraph begins as only wishes do, whatever follows."""
    return bool(is_plain_demand(block.text) or (block.is_own_paragraph and _wishes_weakly(block.text)))


def _wishes_weakly(text: str) -> bool:
    """Return whether a paragraph begins with any verb: enough where the file itself says what a paragraph is."""
    return bool(rules.PARAGRAPH_FORM.match(text))


def _wish(block: Block, reads: Callable[[str], bool] | None = None) -> bool:
    """Return whether a paragraph reads like a wish: as some test says, else by any."""
    if block.text[-1:] in (":", "?") or len(block.text) > MAX_LENGTH:
        return False
    if reads is not None:
        return reads(block.text)
    return _strong(block) or (_line(block) and is_demand(block.text))


def _pledges(block: Block) -> bool:
    """Return whether a paragraph that is not too long says what shall be, in one of its sentences at least."""
    if len(block.text) > MAX_LENGTH or block.text[-1:] in (":", "?"):
        return False
    return is_demand(block.text) or (block.is_own_paragraph and demands_later(block.text))
