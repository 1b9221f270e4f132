"""How much a word says of what a pledge is about: the rarer in the archive, and in the language, the more."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from programmes.norwegian.lexicon import zipf

WORDS_A_SENTENCE = 40
"""Forms of a word, times words in a sentence: how much likelier a sentence has a word than that a word is its lemma."""
PRIOR = 2000
"""Sentences that the language itself counts for beside the archive's own, so that a small archive can weigh too."""
RAREST = 1e-4
"""A word of one sentence in so many weighs 1; rarer ones weigh no more, so that no slip or name outweighs all else."""
SELDOM = 1e-6
EMPTY = frozenset(
    [
        "norge",
        "noreg",
        "norsk",
        "kommune",
        "kommunal",
        "land",
        "tiltak",
        "parti",
        "program",
        "år",
        "dag",
        "mål",
        "måte",
        "fylke",
    ]
)
"""Families that say nothing of what a pledge is about."""
NEARLY_NOTHING = 0.08


@dataclass(frozen=True, slots=True)
class Weights:
    """The weights of families, from 0 to 1."""

    sentences: int = 0
    having: Mapping[str, int] = field(default_factory=dict)
    """How many sentences of the archive have a family, as a word or within one."""
    _known: dict[str, float] = field(default_factory=dict, repr=False, compare=False)

    def of(self, family: str) -> float:
        """Return what a family weighs."""
        weight = self._known.get(family)
        if weight is None:
            weight = self._known[family] = self._of(family)
        return weight

    def _of(self, family: str) -> float:
        if family in EMPTY:
            return NEARLY_NOTHING
        share = (self.having.get(family, 0) + PRIOR * _usual(family)) / (self.sentences + PRIOR)
        return min(1.0, max(NEARLY_NOTHING, math.log(share) / math.log(RAREST)))


@lru_cache(maxsize=100_000)
def _usual(family: str) -> float:
    """Return the share of sentences that have a word, by how usual it is in the language."""
    known = zipf(family)
    return min(0.2, max(SELDOM, WORDS_A_SENTENCE * 10 ** (known - 9) if known else SELDOM))
