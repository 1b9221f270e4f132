"""What the doubt of an entry or heading looks at: the entries that stand together, and what stands around them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from statistics import median_low
from typing import Literal

from ingest.parser.document import Block
from ingest.parser.draft import Draft
from ingest.parser.language.demands import Leaning, leaning
from ingest.parser.language.lead_ins import Strength, strength
from ingest.parser.language.markers import family_of
from ingest.parser.language.sentences import ends_sentence, sentence_starts
from ingest.parser.profile import Profile, Type, type_of

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


@dataclass(eq=False)
class Run:
    """Entries of one sort that stand together, and what stands around them."""

    sort: RunSort
    whole: Whole
    above: Block | None
    """What stands right above: a lead-in, a heading, or entries of another sort."""
    lead_in: Block | None
    """The nearest lead-in above, under the same heading or the one before it."""
    heading: Block | None
    """The nearest heading above."""
    blocks: list[Block] = field(default_factory=list)
    below: Block | None = None
    bare: bool = False
    """No item stands under the same heading."""

    @cached_property
    def leanings(self) -> list[Leaning]:
        """What the wording of each entry says of it."""
        return [leaning(block.text) for block in self.blocks]

    @cached_property
    def demands(self) -> float:
        """Share of the entries that ask for something."""
        return self.leanings.count(Leaning.DEMAND) / len(self.blocks)

    @cached_property
    def facts(self) -> float:
        """Share of the entries that are facts."""
        return self.leanings.count(Leaning.FACT) / len(self.blocks)

    @cached_property
    def lengths(self) -> list[int]:
        """Characters of each entry."""
        return [len(block.text) for block in self.blocks]

    @cached_property
    def usual_length(self) -> int:
        """Characters of a usual entry."""
        return median_low(self.lengths)

    @cached_property
    def stops(self) -> float:
        """Share of the entries that end as sentences do."""
        return sum(ends_sentence(block.text) for block in self.blocks) / len(self.blocks)

    @cached_property
    def lower(self) -> float:
        """Share of the entries that begin in lower case."""
        return sum(block.text[:1].islower() for block in self.blocks) / len(self.blocks)

    @cached_property
    def unmarked(self) -> float:
        """Share of the entries without a mark."""
        return sum(block.marker is None for block in self.blocks) / len(self.blocks)

    @cached_property
    def families(self) -> Counter[str]:
        """How often each family of marks stands before an entry."""
        return Counter(family_of(block.mark) for block in self.blocks)

    @cached_property
    def words(self) -> str:
        """The words of all entries, each on a line."""
        return "\n".join([block.text for block in self.blocks])

    @cached_property
    def digits(self) -> bool:
        """Whether a digit stands in any entry."""
        return _DIGIT.search(self.words) is not None

    @cached_property
    def wrapped(self) -> bool:
        """Whether any entry has several lines."""
        return any(len(block.pieces) > 1 for block in self.blocks)

    @cached_property
    def _types(self) -> Counter[Type]:
        return Counter([type_of(block.pieces[0]) for block in self.blocks])

    @property
    def types(self) -> int:
        """How many types the entries begin in."""
        return len(self._types)

    @property
    def type(self) -> Type:
        """The type that most entries begin in."""
        return self._types.most_common(1)[0][0]

    @cached_property
    def strength(self) -> Strength | None:
        """What the words right above say of the entries, None without any."""
        return strength(self.above.text) if self.above and self.above.kind == "lead_in" else None


def runs(draft: Draft, whole: Whole) -> Iterator[Run | Block]:
    """Yield the entries of a document in runs, and its headings one by one, in document order."""
    one: Run | None = None
    above = lead_in = heading = None
    for block in draft.blocks:
        sort = _sort(block)
        if one is not None and (sort is None or sort != one.sort):
            one.below = block
            yield one
            one = None
        if sort is not None:
            if one is None:
                one = Run(sort, whole, above, lead_in, heading)
            one.blocks.append(block)
        elif block.kind == "heading":
            lead_in, heading = (lead_in if above is lead_in else None), block
            yield block
        elif block.kind == "lead_in":
            lead_in = block
        above = block
    if one is not None:
        yield one


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
