"""Inflection: what the dictionaries lack or get wrong, and stems where no dictionary is asked."""

from __future__ import annotations

from functools import lru_cache

from programmes.norwegian.lexicon import is_noun, lemma_nb, zipf
from programmes.norwegian.tables import BARE_ENDINGS, CONTRACTED, IRREGULAR, UMLAUTS

UMLAUT_ENDINGS = ("er", "ene", "erne", "ers", "enes", "", "r", "rne", "e", "es")
NEAR = 1.0
"""On the Zipf scale: of a noun and a verb that are this near each other in use, a form may be either's."""
SHORTEST_STEM = 3


@lru_cache(maxsize=100_000)
def irregular_lemmas(form: str) -> frozenset[str]:
    """Return the nouns that a form is an irregular plural of; none for most forms."""
    found = set()
    for vowel, base, _example in UMLAUTS:
        at = form.rfind(vowel)
        if at >= 0 and form[at + len(vowel) :] in UMLAUT_ENDINGS:
            whole = form[:at] + base
            for candidate in (whole, whole + "e"):
                if lemma_nb(candidate) == candidate and (form[at + len(vowel) :] or lemma_nb(form) != form):
                    found.add(candidate)
                    break
    for ending, base, _example in IRREGULAR:
        if form.endswith(ending) and lemma_nb(form[: -len(ending)] + base) == form[: -len(ending)] + base:
            found.add(form[: -len(ending)] + base)
    for ending, base, _example in CONTRACTED:
        stem = form.removesuffix(ending)
        if stem == form or len(stem) < 3:
            continue
        for noun in (stem + base, stem + stem[-1] + base):
            if lemma_nb(noun) == noun and is_noun(noun) and zipf(noun) >= zipf(lemma_nb(form) or form):
                found.add(noun)
    return frozenset(found)


def is_ambiguous(form: str, nouns: frozenset[str]) -> bool:
    """Return whether a form that is a plural of some nouns is as likely a form of the dictionary's lemma."""
    lemma = lemma_nb(form)
    return lemma is not None and lemma not in nouns and all(zipf(lemma) + NEAR > zipf(noun) for noun in nouns)


@lru_cache(maxsize=100_000)
def stems_of(word: str) -> frozenset[str]:
    """Return what may be left of a word when its inflection is taken off, the word itself among it.

    Only letters are looked at, so that most of these are no words; forms of one word share a stem.
    """
    return frozenset(
        word[: len(word) - len(ending)]
        for ending in BARE_ENDINGS
        if word.endswith(ending) and (not ending or len(word) - len(ending) >= SHORTEST_STEM)
    )
