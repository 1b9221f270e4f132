"""How much each sign tells: sums of weights that were trained on documents whose right result is known.

Two sums tell whether a heading is one (`section`), and whether an entry is a heading that was missed (`title in
item`, `title in passage`). What they find is a sign of the entries below, which may stand under the wrong heading.
Two more tell whether an `item` or a `passage` is wrong. `manage.py train_doubt` finds the weights.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

from ingest.parser.report.doubt.observed import Observed

WEIGHTS = Path(__file__).with_name("weights.toml")
BASE = "base"
"""The weight that each sum begins with."""
Weights = Mapping[str, Mapping[str, float]]
"""By what is asked (section, title in item, title in passage, item, passage) and by sign."""
CHANCES = ((0.03, ""), (0.1, "maybe"), (0.3, "likely"), (1.0, "sure"))
"""The words for a chance up to a number."""


@cache
def kept_weights() -> Weights:
    """Return the weights that `manage.py train_doubt` wrote."""
    return tomllib.loads(WEIGHTS.read_text("utf-8"))


def chance(sums: float) -> float:
    """Return the chance that a sum of weights stands for, 0 to 1."""
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, sums))))


class Sums:
    """The sums of one document's signs for one question; what recurs is added up once."""

    def __init__(self, weights: Mapping[str, float]) -> None:
        self._weights = weights
        self._known: dict[tuple[str, ...], float] = {}
        self._shared: tuple[str, ...] = ()
        self._of_shared = 0.0

    def of(self, one: Observed, more: tuple[str, ...] = ()) -> float:
        """Return the sum for an entry or heading, with some signs more."""
        if one.shared is not self._shared:
            self._shared, self._of_shared = one.shared, self._sum(one.shared)
        return self._weights[BASE] + self._of_shared + self._sum(one.signs) + (self._sum(more) if more else 0.0)

    def _sum(self, signs: tuple[str, ...]) -> float:
        found = self._known.get(signs)
        if found is None:
            get = self._weights.get
            found = self._known[signs] = sum([get(sign, 0.0) for sign in signs])
        return found


def placed(observed: Iterable[Observed], weights: Weights) -> Iterator[tuple[Observed, tuple[str, ...]]]:
    """Yield each entry and heading with what tells that the headings above it may be wrong."""
    headings = Sums(weights["section"])
    titles = {sort: Sums(weights[f"title in {sort}"]) for sort in ("item", "passage")}
    above: tuple[str, ...] = ()
    heading, title = 0.0, -math.inf
    for one in observed:
        if one.sort == "section":
            heading, title = chance(headings.of(one)), -math.inf
            above = _doubted(heading, 0.0)
            yield one, ()
            continue
        yield one, above
        if (found := titles[one.sort].of(one)) > title:
            title = found
            above = _doubted(heading, chance(title))


def _doubted(heading: float, title: float) -> tuple[str, ...]:
    """Return the signs of what stands below a heading that may be none, or an entry that may be one."""
    if heading <= CHANCES[0][0] >= title:
        return ()
    named = (("heading above is none", heading), ("title above", title))
    words = [(name, next(word for most, word in CHANCES if found <= most)) for name, found in named]
    return tuple(f"{name}: {word}" for name, word in words if word)


def chances(observed: Iterable[Observed], weights: Weights) -> Iterator[tuple[Observed, tuple[str, ...], float]]:
    """Yield each entry and heading with the signs of what stands above it, and the sum that it is wrong."""
    sums = {sort: Sums(weights[sort]) for sort in ("item", "passage", "section")}
    for one, more in placed(observed, weights):
        yield one, more, sums[one.sort].of(one, more)
