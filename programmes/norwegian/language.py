"""Which language a text is in, by the small words that one language has and its neighbours have not."""

from __future__ import annotations

import re
from collections import Counter
from typing import Literal

Norwegian = Literal["nb", "nn"]
"""Bokmål or nynorsk."""

Language = Literal["nb", "nn", "en"]

_NB = "ikke jeg de være skole skolen fra mer hvordan hvor hva en et noe noen øke sammen også vi bare egen"
_NN = "ikkje eg dei vere vera skule skulane frå meir korleis kva ein eit noko nokre nokon auke saman òg me berre eigen"
_EN = "the and of that with which our will their from"
SMALL_WORDS: dict[Language, frozenset[str]] = {
    "nb": frozenset(_NB.split()),
    "nn": frozenset(_NN.split()),
    "en": frozenset(_EN.split()),
}
"""Words that one language writes and the others do not; of Norwegian enough without æ, ø and å for a damaged text."""
ENDINGS = {"nb": ("ene", "ere"), "nn": ("ane", "are")}
"""Endings that tell bokmål and nynorsk apart."""

_COMMON = "og i er som til for av vil skal med det en"
_NORWEGIAN = [f" {word} " for word in _COMMON.split()]
_NEIGHBOURS = [f" {word} " for word in f"{_EN} to is und der die och att af ett les".split()]
_WORD = re.compile(r"[^\W\d_]+")


def language_of(text: str) -> Language | None:
    """Return the language of a text: nb, nn or en; None where it has none of their small words."""
    words = Counter(_WORD.findall(text.casefold()))
    scores = {language: sum(words[word] for word in small) for language, small in SMALL_WORDS.items()}
    best = max(scores, key=lambda language: scores[language])
    return best if scores[best] else None


def norwegian_of(text: str) -> Norwegian:
    """Return nn where the small words and endings of nynorsk outnumber those of bokmål, also without æ, ø and å."""
    words = Counter(_WORD.findall(text.casefold()))
    bokmal, nynorsk = (
        sum(count for word, count in words.items() if word in SMALL_WORDS[form] or word.endswith(ENDINGS[form]))
        for form in ("nb", "nn")
    )
    return "nn" if nynorsk > bokmal else "nb"


def is_norwegian(text: str) -> bool:
    """Return whether a text has the small words of Norwegian rather than those of its neighbours."""
    text = f" {text} ".lower().replace("\n", " ").replace("\t", " ")
    ours = sum(map(text.count, _NORWEGIAN))
    return ours > 0 and ours > 2 * sum(map(text.count, _NEIGHBOURS))
