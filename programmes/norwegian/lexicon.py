"""What the language itself knows: lemmas (simplemma, bokmål and nynorsk) and word frequencies (wordfreq).

Both packages read their own files; nothing is fetched. They are loaded at the first question
(about 0.6 s and 120 MB together) and kept for the life of the process, once for all who ask.
wordfreq: code Apache-2.0, data CC BY-SA 4.0; simplemma: code MIT, lists under ODbL and CC BY-SA.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path

COMBINING = Path(__file__).with_name("combining.tsv")
"""Form, compounds that it begins, compounds that it ends; `manage.py derive_combining` makes it."""


@cache
def _combining() -> Mapping[str, tuple[int, int]]:
    rows = (line.split("\t") for line in COMBINING.read_text(encoding="utf-8").splitlines())
    return {form: (int(first), int(last)) for form, first, last in rows}


def begins(form: str) -> int:
    """Return how many compounds of the dictionary begin with a form, joint included: `barne` 203, `barn` 7."""
    return _combining().get(form, (0, 0))[0]


def ends(form: str) -> int:
    """Return how many compounds of the dictionary end with a noun."""
    return _combining().get(form, (0, 0))[1]


@cache
def lemmas(language: str) -> Mapping[str, str]:
    """Return the form → lemma table of `nb` or `nn`."""
    from simplemma.strategies.dictionaries.dictionary_factory import DefaultDictionaryFactory

    return DefaultDictionaryFactory().get_dictionary(language)


@cache
def frequencies() -> dict[str, float]:
    """Return how often each word form is used, the most used first: its share of all words in Norwegian text."""
    from wordfreq import get_frequency_dict

    return get_frequency_dict("nb", wordlist="large")


@lru_cache(maxsize=100_000)
def lemma_nb(form: str) -> str | None:
    """Return the bokmål lemma of a lower-case form, None where the dictionary lacks it."""
    return lemmas("nb").get(form)


@lru_cache(maxsize=100_000)
def lemma_nn(form: str) -> str | None:
    """Return the nynorsk lemma of a lower-case form, None where the dictionary lacks it."""
    return lemmas("nn").get(form)


@lru_cache(maxsize=100_000)
def is_noun(lemma: str) -> bool:
    """Return whether the dictionaries inflect a lemma as a noun."""
    if lemma_nb(lemma) is None and lemma_nn(lemma) is None:
        return False
    if lemma.endswith("e"):  # where one form alone may be a verb's (`kjøpe`, `kjøper`), but for varmen of varme
        if lemma_nb(lemma + "n") == lemma or sum(lemma_nb(lemma + ending) == lemma for ending in ("r", "t", "ne")) > 1:
            return True
    elif any(lemma_nb(lemma + ending) == lemma for ending in ("en", "et", "a", "er", "ene")):
        return True
    return any(lemma_nn(lemma + ending) == lemma for ending in ("en", "et", "a", "ane", "ene"))


def zipf(form: str) -> float:
    """Return a form's frequency on the Zipf scale: log₁₀ of uses per thousand million words, 0 if unseen."""
    share = frequencies().get(form, 0.0)
    return math.log10(share) + 9 if share else 0.0


def is_word(form: str) -> bool:
    """Return whether a lower-case form is a Norwegian word in either dictionary or in ordinary use."""
    return form in lemmas("nb") or form in lemmas("nn") or zipf(form) >= 3.0
