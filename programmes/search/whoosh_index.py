"""The Whoosh index on disk: generations that are built beside each other and swapped, one writer, checked when opened.

The folder holds one subfolder for each generation and the file `CURRENT`, which names the one in use and is
replaced in one step. A process that is killed while it builds leaves `CURRENT` as it was; one that is killed
while it adds to the generation in use leaves Whoosh's last table of contents, which is replaced in one step too.
"""

from __future__ import annotations

import fcntl
import logging
import os
import secrets
import shutil
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import TypeVar

import numpy as np
from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC, FileIndex
from whoosh.reading import IndexReader

from programmes.search.entries import IndexEntry, changes
from programmes.search.kinds import Kind
from programmes.search.matching import Documents
from programmes.search.neighbours import Neighbours
from programmes.search.state import Change
from programmes.search.terms import FAMILY, LEAD_WORD, WORD
from programmes.search.theme_sets import ThemeSets
from programmes.search.vocabulary import Vocabulary
from programmes.search.whoosh_codec import SCHEMA, THEME_SET, DamagedError, EntryWriter, column, documents, postings

log = logging.getLogger(__name__)

Answer = TypeVar("Answer")
CURRENT = "CURRENT"
NEIGHBOURS = "neighbours.npz"
"""The file in a generation that keeps the words about the same."""
STATE = "STATE"
"""The file of a generation that names the state of the archive that it is of."""
SEGMENT = 100_000
"""Entries that are gathered in memory before they are written, some 150 MB of them."""
PLACED = {WORD, LEAD_WORD}


class Snapshot:
    """The index as it was when opened: posting lists, and numbers of each document, as arrays."""

    def __init__(self, index: FileIndex) -> None:
        """Read the columns. Raises what Whoosh raises where the files are damaged."""
        self.reader = index.reader()
        self.generation = index.latest_generation()
        self._folder = Path(index.storage.folder)
        self._leaves = [(leaf, base) for leaf, base in self.reader.leaf_readers() if leaf.doc_count_all()]
        self.size = self.reader.doc_count_all()
        self.key = self._column("key", ">i4")
        self.kind = self._column("kind", ">u1")
        self.programme = self._column("programme", ">i4")
        self.year = self._column("year", ">i4")
        if self.size and not (self.key.all() and self.kind.all() and self.programme.min() > 0):
            raise DamagedError("Documents without a key, a kind or a programme")
        self.live = np.ones(self.size, dtype=bool)
        for leaf, base in self._leaves:
            self.live[[base + number for number in leaf._perdoc.deleted_docs()]] = False
        self._of_kinds: dict[tuple[Kind, ...], np.ndarray] = {}
        self.theme_sets, self.theme_set = self._theme_sets()
        """The sets that some document has, and each document's."""
        order = np.lexsort((self.key, -self.year, self._column("length", ">i4")))
        self.rank = np.empty(self.size, dtype=np.int32)
        self.rank[order] = np.arange(self.size)

    def _theme_sets(self) -> tuple[ThemeSets, np.ndarray]:
        """Return the sets of themes, and the number of each document's; raises DamagedError if one has none."""
        theme_set = np.full(self.size, -1, dtype=np.int32)
        sets = []
        for number, term in enumerate(self.reader.expand_prefix("plain", THEME_SET)):
            named = term.decode()[len(THEME_SET) :]
            sets.append((number, [int(theme) for theme in named.split(",") if theme]))
            theme_set[self.documents(term.decode())] = number
        if (theme_set < 0).any():
            raise DamagedError("Documents whose themes are not known")
        return ThemeSets(sets), theme_set

    def digests(self, programme_id: int | None = None) -> dict[int, int]:
        """Return the digest of each entry, of one programme if it is given, by key."""
        wanted = self.live if programme_id is None else self.live & (self.programme == programme_id)
        digest = self._column("digest", ">i4")
        return dict(zip(self.key[wanted].tolist(), digest[wanted].tolist(), strict=True))

    def documents_of(self, keys: list[int]) -> list[int]:
        """Return the document numbers of some entries; none for those that the index lacks."""
        return np.flatnonzero(np.isin(self.key, keys) & self.live).tolist()

    def of_kinds(self, kinds: tuple[Kind, ...]) -> np.ndarray:
        """Return which documents are live and of some kinds."""
        if kinds not in self._of_kinds:
            self._of_kinds[kinds] = self.live & np.isin(self.kind, kinds)
        return self._of_kinds[kinds]

    def _column(self, name: str, dtype: str) -> np.ndarray:
        parts = [column(leaf, name, dtype) for leaf, _base in self._leaves]
        return np.concatenate(parts) if parts else np.zeros(0, dtype=dtype.replace(">", "="))

    def documents(self, term: str) -> Documents:
        """Return the documents with a term, ascending."""
        field = "placed" if term[0] in PLACED else "plain"
        found = [documents(leaf, field, term.encode()) + np.int32(base) for leaf, base in self._leaves]
        return np.concatenate(found) if found else np.zeros(0, dtype=np.int32)

    def documents_of_prefix(self, prefix: str) -> Documents:
        """Return the documents with a term that begins so, in any order and some of them more than once."""
        terms = [word.decode() for word in self.reader.expand_prefix("placed", prefix)]
        return np.concatenate([self.documents(term) for term in terms]) if terms else np.zeros(0, dtype=np.int32)

    def documents_of_phrase(self, terms: Sequence[str]) -> Documents:
        """Return the documents where the terms stand next to each other, ascending."""
        found = [_documents_of_phrase(leaf, terms) + base for leaf, base in self._leaves]
        return np.concatenate(found).astype(np.int32) if found else np.zeros(0, dtype=np.int32)

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The words of all texts and lead-ins, and in how many of each they stand."""
        counts: Counter[str] = Counter()
        for leaf, base in self._leaves:
            live = self.live[base : base + leaf.doc_count_all()] if leaf.has_deletions() else None
            for sign in (WORD, LEAD_WORD):
                for term in leaf.expand_prefix("placed", sign):
                    counts[term.decode()[1:]] += _entries_with(leaf, term, live)
        return Vocabulary(+counts)

    @cached_property
    def neighbours(self) -> Neighbours:
        """The words that are about the same, as they were made last; raises OSError where they never were."""
        return Neighbours.from_bytes((self._folder / NEIGHBOURS).read_bytes())

    def make_neighbours(self) -> None:
        """Make the words that are about the same anew, from the passages as they are now."""
        read = self.live & (self.kind != Kind.SECTION)
        keys_of = {}
        for term in self.reader.expand_prefix("plain", FAMILY):
            found = self.documents(term.decode())
            keys_of[term.decode()[1:]] = self.key[found[read[found]]]
        made = Neighbours.of_archive(self.key[read], keys_of, self.vocabulary.counts)
        replacement = self._folder / f"{NEIGHBOURS}.new"
        replacement.write_bytes(made.to_bytes())
        replacement.replace(self._folder / NEIGHBOURS)

    def has_old_neighbours(self) -> bool:
        """Return whether the words about the same were never made, or of an archive of quite another size."""
        try:
            return self.neighbours.is_stale(int(np.count_nonzero(self.live & (self.kind != Kind.SECTION))))
        except OSError:
            return True


def _entries_with(leaf: IndexReader, term: bytes, live: np.ndarray | None) -> int:
    """Return how many documents of one segment have a placed term, of those that are `live` unless all are."""
    if live is None:
        return leaf.doc_frequency("placed", term)
    return int(np.count_nonzero(live[documents(leaf, "placed", term)]))


def _documents_of_phrase(leaf: IndexReader, terms: Sequence[str]) -> np.ndarray:
    """Return the documents of one segment where the terms stand next to each other, ascending.

    A place is document << 16 | place in the text, so that the term after it is at one more. The rarest term comes
    first, and of each only what can still be the phrase is looked at.
    """
    found = [postings(leaf, "placed", term.encode()) for term in terms]
    known = [(offset, each) for offset, each in enumerate(found) if each is not None]
    if len(known) < len(terms):
        return np.zeros(0, dtype=np.int64)
    known.sort(key=lambda item: len(item[1].documents))
    candidates = np.zeros(leaf.doc_count_all(), dtype=bool)
    candidates[known[0][1].documents] = True
    starts = None
    for offset, (numbers, counts, places) in known:
        wanted = candidates[numbers]
        here = np.repeat(numbers[wanted], counts[wanted]) << 16
        begins = here + places[np.repeat(wanted, counts)] - offset
        starts = begins if starts is None else np.intersect1d(starts, begins, assume_unique=True)
        candidates[:] = False
        candidates[starts >> 16] = True
    return np.flatnonzero(candidates)


class IndexFolder:
    """The folder of an index: opens, checks, writes and rebuilds it."""

    def __init__(
        self, path: Path, all_entries: Callable[[], Iterable[IndexEntry]], current_state: Callable[[], str]
    ) -> None:
        """`all_entries` gives what belongs in the index, `current_state` the state of the archive that it is of."""
        self.path = path
        self.all_entries = all_entries
        self.current_state = current_state
        self._snapshot: Snapshot | None = None
        self._opened: tuple[str, int] | None = None
        self._is_checked = False
        self._reading = threading.RLock()  # Whoosh's files have one place to read from, which threads would share

    @property
    def stamp(self) -> tuple[Path, tuple[str, int] | None]:
        """What differs after every change, as it was when the index was last opened."""
        return self.path, self._opened

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """Hold the folder's one writing lock; the system drops it when a process dies."""
        self.path.mkdir(parents=True, exist_ok=True)
        with (self.path / "LOCK").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _current(self) -> str:
        try:
            return (self.path / CURRENT).read_text().strip()
        except FileNotFoundError:
            return ""

    def _is_current(self, name: str) -> bool:
        """Return whether an index is of the archive as it is: asked once, for from then on it follows."""
        self._is_checked = self._is_checked or self._state(name) == self.current_state()
        return self._is_checked

    def _state(self, name: str) -> str:
        """Return the state of the archive that an index is of, empty where it doesn't say."""
        try:
            return (self.path / name / STATE).read_text().strip()
        except FileNotFoundError:
            return ""

    def follow(self, change: Change) -> None:
        """Take note that the index has been made right for a change, if it was right before."""
        with self._writing():
            name = self._current()
            if name and self._state(name) == change.before:
                _write_whole(self.path / name / STATE, change.after)

    def _index(self) -> FileIndex:
        return FileStorage(str(self.path / self._current())).open_index()

    def snapshot(self, *, checked: bool = True) -> Snapshot:
        """Return the index as it is now; one that can't be read is built first, and if `checked` one left behind."""
        name = self._current()
        try:
            newest = TOC._latest_generation(FileStorage(str(self.path / name)), "MAIN") if name else -1
            if self._snapshot and self._opened == (name, newest) and (self._is_checked or not checked):
                return self._snapshot
            if name and (not checked or self._is_current(name)):
                return self._open(name)
            why: object = "it is behind the archive" if name else "there is none yet"
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
        self.rebuild(unless_newer_than=name)
        self._is_checked = True
        return self._open(self._current())

    def _open(self, name: str) -> Snapshot:
        snapshot = Snapshot(self._index())
        self._snapshot, self._opened = snapshot, (name, snapshot.generation)
        return snapshot

    def rebuild(self, *, unless_newer_than: str | None = None, empty: bool = False) -> int:
        """Build the index beside the one in use and swap; return the number of entries.

        With `unless_newer_than`, nothing is done if another process has swapped in the meantime; 0 is returned.
        """
        with self._writing():
            if unless_newer_than is not None and self._current() != unless_newer_than:
                return 0
            state = "" if empty else self.current_state()
            name = f"{time.strftime('%Y%m%dT%H%M%S')}-{secrets.token_hex(4)}"
            folder = self.path / name
            folder.mkdir()
            index = FileStorage(str(folder)).create_index(SCHEMA)
            entries = iter(() if empty else self.all_entries())
            count = 0
            while segment := _write_segment(index, islice(entries, SEGMENT)):
                count += segment
            Snapshot(FileStorage(str(folder)).open_index()).make_neighbours()
            (folder / STATE).write_text(state)
            _write_whole(self.path / CURRENT, name)
            for old in self.path.iterdir():
                if old.is_dir() and old.name != name:
                    shutil.rmtree(old)
        return count

    def replace(self, programme_id: int, entries: Iterable[IndexEntry]) -> None:
        """Make the index right for a programme in one step; only what has changed is written."""

        def differing(snapshot: Snapshot) -> tuple[list[int], list[IndexEntry]]:
            stale, new = changes(snapshot.digests(programme_id), entries)
            return snapshot.documents_of(stale), new

        self._change(differing)

    def replace_entries(self, keys: list[int], entries: Iterable[IndexEntry]) -> None:
        """Take the entries with some keys out and put others in."""
        new = list(entries)
        self._change(lambda snapshot: (snapshot.documents_of(keys), new))

    def _change(self, change: Callable[[Snapshot], tuple[list[int], list[IndexEntry]]]) -> None:
        """Take out documents and put in entries, as `change` says of the index as it is while nobody else writes."""
        self.snapshot(checked=False)  # mends what is damaged, which can't be done while writing
        with self._writing():
            index = self._index()
            stale, new = change(Snapshot(index))
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


def _write_whole(path: Path, text: str) -> None:
    """Put a text in a file in one step."""
    replacement = path.with_suffix(".new")
    with replacement.open("w") as handle:
        handle.write(text)
        handle.flush()
        os.fsync(handle.fileno())
    replacement.replace(path)


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
