"""Words found in a row: in one passage, in parts of one with marked omissions between, in two pledges joined."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from programmes.quotes.direction import NEGATIONS, turned_before
from programmes.quotes.passages import Reading, SourcePassage
from programmes.quotes.words import Wording

OMISSION = re.compile(r"\[[^\]]{0,60}\]|\((?:\.\.\.|…)\)|\.{3,}|…|(?<=\s)--+(?=\s)")
"""`[…]`, `(…)`, `...`, and what the article puts in itself, `[partiet]`."""
FEWEST_IN_PART = 3
"""Words of a pledge that show which one is meant, where two are joined."""
BETWEEN_PARTS = frozenset({"og", "samt", "eller", "men", "i", "tillegg", "vil", "vi", "skal", "også", "å", "at"})
_OR_NOT = ("eller", "ikke")


@dataclass(frozen=True, slots=True)
class Place:
    """Where words stand in a row: a passage, the way it is read, and the first and last place."""

    passage: SourcePassage
    reading: Reading
    first: int
    last: int
    """One behind the last word."""

    @property
    def turned(self) -> str:
        """The words before, in the source, that turn these round; empty where none do."""
        return turned_before(self.reading.wording, self.first, sentence_ends_at=self.reading.lead or None)

    @property
    def turned_behind(self) -> str:
        """The words right behind, in the source, that turn these round: `… skal / ikke …`, `… eller ikke`."""
        wording = self.reading.wording
        following = wording.forms[self.last : self.last + 2]
        if self.last in wording.begins or not following:
            return ""
        if following[0] in NEGATIONS or following == _OR_NOT:
            return wording.shown(self.last, self.last + len(following))
        return ""

    @property
    def at_edge(self) -> bool:
        """Whether the words begin or end the passage, or one of its sentences."""
        wording = self.reading.wording
        begins = self.first in wording.begins or self.first == self.reading.lead
        return begins or self.last == len(wording.forms) or self.last in wording.begins


def places_of(forms: Sequence[str], passage: SourcePassage) -> Iterator[Place]:
    """Yield where some words stand in a row in a passage, its lead-in read before it; not within the lead-in alone."""
    wanted = tuple(forms)
    size = len(wanted)
    for reading in passage.readings:
        having = reading.wording.forms
        for first in range(len(having) - size + 1):
            if having[first] == wanted[0] and having[first : first + size] == wanted and first + size > reading.lead:
                yield Place(passage, reading, first, first + size)


def first_place(forms: Sequence[str], passage: SourcePassage) -> Place | None:
    """Return where some words stand in a row in a passage, preferably where nothing before them turns them round."""
    best = None
    for place in places_of(forms, passage):
        if not place.turned and not place.turned_behind:
            return place
        best = best or place
    return best


def parts_between_omissions(text: str) -> list[Wording]:
    """Return the parts of a quotation that its marked omissions leave; one alone where it has none."""
    parts = [Wording.of(part) for part in OMISSION.split(text)]
    return [part for part in parts if part.forms]


def in_order(parts: Sequence[Wording], passage: SourcePassage) -> Place | None:
    """Return where the parts of a quotation stand in a passage, each in a row and all in order."""
    for reading in passage.readings:
        at, first, turned = 0, None, ""
        for part in parts:
            found = next(
                (place for place in places_of(part.forms, passage) if place.reading is reading and place.first >= at),
                None,
            )
            if found is None:
                break
            first = found.first if first is None else first
            turned = turned or found.turned
            at = found.last
        else:
            if first is not None:
                return Place(passage, reading, first, at)
    return None


def whole_sentence_first(forms: Sequence[str], passages: Sequence[SourcePassage]) -> Place | None:
    """Return the longest beginning of some words that is all of a pledge, or of one of its sentences; None without."""
    wanted = tuple(forms)
    found = [
        place
        for passage in passages
        for reading in passage.readings
        for _size, place in _longest(wanted, passage, reading)
        if place.first in reading.wording.begins | {reading.lead}
        and (place.last == len(reading.wording.forms) or place.last in reading.wording.begins)
    ]
    return max(found, key=lambda place: place.last - place.first, default=None)


@dataclass(frozen=True, slots=True)
class Joined:
    """Two stretches of the archive that a quotation gives as one."""

    parts: tuple[Place, ...]


def joined(forms: Sequence[str], passages: Sequence[SourcePassage]) -> Joined | None:
    """Return the two stretches, each in a row, that a quotation is made of; None where it isn't.

    Each has three words at least, and one begins or ends a pledge or a sentence; `og` between them counts for nothing.
    """
    wanted = tuple(forms)
    prefixes: dict[int, Place] = {}
    suffixes: dict[int, Place] = {}
    for passage in passages:
        for reading in passage.readings:
            for size, place in _longest(wanted, passage, reading):
                if size not in prefixes or (place.at_edge and not prefixes[size].at_edge):
                    prefixes[size] = place
            for size, place in _longest_behind(wanted, passage, reading):
                if size not in suffixes or (place.at_edge and not suffixes[size].at_edge):
                    suffixes[size] = place
    best: tuple[int, Joined] | None = None
    for before, one in prefixes.items():
        for behind, other in suffixes.items():
            left = min(before, len(wanted) - FEWEST_IN_PART)
            between = wanted[left : len(wanted) - behind] if left + behind < len(wanted) else ()
            whole = left + behind >= len(wanted) or set(between) <= BETWEEN_PARTS
            if left < FEWEST_IN_PART or behind < FEWEST_IN_PART or not whole or len(between) > 3:
                continue
            if one.passage.pk == other.passage.pk and one.reading is not other.reading:
                continue
            if not (one.at_edge or other.at_edge):
                continue
            rank = left + behind
            if best is None or rank > best[0]:
                best = rank, Joined((one, other))
    return best[1] if best else None


def _longest(wanted: tuple[str, ...], passage: SourcePassage, reading: Reading) -> Iterator[tuple[int, Place]]:
    """Yield the longest beginning of some words that stands in a row in a reading of a passage."""
    having = reading.wording.forms
    best = 0
    for first in range(len(having)):
        if having[first] != wanted[0]:
            continue
        size = 0
        while size < len(wanted) and first + size < len(having) and having[first + size] == wanted[size]:
            size += 1
        if size > best and size >= FEWEST_IN_PART:
            best = size
            yield size, Place(passage, reading, first, first + size)


def _longest_behind(wanted: tuple[str, ...], passage: SourcePassage, reading: Reading) -> Iterator[tuple[int, Place]]:
    """Yield the longest end of some words that stands in a row in a reading of a passage."""
    having = reading.wording.forms
    best = 0
    for last in range(len(having), 0, -1):
        if having[last - 1] != wanted[-1]:
            continue
        size = 0
        while size < min(len(wanted), last) and having[last - 1 - size] == wanted[-1 - size]:
            size += 1
        if size > best and size >= FEWEST_IN_PART:
            best = size
            yield size, Place(passage, reading, last - size, last)
