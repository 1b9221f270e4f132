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


def total(weights: Mapping[str, float], signs: Iterable[str]) -> float:
    """Return the sum of the weights of some signs."""
    get = weights.get
    return sum(get(sign, 0.0) for sign in signs)


def placed(observed: Iterable[Observed], weights: Weights) -> Iterator[tuple[Observed, list[str]]]:
    """Yield each entry and heading with all its signs, those of the headings above it among them."""
    heading = title = 0.0
    for one in observed:
        signs = [*one.signs, *one.shared]
        if one.sort == "section":
            heading, title = chance(total(weights["section"], signs) + weights["section"][BASE]), 0.0
            yield one, signs
            continue
        about = weights[f"title in {one.sort}"]
        here = chance(total(about, signs) + about[BASE])
        yield one, [*signs, *_named("heading above is none", heading), *_named("title above", title)]
        title = max(title, here)


def _named(name: str, found: float) -> list[str]:
    word = next(word for most, word in CHANCES if found <= most)
    return [f"{name}: {word}"] if word else []
