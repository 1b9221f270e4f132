"""Ways to narrow a list: filters that are plain links, some with counts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from programmes.search import Filters
from programmes.site.links import QueryLinks

KEYS = {
    **{"party": "parti", "branch": "lag", "level": "nivaa", "year": "aar", "theme": "tema", "form": "form"},
    "editions": "utgaver",
}
"""Facet → its key in the address."""
OPEN_CHOICES = 10
"""Choices shown at once; the rest are folded."""
MOST_CHOICES = 100
"""Choices listed at all."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A value that narrows or orders a list, and where its link leads."""

    value: str
    label: str
    url: str
    is_chosen: bool
    count: int | None = None
    """How many pledges it leaves, where they are counted."""


@dataclass(frozen=True, slots=True)
class Facet:
    """One way to narrow: a name for the reader, the key in the address, and the choices."""

    title: str
    key: str
    choices: list[Choice]
    left_out: int = 0
    """Values with fewer hits than those, which a large archive has too many of to list."""

    @property
    def chosen(self) -> str:
        """The first value that is chosen, empty where none is."""
        return next((choice.value for choice in self.choices if choice.is_chosen), "")

    @property
    def open_choices(self) -> list[Choice]:
        """The choices shown at once: those chosen, and the first others."""
        return self.choices[:OPEN_CHOICES]

    @property
    def folded_choices(self) -> list[Choice]:
        """The choices that are folded."""
        return self.choices[OPEN_CHOICES:]


def any_of(
    title: str, key: str, rows: Iterable[tuple[str, str, int]], links: QueryLinks, read: Mapping[str, str] | None = None
) -> Facet:
    """Return a facet that lets through any of some values, from rows of value, label and count.

    Chosen values come first, also those that leave nothing; so do those `read` from the words of a query, each with
    the address that reads them no more.
    """
    chosen = dict.fromkeys(links.values(key), "") | dict(read or {})
    sorted_rows = sorted(rows, key=lambda row: row[0] not in chosen)
    shown = sorted_rows[: MOST_CHOICES + len(chosen)]
    choices = [
        Choice(value, label, chosen[value] or links.without(key, value=value), True, count)
        if value in chosen
        else Choice(value, label, links.also(key, value), False, count)
        for value, label, count in shown
    ]
    return Facet(title, key, choices, len(sorted_rows) - len(shown))


def one_of(
    title: str,
    key: str,
    values: Iterable[tuple[str, str | Promise]],
    links: QueryLinks,
    *,
    every: str | None = "",
    default: str = "",
) -> Facet:
    """Return a facet that lets through one of some values, given with their labels.

    The first choice lets through all; `every` is its name if not "all", None where there is no such choice. A value
    in the address that isn't among them stands for `default`.
    """
    values = [*([] if every is None else [("", every or _("Alle"))]), *values]
    asked = links.value(key)
    chosen = asked if asked in dict(values) else default
    choices = [Choice(value, str(label), links.changed_to(key, value), value == chosen) for value, label in values]
    return Facet(title, key, choices)


def filters_of(links: QueryLinks) -> Filters:
    """Return the filters that an address asks for."""
    return Filters(**{name: tuple(links.values(key)) for name, key in KEYS.items()})
