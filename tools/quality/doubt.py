"""Whether the parser doubts where it is wrong: how many of its errors lie among the entries that it is least sure of.

An entry is an item or a passage of a parse. An error is an item too much, an item that is missing (it lies in the entry
that has its words), a wrong lead-in or a wrong section. Programmes are pooled: with six errors in a thousand entries
the figure of a single one is chance.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from tools.quality.scoring import Element, Misses, Parse, key

LEAST = 0.05
"""Share of the entries that a person would look at; twice the share of errors where that is more."""


@dataclass(frozen=True, slots=True)
class Doubts:
    """How sure the parser is of each entry of a programme, and of those that are wrong."""

    entries: tuple[float, ...] = ()
    errors: tuple[float | None, ...] = ()
    """One for each error, None where no entry shows it: then no doubt can."""


@dataclass(frozen=True, slots=True)
class Doubted:
    """How many errors lie among the entries that the parser doubts most."""

    entries: int
    errors: int
    looked_at: float
    """Share of the entries."""
    found: float
    """Share of the errors; 1 where there are none. Of entries that are equally sure, a part counts as a part."""


def doubts_of(misses: Misses, parsed: Parse) -> Doubts:
    """Return how sure the parser is of its entries and errors."""
    every: list[Element] = [*parsed["items"], *parsed.get("passages", [])]
    named = [(key(element["text"]), element) for element in every]
    named += [(key(section["title"]), section) for section in parsed["sections"]]
    wrong = (*misses.items_extra, *misses.lead_ins_wrong, *misses.places_wrong)
    return Doubts(
        tuple(map(_confidence, every)),
        (*map(_confidence, wrong), *(_where(key(item["text"]), named) for item in misses.items_missed)),
    )


def doubted(doubts: Iterable[Doubts]) -> Doubted:
    """Put programmes together, and look at the entries that the parser is least sure of."""
    pooled = list(doubts)
    entries = sorted(confidence for one in pooled for confidence in one.entries)
    errors = [confidence for one in pooled for confidence in one.errors]
    looked_at = min(1.0, max(LEAST, 2 * len(errors) / max(1, len(entries))))
    left, chance = looked_at * len(entries), {}
    for confidence, count in sorted(Counter(entries).items()):
        chance[confidence] = min(1.0, left / count)
        left = max(0.0, left - count)
    found = sum(chance.get(confidence, _beside(confidence, chance)) for confidence in errors if confidence is not None)
    return Doubted(len(entries), len(errors), looked_at, found / len(errors) if errors else 1.0)


def _confidence(element: Element) -> float:
    return float(element.get("confidence", 1.0))


def _where(words: str, named: Iterable[tuple[str, Element]]) -> float | None:
    """Return how sure the parser is of what has an item's words, else of the longest piece of them."""
    pieces: dict[str, float] = {}
    for text, element in named:
        if text and words in text:
            return _confidence(element)
        if text and text in words:
            pieces[text] = _confidence(element)
    return pieces[max(pieces, key=len)] if pieces else None


def _beside(confidence: float, chance: dict[float, float]) -> float:
    """Return whether a heading, which is no entry, is as doubtful as the entries that are looked at."""
    return float(any(confidence <= other and looked_at > 0 for other, looked_at in chance.items()))
