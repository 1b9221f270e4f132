"""How the index lies in Whoosh's files: the documents of a term as one array, written at once and read at once.

Whoosh's own writers and readers go through postings one by one in Python. What is kept of Whoosh is the rest:
its table of terms, its columns of numbers, its segments and how they are committed and merged.
The classes of the schema are module-level because Whoosh pickles them into the index.
"""

from __future__ import annotations

import os
import secrets
from array import array
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

import numpy as np
from whoosh.codec.whoosh3 import W3Codec, W3FieldWriter, W3Segment, W3TermInfo
from whoosh.columns import NumericColumn
from whoosh.fields import COLUMN, FieldType, Schema
from whoosh.filedb.compound import CompoundStorage
from whoosh.filedb.filestore import FileStorage
from whoosh.filedb.structfile import BufferFile
from whoosh.formats import Existence
from whoosh.index import FileIndex
from whoosh.reading import IndexReader, TermNotFound
from whoosh.system import pack_ushort
from whoosh.writing import SegmentWriter

from programmes.search.entries import IndexEntry
from programmes.search.matching import Documents

MAX_PLACE = 65535
THEME_SET = "@"
"""Begins the plain term that names all themes of an entry: `@3,17` is on the entries with these two and no other."""
Numbers = np.ndarray


class DamagedError(Exception):
    """The files of the index are not as they were written."""


class TermField(FieldType):
    """A field of ready-made terms, which `EntryWriter` writes."""

    indexed, stored, scorable, unique, vector, spelling, sortable_default = True, False, False, False, None, False, None

    def __init__(self) -> None:
        self.format = Existence()
        self.analyzer = None


SCHEMA = Schema(
    placed=TermField(),
    plain=TermField(),
    key=COLUMN(NumericColumn("i")),
    kind=COLUMN(NumericColumn("B")),
    programme=COLUMN(NumericColumn("i")),
    length=COLUMN(NumericColumn("i")),
    year=COLUMN(NumericColumn("i")),
    digest=COLUMN(NumericColumn("i")),
)
"""`placed` terms have places in the text, `plain` ones don't."""


class TermPostings(NamedTuple):
    """The documents with a term, ascending, and where it stands in each."""

    documents: Numbers
    counts: Numbers
    """Places in each document; empty for plain terms."""
    places: Numbers
    """The places in the first document, then those in the second …"""


class PostingPool:
    """Gathers in memory the postings of the segment that is being written."""

    def __init__(self) -> None:
        self._placed: dict[str, tuple[array, array, array]] = {}
        self._plain: dict[str, array] = {}

    def add(self, number: int, entry: IndexEntry) -> int:
        """Put in the terms of a document; return the words of its text."""
        terms = entry.terms
        placed, plain = self._placed, self._plain
        for term, places in terms.placed().items():
            if term not in placed:
                placed[term] = array("I"), array("H"), array("H")
            documents, counts, every_place = placed[term]
            documents.append(number)
            counts.append(len(places))
            every_place.extend(places if places[-1] <= MAX_PLACE else [min(place, MAX_PLACE) for place in places])
        for term in (*terms.plain(), THEME_SET + ",".join(map(str, entry.themes))):
            if term not in plain:
                plain[term] = array("I")
            plain[term].append(number)
        return terms.length

    def merge(self, reader: IndexReader, number_of: Numbers) -> None:
        """Put in the terms of another segment, its documents renumbered; -1 for those that are deleted."""
        for field, term in reader.all_terms():
            documents, counts, places = postings(reader, field, term) or TermPostings(*[np.zeros(0)] * 3)
            numbers = number_of[documents]
            kept = numbers >= 0
            if field == "plain":
                self._plain.setdefault(term.decode(), array("I")).extend(numbers[kept].tolist())
            else:
                pool = self._placed.setdefault(term.decode(), (array("I"), array("H"), array("H")))
                for more, gathered in zip(
                    (numbers[kept], counts[kept], places[np.repeat(kept, counts)]), pool, strict=True
                ):
                    gathered.extend(more.tolist())

    def iter_postings(self) -> Iterator[tuple[str, bytes, tuple[array, ...]]]:
        """Yield each field and term with its postings, in the order in which Whoosh looks them up."""
        for term in sorted(self._placed, key=str.encode):
            if len(self._placed[term][0]):
                yield "placed", term.encode(), self._placed[term]
        for term in sorted(self._plain, key=str.encode):
            if len(self._plain[term]):
                yield "plain", term.encode(), (self._plain[term],)

    def cleanup(self) -> None:
        """Forget everything: the segment is written, or given up."""
        self._placed, self._plain = {}, {}


class TermWriter(W3FieldWriter):
    """Writes the postings of a term one after the other: documents as 32-bit integers, counts and places as 16-bit."""

    def add_postings(self, schema: Schema, lengths: Any, items: Iterable[tuple[str, bytes, tuple[array, ...]]]) -> None:
        """Write sorted postings."""
        offset = self._postfile.tell()
        for field, term, parts in items:
            documents = parts[0]
            written = b"".join(
                np.asarray(part).astype(kind).tobytes()
                for part, kind in zip(parts, ("<u4", "<u2", "<u2"), strict=False)
            )
            self._postfile.write(written)
            info = W3TermInfo(weight=len(documents), df=len(documents), minid=documents[0], maxid=documents[-1])
            info.set_extent(offset, len(written))
            offset += len(written)
            number = self._fieldmap.setdefault(field, len(self._fieldmap))
            self._tindex.add(pack_ushort(number) + term, info.to_bytes())


class _Window:
    """A part of a mapped file, read as a file of its own."""

    def __init__(self, mapped: memoryview) -> None:
        self._mapped, self._at = mapped, 0

    def seek(self, position: int, whence: int = os.SEEK_SET) -> None:
        self._at = position + {os.SEEK_SET: 0, os.SEEK_CUR: self._at, os.SEEK_END: len(self._mapped)}[whence]

    def tell(self) -> int:
        return self._at

    def read(self, size: int = -1) -> bytes:
        found = bytes(self._mapped[self._at : self._at + size if size >= 0 else None])
        self._at += len(found)
        return found

    def readline(self) -> bytes:  # which pickle asks for
        line = bytes(self._mapped[self._at :]).partition(b"\n")
        return self.read(len(line[0]) + len(line[1]))

    def close(self) -> None:
        self._mapped.release()


class MappedFile(BufferFile):
    """A file in a segment's one file; Whoosh's own would copy it into memory whole."""

    def __init__(self, mapped: memoryview, name: str) -> None:
        self._buf, self._name, self.file = mapped, name, _Window(mapped)
        self.onclose, self.is_real, self.is_closed = None, False, False


class MappedStorage(CompoundStorage):
    """The files in a segment's one file."""

    def open_file(self, name: str, *_args: Any, **_options: Any) -> BufferFile:
        """Open one of them."""
        offset, length = self.range(name)
        return MappedFile(memoryview(self._source)[offset : offset + length], name)


class MappedSegment(W3Segment):
    """A segment whose file is mapped."""

    @classmethod
    def _random_id(cls, size: int = 16) -> str:
        """Return a name that no other segment has, also where somebody has set Python's chance back to a seed."""
        return secrets.token_hex(size // 2)

    def open_compound_file(self, storage: FileStorage) -> MappedStorage:
        """Open the segment's one file."""
        return MappedStorage(storage.open_file(self.make_filename(self.COMPOUND_EXT)))


class ArrayCodec(W3Codec):
    """Whoosh's own codec but for the postings."""

    length_stats = False

    def field_writer(self, storage: Any, segment: Any) -> W3FieldWriter:
        """Return a writer of a segment's terms."""
        return TermWriter(self, storage, segment)

    def new_segment(self, storage: Any, indexname: str) -> W3Segment:
        """Return a segment to write."""
        return MappedSegment(self, indexname)


class EntryWriter(SegmentWriter):
    """Adds entries to an index, and deletes documents by number."""

    def __init__(self, index: FileIndex) -> None:
        """Take the index's lock; raises LockError if another writer has it for a minute."""
        super().__init__(index, timeout=60.0, codec=ArrayCodec())
        self.pool = PostingPool()

    def add(self, entry: IndexEntry) -> None:
        """Add an entry."""
        numbers = {
            "key": entry.key,
            "kind": int(entry.kind),
            "programme": entry.programme_id,
            "length": self.pool.add(self.docnum, entry),
            "year": entry.year,
            "digest": entry.digest,
        }
        self.perdocwriter.start_doc(self.docnum)
        for name, number in numbers.items():
            self.perdocwriter.add_column_value(name, COLUMN_TYPES[name], number)
        self.perdocwriter.finish_doc()
        self._added = True
        self.docnum += 1

    def add_postings_to_pool(self, reader: IndexReader, startdoc: int, docmap: dict[int, int] | None) -> None:
        """Put in the terms of a segment that is merged into this one."""
        number_of = np.arange(startdoc, startdoc + reader.doc_count_all())
        if docmap is not None:
            number_of[:] = -1
            number_of[list(docmap)] = list(docmap.values())
        self.pool.merge(reader, number_of)


COLUMN_TYPES = {name: field.column_type for name, field in SCHEMA.items() if field.column_type}


def column(reader: IndexReader, name: str, dtype: str) -> Numbers:
    """Return a whole numeric column of one segment, read at once."""
    found = np.zeros(reader.doc_count_all(), dtype=dtype.replace(">", "="))
    if reader.has_column(name):
        values = reader.column_reader(name, translate=False)
        raw = values._dbfile.get(values._basepos, values._count * values._fixedlen)
        found[: values._count] = np.frombuffer(raw, dtype=dtype)[: len(found)]
    return found


def documents(reader: IndexReader, field: str, term: bytes) -> Documents:
    """Return the documents with a term in one segment, ascending; raises DamagedError."""
    info = _term_info(reader, field, term)
    if info is None:
        return np.zeros(0, dtype=np.int32)
    return _documents(info, _read(reader, info, 4 * info.doc_frequency())).astype(np.int32, copy=False)


def postings(reader: IndexReader, field: str, term: bytes) -> TermPostings | None:
    """Return all that one segment knows of a term, None where it doesn't know it; raises DamagedError."""
    info = _term_info(reader, field, term)
    if info is None:
        return None
    count = info.doc_frequency()
    (length,) = info.extent()[1]  # a tuple of one, as Whoosh unpacks it
    raw = _read(reader, info, length)
    numbers = np.frombuffer(raw[4 * count :], dtype="<u2")
    return TermPostings(_documents(info, raw[: 4 * count]).astype(np.int64), numbers[:count], numbers[count:])


def _read(reader: IndexReader, info: W3TermInfo, length: int) -> bytes:
    return reader._terms._postfile.get(info.extent()[0], length)


def _documents(info: W3TermInfo, raw: bytes) -> Numbers:
    """Return a term's documents; its entry in the table of terms has the first and the last."""
    found = np.frombuffer(raw, dtype="<u4")
    if len(found) != info.doc_frequency() or (found[0], found[-1]) != (info.min_id(), info.max_id()):
        raise DamagedError("The documents of a term are not those that were written")
    return found


def _term_info(reader: IndexReader, field: str, term: bytes) -> W3TermInfo | None:
    try:
        return reader._terms.term_info(field, term)
    except TermNotFound:
        return None
