"""The names that queries may mean: parties, places with chapters and years, looked up by the words typed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import Literal, NamedTuple

from programmes.norwegian.keyboard import foldings
from programmes.norwegian.lexicon import is_word
from programmes.norwegian.tokens import Forms, forms_of
from programmes.search.understanding.tables import LETTERS, ORDINARY, ORDINARY_PLACES, PARTY_ALSO, Company

ENDINGS_OF_PARTI = ("", "et", "ets", "s")
"""Of `Arbeiderparti`."""
GENITIVES = ("", "s", "'s")
"""Of any other name."""


class PartyNames(NamedTuple):
    """A party of the register, whether the archive has a programme of it or not."""

    slug: str
    code: str
    label: str
    names: tuple[str, ...]
    """Its names and abbreviation, "" for one it lacks; neither code nor slug, which are other words too (HELSE)."""


class Chapter(NamedTuple):
    """A local branch with a published programme."""

    value: str
    """`party/slug`."""
    party: str
    """The party's slug."""
    label: str
    places: tuple[tuple[str, str], ...]
    """The value and name of its municipality and of the counties that this lies or lay in."""


class Period(NamedTuple):
    """The years that a published programme is for."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Name:
    """What some words name, with the values of a filter that it stands for."""

    kind: Literal["party", "area", "year"]
    values: tuple[str, ...]
    label: str
    company: Company | None = None
    """Set where it is an ordinary word too."""
    capital: bool = False
    """Whether it must be typed with a capital."""
    by_party: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """Of a place: each party's chapter there, value and label, where it has one alone."""
    parties: frozenset[str] = frozenset()
    """Of a place: the parties with a chapter there."""

    @property
    def ordinary(self) -> bool:
        """Whether it is an ordinary word too."""
        return self.company is not None or self.capital


class Names:
    """All names, found by their first word."""

    def __init__(
        self, parties: Iterable[PartyNames], chapters: Iterable[Chapter] = (), periods: Iterable[Period] = ()
    ) -> None:
        """Make the table: some 2,000 words for the register's parties and a few hundred places."""
        self.periods = frozenset(periods)
        self._by_first: dict[str, dict[Forms, Name]] = defaultdict(dict)
        for party in parties:
            self._add_party(party)
        self._add_places(chapters)

    def all(self) -> Iterator[tuple[Forms, Name]]:
        """Yield every name but the years, with the words that it is found by."""
        for table in self._by_first.values():
            yield from table.items()

    def longest(self, forms: Sequence[str]) -> Iterable[tuple[int, Name]]:
        """Yield the names that some words begin with, the longest first, each with how many words it has."""
        table = self._by_first.get(forms[0])
        if table:
            for size in range(min(len(forms), max(map(len, table))), 0, -1):
                name = table.get(tuple(forms[:size]))
                if name:
                    yield size, name

    def year(self, forms: Sequence[str]) -> tuple[int, Name] | None:
        """Return the period or year that some words begin with, if a published programme is for it.

        A year in which periods begin means these alone, another one those that take it in.
        """
        if not (len(forms[0]) == 4 and forms[0].isdecimal()):
            return None
        first = int(forms[0])
        if len(forms) > 1 and forms[1].isdecimal() and len(forms[1]) in (2, 4):
            period = Period(first, int(forms[0][: 4 - len(forms[1])] + forms[1]))
            if period in self.periods:
                return 2, Name("year", (forms[0],), f"{period.start}–{period.end}")
        begun = [period for period in self.periods if period.start == first]
        covering = begun or [period for period in self.periods if period.start <= first <= period.end]
        if not covering:
            return None
        values = tuple(sorted({str(period.start) for period in covering}, reverse=True))
        return 1, Name("year", values, forms[0])

    def _add(self, forms: Forms, name: Name) -> None:
        for first, rest in ((forms[0], forms[1:]), *self._typed_on_other_keyboards(forms)):
            self._by_first[first].setdefault((first, *rest), name)

    def _typed_on_other_keyboards(self, forms: Forms) -> Iterable[tuple[str, Forms]]:
        """Yield a name without æ, ø and å; not where that is another word: `Bø` is no `bo`."""
        if any(not form.isascii() for form in forms):
            for way in product(*map(foldings, forms)):
                if len(way) > 1 or not is_word(way[0]):
                    yield way[0], way[1:]

    def _add_party(self, party: PartyNames) -> None:
        named = {forms_of(name) for name in party.names if name}
        named |= {forms_of(name) for name, code in PARTY_ALSO.items() if code == party.code}
        for forms in named:
            if len(forms) == 1 and len(forms[0]) == 1:
                continue
            company = ORDINARY.get(forms)
            name = Name("party", (party.slug,), party.label, company)
            for form in _inflected(forms[-1]):
                self._add((*forms[:-1], form), name)
        for letter in {name for name in (party.code, *party.names) if len(name) == 1}:
            self._add((letter.lower(),), Name("party", (party.slug,), party.label, LETTERS, capital=True))

    def _add_places(self, chapters: Iterable[Chapter]) -> None:
        by_name: dict[str, list[tuple[str, Chapter]]] = defaultdict(list)
        for chapter in chapters:
            for value, name in chapter.places:
                by_name[name].append((value, chapter))
        for name, found in by_name.items():
            of_party: dict[str, set[tuple[str, str]]] = defaultdict(set)
            for _value, chapter in found:
                of_party[chapter.party].add((chapter.value, chapter.label))
            forms = forms_of(name)
            ordinary = len(forms) == 1 and forms[0] in ORDINARY_PLACES
            place = Name(
                "area",
                tuple(dict.fromkeys(value for value, _chapter in found)),
                name,
                capital=ordinary,
                by_party={party: next(iter(chapters)) for party, chapters in of_party.items() if len(chapters) == 1},
                parties=frozenset(of_party),
            )
            for form in (forms[-1], forms[-1] + "s"):
                self._add((*forms[:-1], form), place)


def _inflected(form: str) -> Iterable[str]:
    """Yield the forms of the last word of a party's name."""
    stem = form.removesuffix("et") if form.endswith("partiet") else form
    for ending in ENDINGS_OF_PARTI if stem.endswith("parti") else GENITIVES:
        yield stem + ending
