"""One programme file from where it lies into the archive."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from enum import StrEnum

from django.db import transaction

from ingest.intake.details import Details
from ingest.intake.manifest import BadEntry, ManifestEntry
from ingest.intake.store import create_programme, find_programme, replace_text
from ingest.parser.document import ParsedProgramme
from ingest.parser.sandbox.parent import parse_in_sandbox
from programmes.branches import UnknownArea, get_or_create_branch
from programmes.models import Branch, Party, Programme
from programmes.publishing import publish, refresh


class Result(StrEnum):
    """What an import did."""

    NEW = "ny"
    AGAIN = "lest på nytt"
    UNCHANGED = "uendret"
    DRY_RUN = "bare prøvd"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an entry."""

    entry: ManifestEntry
    result: Result
    programme: Programme | None
    parsed: ParsedProgramme | None
    """None where the file was already in the archive and was left as it is."""


def import_entry(
    entry: ManifestEntry, *, again: bool = False, dry_run: bool = False, published: bool = True
) -> Outcome:
    """Read, parse and store the file of an entry; a file that the archive has is left alone unless `again`.

    The file is known by its SHA-256. Raises `IngestError`; then nothing has changed.
    """
    content = entry.path.read_bytes()
    programme = find_programme(hashlib.sha256(content).hexdigest())
    if programme is not None and not again and not dry_run:
        return Outcome(entry, Result.UNCHANGED, programme, None)
    parsed = parse_in_sandbox(entry.path)
    if dry_run:
        return Outcome(entry, Result.DRY_RUN, programme, parsed)
    with transaction.atomic():
        if programme is not None:
            replace_text(programme=programme, parsed=parsed)
            refresh(programme)
            return Outcome(entry, Result.AGAIN, programme, parsed)
        details = with_read_status(entry.details, parsed)
        programme = create_programme(branch=branch_of(entry), parsed=parsed, content=content, details=details)
        if published:
            publish(programme)
    return Outcome(entry, Result.NEW, programme, parsed)


def with_read_status(details: Details, parsed: ParsedProgramme) -> Details:
    """Return the details with the status that the text tells, where the manifest tells none."""
    if details.status != Programme.Status.UNKNOWN or parsed.meta.status not in Programme.Status.values:
        return details
    return replace(details, status=parsed.meta.status)


def branch_of(entry: ManifestEntry) -> Branch:
    """Return the branch that an entry names, made where it is new; raise `BadEntry` for an unknown party or area."""
    party = Party.objects.filter(code=entry.party).first()
    if party is None:
        raise BadEntry(f"Partikoden «{entry.party}» står ikke i partiregisteret.")
    try:
        return get_or_create_branch(
            party=party, name=entry.branch, level=entry.level, area_code=entry.area, on_year=entry.details.period_start
        )
    except UnknownArea as error:
        raise BadEntry(str(error)) from error
