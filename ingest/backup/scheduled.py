"""What the worker does by itself to keep the archive: a backup every night, and a look through all once a week."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings

from ingest.backup.errors import BackupError
from ingest.backup.folder import backups_in, manifest_of
from ingest.backup.making import make_backup
from ingest.schedule import Outcome, scheduled
from ingest.verification import last_backup, originals, passages

NEW_ENOUGH = timedelta(hours=12)
"""A backup that is no older was made this night, by a timer of the system or by hand."""


def back_up() -> Outcome:
    """Make a backup in the folder that the settings name, if this night has none yet."""
    parent = Path(settings.BACKUP_FOLDER).absolute()
    try:
        if backups := backups_in(parent):
            newest = manifest_of(backups[-1])
            age = datetime.now(UTC) - datetime.fromisoformat(newest.made_at)
            if age < NEW_ENOUGH:
                return Outcome(not newest.problems, f"{backups[-1].name} er laget alt", tuple(newest.problems))
        made = make_backup(parent, keep=settings.BACKUPS_KEPT)
    except BackupError as problem:
        return Outcome(False, str(problem))
    return Outcome(not made.manifest.problems, made.figure, tuple(made.manifest.problems))


@scheduled("verify", label="det som er tatt vare på", cron="17 4 * * 0", late_after=timedelta(days=9))
def look_through() -> Outcome:
    """Verify originals, passages and the last backup; the index is compared every night by itself.

    Once a week, for it reads every file: backups of two weeks still have whole what is found to be damaged.
    """
    checked = [originals(), passages()]
    if settings.BACKUP_FOLDER:
        checked.append(last_backup(Path(settings.BACKUP_FOLDER)))
    faults = tuple(fault for each in checked for fault in each.faults)
    looked_at = ", ".join(f"{each.looked_at} {each.name}" for each in checked)
    return Outcome(not faults, f"{len(faults)} feil i {looked_at}" if faults else f"{looked_at} stemmer", faults)


if settings.BACKUP_FOLDER:
    scheduled("backup", label="sikkerhetskopi", cron="11 3 * * *", late_after=timedelta(days=2))(back_up)
