"""What a damaged word may stand for: listed words that the confusions turn into it, and compounds of such words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from math import log
from typing import NamedTuple

from ingest.parser.ocr.confusions import CONFUSIONS, Where
from ingest.parser.ocr.context import Contexts, contexts
from programmes.norwegian.language import Norwegian
from programmes.norwegian.lexicon import frequencies, lemmas
from programmes.norwegian.nynorsk import in_nynorsk
from programmes.norwegian.tables import FUNCTION_WORDS

RARE = log(2e-8)
"""ln of the frequency that stands for a listed word without a figure of its own."""
COMPOUND = 1.5
"""Cost of a join between the parts of a compound."""
SHORTEST_PART = 3
COMMON_NYNORSK = log(3e-7)
"""ln of the least frequency of a word on the list of nynorsk, in a text in nynorsk."""
BOKMAL_ONLY = 6.0
"""What a word that only bokmål has costs in a text in nynorsk."""
LONGEST_COMPOUND = 45
LONGEST_PART = 18
SHORT_PREFIX = -8.5
"""ln of the frequency of a short prefix, its join included."""
REMEMBERED = 200_000
"""Answers kept: bounds the memory."""
NORWEGIAN_LETTERS = "æøå"

MISREAD: dict[str, tuple[tuple[str, float], ...]] = {}
for _row in CONFUSIONS:
    if _row.where == "in a word" and any(letter in _row.meant for letter in NORWEGIAN_LETTERS):
        MISREAD[_row.meant] = (*MISREAD.get(_row.meant, ()), (_row.read.replace("Ig", "\x01g"), -log(_row.share)))
"""Letter meant → the ways it is read and their costs. A capital I before g is U+0001 (see `plain`)."""

_SUBSTITUTES = tuple(
    (row.read, row.meant, -log(row.share), row.where)
    for row in CONFUSIONS
    if row.where != "alone" and not any(letter in row.meant for letter in NORWEGIAN_LETTERS)
)
"""Confusions between letters that English has too: (read, meant, cost, where)."""

# Every letter of a confusion maps to one sign, so that a word and all its damaged forms share one key.
_KEY_LETTERS = str.maketrans({"å": "a", "3": "a", "&": "a", "ø": "e", "æ": "e", "g": "e", "@": "e", "\x01": "l"})
_RUN = re.compile(r"(?:[az]*e)+")
_CAPITAL_I_G = re.compile(r"(?<![A-ZÆØÅ])Ig")


class Site(NamedTuple):
    """A place in a word where something else was meant."""

    start: int
    end: int
    meant: str


class Reading(NamedTuple):
    """A word that the damaged one may stand for."""

    score: float
    """ln of its frequency times the chance of just this damage."""
    sites: tuple[Site, ...]
    """What to replace to get it, in lower case; empty for the word as it stands."""


def plain(word: str) -> str:
    """Return the word in lower case, a capital I before g as U+0001: it may be an l."""
    return _CAPITAL_I_G.sub("\x01g", word).lower()


def damage_key(word: str) -> str:
    """Return the key that a plain word shares with all its damaged forms."""
    key = word.translate(_KEY_LETTERS)
    return _RUN.sub("e", key) if "ee" in key or "ae" in key or "ze" in key else key


def replaced(text: str, sites: Iterable[tuple[int, int, str]]) -> str:
    """Return a text with other words in some places: the start and end of each, in their order, and what was meant."""
    pieces, at = [], 0
    for start, end, meant in sites:
        pieces += [text[at:start], meant]
        at = end
    return "".join([*pieces, text[at:]])


def apply_sites(word: str, sites: tuple[Site, ...]) -> str:
    """Return a plain word with its sites replaced."""
    return replaced(word, sites).replace("\x01", "i")


def align(read: str, meant: str) -> tuple[float, tuple[Site, ...]] | None:
    """Return the cost and the sites of reading `meant` as `read`, or None if the confusions do not allow it."""
    return _align(read, meant, 0, 0)


def _align(read: str, meant: str, i: int, j: int) -> tuple[float, tuple[Site, ...]] | None:
    while j < len(meant):
        letter = meant[j]
        best: tuple[float, tuple[Site, ...]] | None = None
        if letter in NORWEGIAN_LETTERS or (letter == "l" and read[i : i + 2] == "\x01g"):
            source = meant[j : j + 2] if letter == "l" else letter
            for sign, cost in MISREAD.get(source, ()):
                if read.startswith(sign, i):
                    rest = _align(read, meant, i + len(sign), j + len(source))
                    if rest is not None and (best is None or rest[0] + cost < best[0]):
                        best = (rest[0] + cost, (Site(i, i + len(sign), source), *rest[1]))
            if best is not None or read[i : i + 1] != letter:
                return best
        elif read[i : i + 1] != letter and not (letter == "i" and read[i : i + 1] == "\x01"):
            return None
        i, j = i + 1, j + 1
    return (0.0, ()) if i == len(read) else None


@dataclass(frozen=True)
class WordLists:
    """The lists that the readers of both languages share."""

    bokmal: dict[str, float]
    """Word → frequency."""
    nynorsk: frozenset[str]
    by_key: dict[str, str]
    """Key (see `damage_key`) → the words with æ, ø or å that have it, spaced: strings cost the collector nothing."""


@dataclass(frozen=True, eq=False)
class Reader:
    """Knows the words of one language and what their damaged forms may stand for; get it from `reader`."""

    words: WordLists
    language: Norwegian
    counts: Contexts

    @lru_cache(maxsize=REMEMBERED)  # noqa: B019 - a reader lives as long as the process
    def frequency(self, word: str) -> float | None:
        """Return ln of a word's frequency (lower case) in this language, None for an unlisted one."""
        value = self.words.bokmal.get(word)
        general = log(value) if value is not None else None
        listed = word in self.words.nynorsk
        counted = self.counts.frequency(word, self.language)
        if self.language == "nb":
            if counted is not None and general is not None:
                return (counted + general) / 2
            return max(general or RARE, RARE) if listed else general
        if counted is not None:
            return counted
        if listed:
            return max(general or COMMON_NYNORSK, COMMON_NYNORSK)
        return general - BOKMAL_ONLY if general is not None else None

    @lru_cache(maxsize=REMEMBERED)  # noqa: B019
    def readings(self, word: str) -> list[Reading]:
        """Return what a plain word may stand for, listed words only, the word itself among them; best first."""
        found: dict[str, Reading] = {}
        own = self.frequency(word.replace("\x01", "i"))
        if own is not None:
            found[word] = Reading(own, ())
        self._add_norwegian(word, (), 0.0, found)
        self._add_substituted(word, "in a word", found)
        return sorted(found.values(), reverse=True) if len(found) > 1 else list(found.values())

    def last_readings(self, word: str) -> list[Reading]:
        """Return what a plain word may stand for by the confusions for words that have no other reading."""
        found: dict[str, Reading] = {}
        self._add_substituted(word, "unknown word", found)
        return sorted(found.values(), reverse=True)

    def _add_substituted(self, word: str, place: Where, found: dict[str, Reading]) -> None:
        """Add the words that differ in a letter which English has too."""
        for read, meant, cost, where in _SUBSTITUTES:
            at = word.find(read) if where == place else -1
            while at >= 0:
                other = word[:at] + meant + word[at + len(read) :]
                site = Site(at, at + len(read), meant)
                known = self.frequency(other.replace("\x01", "i"))
                if known is not None:
                    found.setdefault(other, Reading(known - cost, (site,)))
                self._add_norwegian(other, (site,), cost, found)
                at = word.find(read, at + 1)

    def _add_norwegian(self, word: str, before: tuple[Site, ...], cost: float, found: dict[str, Reading]) -> None:
        """Add the words with æ, ø or å that `word` may stand for; `before` is a substitution of equal length."""
        for meant in self.words.by_key.get(damage_key(word), "").split():
            aligned = align(word, meant)
            frequency = self.frequency(meant)
            if aligned is not None and aligned[1] and frequency is not None:
                sites = tuple(sorted((*before, *aligned[1])))
                reading = Reading(frequency - cost - aligned[0], sites)
                if meant not in found or found[meant] < reading:
                    found[meant] = reading

    def compound(self, word: str) -> Reading | None:
        """Return the best reading of a plain word as two or more listed words joined, None if there is none."""
        length = len(word)
        if length < 2 * SHORTEST_PART or length > LONGEST_COMPOUND:
            return None
        best: list[Reading | None] = [Reading(0.0, ()), *[None] * length]
        for read, meant in _SHORT_PREFIXES:
            if word.startswith(read):
                sites = (Site(0, len(read), meant),) if read != meant else ()
                best[len(read)] = Reading(SHORT_PREFIX, sites)
        for end in range(SHORTEST_PART, length + 1):
            last = end == length
            for start in range(max(0, end - LONGEST_PART), end - SHORTEST_PART + 1):
                head = best[start]
                if head is None or (start == 0 and last):
                    continue
                part = self._part(word[start:end], last)
                if part is None:
                    continue
                score = head.score + part.score - (COMPOUND if start else 0.0)
                known = best[end]
                if known is None or score > known.score:
                    moved = tuple(Site(a + start, b + start, meant) for a, b, meant in part.sites)
                    best[end] = Reading(score, head.sites + moved)
        return best[length]

    @lru_cache(maxsize=REMEMBERED)  # noqa: B019
    def _part(self, word: str, last: bool) -> Reading | None:
        """Return the best reading of a part of a compound; all but the last may end in a linking s."""
        found = [reading for reading in self.readings(word)[:1] if _fits(word, reading, last=last)]
        if not last and word[-1] == "s" and len(word) > SHORTEST_PART:
            found += [reading for reading in self.readings(word[:-1])[:1] if _fits(word, reading, last=last)]
        return max(found, default=None)


_SHORT_PREFIXES = (("pa", "på"), ("ra", "rå"), *((word, word) for word in ("u", "av", "by", "ny", "om", "ut", "is")))
"""Words shorter than a part of a compound that begin many: (as read, as meant)."""

_LEAST_PART = {3: -13.0, 4: -14.0}


def _fits(word: str, reading: Reading, *, last: bool) -> bool:
    """Return whether a reading may be part of a compound: short parts must be common words."""
    if last and apply_sites(word, reading.sites) in FUNCTION_WORDS:
        return False
    return reading.score + (2.0 if reading.sites else 0.0) > _LEAST_PART.get(len(word), -20.0)


DERIVED_FROM = 1e-7
"""Frequency from which a word of bokmål lends its nynorsk form."""


@cache
def word_lists() -> WordLists:
    """Return the word lists, loaded on the first call (about half a second)."""
    bokmal = frequencies()
    nynorsk = {word for word in lemmas("nn") if word.islower()}
    norwegian = re.compile(f"[{NORWEGIAN_LETTERS}]").search
    for word, frequency in bokmal.items():
        if frequency >= DERIVED_FROM and norwegian(word):
            nynorsk |= in_nynorsk(word)
    by_key: dict[str, str] = {}
    for word in {*filter(norwegian, bokmal), *filter(norwegian, nynorsk)}:
        key = damage_key(word)
        by_key[key] = f"{by_key[key]} {word}" if key in by_key else word
    return WordLists(bokmal, frozenset(nynorsk), by_key)


@cache
def reader(language: Norwegian) -> Reader:
    """Return what reads the damaged words of a language; its word lists are loaded on the first call."""
    return Reader(word_lists(), language, contexts())
