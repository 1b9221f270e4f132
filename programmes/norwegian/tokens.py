"""The words of a text, as they are compared: the search, its index and the marking of hits all read a text so."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

WORD = re.compile(
    r"\d+(?:[.,]\d+)*\s?(?:%|prosent\b|pst\b)"  # 40 %, 3,5 prosent
    r"|\d+(?:[.,]\d+)+"  # 1.000, 3,5
    r"|(?i:\b(?:f\.eks|bl\.a|m\.a|m\.m|m\.v|o\.l|d\.v\.s|t\.d)\b\.?)"
    r"|[^\W_]+(?:['’][^\W_]+)*"
)
SPACED = re.compile(r"(?<=\d)\s(?:%|prosent)")
"""The one kind of word with a space in it; a text without can be read piece by piece."""
GENITIVE = re.compile(r"[A-ZÆØÅ]{2,}s")
"""`EUs`: capitals and then the s that the capitals show to be no part of them."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word in a text: as it is compared (`form`), and where it stands."""

    form: str
    start: int
    end: int


def normal(word: str) -> str:
    """Return a word as it is compared: lower case, composed, accents off, but æ, ø and å untouched."""
    word = unicodedata.normalize("NFC", word).lower().replace("’", "'")
    if word.isascii():
        return word
    return "".join(letter if letter in "æøåäö" else unicodedata.normalize("NFD", letter)[0] for letter in word)


@lru_cache(maxsize=200_000)
def _forms(match: str) -> tuple[str, ...]:
    """Return a match of `WORD` as it is compared: most are one form, `40 %` is both `40` and `40%`."""
    form = normal(match)
    if GENITIVE.fullmatch(match):
        form = form[:-1]
    if form[0].isdigit():
        number = re.sub(r"\s?(?:%|prosent|pst)$", "", form)
        return (number,) if number == form else (number, number + "%")
    return (form.replace(".", ""),)


def tokens(text: str) -> Iterator[Token]:
    """Yield the words of a text in order; hyphens and slashes part words."""
    for match in WORD.finditer(text):
        for form in _forms(match[0]):
            yield Token(form, match.start(), match.end())
