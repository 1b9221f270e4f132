"""The latest dump where readers fetch it: in the storage, which all hosts share.

Its files stand in a folder named after what is in them; `data/latest.json` says which folder that is and is written
last, so that readers have the former dump until the new one is there whole. The former one is kept until the next, for
those who are fetching it.
"""

from __future__ import annotations

import json
import shutil
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.core.files import File
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from django.utils import timezone

from programmes.dump.describing import sha256_of
from programmes.dump.errors import DumpError
from programmes.dump.making import Made, make_dump
from programmes.search.state import worked_out

FOLDER = "data"
LATEST = f"{FOLDER}/latest.json"
BEING_MADE = "dump-being-made"
"""A folder in DATA_DIR, where there is room for it; /tmp may be in memory."""
MAKING = 5_118_402_664
"""The advisory lock of the process that makes one; chosen by chance."""


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file of the latest dump."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Kept:
    """The latest dump."""

    folder: str
    """Below `FOLDER`."""
    former: str
    """The folder of the one before, empty where there is none."""
    made_at: str
    """When what is in it was first made, ISO 8601."""
    counts: dict[str, int]
    """Records of each table."""
    files: tuple[KeptFile, ...]

    @property
    def when(self) -> datetime:
        """When it was made."""
        return datetime.fromisoformat(self.made_at)

    def file(self, name: str) -> KeptFile | None:
        """Return a file by its name."""
        return next((file for file in self.files if file.name == name), None)

    def storage_name(self, file: KeptFile) -> str:
        """Return where a file stands in the storage."""
        return f"{FOLDER}/{self.folder}/{file.name}"


def latest() -> Kept | None:
    """Return the latest dump, None where none has been made."""
    try:
        with default_storage.open(LATEST) as file:
            told = json.load(file)
    except FileNotFoundError:
        return None
    return Kept(**{**told, "files": tuple(KeptFile(**each) for each in told["files"])})


def renew() -> str:
    """Make a dump and let readers have it; return what was done, for administrators.

    Where nothing has changed, the one that is there stays. Raises `DumpError` where another process is making one.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [MAKING])
        if not cursor.fetchone()[0]:
            raise DumpError("En annen prosess lager datafilene nå.")
    beside = Path(settings.DATA_DIR) / BEING_MADE
    try:
        shutil.rmtree(beside, ignore_errors=True)  # what a process that was killed has left
        made = make_dump(beside / "made")
        before = latest()
        if before and before.folder == _folder(made):
            return f"{made.figure}: som før"
        _keep(made, before)
        return made.figure
    finally:
        shutil.rmtree(beside, ignore_errors=True)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [MAKING])


def _folder(made: Made) -> str:
    return made.digest[:16]


def _keep(made: Made, before: Kept | None) -> None:
    files = []
    for path in sorted(made.folder.iterdir(), key=lambda path: (path.suffix != "", path.name)):
        with path.open("rb") as file:
            default_storage.save(f"{FOLDER}/{_folder(made)}/{path.name}", File(file))
        files.append(KeptFile(path.name, path.stat().st_size, sha256_of(path)))
    now = timezone.now().isoformat(timespec="seconds")
    kept = Kept(_folder(made), before.folder if before else "", now, dict(made.counts), tuple(files))
    default_storage.save(LATEST, ContentFile(json.dumps(asdict(kept)).encode()))
    worked_out()  # the page that lists them is another now
    _remove_others({kept.folder, kept.former})


def _remove_others(keep: set[str]) -> None:
    """Remove older dumps, and what a process that was killed has left of one."""
    for folder in default_storage.listdir(FOLDER)[0]:
        if folder in keep:
            continue
        for name in default_storage.listdir(f"{FOLDER}/{folder}")[1]:
            default_storage.delete(f"{FOLDER}/{folder}/{name}")
        with suppress(OSError):  # the folder itself; a bucket has none
            default_storage.delete(f"{FOLDER}/{folder}")
