"""The terms that an entry of the index is found by, and the levels of likeness between a word asked for and one found.

A term is one sign for its kind and then the word: both engines keep these same terms and nothing else,
so that they find the same pledges.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

from .norwegian import ELLIPSIS_LEFT, ELLIPSIS_RIGHT, HYPHENATED, analyse, forms, normal, split, tokens
from .norwegian import WORD as WORD_PATTERN
from .nynorsk import is_known

WORD = "="
"""The word as it stands in the pledge's text; has positions."""
FAMILY = "~"
"""The family of a word in the text."""
PART = "+"
"""The family of a word within a compound in the text."""
LEAD_WORD = "^"
"""The word as it stands in the lead-in; has positions."""
LEAD_FAMILY = "<"
"""The family of a word in the lead-in. Words within it are not searched: whoever asks for `arbeid` does not mean all
that stands under `Arbeiderpartiet vil:`."""
HEADING = "§"
"""The family of a word in the headings above the pledge; asked for by `kapittel:`."""

POSITION_GAP = 20
"""Words between the source's wording and the repaired one, so that no phrase reaches across."""

SPACED_TOKEN = re.compile(r"\d\s(?:%|prosent)")
"""The one kind of token with a space in it; a text without can be analysed piece by piece."""

Placed = tuple[tuple[str, tuple[int, ...]], ...]


class Likeness(IntEnum):
    """How near a word found is to the word asked for; a hit is as near as its farthest word."""

    LEAD_IN = 1
    RELATED = 2
    COMPOUND = 3
    SYNONYM = 4
    FAMILY = 5
    EXACT = 6


@dataclass(frozen=True, slots=True)
class EntryTerms:
    """What one pledge is found by: `placed` terms with their positions, and `plain` ones."""

    placed: Placed
    plain: frozenset[str]
    length: int
    """Words in the text: of two hits that are equally like, the shorter is more about the word."""


def entry_terms(*, text: str, repaired: str, lead_in: str, headings: tuple[str, ...]) -> EntryTerms:
    """Return the terms of a pledge; `headings` are the title of its section and of those above it."""
    places: dict[str, list[int]] = {}
    lead_placed, lead_plain = _lead_in_terms(lead_in)
    plain = set(lead_plain | _heading_terms(headings))
    position = length = 0
    for wording in (text, repaired) if repaired and repaired != text else (text,):
        for piece in (wording,) if SPACED_TOKEN.search(wording) else wording.split():
            placed_terms, plain_terms = _piece_terms(piece)
            plain.update(plain_terms)
            for term in placed_terms:
                position += 1
                if term in places:
                    places[term].append(position)
                else:
                    places[term] = [position]
        plain.update(_joined_terms(wording))
        length = length or position
        position += POSITION_GAP
    placed = tuple((term, tuple(at)) for term, at in places.items())
    return EntryTerms(placed + lead_placed, frozenset(plain), length)


@lru_cache(maxsize=200_000)
def _piece_terms(piece: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the placed and the plain terms of a piece of text, most often a word with its punctuation.

    An archive has few pieces for its size, so that nearly all are looked up here and not analysed.
    """
    found = [form for match in WORD_PATTERN.findall(piece) for form in forms(match)]
    plain: set[str] = set()
    for form in found:
        plain |= _terms_of(form)
    return tuple(WORD + form for form in found), tuple(plain)


@lru_cache(maxsize=10_000)
def _lead_in_terms(lead_in: str) -> tuple[Placed, frozenset[str]]:
    """Return the terms of a lead-in, which many pledges share."""
    places: dict[str, list[int]] = {}
    plain: set[str] = set()
    for position, token in enumerate(tokens(lead_in), 1):
        places.setdefault(LEAD_WORD + token.form, []).append(position)
        plain.update(LEAD_FAMILY + family for family in analyse(token.form).families)
    return tuple((term, tuple(at)) for term, at in places.items()), frozenset(plain)


@lru_cache(maxsize=10_000)
def _heading_terms(headings: tuple[str, ...]) -> frozenset[str]:
    return frozenset(
        HEADING + family for heading in headings for token in tokens(heading) for family in analyse(token.form).families
    )


def _joined_terms(text: str) -> set[str]:
    """Return the families of words that stand apart in the text: `helse- og omsorgstjeneste`, `klima-regnskap`."""
    found: set[str] = set()
    if not re.search(r"[-‐‑–]", text):
        return found
    for match in HYPHENATED.finditer(text):
        word = normal(re.sub(r"[-‐‑]", "", match[0]))
        if word.isalpha():
            found.update(_terms_of(word))
    for match in ELLIPSIS_LEFT.finditer(text):
        for first in re.findall(r"[^\W\d_]{3,}(?=[-‐‑])", match[1]):
            for whole in _borrowed(normal(first), normal(match[2])):
                found.update(_terms_of(whole))
    for match in ELLIPSIS_RIGHT.finditer(text):
        first, second = normal(match[1]), normal(match[2])
        for at in _cuts(first):
            found.update(_terms_of(first[:at] + second))
    return found


@lru_cache(maxsize=10_000)
def _borrowed(first: str, second: str) -> tuple[str, ...]:
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


def _terms_of(word: str) -> set[str]:
    analysis = analyse(word)
    return {FAMILY + family for family in analysis.families} | {PART + part for part in analysis.parts}
