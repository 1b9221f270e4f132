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
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import numpy as np
from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC, FileIndex
from whoosh.writing import SegmentWriter

from .entries import Entry, changes
from .matching import Documents
from .terms import LEAD_WORD, WORD
from .vocabulary import Vocabulary
from .whoosh_codec import SCHEMA, ArrayCodec, column, term_blocks

log = logging.getLogger(__name__)

Answer = TypeVar("Answer")
CURRENT = "CURRENT"
CACHED_NUMBERS = 8_000_000
"""Document numbers of posting lists kept in memory, 32 MB."""
WRITER_MEMORY_MB = 128
PLACED = {WORD.encode(), LEAD_WORD.encode()}


class Snapshot:
    """The index as it was when opened: posting lists, and numbers of each document, as arrays."""

    def __init__(self, index: FileIndex) -> None:
        """Read the columns; raises whatever Whoosh raises where the files are damaged."""
        self.reader = index.reader()
        self.generation = index.latest_generation()
        self._leaves = [(leaf, base) for leaf, base in self.reader.leaf_readers() if leaf.doc_count_all()]
        self.size = self.reader.doc_count_all()
        self.passage = self._column("passage_number", ">i4")
        self.programme = self._column("programme_number", ">i4")
        self.length = self._column("length", ">i4")
        self.year = self._column("year", ">i4")
        self.digest = self._column("digest", ">i4")
        self.themes = self._column("themes", ">i8").view(np.uint16).reshape(-1, 4)
        self.live = np.ones(self.size, dtype=bool)
        for leaf, base in self._leaves:
            self.live[[base + number for number in leaf._perdoc.deleted_docs()]] = False
        order = np.lexsort((self.passage, -self.year, self.length))
        self.rank = np.empty(self.size, dtype=np.int64)
        self.rank[order] = np.arange(self.size)
        self._cache: OrderedDict[str, Documents] = OrderedDict()
        self._cached = 0
        self._vocabulary: Vocabulary | None = None

    def _column(self, name: str, dtype: str) -> np.ndarray:
        parts = [column(leaf, name, dtype) for leaf, _base in self._leaves]
        return np.concatenate(parts) if parts else np.zeros(0, dtype=dtype.replace(">", "="))

    def documents(self, term: str) -> Documents:
        """Return the documents with a term, ascending."""
        found = self._cache.get(term)
        if found is not None:
            self._cache.move_to_end(term)
            return found
        encoded = term.encode()
        field = "placed" if term[0].encode() in PLACED else "plain"
        blocks = [
            numbers + base for leaf, base in self._leaves for numbers, _places in term_blocks(leaf, field, encoded)
        ]
        found = np.concatenate(blocks) if blocks else np.zeros(0, dtype=np.int32)
        self._cache[term] = found
        self._cached += len(found)
        while self._cached > CACHED_NUMBERS and len(self._cache) > 1:
            _oldest, dropped = self._cache.popitem(last=False)
            self._cached -= len(dropped)
        return found

    def documents_of_prefix(self, prefix: str) -> Documents:
        """Return the documents with a term that begins so, in any order and some of them more than once."""
        terms = [word.decode() for word in self.reader.expand_prefix("placed", prefix)]
        return np.concatenate([self.documents(term) for term in terms]) if terms else np.zeros(0, dtype=np.int32)

    def documents_of_phrase(self, terms: Sequence[str]) -> Documents:
        """Return the documents where the terms stand next to each other, ascending."""
        candidates = self.documents(terms[0])
        for term in terms[1:]:
            candidates = np.intersect1d(candidates, self.documents(term), assume_unique=True)
        if not len(candidates):
            return candidates
        starts: np.ndarray | None = None
        for offset, term in enumerate(terms):
            begins = self._places(term, candidates) - offset
            starts = begins if starts is None else np.intersect1d(starts, begins)
        return np.unique(starts >> 16).astype(np.int32)

    def _places(self, term: str, candidates: Documents) -> np.ndarray:
        """Return document << 16 | position for every place of a term in the candidates."""
        places = []
        for leaf, base in self._leaves:
            for numbers, values in term_blocks(leaf, "placed", term.encode()):
                wanted = np.flatnonzero(np.isin(numbers + base, candidates, assume_unique=True))
                if len(wanted):
                    counts = [len(values[at]) // 2 for at in wanted]
                    positions = np.frombuffer(b"".join(values[at] for at in wanted), dtype=np.uint16)
                    documents = np.repeat((numbers[wanted] + base).astype(np.int64), counts)
                    places.append(documents << 16 | positions)
        return np.concatenate(places) if places else np.zeros(0, dtype=np.int64)

    def vocabulary(self) -> Vocabulary:
        """Return the words of all texts and lead-ins, with the number of pledges that hold each."""
        if self._vocabulary is None:
            counts: dict[str, int] = {}
            for leaf, _base in self._leaves:
                for sign in (WORD, LEAD_WORD):
                    for term in leaf.expand_prefix("placed", sign):
                        word = term.decode()[1:]
                        counts[word] = counts.get(word, 0) + leaf.doc_frequency("placed", term)
            self._vocabulary = Vocabulary(counts)
        return self._vocabulary


class IndexFolder:
    """The folder of an index: opens, checks, writes and rebuilds it."""

    def __init__(self, path: Path, all_entries: Callable[[], Iterable[Entry]]) -> None:
        """`all_entries` gives what belongs in the index, for when it has to be built anew."""
        self.path = path
        self.all_entries = all_entries
        self._snapshot: Snapshot | None = None
        self._opened: tuple[str, int] | None = None
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

    def _generation(self, name: str) -> int:
        """Return the number of the newest table of contents, which a look at the folder tells."""
        return TOC._latest_generation(FileStorage(str(self.path / name)), "MAIN")

    def _index(self) -> FileIndex:
        return FileStorage(str(self.path / self._current())).open_index()

    def snapshot(self) -> Snapshot:
        """Return the index as it is now; an index that can't be read is built anew first."""
        name = self._current()
        try:
            if name and self._snapshot and self._opened == (name, self._generation(name)):
                return self._snapshot
            if name:
                return self._open(name)
            why: object = "there is none yet"
        except Exception as damage:  # noqa: BLE001 - whatever is wrong with the files, the cure is the same
            why = repr(damage)
        return self._mended(name, why)

    def ask(self, question: Callable[[Snapshot], Answer]) -> Answer:
        """Return the answer of the index; one that turns out to be damaged is built anew and asked again."""
        with self._reading:
            snapshot = self.snapshot()
            try:
                return question(snapshot)
            except Exception as damage:  # noqa: BLE001 - as above; a fault of our own is raised by the second try
                return question(self._mended(self._current(), repr(damage)))

    def _mended(self, name: str, why: object) -> Snapshot:
        level = logging.WARNING if name else logging.INFO  # the first index of an archive is no cause for alarm
        log.log(level, "Building the search index anew in %s: %s", self.path, why)
        self.rebuild(unless_newer_than=name)
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
            name = f"{time.strftime('%Y%m%dT%H%M%S')}-{secrets.token_hex(4)}"
            folder = self.path / name
            folder.mkdir()
            index = FileStorage(str(folder)).create_index(SCHEMA)
            count = 0
            with _writing_to(index) as writer:
                for entry in () if empty else self.all_entries():
                    _add(writer, entry)
                    count += 1
            replacement = self.path / f"{CURRENT}.new"
            with replacement.open("w") as handle:
                handle.write(name)
                handle.flush()
                os.fsync(handle.fileno())
            replacement.replace(self.path / CURRENT)
            for old in self.path.iterdir():
                if old.is_dir() and old.name != name:
                    shutil.rmtree(old)
        return count

    def replace(self, programme_id: int, entries: Iterable[Entry]) -> None:
        """Make the index right for a programme in one step; only what has changed is written."""
        self.snapshot()  # mends what is damaged, which can't be done while writing
        with self._writing():
            index = self._index()
            numbers, digests = _indexed(index, programme_id)
            stale, new = changes(digests, entries)
            if not stale and not new:
                return
            with _writing_to(index) as writer:
                for passage_id in stale:
                    writer.delete_document(numbers[passage_id])
                for entry in new:
                    _add(writer, entry)

    def update(self, entries: Iterable[Entry]) -> None:
        """Put in entries, each in place of the one with its id."""
        self.snapshot()
        with self._writing(), _writing_to(self._index()) as writer:
            for entry in entries:
                writer.delete_by_term("id", str(entry.passage_id))
                _add(writer, entry)

    def remove(self, passage_ids: Iterable[int]) -> None:
        """Take out entries by passage id."""
        self.snapshot()
        with self._writing(), _writing_to(self._index()) as writer:
            for passage_id in passage_ids:
                writer.delete_by_term("id", str(passage_id))


def _indexed(index: FileIndex, programme_id: int) -> tuple[dict[int, int], dict[int, int]]:
    """Return the document number and the digest of each entry of a programme, by passage id."""
    numbers: dict[int, int] = {}
    digests: dict[int, int] = {}
    with index.reader() as reader:
        for leaf, base in reader.leaf_readers():
            if not leaf.doc_count_all():
                continue
            passages, found = column(leaf, "passage_number", ">i4"), column(leaf, "digest", ">i4")
            for number in np.flatnonzero(column(leaf, "programme_number", ">i4") == programme_id).tolist():
                if not leaf.is_deleted(number):
                    numbers[int(passages[number])] = base + number
                    digests[int(passages[number])] = int(found[number])
    return numbers, digests


@contextmanager
def _writing_to(index: FileIndex) -> Iterator[SegmentWriter]:
    """Give a writer and commit what it wrote; nothing of it if anything goes wrong."""
    writer = SegmentWriter(index, timeout=60.0, limitmb=WRITER_MEMORY_MB, codec=ArrayCodec())
    try:
        yield writer
    except BaseException:
        writer.cancel()
        raise
    writer.commit()


def _add(writer: SegmentWriter, entry: Entry) -> None:
    packed = np.zeros(4, dtype=np.uint16)
    packed[: len(entry.themes)] = entry.themes
    terms = entry.terms
    writer.add_document(
        id=str(entry.passage_id),
        programme=str(entry.programme_id),
        placed=terms.placed,
        plain=terms.plain,
        passage_number=entry.passage_id,
        programme_number=entry.programme_id,
        length=terms.length,
        year=entry.year,
        themes=int(packed.view(np.int64)[0]),
        digest=entry.digest,
    )
