"""What a query may say beside words to be found: names of parties, places and years, and the frame of a question."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from programmes.search.catalogue import Catalogue
from programmes.search.understanding import frames, tables
from programmes.search.understanding.names import Name

LONGEST_PERIOD = 2


def names_written(catalogue: Catalogue, place_of: Mapping[int, int]) -> dict[str, Any]:
    """Return every name by its first word, and what it narrows to: programmes by `place_of`, their place in a list.

    A name says its other words (`rest`), its party's address, the place of its company among `companies`,
    whether it needs a capital or is an ordinary word too, and of a place the label and programmes of each party's one
    chapter there.
    """
    companies: list[tables.Company] = []
    found: dict[str, list[Any]] = {}
    named = [*catalogue.names.all(), *_years(catalogue)]
    for forms, name in sorted(named, key=lambda item: (item[0][0], -len(item[0]), item[0])):
        if name.company and name.company not in companies:
            companies.append(name.company)
        found.setdefault(forms[0], []).append(_written(forms, name, catalogue, place_of, companies))
    return {"names": found, "companies": [_company(each) for each in companies]}


def frames_written() -> dict[str, Any]:
    """Return the patterns of questions and what shows opposition, as the script's own expressions."""
    return {
        "openings": sorted({each.pattern for of in frames.OPENINGS.values() for each in of}),
        "phrases": [[each.pattern.pattern, each.begins] for each in frames.PHRASES],
        "opposed": [" ".join(forms) for forms in tables.OPPOSED],
    }


def sets_of_words() -> dict[str, list[str]]:
    """Return the words that a question's frame is of, and those that names stand beside."""
    return {
        "bare": sorted(frames.BARE),
        "within": sorted(frames.WITHIN),
        "before": sorted(tables.BEFORE_NAMES),
        "after": sorted(tables.AFTER_NAMES),
        "municipal": sorted(tables.MUNICIPAL),
        "notYears": sorted(tables.NOT_YEARS_AFTER),
    }


def _years(catalogue: Catalogue) -> Iterable[tuple[tuple[str, ...], Name]]:
    """Yield the years and periods that name programmes."""
    periods = catalogue.names.periods
    years = {year for period in periods for year in range(period.start, period.end + 1)}
    written: set[tuple[str, ...]] = {(str(year),) for year in years}
    for period in periods:
        written |= {(str(period.start), str(period.end)), (str(period.start), str(period.end)[-LONGEST_PERIOD:])}
    for forms in sorted(written):
        year = catalogue.names.year(forms)
        if year and year[0] == len(forms):
            yield forms, year[1]


def _written(
    forms: Sequence[str],
    name: Name,
    catalogue: Catalogue,
    place_of: Mapping[int, int],
    companies: Sequence[tables.Company],
) -> dict[str, Any]:
    facet = {"party": "party", "area": "branch", "year": "year"}[name.kind]

    def programmes(of: str, values: Iterable[str]) -> list[int]:
        return sorted(place_of[pk] for pk in catalogue.programmes_with(of, list(values)))

    written: dict[str, Any] = {
        "rest": " ".join(forms[1:]),
        "kind": name.kind,
        "label": name.label,
        "programmes": programmes(facet, name.values),
    }
    if name.kind == "party":
        written["party"] = name.values[0]
    if name.kind == "area":
        chapters = sorted(name.by_party.items())
        written["chapters"] = {party: [label, programmes("branch", [value])] for party, (value, label) in chapters}
    if name.company:
        written["company"] = companies.index(name.company)
    signs = {"capital": name.capital, "isOrdinary": name.ordinary}
    return written | {sign: True for sign, holds in signs.items() if holds}


def _company(company: tables.Company) -> dict[str, Any]:
    return {
        "notBefore": sorted(company.not_before),
        "notAfter": sorted(company.not_after),
        "endings": list(company.not_before_endings),
        "first": company.first,
    }
