"""What a word of Norwegian is to the search: tokens, families of forms, parts of compounds.

Every engine, the highlighter and the query parser use this one analysis, so that they can't differ.
It knows no Django. A *family* is the set of forms that readers take for one word (lærer, lærere,
lærerne; skule, skole): it is named by its bokmål lemma. A *part* is the family of a word within a
compound (`helsetjeneste` in `skolehelsetjenesten`).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from .compounds import Segments, is_noun, split
from .lexicon import lemma_nb, lemma_nn, zipf
from .tables import DERIVED, ENDINGS, NYNORSK, OPAQUE, OWN_LEMMA, UMLAUTS

WORD = re.compile(
    r"\d+(?:[.,]\d+)*\s?(?:%|prosent\b)"  # 40 %, 3,5 prosent
    r"|\d+(?:[.,]\d+)+"  # 1.000, 3,5
    r"|(?i:\b(?:f\.eks|bl\.a|m\.a|m\.m|m\.v|o\.l|d\.v\.s|t\.d)\b\.?)"
    r"|[^\W_]+(?:['’][^\W_]+)*"
)
ELLIPSIS_LEFT = re.compile(r"([^\W\d_]{3,})[-‐‑]\s*(?:,\s*[^\W\d_]+[-‐‑]\s*)*(?:og|eller|/)\s*([^\W\d_]{5,})")
"""`helse- og omsorgstjenester`: the first word borrows the head of the second."""
ELLIPSIS_RIGHT = re.compile(r"([^\W\d_]{6,})\s+(?:og|eller)\s+[-‐‑–]([^\W\d_]{3,})")
"""`klimabudsjett og -regnskap`: the second borrows the beginning of the first."""
GENITIVE = re.compile(r"[A-ZÆØÅ]{2,}s")
"""`EUs`: capitals and then the s that the capitals show to be no part of them."""
HYPHENATED = re.compile(r"[^\W_]+(?:[-‐‑][^\W_]+)+")


USUAL = 4.5
"""On the Zipf scale: a bokmål word this usual is never taken for nynorsk."""
MORE_USUAL = 0.5
"""How much more usual the bokmål of a nynorsk word has to be; twice that where bokmål has the word too."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word in a text: as it is compared (`form`), and where it stands."""

    form: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Analysis:
    """What one word form belongs to."""

    families: frozenset[str]
    parts: frozenset[str]


def normal(word: str) -> str:
    """Return a word as it is compared: lower case, composed, accents off, but æ, ø and å untouched."""
    word = unicodedata.normalize("NFC", word).lower().replace("’", "'")
    if word.isascii():
        return word
    return "".join(letter if letter in "æøåäö" else unicodedata.normalize("NFD", letter)[0] for letter in word)


@lru_cache(maxsize=200_000)
def forms(match: str) -> tuple[str, ...]:
    """Return a match of `WORD` as it is compared: most are one form, `40 %` is both `40` and `40%`."""
    form = normal(match)
    if GENITIVE.fullmatch(match):
        form = form[:-1]
    if form[0].isdigit():
        number = re.sub(r"\s?(?:%|prosent)$", "", form)
        return (number,) if number == form else (number, number + "%")
    return (form.replace(".", ""),)


def tokens(text: str) -> Iterator[Token]:
    """Yield the words of a text in order; hyphens and slashes part words."""
    for match in WORD.finditer(text):
        for form in forms(match[0]):
            yield Token(form, match.start(), match.end())


def fold(word: str) -> str:
    """Return a word as a keyboard without æ, ø, å would type it: `bærum` → `baerum`, `grønn` → `gronn`."""
    return word.replace("æ", "ae").replace("ø", "o").replace("å", "a").replace("ä", "ae").replace("ö", "o")


def foldings(word: str) -> frozenset[str]:
    """Return every common way to type a word without æ, ø, å: ø as o or oe, å as a or aa."""
    word = word.replace("æ", "ae").replace("ä", "ae").replace("ö", "ø")
    return frozenset(word.replace("ø", o).replace("å", a) for o in ("o", "oe") for a in ("a", "aa"))


@lru_cache(maxsize=100_000)
def analyse(form: str) -> Analysis:
    """Return the families and compound parts of a word form in the shape that `normal` gives."""
    if form[:1].isdigit():
        return Analysis(frozenset({form}), frozenset())
    families = _families(form)
    parts = frozenset().union(*(_parts(family) for family in families))
    return Analysis(families, parts - families)


@lru_cache(maxsize=100_000)
def _parts(lemma: str) -> frozenset[str]:
    """Return the families of the words within a lemma: every run of its segments, and what is within those."""
    segments = split(lemma)
    found: set[str] = set()
    for first in range(len(segments)):
        for last in range(first, len(segments)):
            if last - first + 1 == len(segments):
                continue
            if first < last:
                found.add(_joined_key(segments[first : last + 1]))
                continue
            segment, joint = segments[first]
            found |= _families(segment) | _parts(segment)
            noun = segment.removesuffix("e")  # skatte|seddel is of skatt, not only of skatte
            is_first = not joint and first + 1 < len(segments)
            if is_first and noun != segment and is_noun(noun) and zipf(noun) > zipf(segment) - 0.7:
                found |= _families(noun)
    if len(segments) == 1:
        found |= _derived_from(lemma)
    return frozenset(found)


def _derived_from(lemma: str) -> set[str]:
    """Return the word that a lemma is made from: pensjonist → pensjon, beskatte → skatt; none for most lemmas."""
    if lemma in OPAQUE:
        return set()
    for ending, base, shortest, _example in DERIVED:
        noun = lemma[: -len(ending)] + base
        if lemma.endswith(ending) and len(noun) >= shortest and lemma_nb(noun) == noun and is_noun(noun):
            return set(_families(noun))
    if lemma.startswith("be") and lemma.endswith("e") and len(lemma) > 6 and lemma_nb(lemma[2:-1]) == lemma[2:-1]:
        return set(_families(lemma[2:-1]))
    return set()


def _families(form: str) -> frozenset[str]:
    """Return the names of the families that a form belongs to."""
    lemmas = {OWN_LEMMA[form]} if form in OWN_LEMMA else _lemmas(form)
    return frozenset({family_name(lemma) for lemma in lemmas})


@lru_cache(maxsize=100_000)
def family_name(lemma: str) -> str:
    """Return the name of a lemma's family: the bokmål, for a compound that of each of its parts."""
    whole = bokmal(lemma)
    segments = split(whole)
    return whole if len(segments) == 1 else "".join(bokmal(part) + joint for part, joint in segments)


@lru_cache(maxsize=100_000)
def _lemmas(form: str) -> frozenset[str]:
    """Return the plausible lemmas of a form."""
    found = set()
    for vowel, base, _example in UMLAUTS:
        at = form.rfind(vowel)
        if at >= 0 and form[at + len(vowel) :] in ("er", "ene", "erne", "ers", "enes", "", "r", "rne"):
            whole = form[:at] + base
            for candidate in (whole, whole + "e"):
                if lemma_nb(candidate) == candidate and (form[at + len(vowel) :] or lemma_nb(form) != form):
                    found.add(candidate)
                    break
    for ending, base, _example in ENDINGS[:13]:
        if form.endswith(ending) and lemma_nb(form[: -len(ending)] + base) == form[: -len(ending)] + base:
            found.add(form[: -len(ending)] + base)
    if found:
        return frozenset(found)
    lemma = lemma_nb(form) or lemma_nn(form)
    if lemma:
        lemma = normal(lemma)
        found.add(lemma)
        for ending in ("er", "a"):
            # A form that the dictionary gives to a verb (veier → veie) is the noun as well where that is more usual.
            noun = form.removesuffix(ending)
            if lemma == noun + "e" and lemma_nb(noun) == noun and zipf(noun) > max(zipf(lemma) + 0.3, zipf(form)):
                found.add(noun)
        return frozenset(found)
    for ending, base, _example in ENDINGS:
        stem = form[: -len(ending)] + base
        if form.endswith(ending) and len(stem) > 2:
            lemma = lemma_nb(stem) or lemma_nn(stem)
            if lemma:
                return frozenset({normal(lemma)})
    segments = split(form)
    if len(segments) > 1:
        return frozenset({_joined_key(segments)})
    for ending in ("enes", "anes", "ene", "ane", "ens", "ets", "en", "et", "er", "ar"):
        if form.endswith(ending) and len(form) - len(ending) >= 5:
            return frozenset({form[: -len(ending)]})
    return frozenset({form.removesuffix("s") if len(form) > 4 else form})


def _joined_key(segments: Segments) -> str:
    """Return the family of a compound that no dictionary has: its parts, with the head as lemma, in bokmål."""
    *heads, (last, _joint) = segments
    return family_name("".join(part + joint for part, joint in heads) + min(_lemmas(last)))


@lru_cache(maxsize=100_000)
def bokmal(lemma: str) -> str:
    """Return the bokmål of a nynorsk lemma, or the lemma itself where it is bokmål already."""
    in_bokmal = lemma_nb(lemma) is not None
    best, usual = lemma, zipf(lemma)
    if in_bokmal and usual >= USUAL:
        return lemma
    usual += MORE_USUAL * (2 if in_bokmal else 1)
    rules = [(nynorsk, bokmaal) for nynorsk, bokmaal, _example in NYNORSK if nynorsk in lemma]
    candidates = {lemma}
    for _step in range(min(len(rules), 3)):
        candidates |= {word.replace(nynorsk, bokmaal) for word in candidates for nynorsk, bokmaal in rules}
    for candidate in sorted(candidates - {lemma}):
        if zipf(candidate) > usual and lemma_nb(candidate) == candidate:
            best, usual = candidate, zipf(candidate)
    return best
