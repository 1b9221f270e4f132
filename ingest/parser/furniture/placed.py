"""Words with their place on a page, as far as furniture is concerned: any reader that knows places may bring them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

LARGE = 1.08
"""Times the usual type size: headings and chapters' names are set larger than this. Measured on 120 layouts."""
OFTEN = 0.25
"""Of how often the usual distance between two lines is met: a closer one met so often is that of one paragraph's lines.
Chosen, not measured."""
SMALLEST = 1.0
"""Points: running text of less is damage, and no measure of anything."""


class Placed(Protocol):
    """Words on one baseline. Lengths are points from the page's upper left corner."""

    x0: float
    x1: float
    y: float
    """The baseline."""
    size: float
    marker: str
    """The list marker that they begin with."""
    why: str
    """Why they belong to the page and not to the text, once known."""

    @property
    def text(self) -> str:
        """The words."""

    @property
    def tag(self) -> str:
        """Their tag in the structure of the file."""


Pages = Sequence[Sequence[Placed]]


@dataclass(frozen=True, slots=True)
class Usual:
    """What is usual on the pages of a document: its running text."""

    size: float
    pitch: float
    """Points from baseline to baseline."""

    @classmethod
    def of(cls, pages: Pages) -> Usual:
        """Measure the type size that most characters have, and its line pitch: the closest that lines often stand.

        Where each wish is one line, most lines stand further apart, as paragraphs do.
        """
        sizes: Counter[float] = Counter()
        pitches: dict[float, Counter[float]] = defaultdict(Counter)
        for page in pages:
            above: dict[int, float] = {}
            for words in sorted(page, key=lambda words: words.y):
                size = round(words.size, 1)
                sizes[size] += len(words.text)
                pitch = words.y - above.get(round(words.x0), float("-inf"))
                if 0.8 < pitch / max(words.size, 1.0) < 2.5:
                    pitches[size][round(pitch, 1)] += 1
                above[round(words.x0)] = words.y
        size = max(sizes.most_common(1)[0][0], SMALLEST) if sizes else 10.0
        found = pitches[size] or sum(pitches.values(), Counter[float]())
        often = [pitch for pitch, count in found.items() if count >= OFTEN * max(found.values())]
        return cls(size, min(often, default=1.2 * size))
