"""What a programme needs before it is stored: one set of rules, for manifests and for the desk's form.

A fault names a field and what is wrong with it; the manifest and the form each say it in their own words.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

from programmes.models import LanguageCode, Level, Programme

YEARS = range(1800, 2201)
"""Years that a programme may be for."""
CHOICES: dict[str, list[str]] = {
    "level": Level.values,
    "kind": Programme.Kind.values,
    "language": LanguageCode.values,
    "status": Programme.Status.values,
}
"""Fields that have one of a few values."""
LONGEST = {"title": 250, "branch": 150, "source_url": 500}
"""Characters that fields of free text may have; the columns of the database hold no more."""
_KIND_OF_LEVEL: dict[str, str] = {
    Level.NATIONAL.value: Programme.Kind.PARLIAMENTARY.value,
    Level.COUNTY.value: Programme.Kind.COUNTY.value,
    Level.MUNICIPALITY.value: Programme.Kind.MUNICIPAL.value,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """What a person says of a programme; each is a field of `Programme`."""

    title: str
    kind: str
    period_start: int
    period_end: int
    language: str = "nb"
    status: str = "unknown"
    adopted_on: date | None = None
    source_url: str = ""


DETAIL_FIELDS = tuple(field.name for field in fields(Details))


class Wrong(StrEnum):
    """What may be wrong with a field."""

    MISSING = "missing"
    TOO_LONG = "too long"
    NO_CHOICE = "not one of the choices"
    NO_YEAR = "not a year"
    BACKWARDS = "ends before it begins"
    NO_DATE = "not a date"
    NO_ADDRESS = "not an address of the web"
    NOT_LOCAL = "an area where the branch is national"


@dataclass(frozen=True, slots=True)
class Fault:
    """A field that cannot be as it is, and why."""

    field: str
    wrong: Wrong


def kind_of_level(level: str) -> str:
    """Return the kind of programme that a branch of a level writes where nothing else is said, "" for no level."""
    return _KIND_OF_LEVEL.get(level, "")


def faults(
    *,
    title: str,
    party: str,
    branch: str,
    level: str,
    area: str | None,
    kind: str,
    period_start: object,
    period_end: object,
    language: str,
    status: str,
    adopted_on: object = None,
    source_url: str = "",
) -> list[Fault]:
    """Return all that is wrong with what is said of a programme, field by field.

    Whether the party and the area are in the registers is found out when the branch is made.
    """
    texts = {"title": title, "party": party, "branch": branch, "source_url": source_url}
    choices = {"level": level, "kind": kind, "language": language, "status": status}
    years = {"period_start": period_start, "period_end": period_end}
    found = [Fault(field, Wrong.MISSING) for field in ("title", "party", "branch") if not texts[field].strip()]
    found += [Fault(field, Wrong.TOO_LONG) for field, most in LONGEST.items() if len(texts[field]) > most]
    for field, value in choices.items():
        if value not in CHOICES[field]:
            found.append(Fault(field, Wrong.NO_CHOICE if value else Wrong.MISSING))
    if level == Level.NATIONAL and area:
        found.append(Fault("area", Wrong.NOT_LOCAL))
    elif level in (Level.COUNTY, Level.MUNICIPALITY) and not area:
        found.append(Fault("area", Wrong.MISSING))
    found += [
        Fault(field, Wrong.NO_YEAR) for field, year in years.items() if type(year) is not int or year not in YEARS
    ]
    if isinstance(period_start, int) and isinstance(period_end, int) and period_end < period_start:
        found.append(Fault("period_end", Wrong.BACKWARDS))
    if adopted_on is not None and type(adopted_on) is not date:
        found.append(Fault("adopted_on", Wrong.NO_DATE))
    if source_url and not _is_address(source_url):
        found.append(Fault("source_url", Wrong.NO_ADDRESS))
    return found


def _is_address(address: str) -> bool:
    try:
        URLValidator()(address)
    except ValidationError:
        return False
    return True
