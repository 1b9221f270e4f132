"""Words with their place on a page, as far as furniture is concerned: any reader that knows places may bring them.

`LARGE` was measured on 120 generated layouts; the tests of the limits show it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

LARGE = 1.08
"""Times the usual type size: headings and chapters' names are set larger than this."""
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
        """Measure the type size and line pitch that most characters have."""
        sizes: Counter[float] = Counter()
        pitches: Counter[float] = Counter()
        for page in pages:
            above: dict[int, float] = {}
            for words in sorted(page, key=lambda words: words.y):
                sizes[round(words.size, 1)] += len(words.text)
                pitch = words.y - above.get(round(words.x0), float("-inf"))
                if 0.8 < pitch / max(words.size, 1.0) < 2.5:
                    pitches[round(pitch, 1)] += 1
                above[round(words.x0)] = words.y
        size = max(sizes.most_common(1)[0][0], SMALLEST) if sizes else 10.0
        return cls(size, pitches.most_common(1)[0][0] if pitches else 1.2 * size)
