"""A stored programme read again: the file that was kept, today's parser, the same ids, and what became of it all."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from django.db import transaction

from ingest.intake.files import on_disk
from ingest.intake.store import replace_text
from ingest.models import Correction
from ingest.parser.document import ParsedProgramme
from ingest.parser.edits import Applied
from ingest.parser.errors import IngestError
from ingest.parser.progress import Progress
from ingest.parser.sandbox.parent import Follow, Sandbox
from ingest.parser.version import parser_version
from programmes.identity import letters
from programmes.models import Programme
from programmes.publishing import refresh


class FileIsGone(IngestError):
    """The original is not where it was stored."""

    message = "Originalfilen er ikke der den ble lagret. Hent den fram fra sikkerhetskopien."


class FileIsDamaged(IngestError):
    """The original is not the file that came: what the public reads is never made from it."""

    message = "Originalfilen er endret eller skadet etter at den kom. Hent den fram fra sikkerhetskopien."


class ProgrammeIsGone(IngestError):
    """Somebody deleted the draft while its file was being read."""

    message = "Kladden ble slettet mens den ble lest."


@dataclass(frozen=True, slots=True)
class Unfit:
    """A correction that the new parse has no place for: it is kept, shown in the history, and tried again."""

    correction: int
    """Its key."""
    kind: str
    page: int
    line: int
    quote: str
    reason: str


@dataclass(frozen=True, slots=True)
class Report:
    """What reading a programme again did to its passages, corrections and problems."""

    passages_before: int
    passages_after: int
    pledges_before: int
    pledges_after: int
    same_words: int
    """Passages whose words were there before and are there now, whatever else changed."""
    kept: int
    """Those of them that have their old public id."""
    other_kind: int
    """Kept, and prose where it was a pledge, or the other way round, or another sort of entry."""
    other_section: int
    """Kept, and under a heading of other words."""
    other_lead_in: int
    reworded: int
    """Passages that kept their id although their words are read differently: joined, split, mended."""
    new: int
    gone: int
    """Public ids that lead to the note that says so."""
    corrections_applied: int
    corrections_settled: int
    """Those that ask for what the new parse has by itself."""
    corrections_unfit: tuple[Unfit, ...]
    problems_before: int
    problems_after: int

    @property
    def share_kept(self) -> float:
        """Return the share of `kept` in `same_words`, 1.0 where there are none."""
        return self.kept / self.same_words if self.same_words else 1.0


class _Seen(NamedTuple):
    """What a reader sees of a passage."""

    words: str
    kind: str
    section: str
    lead_in: str


def is_read_by_this_parser(programme: Programme) -> bool:
    """Return whether a programme was read by the parser as it is now, and its raw parse kept."""
    stored = getattr(programme, "stored_parse", None)
    return stored is not None and stored.parser_version == parser_version()


def _ignore(progress: Progress) -> None:
    """Follow nothing."""


def parse_again(programme: Programme, sandbox: Sandbox, follow: Follow = _ignore) -> ParsedProgramme:
    """Return what today's parser makes of a programme's file. Raises `IngestError` that says why it can't."""
    try:
        with on_disk(programme.file) as path:
            with path.open("rb") as file:
                is_whole = hashlib.file_digest(file, "sha256").hexdigest() == programme.sha256
            if not is_whole:
                raise FileIsDamaged
            return sandbox.parse(path, filename=programme.filename, follow=follow)
    except (FileNotFoundError, ValueError) as error:  # ValueError: the row names no file
        raise FileIsGone from error


def put_in_place(programme_id: int, parsed: ParsedProgramme, *, dry_run: bool = False) -> Report:
    """Store a new parse of a programme's file, with search and counts where it is published; say what that did.

    One transaction: all of it, or nothing; with `dry_run` nothing. Raises `ProgrammeIsGone`.
    """
    with transaction.atomic():
        programme = Programme.objects.select_for_update(of=("self",)).filter(pk=programme_id).first()
        if programme is None:
            raise ProgrammeIsGone
        before, problems, pledges = _seen(programme), _problems(programme), programme.pledge_count
        applied = replace_text(programme=programme, parsed=parsed)
        report = _report(programme, before, _seen(programme), problems, pledges, applied)
        if dry_run:
            transaction.set_rollback(True)
        else:
            refresh(programme)
    return report


def _seen(programme: Programme) -> dict[str, _Seen]:
    rows = programme.passages.values_list("public_id", "text", "kind", "section__title", "lead_in")
    return {row[0]: _Seen(letters(row[1]), row[2], letters(row[3]), letters(row[4])) for row in rows}


def _problems(programme: Programme) -> int:
    return len(programme.parse_report.get("problems", ()))


def _report(
    programme: Programme,
    before: Mapping[str, _Seen],
    after: Mapping[str, _Seen],
    problems_before: int,
    pledges_before: int,
    applied: Applied,
) -> Report:
    words_before, words_after = (Counter(seen.words for seen in all_seen.values()) for all_seen in (before, after))
    stayed = [(before[public_id], after[public_id]) for public_id in before.keys() & after.keys()]
    kept = [(old, new) for old, new in stayed if old.words == new.words]
    live = programme.corrections.filter(undone_at=None).exclude(kind=Correction.Kind.FACTS)
    return Report(
        passages_before=len(before),
        passages_after=len(after),
        pledges_before=pledges_before,
        pledges_after=programme.pledge_count,
        same_words=(words_before & words_after).total(),
        kept=len(kept),
        other_kind=sum(1 for old, new in kept if old.kind != new.kind),
        other_section=sum(1 for old, new in kept if old.section != new.section),
        other_lead_in=sum(1 for old, new in kept if old.lead_in != new.lead_in),
        reworded=len(stayed) - len(kept),
        new=len(after.keys() - before.keys()),
        gone=len(before.keys() - after.keys()),
        corrections_applied=live.count() - len(applied.unfit),
        corrections_settled=len(applied.settled),
        corrections_unfit=tuple(map(_unfit, live.filter(fits=False).order_by("pk"))),
        problems_before=problems_before,
        problems_after=_problems(programme),
    )


def _unfit(correction: Correction) -> Unfit:
    place = correction.place
    kind = str(correction.get_kind_display())
    return Unfit(correction.pk, kind, place["page"], place["line"], place["quote"], correction.unfit_reason)
