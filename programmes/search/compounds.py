"""Taking compounds apart: skole + helse + tjeneste. Both sides of every cut must be words in use."""

from __future__ import annotations

from functools import lru_cache

from .lexicon import is_noun, lemma_nb, lemma_nn, zipf
from .nynorsk import bokmal
from .tables import (
    ENDINGS,
    FUNCTION_WORDS,
    IRREGULAR,
    NOT_FIRST,
    NOT_HEADS,
    OPAQUE,
    OWN_LEMMA,
    SHORT_HEADS,
    SHORT_PARTS,
)

Segments = tuple[tuple[str, str], ...]
"""Each part with the joint after it, which is empty, ``s`` or ``e``."""

JOINTS = ("", "s", "e", "=")
"""What may stand between two parts; ``=`` is the consonant that is not written twice (`nattog` is natt + tog)."""
VOWELS = "aeiouyæøå"
IN_USE = 2.3
"""On the Zipf scale: a short part must be this usual."""
LONG_IN_USE = 1.0
"""A part of six letters and more that a dictionary has is no accident, and may be rarer."""
MUCH_MORE_USUAL = 0.6
"""A word this much more usual than one of its parts is no compound: `transport` is not trans + port."""
COMMON = 4.2
"""A part of three letters must be this usual, and a noun."""


@lru_cache(maxsize=100_000)
def split(form: str) -> Segments:
    """Return a compound's parts; the word alone if it is none. The fewest parts win, then the most usual ones."""
    if len(form) < 5 or form in OPAQUE or not form.isalpha():
        return ((form, ""),)
    segments = _split(form)
    if not segments or zipf(form) > min(_use(part, part) for part, _joint in segments) + MUCH_MORE_USUAL:
        return ((form, ""),)
    return segments


@lru_cache(maxsize=200_000)
def _split(form: str) -> Segments:
    """Return the best way to part a word, empty if there is none."""
    best: tuple[float, Segments] = (0.0, ())
    for cut in range(2, len(form) - 1):
        head, tail = form[:cut], form[cut:]
        for joint in JOINTS:
            part = _before(head, joint, tail)
            good = _as_first(part) if part else 0.0
            if not good:
                continue
            rest, tail_good = _rest(part, tail)
            if not rest:
                continue
            score = min(good, tail_good) * 3 + max(good, tail_good) + min(len(part), len(tail)) * 0.5 - len(rest)
            score -= 0.7 if joint == "e" else 0.0
            if score > best[0]:
                best = (score, ((part, joint.strip("=")), *rest))
    return best[1]


def _before(head: str, joint: str, tail: str) -> str:
    """Return the word before a joint, empty if there is none; of three like consonants one is not written."""
    if joint == "=":
        return head + tail[0] if len(head) > 2 and head[-1] == tail[0] and tail[0] not in VOWELS else ""
    part = head.removesuffix(joint)
    return "" if joint and (part == head or len(part) < 3) else part


def _rest(part: str, tail: str) -> tuple[Segments, float]:
    """Return the parts of what follows a first part, and how good they are."""
    if tail in OPAQUE:
        return ((tail, ""),), 3.0
    if len(tail) <= 3 and len(part) < 4 and part not in SHORT_PARTS:
        return (), 0.0
    good = _as_head(tail)
    if good:
        return split(_head_lemma(tail)), good
    rest = _split(tail)
    return rest, min(_as_first(rest[0][0]), _as_head(rest[-1][0])) - 1.0 if rest else 0.0


@lru_cache(maxsize=100_000)
def _as_first(part: str) -> float:
    """Return how good a word is as the beginning of a compound, 0 if it can't be."""
    if part in FUNCTION_WORDS or part in NOT_FIRST or (part in OPAQUE and len(part) < 4):
        return 0.0
    if len(part) < 4 and part not in SHORT_PARTS and not _is_common_noun(part):
        return 0.0
    lemma = lemma_nb(part) or lemma_nn(part)
    if lemma is None:
        return zipf(part) if zipf(part) >= 3.5 and len(part) > 3 else 0.0
    if lemma.lower() != part and len(part) < 5:
        return 0.0
    return _use(part, lemma)


@lru_cache(maxsize=100_000)
def _as_head(part: str) -> float:
    """Return how good a word is as the end of a compound, 0 if it can't be."""
    if part in FUNCTION_WORDS or part in NOT_HEADS:
        return 0.0
    lemmas = _dictionary_lemmas(part)
    if len(part) < 4 and part not in SHORT_HEADS and not _is_common_noun(part):
        return 0.0
    return max((_use(part, lemma) for lemma in lemmas if len(lemma) > 2 or lemma in SHORT_HEADS), default=0.0)


def _is_common_noun(part: str) -> bool:
    """Tell whether a word of three letters is so usual a noun that it is no accident within another."""
    return len(part) == 3 and max(zipf(part), zipf(bokmal(part))) > COMMON and is_noun(part)


@lru_cache(maxsize=100_000)
def _use(part: str, lemma: str) -> float:
    """Return how usual a part is, 0 if it is too rare to be believed."""
    own = lemma_nb(part) or lemma_nn(part) or part
    use = max(zipf(part), zipf(lemma), zipf(own), zipf(bokmal(own.lower())))
    return use if use >= (LONG_IN_USE if len(part) >= 6 else IN_USE) else 0.0


def _head_lemma(tail: str) -> str:
    """Return the lemma of a compound's head: a noun before a verb, and then the more usual word."""
    if tail in OWN_LEMMA:
        return OWN_LEMMA[tail]
    for ending, base, _example in ENDINGS[:IRREGULAR]:
        if tail.endswith(ending) and lemma_nb(tail[: -len(ending)] + base):
            return tail[: -len(ending)] + base
    nouns = {tail.removesuffix(ending) for ending in ("er", "en", "et", "ene", "a")} - FUNCTION_WORDS
    candidates = _dictionary_lemmas(tail) | {noun for noun in nouns if is_noun(noun)}
    return max(candidates, key=lambda lemma: (is_noun(lemma), zipf(lemma), lemma))


def _dictionary_lemmas(part: str) -> set[str]:
    """Return the dictionary's lemmas of a form; none for a form it lacks."""
    found = {lemma.lower() for lemma in (lemma_nb(part), lemma_nn(part)) if lemma}
    for ending, base, _example in ENDINGS[: IRREGULAR + 3]:
        if part.endswith(ending) and lemma_nb(part[: -len(ending)] + base):
            found.add(part[: -len(ending)] + base)
    return found
