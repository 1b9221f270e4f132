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

from .lexicon import is_word, lemma_nb, lemma_nn, zipf
from .tables import (
    ENDINGS,
    FUNCTION_WORDS,
    NOT_HEADS,
    NYNORSK,
    OPAQUE,
    OWN_LEMMA,
    SHORT_PARTS,
    UMLAUTS,
)

WORD = re.compile(
    r"\d+(?:[.,]\d+)*\s?(?:%|prosent\b)"  # 40 %, 3,5 prosent
    r"|\d+(?:[.,]\d+)+"  # 1.000, 3,5
    r"|(?:[^\W\d_]\.){2,}[^\W\d_]?"  # f.eks., m.m.
    r"|[^\W_]+(?:['’][^\W_]+)*"
)
ELLIPSIS_LEFT = re.compile(r"([^\W\d_]{3,})[-‐‑]\s*(?:,\s*[^\W\d_]+[-‐‑]\s*)*(?:og|eller|/)\s*([^\W\d_]{5,})")
"""`helse- og omsorgstjenester`: the first word borrows the head of the second."""
ELLIPSIS_RIGHT = re.compile(r"([^\W\d_]{6,})\s+(?:og|eller)\s+[-‐‑–]([^\W\d_]{3,})")
"""`klimabudsjett og -regnskap`: the second borrows the beginning of the first."""
HYPHENATED = re.compile(r"[^\W_]+(?:[-‐‑][^\W_]+)+")


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


def tokens(text: str) -> Iterator[Token]:
    """Yield the words of a text in order; hyphens and slashes part words, `40 %` is the word `40%`."""
    for match in WORD.finditer(text):
        form = normal(match[0])
        if form[0].isdigit():
            form = re.sub(r"\s?(?:%|prosent)$", "%", form).replace(" ", "")
            if form.endswith("%"):
                yield Token(form[:-1], match.start(), match.end())
            form = form.rstrip(".,")
        elif "." in form:
            form = form.replace(".", "")
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
    parts: set[str] = set()
    for family in families:
        segments = split(family)
        for first in range(len(segments)):
            for last in range(first, len(segments)):
                if last - first + 1 < len(segments):
                    span = "".join(s + j for s, j in segments[first:last]) + segments[last][0]
                    known = first == last or is_word(span)
                    parts |= _families(span) if known else {_joined_key(segments[first : last + 1])}
    if len(form) > 5 and form.startswith("be") and not parts:
        root = lemma_nb(form[2:].removesuffix("s"))  # beskattes → skatt
        if root and len(root) > 3 and root.removesuffix("e") != root and zipf(root[:-1]) > 4:
            parts |= {root[:-1]}
    return Analysis(families, frozenset(parts - families))


def _families(form: str) -> frozenset[str]:
    """Return the names of the families that a form belongs to."""
    lemmas = {OWN_LEMMA[form]} if form in OWN_LEMMA else _lemmas(form)
    return frozenset({bokmal(lemma) for lemma in lemmas})


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
        # A plural that the dictionary gives to a verb (veier → veie) is the noun as well where that is more usual.
        if (
            form.endswith("er")
            and lemma == form[:-1]
            and lemma_nb(form[:-2]) == form[:-2]
            and zipf(form[:-2]) > zipf(lemma) + 0.3
            and zipf(form[:-2]) > zipf(form)
        ):
            found.add(form[:-2])
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


def _joined_key(segments: tuple[tuple[str, str], ...]) -> str:
    """Return the family of a compound that no dictionary has: its parts, with the head as lemma, in bokmål."""
    *heads, (last, _joint) = segments
    key = "".join(bokmal(part) + joint for part, joint in heads)
    return key + min(_families(last))


@lru_cache(maxsize=50_000)
def bokmal(lemma: str) -> str:
    """Return the bokmål of a nynorsk lemma, or the lemma itself where it is bokmål already."""
    best, usual = lemma, zipf(lemma) + (0.5 if lemma_nb(lemma) else 0.0)
    seen, waiting = {lemma}, [lemma]
    for _round in range(3):
        coming = []
        for word in waiting:
            for nynorsk, bokmaal, _example in NYNORSK:
                if nynorsk in word:
                    candidate = word.replace(nynorsk, bokmaal)
                    if candidate not in seen:
                        seen.add(candidate)
                        coming.append(candidate)
        waiting = coming[:60]
        for candidate in waiting:
            if lemma_nb(candidate) == candidate and zipf(candidate) > usual + 0.5:
                best, usual = candidate, zipf(candidate)
    return best


def _is_noun(lemma: str) -> bool:
    """Tell whether the dictionaries inflect a lemma as a noun."""
    endings = ("n", "r", "t", "ne") if lemma.endswith("e") else ("en", "et", "a", "er", "ene")
    return sum(lemma_nb(lemma + ending) == lemma for ending in endings) >= 2 or any(
        lemma_nn(lemma + ending) == lemma for ending in ("en", "et", "a", "ane", "ene")
    )


@lru_cache(maxsize=100_000)
def _first_part(part: str) -> float:
    """Return how good a word is as the beginning of a compound, 0 if it can't be."""
    if (
        part in FUNCTION_WORDS
        or len(part) < 2
        or (len(part) < 4 and part not in SHORT_PARTS and not (len(part) == 3 and zipf(part) > 4.2 and _is_noun(part)))
    ):
        return 0.0
    lemma = lemma_nb(part) or lemma_nn(part)
    if lemma is None:
        return zipf(part) if zipf(part) >= 3.5 and len(part) > 3 else 0.0
    if normal(lemma) != part and len(part) < 5:
        return 0.0
    use = max(zipf(part), zipf(lemma))
    return use if use >= 2.3 else 0.0


@lru_cache(maxsize=100_000)
def _last_part(part: str) -> float:
    """Return how good a word is as the head of a compound, 0 if it can't be."""
    if part in FUNCTION_WORDS or part in NOT_HEADS or len(part) < 3:
        return 0.0
    if len(part) == 3 and not (zipf(part) > 4.2 and _is_noun(part)):
        return 0.0
    lemmas = [lemma for lemma in _lemmas_known(part) if len(lemma) > 2 or lemma in SHORT_PARTS]
    return max((max(zipf(lemma), zipf(part)) for lemma in lemmas if max(zipf(lemma), zipf(part)) >= 2.3), default=0.0)


def _lemmas_known(part: str) -> set[str]:
    """Return the dictionary's lemmas of a form; none for a form it lacks."""
    found = {normal(lemma) for lemma in (lemma_nb(part), lemma_nn(part)) if lemma}
    for ending, base, _example in ENDINGS[:16]:
        if part.endswith(ending) and lemma_nb(part[: -len(ending)] + base):
            found.add(part[: -len(ending)] + base)
    return found


@lru_cache(maxsize=100_000)
def split(form: str) -> tuple[tuple[str, str], ...]:
    """Return a compound's parts, each with the joint after it (``""``, ``s`` or ``e``); the word alone if it is none.

    Both sides of every cut must be words in use; the fewest parts win, then the most usual ones.
    """
    if len(form) < 5 or form in OPAQUE or not form.isalpha():
        return ((form, ""),)
    return _split(form) or ((form, ""),)


@lru_cache(maxsize=200_000)
def _split(form: str) -> tuple[tuple[str, str], ...]:
    best: tuple[float, tuple[tuple[str, str], ...]] = (0.0, ())
    for cut in range(2, len(form) - 2):
        head, tail = form[:cut], form[cut:]
        for joint in ("", "s", "e"):
            part = head.removesuffix(joint) if joint else head
            if joint and (part == head or len(part) < 3):
                continue
            good = _first_part(part)
            if not good or (part in OPAQUE and len(part) < 4):
                continue
            if tail in OPAQUE or _last_part(tail):
                rest = ((tail, ""),) if tail in OPAQUE else (_split(tail) or ((tail, ""),))
                tail_good = _last_part(tail) or 3.0
            else:
                rest = _split(tail)
                if not rest:
                    continue
                tail_good = min(_first_part(rest[0][0]), _last_part(rest[-1][0])) - 1.0
            score = (
                min(good, tail_good) * 2
                + good
                + tail_good
                + min(len(part), len(tail)) * 0.5
                - (0.7 if joint == "e" else 0.0)
                - len(rest)
            )
            if score > best[0]:
                best = (score, ((part, joint), *rest))
    return best[1]
