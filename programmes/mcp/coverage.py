"""The tool that says what the archive has and lacks."""

from __future__ import annotations

from programmes.mcp.archive import Answer, Archive
from programmes.mcp.missing import missing, programmes_of
from programmes.mcp.naming import Meant, meant_by
from programmes.mcp.quoting import programme_told
from programmes.mcp.searching import LIMITS_OF_A_ZERO

SHOWN = 40
"""Programmes that are named."""


def coverage(archive: Archive, *, party: str | None, place: str | None, year: int | None) -> Answer:
    """Return what the archive has, of a party, a place or a year, and what it lacks."""
    meant = meant_by(archive, parties=[party] if party else None, places=[place] if place else None)
    lacks = missing(archive, meant, [year] if year else [])
    if meant.unknown:
        return {"programmes": [], "missing": [*lacks, LIMITS_OF_A_ZERO]}
    told = _in_all(archive) if not (party or place or year) else {}
    programmes = _programmes(archive, meant, year)
    told["programmes_total"] = len(programmes)
    told["programmes"] = [programme_told(each) for each in programmes[:SHOWN]]
    if len(programmes) > SHOWN:
        told["note"] = f"The first {SHOWN} are named: ask for a party, a place or a year for the others."
    if lacks or not programmes:
        told["missing"] = [*(lacks or ["The archive has no such programme."]), LIMITS_OF_A_ZERO]
    return told


def _programmes(archive: Archive, meant: Meant, year: int | None) -> list[Answer]:
    found = programmes_of(archive, party=meant.codes, area=meant.numbers)
    return [each for each in found if not year or each["period_start"] <= year <= (each["period_end"] or year)]


def _in_all(archive: Archive) -> Answer:
    """Return how much the archive has, and which parties and places it lacks."""
    found = archive.get("/coverage")
    return {
        "archive": found["archive"],
        "storting_election": found["storting"]["election"],
        "storting_parties_without_programme": found["storting"]["missing"],
        "local_election": found["year"],
        "local_elections": found["years"],
        "municipalities": found["municipalities"],
        "municipalities_with_any_programme": found["municipalities_with_any"],
        "counties": [
            {"name": each["name"], "number": each["number"], "with_any": each["municipalities_with_any"]}
            for each in found["counties"]
            if each["municipalities_with_any"] or each["parties"]
        ],
    }
