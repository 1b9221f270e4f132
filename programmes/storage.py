"""Where originals and pictures of pages lie: in a folder of this machine, or in a store that all hosts share."""

from __future__ import annotations

import os
import tempfile
import time
from contextlib import suppress
from pathlib import Path

from django.core.files import File
from django.core.files.storage import FileSystemStorage

INCOMING = "originals/incoming"
"""Files that are being written; what is left here by a killed process is never looked at again."""


class StorageOutOfReach(OSError):
    """The object store doesn't answer, or doesn't let us in."""


class WholeFileStorage(FileSystemStorage):
    """A folder in which a file is there whole or not at all, even if the process is killed or the power is cut."""

    def __init__(self) -> None:
        super().__init__(allow_overwrite=True)

    def _save(self, name: str, content: File) -> str:
        """Write a file beside its place, and move it there when it is safe on the disk."""
        place, incoming = Path(self.path(name)), Path(self.path(INCOMING))
        for folder in (incoming, place.parent):
            folder.mkdir(parents=True, exist_ok=True)
        descriptor, temporary = tempfile.mkstemp(dir=incoming)
        try:
            with os.fdopen(descriptor, "wb") as file:
                for chunk in content.chunks():
                    file.write(chunk)
                file.flush()
                os.fsync(file.fileno())
                os.fchmod(file.fileno(), 0o644)
            Path(temporary).replace(place)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise
        folder_descriptor = os.open(place.parent, os.O_RDONLY)
        try:
            os.fsync(folder_descriptor)
        finally:
            os.close(folder_descriptor)
        return name

    def clear_incoming(self, *, older_than: float) -> int:
        """Remove what killed processes left half-written more than so many seconds ago; return how many files."""
        removed = 0
        for path in Path(self.path(INCOMING)).glob("*"):
            with suppress(FileNotFoundError):
                if time.time() - path.stat().st_mtime >= older_than:
                    path.unlink()
                    removed += 1
        return removed
