"""The signs of a text as they are compared: one way to write each, and what nobody sees left out.

What is typed on a Mac, copied from a PDF or written by an office program has the same words in other signs: å as a and
a ring, ﬁ as one letter, ₂ for 2, a soft hyphen within a word. Every sign keeps its place in the untouched text, for
marking.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

ORDINARY = re.compile(r"[\x00-_a-~æøåÆØÅéöäÖÄ§«»“”–—…•]*")
"""Signs that stand for themselves: nearly every text has no others."""
WRITTEN_AS = {**dict.fromkeys("’‘‛´`ʼ′", "'"), **dict.fromkeys("‐‑", "-")}
"""Signs that readers don't tell apart: `EU’s` and `EU´s`, a hyphen that breaks and one that doesn't."""
HAS_EXPONENT = re.compile(r"(?<![^\W\d_])(?:[kcdm]?m|co)$", re.IGNORECASE)
"""Before a raised digit: m², km³, CO² (for CO₂). Elsewhere it is the number of a footnote, and no part of the word."""
NORWEGIAN = frozenset("æøåäöÆØÅÄÖ")


@dataclass(frozen=True, slots=True)
class Plain:
    """A text in plain signs, and where each of them stands in the untouched text."""

    text: str
    places: tuple[tuple[int, int], ...] | None = None
    """Beginning and end of what each sign was made from; None where nothing was changed."""

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return where the signs from `start` up to `end` stand in the untouched text."""
        return (start, end) if self.places is None else (self.places[start][0], self.places[end - 1][1])


def plain(text: str) -> Plain:
    """Return a text in plain signs: composed (NFC), compatible (NFKC) where that is no change of meaning."""
    if ORDINARY.fullmatch(text):
        return Plain(text)
    signs: list[str] = []
    places: list[tuple[int, int]] = []
    at = 0
    while at < len(text):
        end = at + 1
        while end < len(text) and unicodedata.combining(text[end]):
            end += 1
        for sign in _written(text[at:end], "".join(signs[-4:])):
            signs.append(sign)
            places.append((at, end))
        at = end
    return Plain("".join(signs), tuple(places))


def unaccented(word: str) -> str:
    """Return a word without accents, æ, ø and å untouched: `idé` → `ide`, `sápmi` → `sapmi`."""
    if word.isascii():
        return word
    return "".join(letter if letter in NORWEGIAN else unicodedata.normalize("NFD", letter)[0] for letter in word)


def _written(sign: str, before: str) -> str:
    """Return how a sign with its accents is compared; empty where it is not seen."""
    first = sign[0]
    if first in WRITTEN_AS:
        return WRITTEN_AS[first]
    if unicodedata.category(first) == "Cf" or unicodedata.combining(first):
        return ""
    composed = unicodedata.normalize("NFC", sign)
    kind = unicodedata.decomposition(first).partition(" ")[0]
    if kind == "<super>":
        return unicodedata.normalize("NFKC", first) if HAS_EXPONENT.search(before) else " "
    if kind != "<fraction>":  # 2½ is not 21⁄2
        compatible = unicodedata.normalize("NFKC", sign)
        if not compatible.startswith(" ") or first.isspace():  # a lone ¨ is no space
            composed = compatible
    return "".join(letter for letter in composed if not unicodedata.combining(letter))
