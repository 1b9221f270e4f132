"""Nynorsk and bokmål as one: a lemma of either is read as the bokmål that readers would look for."""

from __future__ import annotations

import re
from functools import lru_cache

from programmes.norwegian.lexicon import is_noun, lemma_nb, lemma_nn, zipf
from programmes.norwegian.nynorsk_tables import ENDINGS, STEMS, VARIANTS, WORDS

USUAL = 4.5
"""On the Zipf scale: a bokmål word this usual is never taken for nynorsk."""
MORE_USUAL = 0.5
"""How much more usual the bokmål of a nynorsk word has to be; twice that where bokmål has the word too."""
_LISTED = {**WORDS, **VARIANTS}
_MAY_BE_NYNORSK = re.compile("|".join(f"{stem[1:]}$" if stem[0] == "-" else stem for stem, _bokmaal, _example in STEMS))
"""Finds any of the stems and endings at once: most words have none."""


def listed(lemma: str) -> str | None:
    """Return the bokmål that our tables give a lemma, None where they lack it."""
    return _LISTED.get(lemma)


def is_known(form: str) -> bool:
    """Tell whether a dictionary has a form, or one of our own tables."""
    return lemma_nb(form) is not None or lemma_nn(form) is not None or form in _LISTED


@lru_cache(maxsize=100_000)
def nynorsk_lemmas(form: str) -> frozenset[str]:
    """Return the listed words that a form is a nynorsk inflection of; none for a form that a dictionary has."""
    if lemma_nb(form) or lemma_nn(form):
        return frozenset()
    found = {form[: -len(ending)] + base for ending, base, _example in ENDINGS if form.endswith(ending)}
    return frozenset(stem for stem in found | {form} if stem in _LISTED)


@lru_cache(maxsize=100_000)
def bokmal(lemma: str) -> str:
    """Return the bokmål of a nynorsk lemma, or the lemma itself where it is bokmål already."""
    listed = _LISTED.get(lemma) or (_LISTED.get(lemma[:-1] + "e") if lemma.endswith("a") else None)
    if listed:
        return listed
    in_bokmal = lemma_nb(lemma) is not None
    best, usual = lemma, zipf(lemma)
    if in_bokmal and usual >= USUAL:
        return lemma
    if not _MAY_BE_NYNORSK.search(lemma):
        return lemma
    usual += MORE_USUAL * (2 if in_bokmal else 1)
    rules = [(nynorsk, bokmaal) for nynorsk, bokmaal, _example in STEMS if _applies(nynorsk, lemma)]
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
