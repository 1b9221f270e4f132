"""Demands: whether an entry asks for something, by its own wording.

`Bygge flere boliger`, `at skolen skal være gratis`, `Nei til bompenger` and `Trygge skoleveier` ask; `Kari Fjord (44),
lærer` and `Vi fikk ny skole i 2021` do not. Many an entry says neither (`To voksne i hver klasse`), so whether a list
is one of pledges is a question of all its entries together: see `Votes`.

A new wording is one row of `demands`, `noun_demands`, `listed_demands` or `facts` in `rules.toml`, a new infinitive one
word of `verbs`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from ingest.parser.language.rules import (
    ADVERBS,
    DEMANDS,
    FACTS,
    FINITE_VERBS,
    IMPERATIVES,
    LISTED_DEMANDS,
    NOUN_DEMANDS,
    PAST,
    PLANS,
    VERBS,
    Search,
    named,
    union,
)

MOST_OPENING = 60
"""Characters in which the infinitive of a demand stands, with its adverbs: `Ikke lenger kutte`. Chosen."""

_PLAIN = union(DEMANDS[:-1])
_MODAL = union(DEMANDS[-1:])
_NOUN = union(NOUN_DEMANDS)
_LISTED = union(LISTED_DEMANDS)
_FINITE = union(FINITE_VERBS)
_LATER = union(named(LISTED_DEMANDS, "later sentence"))
_FACT = Search(FACTS)
_SOMEONE = Search(named(FACTS, "person and age", "person and work", "address", "telephone"))
_PLAN = union(PLANS)
_OF = re.compile(r"(?:av|i|på|til|for|om|med|mot|ved|mellom|fra|frå|er|og)\b")
"""What follows on a noun that looks like an order: `Vern av strandsona`."""
_WORD = re.compile(r"[^\W_]+")
_DEFINITE = re.compile(r"\d|(?:ny|nye|nytt|flere|fleire)$|\w{2,}(?:en|et|ene|ane|a)$")
_OPENING = re.compile(r"[a-zæøå]+")
_FOREIGN = re.compile(r"[a-zæøå]{2,}(?:is|s|t|n|i|u|p|m|[^l]l)er[ea]\b")


class Leaning(Enum):
    """What the wording of an entry says of it."""

    DEMAND = 1
    """It says what is to be done."""
    OPEN = 0
    """It may be either."""
    FACT = -1
    """It names a person, an address or what has been done."""


@dataclass(frozen=True, slots=True)
class Votes:
    """How the entries of one list read, counted."""

    demands: int = 0
    facts: int = 0
    entries: int = 0

    @classmethod
    def of(cls, texts: Iterable[str]) -> Votes:
        """Return the votes of the entries of a list."""
        found = [leaning(text) for text in texts]
        return cls(found.count(Leaning.DEMAND), found.count(Leaning.FACT), len(found))

    def asks(self, share: float) -> bool:
        """Return whether at least such a share of the entries ask for something, and no more of them are facts."""
        return self.demands >= share * self.entries and self.demands >= self.facts and self.demands > 0

    @property
    def lists_facts(self) -> bool:
        """Whether the list is plainly one of facts: half its entries are, and fewer ask."""
        return 2 * self.facts >= self.entries and self.demands < self.facts


@lru_cache(maxsize=8192)
def leaning(text: str) -> Leaning:
    """Return what the wording of a list entry says of it."""
    if text.endswith("?"):
        return Leaning.FACT
    if is_plain_demand(text):
        return Leaning.DEMAND
    if _FACT.finds(text) or (_tells(text) and not _MODAL.match(text)):
        return Leaning.FACT
    asks = _MODAL.match(text) or _NOUN.match(text) or _LISTED.match(text) or _is_plan(text)
    return Leaning.DEMAND if asks else Leaning.OPEN


def _tells(text: str) -> bool:
    """Return whether a text begins with a subject and a verb in the past tense, or with that verb and what was done.

    `Vi åpnet ny skole`, `Åpnet skolen`; but `Utvidet åpningstid` asks.
    """
    words = _WORD.findall(text, 0, MOST_OPENING)[:4]
    if len(words) < 2:
        return False
    if words[0].casefold() in PAST:
        return bool(_DEFINITE.match(words[1]))
    subject = 1 + (len(words) > 2 and words[1][:1].isupper())
    return words[0][:1].isupper() and words[subject] in PAST


def is_demand(text: str) -> bool:
    """Return whether a text says what is to be done, as a sentence of running text may too: `Skolen skal …`."""
    return is_plain_demand(text) or bool(_MODAL.match(text))


def names_someone(text: str) -> bool:
    """Return whether a text names a person with an age or a trade, or says how to reach somebody."""
    return _SOMEONE.finds(text)


def names_demand(text: str) -> bool:
    """Return whether a text is a noun that is asked for, and no sentence: `Et budsjett i balanse`."""
    return bool(_NOUN.match(text)) and not _FINITE.search(text)


def has_verb(text: str) -> bool:
    """Return whether a text has a verb of its own, be it in a clause: `Velferd til alle som ønsker det`."""
    return bool(_FINITE.search(text)) or " som " in text


def demands_later(text: str) -> bool:
    """Return whether a text says what is to be done in a sentence after its first."""
    return bool(_LATER.match(text))


@lru_cache(maxsize=8192)
def is_plain_demand(text: str) -> bool:
    """Return whether a text begins as no plain sentence does: `Bygge …`, `at skolen …`, `Nei til …`."""
    return begins_with_infinitive(text) or bool(_PLAIN.match(text))


@lru_cache(maxsize=8192)
def begins_with_infinitive(text: str) -> bool:
    """Return whether a text begins with an infinitive: `Bygge flere boliger`, `ikke kutte`, `å verne`."""
    found = _OPENING.finditer(text[:MOST_OPENING].casefold(), 0, MOST_OPENING)
    words = (match[0] for match in found if match[0] not in ADVERBS)
    first = next(words, "")
    return _is_infinitive(next(words, first) if first == "å" else first)


def _is_infinitive(word: str) -> bool:
    return word in VERBS or (word.endswith(("ere", "era")) and bool(_FOREIGN.fullmatch(word)))


def _is_plan(text: str) -> bool:
    """Return whether a text begins with a verb in the present tense or with an order: `Øker støtten`, `Øk støtten`."""
    first, _, rest = text.partition(" ")
    first = first.casefold()
    if first in IMPERATIVES and rest[:1].isalnum() and not _OF.match(rest):
        return True
    return (first.endswith("r") and first[:-1] in VERBS and first != "har") or bool(_PLAN.match(text))
