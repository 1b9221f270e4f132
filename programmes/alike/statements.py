"""A pledge as it is compared: its sentences, and the words of each that say what it is about."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache, cached_property, lru_cache
from itertools import pairwise

from programmes.alike.amounts import Amount, amounts
from programmes.alike.stances import Stance, contrary_words, operator_of, stances
from programmes.norwegian.analysis import analyse
from programmes.norwegian.derivation import is_thing
from programmes.norwegian.directions import derived, direction_of
from programmes.norwegian.ellipsis import completed
from programmes.norwegian.sentences import sentence_starts
from programmes.norwegian.synonyms import rows, same
from programmes.norwegian.tables import EMPTY_HEADS, FUNCTION_WORDS
from programmes.norwegian.tokens import Token, tokens

LONGEST = 12
"""Sentences of a pledge that are compared; the rest of a page-long one says what it is about no more."""
MERE_HEADS = (*sorted(EMPTY_HEADS), "budsjett", "støtte", "tilskudd", "midler", "bevilgning", "satsing", "utbygging")
"""Ends of compounds that say little: who is against the budget for a thing is against the thing."""
TOGETHER = 3
"""Words of content within which a name of several words stands."""
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
    wide: frozenset[str]
    """Families of the words that say the same together: vern and matjord of jordvern."""
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

    @property
    def is_mere(self) -> bool:
        """Whether it is a compound that says little more than what stands before its head: bistandsbudsjett."""
        return any(family.endswith(MERE_HEADS) and family not in MERE_HEADS for family in self.families)

    @property
    def turns(self) -> bool:
        """Whether it is against what stands within it: bilfri, mobilforbud."""
        return bool(self.sign) and self.of_parts == -self.sign


@dataclass(frozen=True, slots=True)
class _Form:
    families: frozenset[str]
    parts: frozenset[str]
    leaves: frozenset[str]
    names: frozenset[str]
    wide: frozenset[str]
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
    behind = False
    for token, stance in zip(every, taken, strict=True):
        form = token.form
        if form in _PREPOSITIONS:
            behind = True
        elif form in _COORDINATION or "," in text[max(token.start - 2, 0) : token.start]:
            behind = False
        if form in FUNCTION_WORDS or form in IDLE or not form[:1].isalpha() or len(form) < 2:
            continue
        words.append(_word(form, stance, turn, behind, token.start, token.end))
    present = {word.form for word in words}
    for form in completed(text):
        near = next((word for word in words if not word.parts.isdisjoint(_form(form).parts)), None)
        if form not in present and near is not None:
            words.append(
                _word(form, Stance(near.sign, near.sign, near.is_studied), 1, near.is_behind, near.start, near.end)
            )
    return Sentence(text, tuple(_with_names_together(words)), amounts(text))


def _word(form: str, stance: Stance, turn: int, behind: bool, start: int, end: int) -> Word:
    of = _form(form)
    direction = of.direction or ("act" if stance.acts else "")
    return Word(
        form, of.families, of.parts, of.leaves, of.names, of.wide, of.denied_by, direction, of.is_thing,
        stance.sign * turn, stance.of_parts * turn, stance.is_studied, behind, start, end,
    )  # fmt: skip


def _with_names_together(words: list[Word]) -> list[Word]:
    """Return words with the names that some of them have together: jordvern of vern and matjord."""
    found = list(words)
    for at, word in enumerate(words):
        for family in word.families:
            for needed, names in _several().get(family, ()):
                near = range(max(at - TOGETHER, 0), min(at + TOGETHER + 1, len(words)))
                having = [place for place in near if not needed.isdisjoint(words[place].families)]
                if needed <= {family for place in having for family in words[place].families}:
                    for place in having:
                        found[place] = replace(found[place], names=found[place].names | names)
    return found


@cache
def _several() -> dict[str, tuple[tuple[frozenset[str], frozenset[str]], ...]]:
    """Return for the first word of each thing's names of several words: all their families, and its names of one."""
    table: dict[str, list[tuple[frozenset[str], frozenset[str]]]] = {}
    for _source, names in rows():
        ones = frozenset(family for name in names if len(name.forms) == 1 for family in analyse(name.forms[0]).families)
        for name in names:
            content = [form for form in name.forms if form not in FUNCTION_WORDS]
            if ones and 1 < len(content) <= TOGETHER and not name.as_written:
                needed = frozenset(min(analyse(form).families) for form in content)
                table.setdefault(min(analyse(content[0]).families), []).append((needed, ones))
    return {family: tuple(each) for family, each in table.items()}


_PREPOSITIONS = frozenset(
    [
        "i",
        "på",
        "under",
        "hos",
        "til",
        "for",
        "fra",
        "frå",
        "med",
        "etter",
        "innen",
        "innan",
        "ved",
        "blant",
        "om",
        "gjennom",
        "over",
        "mellom",
        "mot",
        "som",
        "dersom",
        "hvis",
        "når",
    ]
)
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


@lru_cache(maxsize=50_000)
def _form(form: str) -> _Form:
    """Return what a word form is compared by, wherever it stands."""
    of = analyse(form)
    leaves = frozenset(part for part in of.parts if not analyse(part).parts)
    derived_leaves = {name for leaf in leaves for name in derived(leaf)}
    names = {name for family in of.families for name in derived(family)}
    wide: set[str] = set()
    for family in of.families:
        for other in same((family,)):
            if other.as_written:
                continue
            content = [each for each in other.forms if each not in FUNCTION_WORDS]
            into = names if len(content) == 1 == len(other.forms) else wide
            into |= {each for one in content for each in analyse(one).families}
    denied = frozenset(other for family in of.families for one, other in contrary_words() if one == family)
    direction = next((name for family in sorted(of.families) if (name := direction_of(family))), "")
    if not direction and (operator := operator_of(form)) and operator.is_verb:
        direction = "act"
    names_thing = len(leaves) > 1 or any(is_thing(family) for family in of.families)
    return _Form(
        of.families,
        of.parts | derived_leaves,
        leaves,
        frozenset(names) - of.families,
        frozenset(wide),
        denied,
        direction,
        names_thing,
    )
