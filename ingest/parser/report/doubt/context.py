"""What the doubt of an entry or heading looks at: the entries that stand together, and what stands around them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from ingest.parser.document import Block
from ingest.parser.draft import Draft
from ingest.parser.language.demands import Leaning, is_plain_demand, leaning
from ingest.parser.language.lead_ins import strength
from ingest.parser.language.markers import family_of
from ingest.parser.language.sentences import ends_sentence
from ingest.parser.profile import Profile, Type, type_of
from programmes.norwegian.sentences import sentence_starts

_DIGIT = re.compile(r"\d")
RunSort = Literal["items", "questions", "demoted", "prose"]
SHORT = 60
"""Characters: a paragraph that is no longer, and has no stop, may be a title. Chosen, as all here."""
LOOKED_AT = 400
"""Items: of more, a part tells what is usual."""
LONG = 120
"""Characters: a longer paragraph, or one of more than a sentence, is running text."""


@dataclass(slots=True)
class Whole:
    """What is usual in the whole document."""

    profile: Profile
    lead_ins: int
    family: str
    """The family of marks that most items have, "" for no mark."""
    items: int
    unmarked: int
    """Items without a mark."""
    headings: int
    signed: int
    """Headings that the file itself marks as such."""
    prose: int
    heading_type: Type | None
    """The type of most headings."""
    wordings: Counter[str]
    """How often each lead-in stands in the document."""
    demands: float
    """Share of the items, or of as many as are looked at, that ask for something."""

    @property
    def has_usual_lead_in(self) -> bool:
        """Whether one lead-in is that of half of all lists, and recurs."""
        most = max(self.wordings.values(), default=0)
        return most > 2 and 2 * most >= self.wordings.total()

    def recurs(self, lead_in: str) -> int:
        """Return how often a lead-in stands in the document."""
        return self.wordings[lead_in]

    @classmethod
    def of(cls, draft: Draft) -> Whole:
        """Look at a document whose items and headings are known."""
        kinds = Counter(block.kind for block in draft.blocks)
        families = Counter(family_of(block.mark) for block in draft.blocks if block.kind == "item")
        headings = [block for block in draft.blocks if block.kind == "heading"]
        types = Counter(type_of(block.pieces[0]) for block in headings)
        return cls(
            draft.profile,
            kinds["lead_in"],
            families.most_common(1)[0][0] if families else "",
            kinds["item"],
            families[""],
            kinds["heading"],
            sum(block.by == "sign" or bool(block.heading_level) for block in headings),
            kinds["text"],
            types.most_common(1)[0][0] if types else None,
            Counter(block.text for block in draft.blocks if block.kind == "lead_in"),
            _demands([block.text for block in draft.blocks if block.kind == "item"]),
        )


def _demands(texts: Sequence[str]) -> float:
    """Return which share of some texts ask for something, of a part of them where they are many."""
    some = texts[:: 1 + len(texts) // LOOKED_AT]
    return sum(leaning(text) is Leaning.DEMAND for text in some) / max(1, len(some))


class Run:
    """Entries of one sort that stand together, and what stands around them."""

    def __init__(
        self,
        sort: RunSort,
        whole: Whole,
        blocks: Sequence[Block],
        above: Block | None,
        below: Block | None,
        heading: Block | None,
    ) -> None:
        """Look at what the entries have in common."""
        self.sort, self.whole, self.blocks = sort, whole, blocks
        self.above, self.below = above, below
        """What stands right above and below: a lead-in, a heading, or entries of another sort."""
        self.heading = heading
        """The nearest heading above."""
        self.bare = False
        """No item stands under the same heading."""
        count = len(blocks)
        texts = [block.text for block in blocks]
        self.leanings = [leaning(text) for text in texts]
        """What the wording of each entry says of it."""
        self.demands = self.leanings.count(Leaning.DEMAND) / count
        self.facts = self.leanings.count(Leaning.FACT) / count
        self.plainly = sum([is_plain_demand(text) for text in texts]) / count
        """Shares of the entries that ask for something, are facts, and ask in the plainest words."""
        self.lengths = [len(text) for text in texts]
        """Characters of each entry."""
        self.usual_length = sorted(self.lengths)[(count - 1) // 2]
        self.stops = sum([ends_sentence(text) for text in texts]) / count
        self.lower = sum([text[:1].islower() for text in texts]) / count
        self.unmarked = sum([block.marker is None for block in blocks]) / count
        """Shares of the entries that end as sentences do, begin in lower case, and have no mark."""
        self.marks = {block.mark for block in blocks}
        self.families = {family_of(mark) for mark in self.marks}
        """The families of their marks."""
        self.wrapped = any(len(block.pieces) > 1 for block in blocks)
        """Whether any entry has several lines."""
        self.words = "\n".join(texts)
        """The words of all entries, each on a line."""
        self.begin = {text[:1] for text in texts}
        self.end = {text[-1:] for text in texts}
        """The signs that entries begin and end with."""
        self.digits = _DIGIT.search(self.words) is not None
        types = [type_of(block.pieces[0]) for block in blocks]
        self.types = len(set(types))
        """How many types the entries begin in."""
        self.type = types[0] if self.types == 1 else Counter(types).most_common(1)[0][0]
        """The type that most entries begin in."""
        self.strength = strength(above.text) if above and above.kind == "lead_in" else None
        """What the words right above say of the entries, None without any."""


def runs(draft: Draft, whole: Whole) -> Iterator[Run | Block]:
    """Yield the entries of a document in runs, and its headings one by one, in document order."""
    blocks = draft.blocks
    heading: Block | None = None
    start = 0
    for sort, group in groupby(blocks, _sort):
        end = start + len(list(group))
        if sort is None:
            for block in blocks[start:end]:
                if block.kind == "heading":
                    heading = block
                    yield block
        else:
            above = blocks[start - 1] if start else None
            below = blocks[end] if end < len(blocks) else None
            yield Run(sort, whole, blocks[start:end], above, below, heading)
        start = end


def _sort(block: Block) -> RunSort | None:
    """Return the sort of run that a block belongs to, None for what is no entry."""
    match block.kind:
        case "item":
            return "items"
        case "question":
            return "questions"
        case "text":
            return "demoted" if block.marker or block.ruled_by else "prose"
    return None


def is_prose(text: str) -> bool:
    """Return whether a paragraph is running text: long, or of more than a sentence."""
    return len(text) > LONG or bool(sentence_starts(text))


def like_title(text: str) -> bool:
    """Return whether a text is as short as a title, begins as one and has no stop."""
    return len(text) <= SHORT and not text[:1].islower() and text[-1:].isalnum()


def bare_headings(blocks: Sequence[Block]) -> set[int]:
    """Return the ids of the headings that no item stands under."""
    found: dict[int, bool] = {}
    heading = 0
    for block in blocks:
        if block.kind == "heading":
            heading = id(block)
            found[heading] = True
        elif block.kind == "item":
            found[heading] = False
    return {key for key, bare in found.items() if bare}
