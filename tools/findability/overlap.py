"""How alike the first pages are whatever inflection of a word is typed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from programmes.search import search

FIRST = 10
"""Hits of a first page that are compared."""


@dataclass(frozen=True, slots=True)
class Group:
    """The forms of one word, and what the search for each has first."""

    forms: tuple[str, ...]
    firsts: tuple[tuple[str, ...], ...]
    totals: tuple[int, ...]

    @property
    def overlap(self) -> float | None:
        """The mean over all pairs of forms, None where none has a hit."""
        pairs = [overlap(a, b) for a, b in combinations(self.firsts, 2) if a or b]
        return sum(pairs) / len(pairs) if pairs else None


def overlap(one: Sequence[str], other: Sequence[str]) -> float:
    """Return the share of hits that two first pages have in common, of the longer one."""
    return len({*one} & {*other}) / max(len(one), len(other))


def read_groups(path: Path) -> list[tuple[str, ...]]:
    """Read a table with the forms of one word in each row, parted by `|`."""
    return [tuple(line.split("|")) for line in path.read_text("utf-8").splitlines() if line]


def compare(forms: tuple[str, ...], *, engine: str | None = None) -> Group:
    """Search for each form of a word."""
    results = [search(form, per_page=FIRST, beside=0, engine=engine, highlight=False) for form in forms]
    firsts = tuple(tuple(hit.public_id for hit in result.hits) for result in results)
    return Group(forms, firsts, tuple(result.total for result in results))
