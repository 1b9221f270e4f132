"""How well a word fits between its neighbours: counts of neighbouring word classes.

A class is a function word itself ("til"), a word that a misreading turns into another ("får", read "far"), or
for all other words their last two letters ("~er"). `contexts.tsv` holds how often classes stand side by
side, no more: `manage.py count_ocr_contexts` makes it, and README.md says from what.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property
from math import log
from pathlib import Path

from programmes.norwegian.language import Norwegian

TABLE = Path(__file__).with_name("contexts.tsv")
BREAK = "."
"""The class of a sentence's end, a paragraph's end and an item's beginning."""
NUMBER = "#"
LONG_NUMBER = "##"
WEIGHT = 0.8
"""How much neighbours count beside the frequency of the word."""
BELIEF = 0.8
"""Sightings of a pair added to the count and to the expectation: how little one sighting is believed."""


@dataclass(frozen=True, eq=False)
class Contexts:
    """Counts of classes and of neighbouring classes."""

    counts: dict[Norwegian, dict[str, int]]
    pairs: dict[tuple[str, str], int]

    @cached_property
    def _both(self) -> Counter[str]:
        return Counter(self.counts["nb"]) + Counter(self.counts["nn"])

    @cached_property
    def _totals(self) -> dict[Norwegian, int]:
        return {language: sum(counts.values()) for language, counts in self.counts.items()}

    def word_class(self, word: str) -> str:
        """Return the class of a word in lower case."""
        if word in self._both:
            return word
        if word.isalpha():
            return "~" + word[-2:]
        return NUMBER if word[:1].isdigit() else "~"

    def frequency(self, word: str, language: Norwegian) -> float | None:
        """Return ln of the frequency of a word that is its own class, None if the language hardly has it."""
        count = self.counts[language].get(word, 0)
        return log(count / self._totals[language]) if count >= 20 else None

    @cache  # noqa: B019 - the counts live as long as the process
    def fit(self, left: str, right: str) -> float:
        """Return how much likelier `right` is after the class `left` than anywhere (ln, 0 = as likely)."""
        expected = self._both[left] * self._both[right] / sum(self._totals.values())
        seen = self.pairs.get((left, right), 0)
        return WEIGHT * log((seen + BELIEF) / (expected + BELIEF)) if self._both[right] else 0.0


def read_table(lines: Iterable[str]) -> Contexts:
    """Return the counts of a table: `language class count` and `pair left right count`, tab-separated."""
    counts: dict[Norwegian, dict[str, int]] = {"nb": {}, "nn": {}}
    pairs: dict[tuple[str, str], int] = {}
    for line in lines:
        kind, *classes, count = line.rstrip("\n").split("\t")
        if kind == "pair":
            pairs[classes[0], classes[1]] = int(count)
        else:
            counts["nn" if kind == "nn" else "nb"][classes[0]] = int(count)
    return Contexts(counts, pairs)


def number_class(digits: str, *, after_break: bool) -> str:
    """Return the class of a number: list and page numbers are breaks, years are apart from small numbers."""
    return BREAK if after_break else NUMBER if len(digits) <= 2 else LONG_NUMBER


@cache
def contexts() -> Contexts:
    """Return the counts of the installed table, loaded on the first call."""
    with TABLE.open(encoding="utf-8") as lines:
        return read_table(lines)
