"""Ways to narrow a list: filters that are plain links with counts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from programmes.search import Filters
from programmes.site.links import QueryLinks

KEYS = {"party": "parti", "branch": "lag", "level": "nivaa", "year": "aar", "theme": "tema"}
"""Facet → its key in the address."""
OPEN_CHOICES = 10
"""Choices shown at once; the rest are folded."""
MOST_CHOICES = 100
"""Choices listed at all."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A value that narrows, how many pledges it leaves, and where its link leads."""

    value: str
    label: str
    count: int
    url: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Facet:
    """One way to narrow: a name for the reader, the key in the address, and the choices."""

    title: str
    key: str
    choices: list[Choice]
    left_out: int
    """Values with fewer hits than those, which a large archive has too many of to list."""

    @property
    def open_choices(self) -> list[Choice]:
        """The choices shown at once: those chosen, and the first others."""
        return self.choices[:OPEN_CHOICES]

    @property
    def folded_choices(self) -> list[Choice]:
        """The choices that are folded."""
        return self.choices[OPEN_CHOICES:]


def facet(title: str, key: str, rows: Iterable[tuple[str, str, int]], links: QueryLinks) -> Facet:
    """Return a facet from rows of value, label and count; chosen values come first, also those that leave nothing."""
    chosen = links.values(key)
    sorted_rows = sorted(rows, key=lambda row: row[0] not in chosen)
    shown = sorted_rows[: MOST_CHOICES + len(chosen)]
    choices = [Choice(value, label, count, links.toggled(key, value), value in chosen) for value, label, count in shown]
    return Facet(title, key, choices, len(sorted_rows) - len(shown))


def filters_of(links: QueryLinks) -> Filters:
    """Return the filters that an address asks for."""
    return Filters(**{name: tuple(links.values(key)) for name, key in KEYS.items()})
