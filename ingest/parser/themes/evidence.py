"""What speaks for each theme of an item: its own words, its headings, its lead-in, its neighbours.

Every kind of evidence is one number a theme, most of them between 0 and 1. `weights.json` says how much
each kind counts; `train.py` finds those weights, the same for every theme.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from ingest.parser.themes.clues import Hit, Strength, load

KINDS = (
    "settled",  # the text has a word that carries a settled boundary: 0 or 1
    "sure",  # the text has a sure word: 0 or 1
    "sure words",  # how many of them, 3 at most
    "likely words",  # 2 at most
    "hints",  # 2 at most
    "share",  # of all that the text's words say, how much they say for this theme
    "first",  # the first sure word of the text is this theme's: the object comes before the purpose
    "lead-in",  # as share, in the lead-in
    "parent",  # as share, in the item that this one is part of
    "heading",  # as share, in the nearest heading
    "heading above",  # as share, in the heading over that
    "speaking heading",  # as share, in the nearest heading that says anything
    "neighbours",  # the mean share in the other items of the section
)

POINTS: dict[Strength, float] = {"settled": 5.0, "sure": 3.0, "heading": 3.0, "likely": 1.5, "hint": 0.5}
DOUBT = 0.75
"""Points that belong to no theme: a text with one hint alone says little, with one sure word much."""

Shares = dict[str, float]


@dataclass(frozen=True, slots=True)
class TextEvidence:
    """A piece of text and what its words say."""

    hits: tuple[Hit, ...]
    shares: Shares
    text: str = ""


NOTHING = TextEvidence((), {})


@lru_cache(maxsize=4_000)
def read(text: str, *, heading: bool = False) -> TextEvidence:
    """Return the words that speak in a text, and how much they say for each theme (0 to 1, the sum below 1)."""
    hits = load().hits(text, heading=heading)
    points: dict[str, float] = {}
    for hit in hits:
        points[hit.clue.theme] = points.get(hit.clue.theme, 0.0) + POINTS[hit.clue.strength]
    total = sum(points.values()) + DOUBT
    return TextEvidence(hits, {theme: some / total for theme, some in points.items()}, text)


def summed_shares(readings: Iterable[TextEvidence]) -> Shares:
    """Return how much several texts say together for each theme."""
    total: Shares = {}
    for reading in readings:
        for theme, share in reading.shares.items():
            total[theme] = total.get(theme, 0.0) + share
    return total


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that is known of one item, read."""

    text: TextEvidence
    lead_in: TextEvidence = NOTHING
    parent: TextEvidence = NOTHING
    headings: Sequence[TextEvidence] = ()
    """Nearest first."""
    neighbours: Shares = field(default_factory=dict)
    """What the other items of the section say in the mean; a lone one counts half, so that many are needed to rule."""

    def by_kind(self) -> dict[str, dict[str, float]]:
        """Return theme → kind → number; a theme that nothing speaks for is left out, a 0 too."""
        found: dict[str, dict[str, float]] = defaultdict(dict)
        for kind, numbers in self.kinds():
            for theme, number in numbers.items():
                if number:
                    found[theme][kind] = number
        return dict(found)

    def kinds(self) -> Iterator[tuple[str, Mapping[str, float]]]:
        """Yield each kind of evidence with its number for each theme, always in the same order."""
        if self.text.hits:
            counts: dict[Strength, Counter[str]] = defaultdict(Counter)
            for hit in self.text.hits:
                counts[hit.clue.strength][hit.clue.theme] += 1
            sure = counts["sure"] + counts["settled"]
            yield "settled", dict.fromkeys(counts["settled"], 1.0)
            yield "sure", dict.fromkeys(sure, 1.0)
            yield "sure words", {theme: min(count, 3.0) for theme, count in sure.items()}
            yield "likely words", {theme: min(count, 2.0) for theme, count in counts["likely"].items()}
            yield "hints", {theme: min(count, 2.0) for theme, count in counts["hint"].items()}
            yield "share", self.text.shares
            yield "first", dict.fromkeys(self._first_themes(), 1.0)
        yield "lead-in", self.lead_in.shares
        yield "parent", self.parent.shares
        for kind, heading in zip(("heading", "heading above"), self.headings, strict=False):
            yield kind, heading.shares
        yield "speaking heading", next((heading.shares for heading in self.headings if heading.hits), {})
        yield "neighbours", self.neighbours

    def _first_themes(self) -> list[str]:
        sure = [hit for hit in self.text.hits if hit.clue.strength in ("settled", "sure")]
        return [hit.clue.theme for hit in sure if hit.begin == sure[0].begin]
