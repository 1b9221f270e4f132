"""What the archive lacks of what was asked about: without a programme, nothing found says nothing of the party."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from programmes.mcp.archive import MOST_ROWS, Answer, Archive
from programmes.mcp.naming import Meant
from programmes.mcp.quoting import period_of

NAMED = 8
"""Programmes that a zero names."""


def missing(archive: Archive, meant: Meant, years: Sequence[int] = ()) -> list[str]:
    """Return, in sentences, which of the parties, places and years that were named the archive has no programme of."""
    said = list(meant.unknown)
    for party in meant.parties:
        programmes = programmes_of(archive, party=[party["id"]])
        said += _missing_of(party["name_nb"], programmes, meant, years)
    if meant.parties:
        return said
    for name, numbers in meant.places:
        programmes = programmes_of(archive, area=list(numbers))
        if not programmes:
            said.append(f"The archive has no programme at all from {name}.")
        said += [
            f"The archive has no programme from {name} for {year}."
            for year in years
            if programmes and not _of_year(programmes, year)
        ]
    if not meant.places:
        said += [
            f"The archive has no programme whose period begins in {year}."
            for year in years
            if not programmes_of(archive, year=[year])
        ]
    return said


def _missing_of(party: str, programmes: list[Answer], meant: Meant, years: Sequence[int]) -> list[str]:
    """Return what is missing of one party."""
    if not programmes:
        return [f"The archive has no programme at all of {party}: nothing can be said of what it wants."]
    said = []
    there = programmes
    for name, numbers in meant.places:
        there = [each for each in programmes if str(each["area"]).partition("-")[0] in numbers]
        if not there:
            said.append(f"The archive has no programme of {party} in {name}: it has {listed(programmes)}.")
    said += [
        f"The archive has no programme of {party} for {year}: it has {listed(there)}."
        for year in years
        if there and not _of_year(there, year)
    ]
    return said


def programmes_of(archive: Archive, **filters: list[str] | list[int]) -> list[Answer]:
    """Return the programmes that the archive has of some parties, places or years, older editions left out."""
    return list(archive.get("/programmes", limit=MOST_ROWS, **filters)["items"])


def listed(programmes: Iterable[Answer]) -> str:
    """Return programmes in a few words: `Rødt 2025–2029, Hamar Arbeiderparti 2019–2023`."""
    each = [f"{one['branch_name']} {period_of(one)}" for one in programmes]
    more = f" and {len(each) - NAMED} more" if len(each) > NAMED else ""
    return ", ".join(each[:NAMED]) + more


def _of_year(programmes: Iterable[Answer], year: int) -> list[Answer]:
    return [each for each in programmes if each["period_start"] <= year <= (each["period_end"] or each["period_start"])]
