"""One programme file from where it lies into the archive."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum

from django.db import transaction

from ingest.intake.branch_question import BranchQuestion, branch_question
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


Ask = Callable[[BranchQuestion], bool]
"""Answers whether a branch that the archive lacks is to be made."""


def if_plain(question: BranchQuestion) -> bool:
    """Make a branch against which nothing speaks; nobody can be asked about the others."""
    return question.is_plain


def import_entry(
    entry: ManifestEntry, *, again: bool = False, dry_run: bool = False, published: bool = True, ask: Ask = if_plain
) -> Outcome:
    """Read, parse and store the file of an entry; a file that the archive has is left alone unless `again`.

    The file is known by its SHA-256. Where the archive lacks the branch, `ask` says whether it is made. Raises
    `IngestError`; then nothing has changed.
    """
    content = entry.path.read_bytes()
    programme = find_programme(hashlib.sha256(content).hexdigest())
    if programme is not None and not again and not dry_run:
        return Outcome(entry, Result.UNCHANGED, programme, None)
    if programme is None:
        _ask_about_branch(entry, ask)
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


def _ask_about_branch(entry: ManifestEntry, ask: Ask) -> None:
    """Ask where the archive lacks the branch that an entry names. Raises `BadEntry` where it is not to be made."""
    try:
        question = branch_question(
            party=_party_of(entry),
            name=entry.branch,
            level=entry.level,
            area_code=entry.area,
            on_year=entry.details.period_start,
        )
    except UnknownArea as error:
        raise BadEntry(str(error)) from error
    if question is not None and (not question.answer or not ask(question)):
        raise BadEntry(str(question))


def branch_of(entry: ManifestEntry) -> Branch:
    """Return the branch that an entry names, made where it is new. Raises `BadEntry` for an unknown party."""
    return get_or_create_branch(
        party=_party_of(entry),
        name=entry.branch,
        level=entry.level,
        area_code=entry.area,
        on_year=entry.details.period_start,
    )


def _party_of(entry: ManifestEntry) -> Party:
    party = Party.objects.filter(code=entry.party).first()
    if party is None:
        raise BadEntry(f"Partikoden «{entry.party}» står ikke i partiregisteret.")
    return party
