"""What records of several kinds have in common: addresses, moments, and the programme that a thing stands in."""

from __future__ import annotations

from datetime import UTC, datetime

from programmes.models import Area, Branch, Programme
from programmes.records.tables import Record
from programmes.standing import Caution


def absolute(base: str, path: str) -> str:
    """Return the address of a page of the site at `base`, for example `https://programarkivet.example`."""
    return f"{base.rstrip('/')}{path}"


def moment(when: datetime | None) -> str | None:
    """Return a moment in UTC as ISO 8601 has it, with all its digits, so that it can be read back as it was."""
    return None if when is None else when.astimezone(UTC).isoformat().replace("+00:00", "Z")


def area_id(area: Area) -> str:
    """Return the key of an area: its official number with the first day that it was valid, for numbers are reused."""
    return f"{area.code}-{area.valid_from:%Y-%m-%d}"


def branch_id(branch: Branch) -> str:
    """Return the key of a branch, its party loaded: what its address has."""
    return f"{branch.party.slug}/{branch.slug}"


def programme_id(programme: Programme) -> str:
    """Return the key of a programme, branch and party loaded: what its address has."""
    return f"{branch_id(programme.branch)}/{programme.slug}"


def told(some: tuple[Caution, ...]) -> list[dict[str, str]]:
    """Return cautions as a record has them, in the reader's language."""
    return [{"kind": each.kind, "label": each.label, "sentence": each.sentence, "quoted": each.quoted} for each in some]


def source_of(programme: Programme) -> Record:
    """Return what a record of a part of a programme says of it; branch, party and area loaded."""
    branch = programme.branch
    return {
        "party": branch.party.code,
        "party_name": branch.party.name_nb,
        "branch": branch_id(branch),
        "branch_name": branch.name,
        "level_of_government": branch.level,
        "area": area_id(branch.area) if branch.area else None,
        "programme": programme_id(programme),
        "programme_title": programme.title,
        "period_start": programme.period_start,
        "period_end": programme.period_end,
        "status": programme.status,
        "is_replaced": programme.is_replaced,
        "file_name": programme.filename,
        "file_sha256": programme.sha256,
    }
