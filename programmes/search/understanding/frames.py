"""The frames of questions: which words of a sentence say only that something is asked."""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

NAME = "@"
"""Stands for a name among the words of a sentence."""
OTHER = "#"
"""Stands for what is no plain word: a phrase, a beginning, alternatives."""
MOST_OPENINGS = 3
"""One within the other: `jeg lurer på` `hva Ap mener om`."""
SHORTEST_BARE = 3
"""Words of a question that begins with a verb alone: `skal rovdyr skytes`."""
BARE = frozenset(("skal", "bør", "må", "kan", "får", "blir", "kommer", "burde"))

Row = dict[str, str]
"""A pattern, where it stands, and an example."""

_TABLES: dict[str, Any] = tomllib.loads((Path(__file__).parent / "frames.toml").read_text("utf-8"))
ROWS: tuple[Row, ...] = tuple(_TABLES["row"])
WITHIN = frozenset(_TABLES["within"]["words"].split())


def _pattern(pattern: str) -> str:
    """Return a row's pattern as a regular expression over words that each end in a space."""
    pieces = []
    for piece in pattern.split():
        optional = "?" if piece.endswith("?") else ""
        longest_first = sorted(_words(piece), key=lambda row: -row.count(" "))
        pieces.append(f"(?:{'|'.join(row + ' ' for row in longest_first)}){optional}")
    return "".join(pieces)


@dataclass(frozen=True, slots=True)
class Phrase:
    """A row of `phrase`: words that carry nothing wherever they stand, or only first or last."""

    pattern: re.Pattern[str]
    begins: bool


def openings(rows: Iterable[Row]) -> dict[str, list[re.Pattern[str]]]:
    """Return the openings among some rows by their first word: most queries begin with none."""
    table: dict[str, list[re.Pattern[str]]] = defaultdict(list)
    for row in rows:
        if row["place"] == "opening":
            pattern = re.compile(_pattern(row["pattern"]))
            for first in {word.split()[0] for word in _words(row["pattern"].split()[0])}:
                table[first].append(pattern)
    return dict(table)


def phrases(rows: Iterable[Row]) -> tuple[Phrase, ...]:
    """Return the phrases among some rows."""
    return tuple(
        Phrase(
            re.compile(r"(?<!\S)" + _pattern(row["pattern"]) + ("$" if row["place"] == "end" else "")),
            row["place"] == "beginning",
        )
        for row in rows
        if row["place"] != "opening"
    )


def _words(piece: str) -> list[str]:
    """Return what a piece of a pattern may be."""
    return [word for each in piece.removesuffix("?").split("|") for word in _TABLES["sets"].get(each, [each])]


OPENINGS = openings(ROWS)
PHRASES = phrases(ROWS)
OF_PHRASES = frozenset(
    word
    for row in ROWS
    if row["place"] != "opening"
    for piece in row["pattern"].split()
    if not piece.endswith("?")
    for word in _words(piece)
) - {NAME}
"""Words one of which stands in every phrase."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What of a sentence is its frame, by the places of the words."""

    dropped: frozenset[int]
    names: frozenset[int]
    """Names that stand where a sentence has one: `hva mener Rødt`."""
    sentence: bool
    """Whether a question was recognised, in which other words carry nothing either."""


def frame_of(words: Sequence[str], *, asked: bool) -> Frame:
    """Return the frame of a query's words, names written `NAME`; `asked` if it ends in a question mark."""
    text = "".join(word + " " for word in words)
    covered: set[int] = set()
    opened = 0
    for _opening in range(MOST_OPENINGS):
        size = _longest_opening(text, opened)
        if not size:
            break
        covered.update(range(opened, opened + size))
        opened += size
    if not opened and words[0] in BARE and (asked or len(words) >= SHORTEST_BARE):
        covered.add(0)
        opened = 1
    if not OF_PHRASES.isdisjoint(words):
        for places in _phrases(text):
            covered |= places
    if opened:
        covered |= {at for at in range(opened, len(words)) if words[at] in WITHIN}
    names = frozenset(at for at in covered if words[at] == NAME)
    return Frame(frozenset(covered) - names, names, bool(opened))


def _longest_opening(text: str, words: int) -> int:
    """Return how many words the longest opening has that begins after some words."""
    rest = text.split(" ", words)[-1]
    patterns = OPENINGS.get(rest.partition(" ")[0], ())
    return max((match[0].count(" ") for pattern in patterns if (match := pattern.match(rest))), default=0)


def _phrases(text: str) -> Iterator[set[int]]:
    for phrase in PHRASES:
        match = phrase.pattern.match(text) if phrase.begins else phrase.pattern.search(text)
        if match:
            first = text.count(" ", 0, match.start())
            yield set(range(first, first + match[0].count(" ")))
