"""The Whoosh index on disk: generations that are built beside each other and swapped, one writer, checked when opened.

The folder holds one subfolder for each generation and the file `CURRENT`, which names the one in use and is
replaced in one step. A process that is killed while it builds leaves `CURRENT` as it was; one that is killed
while it adds to the generation in use leaves Whoosh's last table of contents, which is replaced in one step too.
"""

from __future__ import annotations

import fcntl
import logging
import re
import secrets
import shutil
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import TypeVar

from django.db import DatabaseError, connection
from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC, FileIndex

from programmes.search.engine import IndexBeingBuilt
from programmes.search.entries import IndexEntry, changes, entries_of_programmes, published_entries
from programmes.search.state import current_state, is_current, owed_by
from programmes.search.whoosh_codec import SCHEMA, EntryWriter
from programmes.search.whoosh_snapshot import Snapshot, write_whole

log = logging.getLogger(__name__)

Answer = TypeVar("Answer")
CURRENT = "CURRENT"
NAME = re.compile(r"[\w-]+", re.ASCII)
DAMAGED = "damaged"
"""Stands for what can't be read where the name of the index in use should: there is no such folder."""
STATE = "STATE"
"""The file of a generation that names the state of the archive that it is of."""
SEGMENT = 100_000
"""Entries that are gathered in memory before they are written, some 150 MB of them."""
AFTER_FAILURE = 10.0
"""Seconds before catching up is tried again where the index could not be written."""


class IndexFolder:
    """The folder of an index: opens, checks, writes and rebuilds it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.is_behind = False
        """Whether it still owed a change when it was last asked."""
        self._snapshot: Snapshot | None = None
        self._opened: tuple[str, int] | None = None
        self._try_again = 0.0
        """When to catch up again after that failed, by the monotonic clock."""
        self._reading = threading.RLock()  # Whoosh's files have one place to read from, which threads would share

    @property
    def stamp(self) -> tuple[Path, tuple[str, int] | None]:
        """What differs after every change, as it was when the index was last opened."""
        return self.path, self._opened

    @contextmanager
    def _writing(self, *, wait: bool = True) -> Iterator[bool]:
        """Hold the folder's one writing lock, which the system drops when a process dies; False if another has it."""
        self.path.mkdir(parents=True, exist_ok=True)
        with (self.path / "LOCK").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
            except BlockingIOError:
                yield False
            else:
                yield True

    def state(self) -> str:
        """Return the state of the archive that the index in use is of."""
        return self._state(self._current())

    def _current(self) -> str:
        """Return the name of the index in use, empty where there is none; damage names none that there is."""
        try:
            name = (self.path / CURRENT).read_text("ascii", errors="replace").strip()
        except FileNotFoundError:
            return ""
        return name if NAME.fullmatch(name) else DAMAGED

    def _state(self, name: str) -> str:
        """Return the state of the archive that an index is of, empty where it doesn't say."""
        try:
            return (self.path / name / STATE).read_text("ascii", errors="replace").strip()
        except FileNotFoundError:
            return ""

    def catch_up(self) -> None:
        """Make the index right for what it still owes; one that can't catch up is left as it is."""
        self.snapshot(checked=False)  # mends what is damaged, which can't be done while writing
        with self._writing():
            self._pay(self._current())

    def _pay(self, name: str) -> bool:
        """Make an index right for what it owes, and note that; False where it must be built anew. Needs the lock."""
        owed = owed_by(self._state(name))
        if owed is None:
            return False
        for programme_id in owed.programmes:
            self._replace(programme_id, entries_of_programmes([programme_id]))
        if owed.programmes:
            write_whole(self.path / name / STATE, owed.state.encode())
        return True

    def _is_right(self, name: str) -> bool:
        """Return whether an index may answer; one that owes something catches up first.

        Where another process is at that, or it fails (a full disk), the index answers as far as it has come.
        """
        self.is_behind = False
        if is_current(self._state(name)):
            return True
        if time.monotonic() < self._try_again:
            self.is_behind = True
            return True
        with self._writing(wait=False) as has_lock:
            try:
                if has_lock:
                    return self._pay(name)
                self.is_behind = owed_by(self._state(name)) is not None
            except OSError:
                log.exception("The search index in %s can't be written", self.path)
                self._try_again = time.monotonic() + AFTER_FAILURE
                self.is_behind = True
        return self.is_behind

    def _index(self) -> FileIndex:
        return FileStorage(str(self.path / self._current())).open_index()

    def snapshot(self, *, checked: bool = True) -> Snapshot:
        """Return the index as it is now; one that can't be read is built first, and if `checked` one left behind."""
        name = self._current()
        try:
            if name and (not checked or self._is_right(name)):
                return self._open(name)
            why: object = "it is behind the archive" if name else "there is none yet"
        except DatabaseError:
            raise
        except Exception as damage:  # noqa: BLE001 - whatever is wrong with the files, the cure is the same
            why = repr(damage)
        return self._mended(name, why)

    def ask(self, question: Callable[[Snapshot], Answer], *, anew: bool = True) -> Answer:
        """Return the answer of the index; one that turns out to be damaged is built anew and asked again.

        The index as it was opened last is good enough if not `anew`: a search looks once whether it has changed.
        """
        with self._reading:
            snapshot = self.snapshot() if anew or self._snapshot is None else self._snapshot
            try:
                return question(snapshot)
            except Exception as damage:  # noqa: BLE001 - as above; a fault of our own is raised by the second try
                return question(self._mended(self._current(), repr(damage)))

    def _mended(self, name: str, why: object) -> Snapshot:
        level = logging.WARNING if name else logging.INFO  # the first index of an archive is no cause for alarm
        log.log(level, "Building the search index anew in %s: %s", self.path, why)
        try:
            self.rebuild(unless_newer_than=name)
        except OSError as full:
            raise IndexBeingBuilt from full
        return self._open(self._current())

    def _open(self, name: str) -> Snapshot:
        newest = TOC._latest_generation(FileStorage(str(self.path / name)), "MAIN")
        if self._snapshot and self._opened == (name, newest):
            return self._snapshot
        snapshot = Snapshot(self._index())
        self._snapshot, self._opened = snapshot, (name, snapshot.generation)
        return snapshot

    def rebuild(self, *, unless_newer_than: str | None = None, empty: bool = False) -> int:
        """Build the index beside the one in use and swap; return the number of entries.

        With `unless_newer_than`, nothing is done if another process has swapped in the meantime; 0 is returned.
        """
        # A reader's process may come to do this too, and our database backend has a limit there.
        with self._writing(), connection.without_limit():  # type: ignore[attr-defined]
            if unless_newer_than is not None and self._current() != unless_newer_than:
                return 0
            state = "" if empty else current_state()
            name = f"{time.strftime('%Y%m%dT%H%M%S')}-{secrets.token_hex(4)}"
            folder = self.path / name
            folder.mkdir()
            index = FileStorage(str(folder)).create_index(SCHEMA)
            entries = iter(() if empty else published_entries())
            count = 0
            while segment := _write_segment(index, islice(entries, SEGMENT)):
                count += segment
            Snapshot(FileStorage(str(folder)).open_index()).make_neighbours()
            (folder / STATE).write_text(state)
            write_whole(self.path / CURRENT, name.encode())
            for old in self.path.iterdir():
                if old.is_dir() and old.name != name:
                    shutil.rmtree(old)
        return count

    def replace_entries(self, keys: list[int], entries: Iterable[IndexEntry]) -> None:
        """Take the entries with some keys out and put others in."""
        self.snapshot(checked=False)
        with self._writing():
            index = self._index()
            self._change(index, Snapshot(index).documents_of(keys), list(entries))

    def _replace(self, programme_id: int, entries: Iterable[IndexEntry]) -> None:
        """Make the index right for a programme in one step; only what has changed is written. Needs the lock."""
        index = self._index()
        snapshot = Snapshot(index)
        stale, new = changes(snapshot.digests(programme_id), entries)
        self._change(index, snapshot.documents_of(stale), new)

    def _change(self, index: FileIndex, stale: list[int], new: list[IndexEntry]) -> None:
        """Take out documents and put in entries. Needs the lock."""
        if not stale and not new:
            return
        with _writing_to(index) as writer:
            for number in stale:
                writer.delete_document(number)
            for entry in new:
                writer.add(entry)
        changed = Snapshot(self._index())
        if changed.has_old_neighbours():
            changed.make_neighbours()


def _write_segment(index: FileIndex, entries: Iterable[IndexEntry]) -> int:
    """Add entries to an index as a segment of their own; return how many there were."""
    with _writing_to(index) as writer:
        for entry in entries:
            writer.add(entry)
        return writer.doc_count()


@contextmanager
def _writing_to(index: FileIndex) -> Iterator[EntryWriter]:
    """Give a writer and commit what it wrote; nothing of it if anything goes wrong."""
    writer = EntryWriter(index)
    try:
        yield writer
    except BaseException:
        writer.cancel()
        raise
    writer.commit()
