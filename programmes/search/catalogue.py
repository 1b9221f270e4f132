"""The registers as search needs them: what a filter's value means, and what a programme's hits count towards."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property

import numpy as np
from django.conf import settings
from django.utils.translation import get_language, override

from programmes.models import Level, Party, Programme, Section, Theme
from programmes.norwegian.keyboard import fold
from programmes.norwegian.tables import FUNCTION_WORDS
from programmes.search.places import Places
from programmes.search.results import Span
from programmes.search.understanding.names import Chapter, Names, PartyNames, Period
from programmes.search.understanding.tables import PARTY_ALSO

KEPT_SECONDS = 60
KEPT_SECTIONS = 20_000
"""Sections that hits stood in, some 1 kB each."""
SECTIONS = "SELECT * FROM programmes_section WHERE id = any(%s)"
"""Written out, for Django takes longer to put a query together than PostgreSQL to answer it."""
PROGRAMME_FACETS = ("party", "branch", "level", "year")
FACETS = (*PROGRAMME_FACETS, "theme")


@dataclass(frozen=True, slots=True)
class ProgrammeRow:
    """What a published programme counts towards: the value and label of each facet but theme."""

    values: Mapping[str, str]
    labels: Mapping[str, str]
    names: Mapping[str, frozenset[str]]
    """What a filter may call each: slug, code, abbreviation or name, folded."""
    period: Period


@dataclass(frozen=True, slots=True)
class ThemeRow:
    """A theme: its address, label, names and main theme."""

    slug: str
    label: str
    names: frozenset[str]
    main: int
    first_words: frozenset[str] = frozenset()
    """The first word of its labels."""
    words: frozenset[str] = frozenset()
    """Every word of its labels that carries meaning."""
    also: frozenset[str] = frozenset()
    """Other words that lead to it."""


@dataclass(frozen=True, slots=True)
class PartyRow:
    """A party of the register, whether or not the archive has a programme of it."""

    label: str
    names: frozenset[str]
    """What a filter may call it, folded."""
    in_storting: bool


@dataclass(frozen=True, slots=True)
class FacetColumn:
    """What each programme counts towards in one facet, as numbers."""

    values: tuple[tuple[str, str], ...]
    """Each value and its label, sorted by label."""
    of_programme: np.ndarray
    """For each programme, in the order of `Catalogue.programme_ids`, the place of its value in `values`."""


@dataclass(frozen=True)
class Catalogue:
    """The published programmes and the themes, as they are now."""

    programmes: Mapping[int, ProgrammeRow]
    themes: Mapping[int, ThemeRow]
    parties: Mapping[str, PartyRow]
    """All parties of the register, by slug."""
    places: frozenset[str]
    """What a filter may call the municipalities and counties of the register, those without a programme too."""
    names: Names
    """What queries may name."""
    replaced: frozenset[int] = frozenset()
    """Programmes that a newer edition has taken the place of."""
    _sections: dict[int, Section] = field(default_factory=dict)
    _programmes: dict[int, Programme] = field(default_factory=dict)

    @cached_property
    def programme_ids(self) -> np.ndarray:
        """The published programmes, ascending."""
        return np.sort(np.fromiter(self.programmes, dtype=np.int64, count=len(self.programmes)))

    @cached_property
    def columns(self) -> Mapping[str, FacetColumn]:
        """Every facet but theme."""
        return {facet: self._column(facet) for facet in PROGRAMME_FACETS}

    def _column(self, facet: str) -> FacetColumn:
        labels = {row.values[facet]: row.labels[facet] for row in self.programmes.values()}
        values = sorted(labels.items(), key=lambda item: item[1])
        place = {value: at for at, (value, _label) in enumerate(values)}
        places = [place[self.programmes[int(pk)].values[facet]] for pk in self.programme_ids]
        return FacetColumn(tuple(values), np.array(places, dtype=np.int64))

    @cached_property
    def _named(self) -> Mapping[str, Mapping[str, frozenset[int]]]:
        """Facet → what a filter may call a value → the programmes that it means."""
        named: dict[str, dict[str, set[int]]] = {facet: defaultdict(set) for facet in PROGRAMME_FACETS}
        for pk, row in self.programmes.items():
            for facet, names in row.names.items():
                for name in names:
                    named[facet][name].add(pk)
        return {facet: {name: frozenset(pks) for name, pks in table.items()} for facet, table in named.items()}

    def programmes_with(self, facet: str, values: Collection[str]) -> frozenset[int]:
        """Return the programmes that one of a filter's values means."""
        named = self._named[facet]
        return frozenset().union(*(named.get(simple(value), ()) for value in values))

    @cached_property
    def _whole_span(self) -> Span:
        return self._span(self.programmes)

    def span(self, programmes: Collection[int] | None) -> Span:
        """Return how many programmes there are and the years they are for; of all of them if None."""
        return self._whole_span if programmes is None else self._span(programmes)

    def _span(self, programmes: Collection[int]) -> Span:
        periods = [self.programmes[pk].period for pk in programmes if pk in self.programmes]
        first = min((period.start for period in periods), default=None)
        return Span(len(periods), first, max((period.end for period in periods), default=None))

    def party_of(self, programme: int) -> str:
        """Return the address of a programme's party, empty for a programme that isn't here any more."""
        row = self.programmes.get(programme)
        return row.values["party"] if row else ""

    def parties_named(self, value: str) -> frozenset[str]:
        """Return the slugs of the parties of the register that a filter's value means."""
        return frozenset(slug for slug, row in self.parties.items() if simple(value) in row.names)

    def themes_with(self, values: Collection[str]) -> frozenset[int]:
        """Return the themes that one of a filter's values means, their sub-themes included.

        A value is a theme's address or label, else the first word of one, else any word of one, else a word that leads
        to it.
        """
        named = frozenset().union(*(self._themes_called(simple(value)) for value in values))
        return frozenset(pk for pk, row in self.themes.items() if pk in named or row.main in named)

    def _themes_called(self, value: str) -> frozenset[int]:
        for called in ("names", "first_words", "words", "also"):
            found = frozenset(pk for pk, row in self.themes.items() if value in getattr(row, called))
            if found:
                return found
        return frozenset()

    def knows(self, facet: str, value: str) -> bool:
        """Return whether a filter's value means something: in the archive, or in the registers and so nothing here."""
        if facet == "theme":
            return bool(self.themes_with([value]))
        if facet == "year" and value.isdecimal():
            return len(value) == 4
        if facet == "party" and self.parties_named(value):
            return True
        return bool(self.programmes_with(facet, [value])) or (facet == "branch" and simple(value) in self.places)

    @cached_property
    def main_theme_of(self) -> Mapping[int, int]:
        """Each theme's main theme; a main theme is its own."""
        return {pk: row.main for pk, row in self.themes.items()}

    @cached_property
    def party_ranks(self) -> Mapping[int, int]:
        """For each programme the place of its party in the alphabet."""
        labels = sorted({row.labels["party"] for row in self.programmes.values()}, key=simple)
        rank = {label: place for place, label in enumerate(labels)}
        return {pk: rank[row.labels["party"]] for pk, row in self.programmes.items()}

    def counted(self, by_programme: Mapping[int, int]) -> np.ndarray:
        """Return the hits of each programme, in the order of `programme_ids`."""
        get = by_programme.get
        return np.array([get(pk, 0) for pk in self.programme_ids.tolist()], dtype=np.int64)

    def count_by(self, facet: str, counted: np.ndarray, within: frozenset[int] | None) -> list[tuple[str, str, int]]:
        """Return (value, label, hits) for each value of a facet that has hits, counted over programmes `within`.

        Most hits first, then by label.
        """
        column = self.columns[facet]
        hits = counted if within is None else counted * np.isin(self.programme_ids, list(within))
        totals = np.bincount(column.of_programme, weights=hits, minlength=len(column.values)).astype(np.int64)
        order = np.argsort(-totals, kind="stable")[: np.count_nonzero(totals)]
        return [(*column.values[at], total) for at, total in zip(order.tolist(), totals[order].tolist(), strict=True)]

    def sections(self, pks: Collection[int]) -> Mapping[int, Section]:
        """Return sections with all that a quote needs of where it stands; those asked for before are kept.

        None for one that is gone: an index may name it still, until it is made right after a change.
        """
        kept = {pk: self._sections.get(pk) for pk in pks}  # by one look each: another thread may clear them
        sections = {pk: section for pk, section in kept.items() if section}
        missing = [pk for pk in pks if pk not in sections]
        if missing:
            found = list(Section.objects.raw(SECTIONS, [missing]))
            self._fetch_programmes({section.programme_id for section in found})
            for section in found:
                section.programme = self._programmes[section.programme_id]
            if len(self._sections) > KEPT_SECTIONS:
                self._sections.clear()
            new = {section.pk: section for section in found}
            self._sections.update(new)
            sections |= new
        return {pk: sections[pk] for pk in pks if pk in sections}

    def _fetch_programmes(self, pks: Collection[int]) -> None:
        """Fetch programmes with branch, party and area, those that are not here yet."""
        missing = [pk for pk in pks if pk not in self._programmes]
        if missing:
            self._programmes.update(Programme.objects.with_branch().defer("parse_report").in_bulk(missing))


def simple(value: str) -> str:
    """Return a name as filters compare it: folded to ASCII, lower case, words apart by one hyphen."""
    return "-".join(fold(value.strip().lower()).replace("/", " / ").split()).replace("-/-", "/")


_kept: dict[tuple[str, Hashable], tuple[float, Catalogue]] = {}


def catalogue_for(stamp: Hashable) -> Catalogue:
    """Return the catalogue that goes with a state of the index: read anew, in three queries, when the index changes.

    A name that is changed in the registers shows in the facets within a minute.
    """
    key = get_language() or "nb", stamp
    read_at, catalogue = _kept.get(key, (0.0, None))
    now = time.monotonic()
    if catalogue is None or now - read_at > KEPT_SECONDS:
        for old in [each for each, (at, _catalogue) in list(_kept.items()) if now - at > KEPT_SECONDS]:
            _kept.pop(old, None)
        catalogue = _load()
        _kept[key] = now, catalogue
    return catalogue


def _load() -> Catalogue:
    of_branch = ("branch__slug", "branch__name", "branch__level", "branch__area", "branch__party")
    rows = list(
        Programme.objects.published().values_list("pk", "period_start", "period_end", *of_branch, "is_replaced")
    )
    parties = Party.objects.in_bulk()
    places = Places.load()
    labels: dict[str, str] = {level.value: str(level.label) for level in Level}
    with override(settings.LANGUAGE_CODE):  # `nivå:kommune` is understood whatever language the page speaks
        written = {level.value: str(level.label) for level in Level}
    make = cache(simple)
    called = {pk: _party_names(make, party) for pk, party in parties.items()}
    periods = {Period(start, end) for _pk, start, end, *_others in rows}
    programmes, chapters = {}, {}
    for pk, start, end, branch, branch_name, level, area, party_id, _is_replaced in rows:
        party = parties[party_id]
        of_area = places.names(area)
        value = f"{party.slug}/{branch}"
        label = party.name if level == Level.NATIONAL else branch_name
        programmes[pk] = ProgrammeRow(
            values={"party": party.slug, "branch": value, "level": level, "year": str(start)},
            labels={"party": party.name, "branch": label, "level": labels[level], "year": str(start)},
            names={
                "party": called[party_id],
                "branch": _names(make, value, branch, branch_name, *of_area, *places.county_names(area))
                | {f"{make(place)}-{name}" for place in of_area for name in called[party_id]},
                "level": _names(make, level, labels[level], written[level]),
                "year": _years(Period(start, end), periods),
            },
            period=Period(start, end),
        )
        where = tuple((make(place), place) for place in (*of_area, *places.county_names(area)))
        chapters[value] = Chapter(value, party.slug, branch_name, where)
    return Catalogue(
        programmes,
        {theme.pk: _theme(make, theme) for theme in Theme.objects.all()},
        {
            party.slug: PartyRow(party.name, called[pk], party.storting_since is not None)
            for pk, party in parties.items()
        },
        _names(make, *places.all_names),
        Names(map(_named, parties.values()), chapters.values(), periods),
        frozenset(pk for pk, *_others, is_replaced in rows if is_replaced),
    )


def _named(party: Party) -> PartyNames:
    names = (party.short, party.name_nb, party.name_nn, *party.also)
    return PartyNames(party.slug, party.code, party.name, names)


def _party_names(make: Callable[[str], str], party: Party) -> frozenset[str]:
    return _names(make, *party.names, *(name for name, code in PARTY_ALSO.items() if code == party.code))


def _years(period: Period, periods: Collection[Period]) -> frozenset[str]:
    """Return what a filter may call a period: its first year, both, and those within it in which none begins."""
    begun = {each.start for each in periods}
    within = {str(year) for year in range(period.start, period.end + 1) if year not in begun}
    return frozenset({str(period.start), *(f"{period.start}{dash}{period.end}" for dash in "-–"), *within})


def _theme(make: Callable[[str], str], theme: Theme) -> ThemeRow:
    labels = [make(label).replace(",", "").split("-") for label in (theme.label_nb, theme.label_nn)]
    return ThemeRow(
        theme.slug,
        theme.label,
        _names(make, theme.slug, theme.label_nb, theme.label_nn),
        theme.parent_id or theme.pk,
        first_words=frozenset(words[0] for words in labels),
        words=frozenset(word for words in labels for word in words) - FUNCTION_WORDS,
        also=_names(make, *theme.also),
    )


def _names(make: Callable[[str], str], *names: str | None) -> frozenset[str]:
    return frozenset(make(name) for name in names if name)
