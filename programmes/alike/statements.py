"""A pledge as it is compared: its sentences, and the words of each that say what it is about."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise

from programmes.alike.amounts import Amount, amounts
from programmes.alike.stances import Stance, stances
from programmes.alike.words import Word, form_of, with_names_together, word_of
from programmes.norwegian.analysis import analyse
from programmes.norwegian.ellipsis import completed
from programmes.norwegian.sentences import sentence_starts
from programmes.norwegian.tables import FUNCTION_WORDS
from programmes.norwegian.tokens import Token, tokens

LONGEST = 12
"""Sentences of a pledge that are compared; the rest of a page-long one says what it is about no more."""
LEAD_IN_END = re.compile(r"\b(?:ikke|ikkje|nei til|mot|imot)\s*:?\s*$", re.IGNORECASE)
"""A lead-in that turns its list round: «… vil ikke:». Only its end can."""
IDLE = frozenset(
    [
        "at",
        "så",
        "vidt",
        "mulig",
        "mogleg",
        "gjennom",
        "slik",
        "bl",
        "bla",
        "osv",
        "mv",
        "herunder",
        "deriblant",
        "blant",
        "annet",
        "anna",
        "også",
        "òg",
        "under",
        "sammen",
        "saman",
        "ta",
        "aktivt",
        "grep",
        "dagens",
        "dag",
        "særlig",
        "særleg",
        "spesielt",
        "ulike",
        "ulik",
        "flest",
        "fleste",
        "god",
        "godt",
        "gode",
    ]
)


@dataclass(frozen=True)
class Sentence:
    """One sentence of a pledge."""

    text: str
    words: tuple[Word, ...]
    amounts: tuple[Amount, ...]

    @cached_property
    def is_studied(self) -> bool:
        """Whether what it is about is only to be looked into."""
        return any(word.is_studied and word.direction != "examine" for word in self.words)

    @cached_property
    def by_family(self) -> dict[str, tuple[int, ...]]:
        """The places of its words by family."""
        return _places((family, at) for at, word in enumerate(self.words) for family in word.families)

    @cached_property
    def by_name(self) -> dict[str, tuple[int, ...]]:
        """The places of its words by other names of the same, those of several words together among them."""
        return _places((name, at) for at, word in enumerate(self.words) for name in word.names)

    @cached_property
    def all_families(self) -> frozenset[str]:
        """The families of its words and what stands within them."""
        return frozenset(family for word in self.words for family in word.families | word.parts)

    @cached_property
    def by_part(self) -> dict[str, tuple[int, ...]]:
        """The places of its compounds by what is within them."""
        return _places((part, at) for at, word in enumerate(self.words) for part in word.parts)

    @cached_property
    def by_leaves(self) -> dict[frozenset[str], tuple[int, ...]]:
        """The places of its compounds by all their smallest parts."""
        return _places((word.leaves, at) for at, word in enumerate(self.words) if len(word.leaves) > 1)


@dataclass(frozen=True)
class Statement:
    """A pledge with all that it is compared by."""

    text: str
    sentences: tuple[Sentence, ...]
    starts: tuple[int, ...]
    """Where each sentence begins in the text."""
    headings: frozenset[str]
    """The families of the headings that it stands under."""

    @cached_property
    def families(self) -> frozenset[str]:
        """All families of its words."""
        return frozenset(family for sentence in self.sentences for word in sentence.words for family in word.families)

    @cached_property
    def length(self) -> int:
        """How many words of content it has."""
        return sum(len(sentence.words) for sentence in self.sentences)


def read(text: str, *, lead_in: str = "", headings: str = "") -> Statement:
    """Return a pledge as it is compared. `headings` are those above it, put together."""
    ends = [*sentence_starts(text), len(text)]
    parts = [(first, text[first:last]) for first, last in pairwise([0, *ends])][:LONGEST]
    turn = -1 if LEAD_IN_END.search(lead_in) else 1
    every = [(first, _sentence(part, turn)) for first, part in parts]
    kept = [(first, sentence) for first, sentence in every if sentence.words] or every
    return Statement(
        text, tuple(one for _first, one in kept), tuple(first for first, _one in kept), _families(headings)
    )


def _places(pairs: Iterable) -> dict:
    found: dict = {}
    for key, at in pairs:
        found.setdefault(key, []).append(at)
    return {key: tuple(places) for key, places in found.items()}


@lru_cache(maxsize=5000)
def _families(text: str) -> frozenset[str]:
    forms = {token.form for token in tokens(text)} - FUNCTION_WORDS
    return frozenset(family for form in forms for family in analyse(form).families)


@lru_cache(maxsize=20_000)
def _sentence(text: str, turn: int = 1) -> Sentence:
    every = list(_one_a_place(text))
    taken = stances(text, every)
    words: list[Word] = []
    for token, stance in zip(every, taken, strict=True):
        form = token.form
        if form in FUNCTION_WORDS or form in IDLE or not form[:1].isalpha() or len(form) < 2 or stance.is_rest:
            continue
        words.append(word_of(form, stance, turn, token.start, token.end))
    present = {word.form for word in words}
    for form in completed(text):
        near = next((word for word in words if not word.parts.isdisjoint(form_of(form).parts)), None)
        if form not in present and near is not None:
            words.append(word_of(form, Stance(near.sign, near.sign, near.is_studied), 1, near.start, near.end))
    return Sentence(text, tuple(with_names_together(words)), amounts(text))


def _one_a_place(text: str) -> Iterable[Token]:
    """Yield the words of a text; of a share, which is three words in one place, the share alone."""
    last = None
    for token in tokens(text):
        if last is not None and token.start == last.start:
            if token.form != "prosent":
                last = token
            continue
        if last is not None:
            yield last
        last = token
    if last is not None:
        yield last
