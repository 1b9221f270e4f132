"""The terms that an entry of the index is found by, and the levels of likeness between a word asked for and one found.

A term is one sign for its kind and then the word: both engines keep these same terms and nothing else,
so that they find the same pledges.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

from programmes.norwegian import ellipsis
from programmes.norwegian.analysis import analyse
from programmes.norwegian.characters import plain
from programmes.norwegian.directions import direction_of, several_words
from programmes.norwegian.tokens import SPACED, Forms, forms_of

WORD = "="
"""The word as it stands in the pledge's text; has positions."""
FAMILY = "~"
"""The family of a word in the text, or a verb of several words (`legge ned`)."""
PART = "+"
"""The family of a word within a compound in the text."""
LEAD_WORD = "^"
"""The word as it stands in the lead-in; has positions."""
LEAD_FAMILY = "<"
"""The family of a word in the lead-in. Words within it are not searched: a search for `arbeid` does not mean all
that stands under `Arbeiderpartiet vil:`."""
DIRECTION = ">"
"""A direction that a verb of the text, or its noun, takes things: `øke` and `styrking` have the same."""
HEADING = "§"
"""The family of a word in the headings above the pledge; asked for by `kapittel:`."""

POSITION_GAP = 20
"""Words between the source's wording and the repaired one, so that no phrase reaches across."""


class Likeness(IntEnum):
    """How near a word found is to the word asked for; a hit is as near as its farthest word."""

    SOME = 1
    """Only some of the words asked for are there, those that weigh the most."""
    HEADING = 2
    """The heading above has the word, beside others that the pledge itself has."""
    LEAD_IN = 3
    """The lead-in has the word, the pledge itself not."""
    RELATED = 4
    """A narrower thing, that the word takes in."""
    DIRECTION = 5
    """Another verb of the same direction: `avvikle` for `fjerne`."""
    COMPOUND = 6
    """A word that has the one asked for within it."""
    SAME_THING = 7
    """Another name of the same thing."""
    DERIVED = 8
    """The noun of a verb or the verb of a noun (`fjerning` for `fjerne`), and the words of a hyphenated one apart."""
    WORD = 9
    """The word in any inflection, a phrase or a beginning as typed."""

    @property
    def by(self) -> str:
        """What a hit was found by, as the command line and JSON call it."""
        return FOUND_BY.get(self, "word")


FOUND_BY = {
    Likeness.SAME_THING: "same thing",
    Likeness.DIRECTION: "same direction",
    Likeness.RELATED: "narrower",
    Likeness.HEADING: "heading",
    Likeness.SOME: "some words",
}
"""All other likenesses are by the word itself."""


class IndexedText:
    """The terms of a piece of text, most often a word with its punctuation.

    Each is made once and looked up from then on, so that an engine can keep by it what it has made of its terms.
    """

    __slots__ = ("placed", "plain")

    def __init__(self, placed: Iterable[str], plain: Iterable[str]) -> None:
        """Keep the terms that have places, one after the other, and those that have none."""
        self.placed = tuple(placed)
        self.plain = tuple(plain)


@dataclass(frozen=True, slots=True)
class EntryTerms:
    """What one pledge is found by."""

    pieces: Sequence[tuple[int, IndexedText]]
    """Each piece and the place of its first term."""
    length: int
    """Words in the text: of two hits that are equally like, the shorter is more about the word."""

    def placed(self) -> dict[str, list[int]]:
        """Return each term that has places, and these, ascending."""
        places: defaultdict[str, list[int]] = defaultdict(list)
        for first, piece in self.pieces:
            for place, term in enumerate(piece.placed, first):
                places[term].append(place)
        return places

    def plain(self) -> frozenset[str]:
        """Return the terms that have no places."""
        return frozenset().union(*[piece.plain for _first, piece in self.pieces])


def entry_terms(*, text: str, repaired: str, lead_in: str, headings: tuple[str, ...]) -> EntryTerms:
    """Return the terms of a pledge; `headings` are the title of its section and of those above it."""
    pieces = [(1, _lead_in(lead_in)), (1, _headings(headings))]
    position = 1
    length = 0
    for written in (text, repaired) if repaired and repaired != text else (text,):
        wording = plain(written).text
        for part in (wording,) if SPACED.search(wording) else wording.split():
            piece = _piece(part)
            pieces.append((position, piece))
            position += len(piece.placed)
        pieces += [(1, _joined(word)) for word in ellipsis.completed(wording)]
        pieces += [(1, _of_several_words(name)) for _start, _end, name in several_words(wording)]
        length = length or position - 1
        position += POSITION_GAP
    return EntryTerms(pieces, length)


@lru_cache(maxsize=200_000)
def _piece(text: str) -> IndexedText:
    """Return the terms of a piece of text without spaces; an archive has few for its size."""
    found = forms_of(text)
    return IndexedText([WORD + form for form in found], set().union(*map(terms_of, _with_joined(found, text))))


@lru_cache(maxsize=10_000)
def _lead_in(lead_in: str) -> IndexedText:
    """Return the terms of a lead-in, which many pledges share."""
    found = forms_of(lead_in)
    families = {family for form in _with_joined(found, lead_in) for family in analyse(form).families}
    return IndexedText([LEAD_WORD + form for form in found], [LEAD_FAMILY + family for family in families])


@lru_cache(maxsize=10_000)
def _headings(headings: tuple[str, ...]) -> IndexedText:
    words = {form for heading in headings for form in _with_joined(forms_of(heading), heading)}
    return IndexedText((), {HEADING + family for word in words for family in analyse(word).families})


def _with_joined(forms: Forms, text: str) -> list[str]:
    """Return the words of a text, and its hyphenated ones as one word too: `SFO-tilbud`, `e-helse`, `covid-19`."""
    return [*forms, *(token.form for token in ellipsis.joined(text))]


@lru_cache(maxsize=10_000)
def _joined(word: str) -> IndexedText:
    return IndexedText((), terms_of(word))


@lru_cache(maxsize=1000)
def _of_several_words(verb: str) -> IndexedText:
    return IndexedText((), {FAMILY + verb, *directions_of((verb,))})


def terms_of(word: str) -> set[str]:
    """Return the terms of a word in the text that have no places.

    Its families and their directions, and the families of the words within it.
    """
    analysis = analyse(word)
    families = {FAMILY + family for family in analysis.families}
    return families | directions_of(analysis.families) | {PART + part for part in analysis.parts}


def directions_of(families: Iterable[str]) -> set[str]:
    """Return the terms of the directions of some families; none for most."""
    return {DIRECTION + direction for family in families if (direction := direction_of(family))}
