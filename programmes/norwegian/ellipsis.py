"""Words that borrow a part from a neighbour: `helse- og omsorgstjenester` is helsetjenester as well."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from programmes.norwegian.characters import plain
from programmes.norwegian.compounds import split
from programmes.norwegian.nynorsk import is_known
from programmes.norwegian.tokens import Token, normal

LEFT = re.compile(r"((?:[^\W\d_]{3,}-\s*(?:,|/|og|eller|samt)\s*)+)([^\W\d_]{5,})")
"""`helse- og omsorgstjenester`, `grunn-, videre- og etterutdanning`: the first words borrow the head of the last."""
RIGHT = re.compile(r"([^\W\d_]{6,})\s+(?:og|eller)\s+[-–]([^\W\d_]{3,})")
"""`klimabudsjett og -regnskap`: the second borrows the beginning of the first."""
HYPHENATED = re.compile(r"[^\W_]+(?:-[^\W_]+)+")
DASHES = "-–"
LENDS_HEAD = re.compile(r"-\s*(?:,|/|og|eller|samt)")
LENDS_BEGINNING = re.compile(r"\s[-–]")
"""What every match of `LEFT` and of `RIGHT` has: few texts do, and this is found much faster."""


def joined(text: str) -> list[Token]:
    """Return the hyphenated words of a text without their hyphens: `SFO-tilbud` → sfotilbud, `covid-19` → covid19."""
    read = plain(text)
    if "-" not in read.text:
        return []
    return [
        Token(match[0].replace("-", "").lower(), *read.span(match.start(), match.end()))
        for match in HYPHENATED.finditer(read.text)
        if match[0][0].isalpha()
    ]


def completed(text: str) -> Iterator[str]:
    """Yield the words that a text leaves half written, completed by what a neighbour lends, as they are compared."""
    text = plain(text).text
    if not any(dash in text for dash in DASHES):
        return
    if LENDS_HEAD.search(text):
        for match in LEFT.finditer(text):
            for first in re.findall(r"[^\W\d_]{3,}(?=-)", match[1]):
                yield from _with_head(normal(first), normal(match[2]))
    if LENDS_BEGINNING.search(text):
        for match in RIGHT.finditer(text):
            first, second = normal(match[1]), normal(match[2])
            yield from (first[:at] + second for at in _cuts(first))


@lru_cache(maxsize=10_000)
def _with_head(first: str, second: str) -> tuple[str, ...]:
    """Return the words that a first part may make with the end of a second word."""
    cuts = _cuts(second)
    if cuts:
        return tuple(first + second[at:] for at in cuts)
    tails = (second[at:] for at in range(2, len(second) - 3))
    return tuple(first + tail for tail in tails if is_known(tail) and is_known(first + tail))[:1]


@lru_cache(maxsize=10_000)
def _cuts(word: str) -> tuple[int, ...]:
    """Return where a word that lends a part to its neighbour may be cut."""
    cuts = []
    at = 0
    for part, joint in split(word)[:-1]:
        at += len(part) + len(joint)
        cuts.append(at)
    return tuple(cuts)
