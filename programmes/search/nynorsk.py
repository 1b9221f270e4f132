"""Nynorsk and bokmål as one: a lemma of either is read as the bokmål that readers would look for."""

from __future__ import annotations

from functools import lru_cache

from .lexicon import is_noun, lemma_nb, zipf
from .tables import NYNORSK, VARIANTS

USUAL = 4.5
"""On the Zipf scale: a bokmål word this usual is never taken for nynorsk."""
MORE_USUAL = 0.5
"""How much more usual the bokmål of a nynorsk word has to be; twice that where bokmål has the word too."""


@lru_cache(maxsize=100_000)
def bokmal(lemma: str) -> str:
    """Return the bokmål of a nynorsk lemma, or the lemma itself where it is bokmål already."""
    if lemma in VARIANTS:
        return VARIANTS[lemma]
    in_bokmal = lemma_nb(lemma) is not None
    best, usual = lemma, zipf(lemma)
    if in_bokmal and usual >= USUAL:
        return lemma
    usual += MORE_USUAL * (2 if in_bokmal else 1)
    rules = [(nynorsk, bokmaal) for nynorsk, bokmaal, _example in NYNORSK if _applies(nynorsk, lemma)]
    candidates = {lemma}
    for _step in range(min(len(rules), 3)):
        candidates |= {_rewritten(word, *rule) for word in candidates for rule in rules}
    for candidate in sorted(candidates - {lemma}):
        if zipf(candidate) > usual and (lemma_nb(candidate) == candidate or is_noun(candidate)):
            best, usual = candidate, zipf(candidate)
    return best


def _applies(nynorsk: str, word: str) -> bool:
    return word.endswith(nynorsk[1:]) if nynorsk.startswith("-") else nynorsk in word


def _rewritten(word: str, nynorsk: str, bokmaal: str) -> str:
    """Return a word with a stem, or with its ending where the rule begins with a hyphen, in bokmål."""
    if nynorsk.startswith("-"):
        return word[: 1 - len(nynorsk)] + bokmaal if word.endswith(nynorsk[1:]) else word
    return word.replace(nynorsk, bokmaal)
