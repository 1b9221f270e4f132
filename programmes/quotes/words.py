"""The words of a text as quotations are compared by: the search's own words, hyphenated ones put together.

Case, signs, hyphens within a word and breaks of lines are no difference, so `hav-⏎bruk` is `havbruk`, as
`Paris-avtalen` is `Parisavtalen`; but `vare-⏎og tungtransport` stays three words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from programmes.norwegian.analysis import analyse
from programmes.norwegian.lexicon import zipf
from programmes.norwegian.sentences import sentence_starts
from programmes.norwegian.tables import FUNCTION_WORDS, NUMERALS
from programmes.norwegian.tokens import Token, tokens

_HYPHEN = re.compile(r"[-‐‑\u00ad]\s*\n\s*|[-‐‑\u00ad]")
"""Between two words that are one: a hyphen, at the end of a line too."""
_HALF_WORD_BEFORE = frozenset({"og", "eller", "samt", "til"})
"""Behind a hyphen at the end of a line these are words of their own: `vare-⏎og tungtransport`."""
_FIGURES = re.compile(r"\d+(?:,\d+)?%?")
ALL_NUMERALS = {
    **NUMERALS,
    **{"halvannen": "1,5", "halvannan": "1,5", "elleve": "11", "elve": "11", "tretten": "13", "fjorten": "14"},
    **{"seksten": "16", "sytten": "17", "atten": "18", "nitten": "19", "seksti": "60", "sytti": "70", "åtti": "80"},
    **{"nitti": "90", "tusen": "1000"},
}
"""Also those that nobody searches for instead of the figures."""
MOST_TOLD = 5.0
"""By one word: one that no dictionary has is most often a compound or a slip."""
NO_NUMBERS = frozenset({"en", "ein"})
"""Articles far more often than numbers."""


class Word(NamedTuple):
    """A word, and where it stands in the text."""

    form: str
    start: int
    end: int


def words_of(text: str) -> list[Word]:
    """Return the words of a text in order; a share is one word, `40%`, and so is `§112`."""
    found: list[Word] = []
    for token in tokens(text):
        last = found[-1] if found else None
        if last and last.start == token.start:  # the ways in which the search knows one word
            if token.form[-1:] == "%" or token.form[:1] == "§":
                found[-1] = Word(token.form, token.start, token.end)
        elif last and _is_one_word(text, last, token):
            found[-1] = Word(last.form + token.form, last.start, token.end)
        else:
            found.append(Word(token.form, token.start, token.end))
    return found


def _is_one_word(text: str, last: Word, token: Token) -> bool:
    between = text[last.end : token.start]
    if not _HYPHEN.fullmatch(between):
        return False
    if "\n" in between and token.form in _HALF_WORD_BEFORE:
        return False
    return not (last.form[-1:].isdigit() and token.form[:1].isdigit())


def number_of(form: str) -> str | None:
    """Return the number that a word is, in figures; None for other words."""
    if _FIGURES.fullmatch(form):
        return form.removesuffix("%")
    return None if form in NO_NUMBERS else ALL_NUMERALS.get(form)


def is_function_word(form: str) -> bool:
    """Return whether a word carries no matter of its own."""
    return form in FUNCTION_WORDS and number_of(form) is None


@lru_cache(maxsize=50_000)
def family(form: str) -> str:
    """Return one name for all inflections of a word, in both written languages; a number is its figures."""
    number = number_of(form)
    return number if number is not None else min(analyse(form).families)


@lru_cache(maxsize=50_000)
def rarity(form: str) -> float:
    """Return how much a word tells, 0 to 5: the rarer in Norwegian the more; nothing for a word without matter."""
    if is_function_word(form):
        return 0.0
    return min(max(7.0 - max(zipf(form), zipf(family(form))), 1.0), MOST_TOLD)


@dataclass(frozen=True)
class Wording:
    """A text with its words, and which of them begin a sentence."""

    text: str
    words: Sequence[Word]
    forms: tuple[str, ...]
    begins: frozenset[int]
    """Places of the words that begin a sentence, the first of all among them."""

    @classmethod
    def of(cls, text: str) -> Wording:
        """Read a text."""
        words = words_of(text)
        starts = sentence_starts(text)
        begins = {0}
        at = 0
        for place, word in enumerate(words):
            if at < len(starts) and word.start >= starts[at]:
                begins.add(place)
                while at < len(starts) and word.start >= starts[at]:
                    at += 1
        return cls(text, words, tuple(word.form for word in words), frozenset(begins))

    def followed_by(self, other: Wording) -> Wording:
        """Return this wording and another behind it."""
        size, count = len(self.text), len(self.words)
        words = [*self.words, *(Word(form, start + size, end + size) for form, start, end in other.words)]
        begins = self.begins | {count + place for place in other.begins}
        return Wording(self.text + other.text, words, self.forms + other.forms, frozenset(begins))

    def shown(self, first: int, last: int) -> str:
        """Return the words from one place up to another as they are written."""
        if first >= last:
            return ""
        return " ".join(self.text[self.words[first].start : self.words[last - 1].end].split())

    def rest(self, last: int) -> str:
        """Return what is written behind the word before a place, signs and all."""
        return re.sub(r"\s+", " ", self.text[self.words[last - 1].end :]).rstrip()
