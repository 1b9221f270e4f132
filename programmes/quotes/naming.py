"""Which parties, chapters and years an article names, and where: the search's own names, as running text has them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from programmes.norwegian.tokens import Token
from programmes.search.catalogue import Catalogue, simple
from programmes.search.understanding.names import Name
from programmes.search.understanding.tables import BEFORE_NAMES, LETTERS

_YEARS = re.compile(r"(?<![\d.,])((?:19|20)\d\d)(?:\s?[-–/]\s?((?:19|20)?\d\d)(?!\d))?(?![\d%])")
_PARTED = frozenset(".!?:;")


@dataclass(frozen=True, slots=True)
class PartyNamed:
    """A party named in an article, with its chapter where one is named too."""

    slug: str
    label: str
    start: int
    end: int
    branch: str | None = None
    """`party/chapter` of the archive; "" for a chapter that it hasn't; None where no chapter is named."""
    branch_label: str = ""

    @property
    def called(self) -> str:
        """What readers call whom the article names."""
        return self.branch_label or self.label


@dataclass(frozen=True, slots=True)
class YearsNamed:
    """A year or a period named in an article."""

    first: int
    last: int | None
    """None where one year alone is named."""
    start: int
    end: int


def parties_in(text: str, words: Sequence[Token], catalogue: Catalogue) -> list[PartyNamed]:
    """Return the parties that an article with some words names, in order; `til høyre` names none."""
    found: list[PartyNamed] = []
    at = 0
    while at < len(words):
        size, name = _party_at(text, words, at, catalogue)
        if name is None:
            at += 1
            continue
        found.append(_with_place(text, words, at, size, name, catalogue))
        at += size
    return found


def years_in(text: str) -> list[YearsNamed]:
    """Return the years that an article names, in order."""
    found = []
    for match in _YEARS.finditer(text):
        first = int(match[1])
        last = int(match[2] if len(match[2]) == 4 else match[1][:2] + match[2]) if match[2] else None
        if last is None or first < last:
            found.append(YearsNamed(first, last, match.start(), match.end()))
    return found


def _party_at(text: str, words: Sequence[Token], at: int, catalogue: Catalogue) -> tuple[int, Name | None]:
    """Return the party that the words at a place name, and with how many; it is written with a capital."""
    if not text[words[at].start].isupper():
        return 1, None
    forms = [word.form for word in words[at : at + 6]]
    for size, name in catalogue.names.longest(forms):
        if name.kind != "party" or name.company is LETTERS:
            continue
        if name.company is not None:
            before = words[at - 1].form if at else ""
            first = at == 0 or bool(_PARTED & set(text[words[at - 1].end : words[at].start]))
            if first or before in BEFORE_NAMES:
                before = ""
            after = words[at + size].form if at + size < len(words) else ""
            if not name.company.allows(before, after, outstanding=True):
                continue
        return size, name
    return 1, None


def _with_place(text: str, words: Sequence[Token], at: int, size: int, name: Name, catalogue: Catalogue) -> PartyNamed:
    """Return a party with the chapter that the words beside it name: `Hamar Ap`, `Ap i Hamar`, `Hamars Ap`."""
    start, end = words[at].start, words[at + size - 1].end
    slug = name.values[0]
    for first, last, place in _places_beside(text, words, at, size):
        branches = catalogue.programmes_with("branch", [place]) & catalogue.programmes_with("party", [slug])
        label = f"{place} {name.label}"
        if branches:
            branch = min(catalogue.programmes[pk].values["branch"] for pk in branches)
            label = next(catalogue.programmes[pk].labels["branch"] for pk in branches)
            return PartyNamed(slug, name.label, min(start, first), max(end, last), branch, label)
        if simple(place) in catalogue.places:
            return PartyNamed(slug, name.label, min(start, first), max(end, last), "", label)
    return PartyNamed(slug, name.label, start, end)


def _places_beside(text: str, words: Sequence[Token], at: int, size: int) -> list[tuple[int, int, str]]:
    """Return the words beside a party's name that may be a place: where each begins and ends, and the words."""
    found = []
    for many in (3, 2, 1):
        if at >= many and text[words[at - many].start].isupper():
            first, last = words[at - many], words[at - 1]
            if not _PARTED & set(text[first.start : words[at].start]):
                found += [(first.start, last.end, place) for place in _as_place(text[first.start : last.end])]
    after = at + size
    if after + 1 < len(words) and words[after].form in {"i", "på"}:
        for many in (3, 2, 1):
            if after + many < len(words) and text[words[after + 1].start].isupper():
                first, last = words[after + 1], words[after + many]
                found += [(first.start, last.end, place) for place in _as_place(text[first.start : last.end])]
    return found


def _as_place(written: str) -> list[str]:
    """Return what a place may be called that is written so: Hamars → Hamar too."""
    place = " ".join(written.split())
    return [place, place[:-1]] if place.endswith("s") else [place]
