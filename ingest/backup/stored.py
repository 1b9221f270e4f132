"""What is kept of the storage: originals, pictures of pages, and whatever else nothing else could make again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

from django.core.files.storage import default_storage

from ingest.backup.folder import sha256_of
from programmes.dump.kept import FOLDER as DATA_FILES
from programmes.storage import INCOMING, StorageOutOfReach

LEFT_OUT = (INCOMING, DATA_FILES)
"""What is still being written, and the data files, which the worker makes again."""


def stored_names(folder: str = "") -> Iterator[str]:
    """Yield the names of all files in the storage below a folder, but `LEFT_OUT`."""
    with suppress(FileNotFoundError):  # nothing has been stored yet
        folders, files = default_storage.listdir(folder)
        yield from sorted(f"{folder}/{name}".lstrip("/") for name in files)
        for name in sorted(folders):
            if (below := f"{folder}/{name}".lstrip("/")) not in LEFT_OUT:
                yield from stored_names(below)


def sum_of(name: str) -> str | None:
    """Return the SHA-256 of a file in the storage, None where it isn't there or can't be read.

    Raises `StorageOutOfReach`: then nothing is known of any file.
    """
    try:
        with default_storage.open(name) as file:
            return sha256_of(file)  # type: ignore[arg-type]
    except StorageOutOfReach:
        raise
    except OSError:
        return None
