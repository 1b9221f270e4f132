"""Nynorsk and bokmål as one: a word of either is read as the bokmål that readers would look for.

`nynorsk.tsv` holds the spellings and says what each counts for. Search asks for lemmas, and a dictionary decides
(`bokmal`); themes fold the words of a text by their letters alone, which needs no dictionary (`in_bokmal_letters`);
OCR repair wants the nynorsk forms that no list has (`in_nynorsk`).
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from programmes.norwegian.lexicon import is_noun, lemma_nb, lemma_nn, zipf
from programmes.norwegian.tables import ENDINGS, NYNORSK_ENDINGS

TABLE = Path(__file__).with_name("nynorsk.tsv")
USUAL = 4.5
"""On the Zipf scale: a bokmål word this usual is never taken for nynorsk."""
MORE_USUAL = 0.5
"""How much more usual the bokmål of a nynorsk word has to be; twice that where bokmål has the word too."""

_ROWS = [line.split("\t") for line in TABLE.read_text("utf-8").splitlines() if line and not line.startswith("#")]


def _that_count_for(use: str) -> dict[str, str]:
    return {row[0]: row[1] for row in _ROWS if use in row[2].split(",")}


_LEMMAS = _that_count_for("lemma")
_STEMS = _that_count_for("stem")
_LETTERS = _that_count_for("letters")
_FORMS = _that_count_for("form")
_FROM_BOKMAL = {bokmal: nynorsk[1:] for nynorsk, bokmal in _that_count_for("back").items()}
_SENSES = [row for row in _ROWS if "alone" in row[2]]
SENSES = {row[0]: tuple(other[1] for other in _SENSES if other[0] == row[0]) for row in _SENSES}
"""Nynorsk words that bokmål parts in two, or has itself with another meaning: each is meant where they stand alone."""

_ANY_STEM = re.compile("|".join(f"{stem[1:]}$" if stem[0] == "-" else stem for stem in _STEMS))
_ANY_LETTERS = re.compile("|".join(sorted(_LETTERS, key=len, reverse=True)))
"""These find any of the stems and letters at once: most words have none."""
_PLURAL = re.compile(r"(?<=[a-zæøå]{4})(?<![bv])a(?=(?:r|ne)$)")
"""The a of skular, skulane (bokmål skoler, skolene), in words long enough; not that of jernbane and ansvar."""
_ENDINGS = (*ENDINGS, *NYNORSK_ENDINGS)
_LONGEST_ENDING = max(map(len, _FROM_BOKMAL))


def listed(lemma: str) -> str | None:
    """Return the bokmål that the table gives a lemma, None where it lacks the lemma."""
    return _LEMMAS.get(lemma)


def is_known(form: str) -> bool:
    """Return whether a dictionary has a form, or the table has it as a lemma."""
    return lemma_nb(form) is not None or lemma_nn(form) is not None or form in _LEMMAS


@lru_cache(maxsize=100_000)
def nynorsk_lemmas(form: str) -> frozenset[str]:
    """Return the listed words that a form is a nynorsk inflection of; none for a form that a dictionary has."""
    if lemma_nb(form) or lemma_nn(form):
        return frozenset()
    found = {form[: -len(ending)] + base for ending, base, _example in _ENDINGS if form.endswith(ending)}
    return frozenset(stem for stem in found | {form} if stem in _LEMMAS)


@lru_cache(maxsize=100_000)
def bokmal(lemma: str) -> str:
    """Return the bokmål of a nynorsk lemma, or the lemma itself where it is bokmål already."""
    listed = _LEMMAS.get(lemma) or (_LEMMAS.get(lemma[:-1] + "e") if lemma.endswith("a") else None)
    if listed:
        return listed
    in_bokmal = lemma_nb(lemma) is not None
    best, usual = lemma, zipf(lemma)
    if in_bokmal and usual >= USUAL:
        return lemma
    if not _ANY_STEM.search(lemma):
        return lemma
    usual += MORE_USUAL * (2 if in_bokmal else 1)
    rules = [(nynorsk, bokmaal) for nynorsk, bokmaal in _STEMS.items() if _applies(nynorsk, lemma)]
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


@lru_cache(maxsize=100_000)
def in_bokmal_letters(word: str, *, is_beginning: bool = False) -> str:
    """Return a word of a text, or the beginning of one, in lower case and in the letters of moderate bokmål.

    No dictionary is asked, so that what comes out may be no word; two spellings of one word give the same.
    """
    word = word.casefold()
    if word in _FORMS:
        return _FORMS[word]
    word = _ANY_LETTERS.sub(lambda match: _LETTERS[match[0]], word)
    return word if is_beginning else _PLURAL.sub("e", word)


def in_nynorsk(form: str) -> set[str]:
    """Return the nynorsk forms that a bokmål form's endings let us expect: båter → båtar, særlig → særleg."""
    return {
        form[:-length] + _FROM_BOKMAL[form[-length:]]
        for length in range(2, _LONGEST_ENDING + 1)
        if form[-length:] in _FROM_BOKMAL and len(form) > length + 2
    }
