"""Taking compounds apart: skole + helse + tjeneste. Both sides of every cut must be words in use."""

from __future__ import annotations

from functools import lru_cache
from math import log10

from programmes.norwegian.inflection import irregular_lemmas
from programmes.norwegian.lexicon import begins, ends, is_noun, lemma_nb, lemma_nn, zipf
from programmes.norwegian.nynorsk import bokmal, is_known, listed, nynorsk_lemmas
from programmes.norwegian.tables import (
    AGENTS,
    BOUND,
    COUNTED,
    FUNCTION_WORDS,
    NOT_FIRST,
    NOT_HEADS,
    NOUN_ENDINGS,
    OPAQUE,
    OWN_LEMMA,
    OWN_S,
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
INFLECTED_BEGINS = 2
"""Compounds that an inflected form must begin to be believed as a first part: `folket` begins hardly any."""
LONG = 6
PRODUCTIVE = 8
"""Long parts, and those that begin and end so many compounds, make one also of a word more usual than they are."""
S_IS_JOINT = 2.0
"""What it costs to take the s of `arbeids|taker` for the next part's: arbeid + stake."""
ENDS_SHORT = 3
"""Compounds that a word of up to four letters must end: `billett` does not end in `lett`."""
USUAL_NOUN = 3.5
KNOWN_NAME = 3.0
"""A form this usual that no dictionary has is a name of its own: Palestina."""
ENDS_NAMES = 20
"""Compounds that a word ends which may follow a name that no dictionary has: `Skuibanen`."""


@lru_cache(maxsize=100_000)
def split(form: str) -> Segments:
    """Return a compound's parts; the word alone if it is none. The fewest parts win, then the most usual ones."""
    if len(form) < 5 or form in OPAQUE or not form.isalpha():
        return ((form, ""),)
    segments = _split(form)
    if segments and (_is_productive(segments) or not _is_more_usual(form, segments)):
        return segments
    return _after_name(form) or ((form, ""),)


def _is_more_usual(form: str, segments: Segments) -> bool:
    """Return whether a word is so much more usual than one of its parts that they are letters by chance."""
    return zipf(form) > min(_use(part, part) for part, _joint in segments) + MUCH_MORE_USUAL


def _is_productive(segments: Segments) -> bool:
    """Return whether the parts make so many compounds that this one needs no other sign."""
    (first, joint), *_between, (last, _none) = segments
    begins_many = len(first) >= LONG or (len(first) > 3 and begins(first + joint) >= PRODUCTIVE)
    return begins_many and (last in AGENTS or len(last) >= LONG or (len(last) > 3 and ends(bokmal(last)) >= PRODUCTIVE))


def _after_name(form: str) -> Segments:
    """Return a word that no dictionary has as a name and a common noun, empty if it does not end in one."""
    if is_known(form) or zipf(form) > KNOWN_NAME:
        return ()
    for cut in range(4, len(form) - 3):
        head = _head_lemma(form[cut:]) if _as_head(form[cut:]) else ""
        if len(head) > 3 and is_noun(head):
            name = form[:cut]
            if ends(bokmal(head)) < ENDS_NAMES and zipf(bokmal(head)) < USUAL_NOUN:
                return ()
            return ((name.removesuffix("s"), "s" if name.endswith("s") else ""), (head, ""))
    return ()


@lru_cache(maxsize=200_000)
def _split(form: str) -> Segments:
    """Return the best way to part a word, empty if there is none."""
    best: tuple[float, Segments] = (0.0, ())
    for cut in range(2, len(form) - 1):
        head, tail = form[:cut], form[cut:]
        for joint in JOINTS:
            part = _before(head, joint, tail)
            good = _as_first(part, joint) if part else 0.0
            if not good:
                continue
            rest, tail_good = _rest(part, tail)
            if not rest:
                continue
            score = min(good, tail_good) * 3 + max(good, tail_good) + min(len(part), len(tail)) * 0.5 - len(rest)
            score += log10(1 + begins(head)) - (0.7 if joint == "e" else 0.0)
            if _is_wrong_s(part, joint, tail):
                score -= S_IS_JOINT
            if score > best[0]:
                best = (score, ((part, joint.strip("=")), *rest))
    return best[1]


def _is_wrong_s(part: str, joint: str, tail: str) -> bool:
    """Return whether an s between two parts stands on the wrong side of the cut."""
    part = bokmal(part)
    if joint == "=":
        return part[-1] == "s" and begins(part[:-1]) >= PRODUCTIVE  # tros|samfunn, not tross|samfunn
    if joint == "s":
        return begins(part + "s") < begins(part) or lemma_nb("s" + tail) in OWN_S
    return not joint and tail[0] == "s" and begins(part + "s") > begins(part)


def _before(head: str, joint: str, tail: str) -> str:
    """Return the word before a joint, empty if there is none; of three like consonants one is not written."""
    if joint == "=":
        is_double = len(head) > 2 and head[-1] == tail[0] and tail[0] not in VOWELS
        return head + tail[0] if is_double and not tail.startswith("ting") else ""
    part = head.removesuffix(joint)
    return "" if joint and (part == head or len(part) < 3) else part


def _rest(part: str, tail: str) -> tuple[Segments, float]:
    """Return the parts of what follows a first part, and how good they are."""
    if tail in OPAQUE:
        return ((tail, ""),), max(_use(tail, tail), 3.0)
    if len(tail) <= 3 and len(part) < 4 and part not in SHORT_PARTS:
        return (), 0.0
    good = _as_head(tail)
    if good:
        return split(_head_lemma(tail)), good
    rest = _split(tail)
    return rest, min(_as_first(*rest[0]), _as_head(rest[-1][0])) - 1.0 if rest else 0.0


@lru_cache(maxsize=100_000)
def _as_first(part: str, joint: str = "") -> float:
    """Return how good a word is as the beginning of a compound, 0 if it can't be."""
    if part in FUNCTION_WORDS or part in NOT_FIRST or (part in OPAQUE and len(part) < 4):
        return 0.0
    if len(part) < 4 and part not in SHORT_PARTS and part not in BOUND and not _is_common_noun(part):
        return 0.0
    lemma = lemma_nb(part) or lemma_nn(part) or (part if is_known(part) else None)
    if joint == "e" and lemma not in (None, part):
        return 0.0  # grunn|rente|skatt: no joint stands after the form of another word, rent
    if not joint and part.endswith("s") and lemma not in (None, part) and _is_usual_noun(part[:-1]):
        return 0.0  # gjelds- is gjeld and a joint, not a form of gjelde
    if lemma is None:
        if part in BOUND and not joint:
            return 3.0
        if lemma_nb(part + "r") == part + "r":  # penge- of penger
            return zipf(part + "r")
        if part in COUNTED and not joint:
            return zipf(part.removesuffix("s"))
        return zipf(part) if zipf(part) >= 3.5 and len(part) > 3 else 0.0
    written = joint.strip("=")
    times = begins(part + written) or begins(bokmal(part) + written)
    if lemma.lower() != part and not is_noun(part) and times < (INFLECTED_BEGINS if len(part) > 4 else PRODUCTIVE):
        return 0.0
    return _use(part, lemma)


def _is_usual_noun(form: str) -> bool:
    return is_noun(form) and zipf(form) > USUAL_NOUN


@lru_cache(maxsize=100_000)
def _as_head(part: str) -> float:
    """Return how good a word is as the end of a compound, 0 if it can't be."""
    if part in FUNCTION_WORDS or part in NOT_HEADS:
        return 0.0
    if part in AGENTS:
        return IN_USE + 1
    lemmas = _dictionary_lemmas(part)
    if len(part) < 4 and part not in SHORT_HEADS and not _is_common_noun(part):
        return 0.0
    lemmas = {lemma for lemma in lemmas if len(lemma) > 4 or lemma in SHORT_HEADS or ends(bokmal(lemma)) >= ENDS_SHORT}
    return max((_use(part, lemma) for lemma in lemmas), default=0.0)


def _is_common_noun(part: str) -> bool:
    """Return whether a word of three letters is so usual a noun that it is no accident within another."""
    return len(part) == 3 and max(zipf(part), zipf(bokmal(part))) > COMMON and is_noun(part)


@lru_cache(maxsize=100_000)
def _use(part: str, lemma: str) -> float:
    """Return how usual a part is, 0 if it is too rare to be believed."""
    own = lemma_nb(part) or lemma_nn(part) or part
    use = max(zipf(part), zipf(lemma), zipf(own), zipf(bokmal(own.lower())))
    return use if use >= (LONG_IN_USE if len(part) >= LONG else IN_USE) else 0.0


def _head_lemma(tail: str) -> str:
    """Return the lemma of a compound's head: a noun before a verb, and then the more usual word."""
    if tail in OWN_LEMMA:
        return OWN_LEMMA[tail]
    if listed(tail):
        return tail
    certain = irregular_lemmas(tail) or nynorsk_lemmas(tail)
    if certain:
        return max(certain, key=zipf)
    if lemma_nb(tail) == tail:
        return tail
    if tail.endswith("er"):
        noun = noun_in_er(tail)
        if noun:
            return noun
    nouns = {tail.removesuffix(ending) for ending in NOUN_ENDINGS} - FUNCTION_WORDS
    candidates = _dictionary_lemmas(tail) | {noun for noun in nouns if is_noun(noun)}
    return max(candidates, key=lambda lemma: (is_noun(lemma), zipf(lemma), lemma))


def noun_in_er(form: str) -> str | None:
    """Return the noun of a form in -er: who does it (`taker`), or one of many (`former`); by which is more usual."""
    stem, with_e = form[:-2], form[:-1]
    base, plural_use = None, 0.0
    if is_noun(stem) and lemma_nb(stem + "en") == stem:
        base, plural_use = stem, zipf(stem + "ene")
    if is_noun(with_e) and zipf(with_e + "ne") > plural_use:
        base, plural_use = with_e, zipf(with_e + "ne")
    return form if form in AGENTS or zipf(form + "e") > plural_use else base


def _dictionary_lemmas(part: str) -> set[str]:
    """Return the dictionary's lemmas of a form; none for a form it lacks."""
    found = {lemma.lower() for lemma in (lemma_nb(part), lemma_nn(part)) if lemma}
    if part.endswith("er") and noun_in_er(part) == part:
        found.add(part)
    return found | irregular_lemmas(part) | nynorsk_lemmas(part)
