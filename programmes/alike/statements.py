"""A pledge as it is compared: its sentences, and the words of each that say what it is about."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache

from programmes.alike.amounts import Amount, amounts
from programmes.alike.stances import contrary_words, operator_of, stances
from programmes.norwegian.analysis import analyse
from programmes.norwegian.directions import derived, direction_of
from programmes.norwegian.lexicon import is_noun, is_word
from programmes.norwegian.ellipsis import completed
from programmes.norwegian.sentences import sentence_starts
from programmes.norwegian.synonyms import same
from programmes.norwegian.tables import FUNCTION_WORDS
from programmes.norwegian.tokens import Token, tokens

LONGEST = 12
"""Sentences of a pledge that are compared; the rest of a page-long one says what it is about no more."""
LEAD_IN_END = re.compile(r"\b(?:ikke|ikkje|nei til|mot|imot)\s*:?\s*$", re.IGNORECASE)
"""A lead-in that turns its list round: «… vil ikke:». Only its end can."""
IDLE = frozenset("at så vidt mulig mogleg gjennom slik bl bla osv mv herunder deriblant blant annet anna også òg under sammen saman ta aktivt grep dagens dag særlig særleg spesielt ulike ulik flest fleste god godt gode".split())  # noqa: SIM905


@dataclass(frozen=True, slots=True)
class Word:
    """A word of content in a sentence."""

    form: str
    families: frozenset[str]
    parts: frozenset[str]
    leaves: frozenset[str]
    """The smallest of its parts."""
    names: frozenset[str]
    """Other families that say the same: synonyms, the noun of a verb, the verb of a noun."""
    denied_by: frozenset[str]
    """Families that say the contrary: private of public."""
    direction: str
    """Of a verb or its noun that says which way a thing goes (`norwegian.directions`), or `act`; else empty."""
    is_thing: bool
    """Whether it is no adjective and no verb: what a pledge can be for or against."""
    sign: float
    of_parts: float
    is_studied: bool
    is_behind: bool
    """Whether it stands behind a preposition, so that it narrows what stands before it."""
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Form:
    families: frozenset[str]
    parts: frozenset[str]
    leaves: frozenset[str]
    names: frozenset[str]
    denied_by: frozenset[str]
    direction: str
    is_thing: bool


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
    headings: frozenset[str]
    """The families of the headings that it stands under."""

    @cached_property
    def families(self) -> frozenset[str]:
        """All families of its words."""
        return frozenset(family for sentence in self.sentences for word in sentence.words for family in word.families)


def read(text: str, *, lead_in: str = "", headings: str = "") -> Statement:
    """Return a pledge as it is compared. `headings` are those above it, put together."""
    starts = [0, *sentence_starts(text), len(text)]
    parts = [text[first:last].strip() for first, last in zip(starts, starts[1:], strict=False)]
    turn = -1 if LEAD_IN_END.search(lead_in) else 1
    read_ones = [_sentence(part, turn) for part in parts[:LONGEST] if part]
    return Statement(text, tuple(one for one in read_ones if one.words) or tuple(read_ones), _families(headings))


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
    words = []
    behind = False
    for token, stance in zip(every, taken, strict=True):
        form = token.form
        if form in _PREPOSITIONS:
            behind = True
        elif form in _COORDINATION or "," in text[max(token.start - 2, 0) : token.start]:
            behind = False
        if form in FUNCTION_WORDS or form in IDLE or not form[:1].isalpha() or len(form) < 2:
            continue
        of = _form(form)
        words.append(
            Word(
                form, of.families, of.parts, of.leaves, of.names, of.denied_by, of.direction, of.is_thing,
                stance.sign * turn, stance.of_parts * turn, stance.is_studied, behind, token.start, token.end,
            )
        )  # fmt: skip
    present = {word.form for word in words}
    for form in completed(text):
        if form not in present:
            of = _form(form)
            near = next((word for word in words if not word.parts.isdisjoint(of.parts)), None)
            sign = near.sign if near else float(turn)
            words.append(
                Word(
                    form, of.families, of.parts, of.leaves, of.names, of.denied_by, of.direction, of.is_thing,
                    sign, sign, bool(near and near.is_studied), bool(near and near.is_behind),
                    near.start if near else 0, near.end if near else 0,
                )
            )  # fmt: skip
    return Sentence(text, tuple(words), amounts(text))


_PREPOSITIONS = frozenset("i på under hos til for fra frå med etter innen innan ved blant om gjennom over mellom mot som dersom hvis når".split())  # noqa: SIM905
_COORDINATION = frozenset("og eller samt men".split())  # noqa: SIM905


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


def _is_thing(family: str) -> bool:
    """Return whether a family is a noun, or a compound or name that no dictionary has."""
    return family.endswith("fri") or is_noun(family) or not is_word(family)


@lru_cache(maxsize=50_000)
def _form(form: str) -> _Form:
    """Return what a word form is compared by, wherever it stands."""
    of = analyse(form)
    leaves = frozenset(part for part in of.parts if not analyse(part).parts)
    names = {name for family in of.families for name in derived(family)}
    for family in of.families:
        for other in same((family,)):
            if len(other.forms) == 1 and not other.as_written:
                names |= analyse(other.forms[0]).families
    denied = frozenset(other for family in of.families for one, other in contrary_words() if one == family)
    direction = next((name for family in sorted(of.families) if (name := direction_of(family))), "")
    if not direction and (operator := operator_of(form)) and operator.is_verb:
        direction = "act"
    is_thing = any(_is_thing(family) for family in of.families)
    return _Form(of.families, of.parts, leaves, frozenset(names) - of.families, denied, direction, is_thing)
