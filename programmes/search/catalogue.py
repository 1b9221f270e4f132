"""The registers as search needs them: what a filter's value means, and what a programme's hits count towards."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import get_language, override

from programmes.models import Level, Programme, Theme

from .norwegian import fold

KEPT_SECONDS = 60
FACETS = ("party", "branch", "level", "year", "theme")


@dataclass(frozen=True, slots=True)
class ProgrammeRow:
    """What a published programme counts towards: the value and label of each facet but theme."""

    values: Mapping[str, str]
    labels: Mapping[str, str]
    names: Mapping[str, frozenset[str]]
    """What a filter may call each: slug, code or name, folded."""
    year: int


@dataclass(frozen=True, slots=True)
class ThemeRow:
    """A theme: its address, label, names and main theme."""

    slug: str
    label: str
    names: frozenset[str]
    main: int


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The published programmes and the themes, as they are now."""

    programmes: Mapping[int, ProgrammeRow]
    themes: Mapping[int, ThemeRow]

    def programmes_with(self, facet: str, values: Collection[str]) -> frozenset[int]:
        """Return the programmes that one of a filter's values means."""
        wanted = {simple(value) for value in values}
        return frozenset(pk for pk, row in self.programmes.items() if row.names[facet] & wanted)

    def themes_with(self, values: Collection[str]) -> frozenset[int]:
        """Return the themes that one of a filter's values means, their sub-themes included."""
        wanted = {simple(value) for value in values}
        named = {pk for pk, row in self.themes.items() if row.names & wanted}
        return frozenset(pk for pk, row in self.themes.items() if pk in named or row.main in named)

    def main_theme_of(self) -> dict[int, int]:
        """Return each theme's main theme; a main theme is its own."""
        return {pk: row.main for pk, row in self.themes.items()}

    def party_ranks(self) -> dict[int, int]:
        """Return for each programme the place of its party in the alphabet."""
        labels = sorted({row.labels["party"] for row in self.programmes.values()}, key=simple)
        rank = {label: place for place, label in enumerate(labels)}
        return {pk: rank[row.labels["party"]] for pk, row in self.programmes.items()}


def simple(value: str) -> str:
    """Return a name as filters compare it: folded to ASCII, lower case, words apart by one hyphen."""
    return "-".join(fold(value.strip().lower()).replace("/", " / ").split()).replace("-/-", "/")


_kept: dict[str, tuple[Hashable, float, Catalogue]] = {}


def catalogue_for(stamp: Hashable) -> Catalogue:
    """Return the catalogue that goes with a state of the index: read anew, in two queries, when the index changes.

    A name that is changed in the registers shows in the facets within a minute.
    """
    language = get_language() or "nb"
    kept = _kept.get(language)
    if kept is None or kept[0] != stamp or time.monotonic() - kept[1] > KEPT_SECONDS:
        kept = _kept[language] = (stamp, time.monotonic(), _load())
    return kept[2]


def _load() -> Catalogue:
    nynorsk = get_language() == "nn"
    rows = Programme.objects.published().values_list(
        "pk",
        "period_start",
        "branch__slug",
        "branch__name",
        "branch__level",
        "branch__area__name",
        "branch__party__slug",
        "branch__party__code",
        "branch__party__name_nb",
        "branch__party__name_nn",
    )
    labels: dict[str, str] = {level.value: str(level.label) for level in Level}
    with override(settings.LANGUAGE_CODE):  # `nivå:kommune` is understood whatever language the page speaks
        written = {level.value: str(level.label) for level in Level}
    make = _cached(simple)
    programmes = {}
    for pk, year, branch, branch_name, level, area, party, code, name_nb, name_nn in rows:
        programmes[pk] = ProgrammeRow(
            values={"party": party, "branch": f"{party}/{branch}", "level": level, "year": str(year)},
            labels={
                "party": name_nn if nynorsk else name_nb,
                "branch": branch_name,
                "level": labels[level],
                "year": str(year),
            },
            names={
                "party": _names(make, party, code, name_nb, name_nn),
                "branch": _names(make, f"{party}/{branch}", branch, branch_name, area),
                "level": _names(make, level, labels[level], written[level]),
                "year": frozenset({str(year)}),
            },
            year=year,
        )
    themes = {
        theme.pk: ThemeRow(
            theme.slug,
            theme.label,
            _names(make, theme.slug, theme.label_nb, theme.label_nn),
            theme.parent_id or theme.pk,
        )
        for theme in Theme.objects.all()
    }
    return Catalogue(programmes, themes)


def _names(make: Callable[[str], str], *names: str | None) -> frozenset[str]:
    return frozenset(make(name) for name in names if name)


def _cached(function: Callable[[str], str]) -> Callable[[str], str]:
    known: dict[str, str] = {}

    def look_up(value: str) -> str:
        if value not in known:
            known[value] = function(value)
        return known[value]

    return look_up


def count_by(facet: str, counts: Mapping[int, int], rows: Mapping[int, ProgrammeRow], within: Iterable[int]) -> dict:
    """Return a facet's value → (label, hits), over the programmes `within`."""
    table: dict[str, tuple[str, int]] = {}
    for pk in within:
        if pk in counts and pk in rows:
            value, label = rows[pk].values[facet], rows[pk].labels[facet]
            table[value] = (label, table.get(value, (label, 0))[1] + counts[pk])
    return table
