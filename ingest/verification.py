"""Whether what is kept is as it was kept: originals, the text of every passage, the search index, the last backup."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db.models import QuerySet

from ingest.backup.errors import BackupError
from ingest.backup.folder import backups_in, faults_of, sums_of
from ingest.backup.stored import sum_of
from ingest.intake.store import live_edits
from ingest.models import StoredParse, Upload
from ingest.parser.as_json import from_wire
from ingest.parser.document import Entry
from ingest.parser.edits import apply
from programmes.models import Programme
from programmes.search import engine_named
from programmes.search.state import current_state
from programmes.search.upkeep import differences

PASSAGES_NAMED = 3
"""Passages of one programme that are named; the others are counted."""


@dataclass(frozen=True, slots=True)
class Checked:
    """One kind of thing that was looked at."""

    name: str
    looked_at: int
    faults: tuple[str, ...]
    """A sentence for each one that is not as it should be."""

    @property
    def is_whole(self) -> bool:
        """Whether all was as it should be."""
        return not self.faults


def verify() -> Iterator[Checked]:
    """Yield each kind of thing that the archive keeps, with what is wrong with it; changes nothing."""
    yield originals()
    yield passages()
    yield index()
    if settings.BACKUP_FOLDER:
        yield last_backup(Path(settings.BACKUP_FOLDER))


def originals() -> Checked:
    """Compare every original with the hash that its rows have kept since it came."""
    kept = {(file, total): str(name) for file, total, name in Upload.objects.values_list("file", "sha256", "filename")}
    kept |= {(row.file.name, row.sha256): row.get_absolute_url() for row in _programmes()}
    faults = []
    for (file, total), of in kept.items():
        found = sum_of(file)
        if found != total:
            faults.append(f"{of}: originalen {file} {'mangler' if found is None else 'er endret eller skadet'}.")
    return Checked("originaler", len(kept), tuple(faults))


def passages() -> Checked:
    """Compare every passage with the entry of the stored parse that stands at its place, corrections applied."""
    looked_at, faults = 0, []
    for programme in _programmes():
        count, wrong = _passages_of(programme)
        looked_at += count
        faults += wrong
    return Checked("avsnitt", looked_at, tuple(faults))


def _passages_of(programme: Programme) -> tuple[int, list[str]]:
    """Return how many passages a programme has, and what is wrong with them.

    Where somebody corrects the programme meanwhile, it is looked at again.
    """
    while True:
        revision = Programme.objects.values_list("revision", flat=True).filter(pk=programme.pk).first()
        found = _compare(programme)
        if revision == Programme.objects.values_list("revision", flat=True).filter(pk=programme.pk).first():
            return found


def _compare(programme: Programme) -> tuple[int, list[str]]:
    rows = list(programme.passages.order_by("position"))
    address = programme.get_absolute_url()
    stored = StoredParse.objects.filter(programme=programme).first()
    if stored is None:
        return len(rows), [f"{address}: parsen mangler."]
    try:
        parsed = from_wire(stored.document)
    except (KeyError, TypeError, ValueError):
        return len(rows), [f"{address}: parsen kan ikke leses."]
    wanted = [_words(entry) for entry in apply(parsed, live_edits(programme)).parsed.entries]
    present = [
        (row.text, row.repaired, row.corrected, row.page_first, row.line_first, row.page_last, row.line_last)
        for row in rows
    ]
    faults = [] if len(wanted) == len(rows) else [f"{address}: {len(rows)} avsnitt, og {len(wanted)} i parsen."]
    wrong = [row for row, is_there, should_be in zip(rows, present, wanted, strict=False) if is_there != should_be]
    faults += [
        f"{address}: {row.public_id} (side {row.page_first}, linje {row.line_first}) er ikke som i parsen."
        for row in wrong[:PASSAGES_NAMED]
    ]
    if len(wrong) > PASSAGES_NAMED:
        faults.append(f"{address}: {len(wrong) - PASSAGES_NAMED} avsnitt til er ikke som i parsen.")
    return len(rows), faults


def _words(entry: Entry) -> tuple[object, ...]:
    place = entry.place
    lines = (place.page_first, place.line_first, place.page_last, place.line_last)
    return (entry.text, entry.repaired or "", entry.corrected or "", *lines)


def index() -> Checked:
    """Compare the search index with all that is published; where that changes meanwhile, look again."""
    engine = engine_named()
    while True:
        state = current_state()
        found = differences(engine)
        if not found or state == current_state():
            break
    sorts = (("mangler", found.missing), ("er til overs", found.stray), ("er endret", found.changed))
    faults = tuple(f"{len(keys)} innslag {what}." for what, keys in sorts if keys)
    return Checked("søkeindeks", len(engine.indexed()), faults)


def last_backup(parent: Path) -> Checked:
    """Read the newest backup through and compare every file with its hash."""
    backups = backups_in(parent)
    if not backups:
        return Checked("sikkerhetskopi", 0, (f"Det er ingen hel sikkerhetskopi i {parent}.",))
    newest = backups[-1]
    looked_at = 0
    with suppress(BackupError):  # which `faults_of` tells
        looked_at = len(sums_of(newest))
    return Checked("sikkerhetskopi", looked_at, tuple(f"{newest.name}: {fault}" for fault in faults_of(newest)))


def _programmes() -> QuerySet[Programme]:
    """Return all programmes; not by a cursor of the server, which PgBouncer would lose."""
    return Programme.objects.select_related("branch__party").defer("parse_report").order_by("pk")
