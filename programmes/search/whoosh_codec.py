"""How the index lies in Whoosh's files, so that a term's documents come out as one array.

Whoosh's own readers walk postings one by one in Python; these hand out whole blocks. The codec and the
fields are module-level classes because Whoosh pickles them into the index.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import numpy as np
from whoosh.codec.whoosh3 import W3Codec, W3LeafMatcher, W3PostingsWriter
from whoosh.columns import NumericColumn
from whoosh.fields import COLUMN, ID, FieldType, Schema
from whoosh.formats import Existence, Format
from whoosh.reading import IndexReader, TermNotFound

from .matching import Documents

BLOCK = 4096
"""Documents in one block of a posting list: larger blocks are fewer calls, smaller ones less to read for a phrase."""


class ArrayPostingsWriter(W3PostingsWriter):
    """Writes the document numbers of a block as bytes of 32-bit integers."""

    def _mini_ids(self) -> bytes:
        return np.frombuffer(self._ids, dtype=np.uint32).astype("<u4").tobytes()


class ArrayMatcher(W3LeafMatcher):
    """Reads blocks that `ArrayPostingsWriter` wrote."""

    def _read_ids(self) -> None:
        if self._data is None:
            self._read_data()
        self._ids = np.frombuffer(self._data[0], dtype="<u4").tolist()

    def blocks(self) -> Iterator[tuple[Documents, Any]]:
        """Yield each block's document numbers and the encoded positions of each document."""
        self.reset()
        while not self._atend:
            self._read_data()
            yield np.frombuffer(self._data[0], dtype="<u4").astype(np.int32), self._data[2]
            self._next_block()


class ArrayCodec(W3Codec):
    """Whoosh's own codec with larger blocks and array postings."""

    def __init__(self) -> None:
        super().__init__(blocklimit=BLOCK, compression=1, inlinelimit=0)

    def postings_writer(self, dbfile: Any, byteids: bool = False) -> W3PostingsWriter:
        """Return a writer of posting lists."""
        if byteids:
            return super().postings_writer(dbfile, byteids=True)
        return ArrayPostingsWriter(
            dbfile, blocklimit=self._blocklimit, compression=self._compression, inlinelimit=self._inlinelimit
        )

    def postings_reader(
        self, dbfile: Any, terminfo: Any, format_: Format, term: Any = None, scorer: Any = None
    ) -> ArrayMatcher:
        """Return a reader of one term's posting list."""
        offset, length = terminfo.extent()
        return ArrayMatcher(dbfile, offset, length, format_, term=term, scorer=scorer)


class Places(Format):
    """Keeps a term's positions in a document as 16-bit integers."""

    def encode(self, value: Iterable[int]) -> bytes:
        """Return positions as bytes."""
        return array("H", (min(place, 65535) for place in value)).tobytes()

    def decode_frequency(self, valuestring: bytes) -> int:
        """Return how many times a term stands in the document."""
        return len(valuestring) // 2

    def decode_weight(self, valuestring: bytes) -> float:
        """Return the same as a weight."""
        return float(len(valuestring) // 2)

    def combine(self, vs: Iterable[bytes]) -> bytes:
        """Return the positions of several postings of one term and document as one."""
        return b"".join(vs)


class PlacedTerms(FieldType):
    """A field of ready-made terms with positions; its value is `EntryTerms.placed`."""

    indexed, stored, scorable, unique, vector, spelling, sortable_default = True, False, False, False, None, False, None

    def __init__(self) -> None:
        self.format = Places()
        self.analyzer = None

    def index(self, value: Iterable[tuple[str, Sequence[int]]], **_options: Any) -> Iterator[tuple]:
        """Yield what Whoosh keeps for each term."""
        for term, places in value:
            yield term.encode(), len(places), 1.0, self.format.encode(places)


class PlainTerms(FieldType):
    """A field of ready-made terms without positions; its value is `EntryTerms.plain`."""

    indexed, stored, scorable, unique, vector, spelling, sortable_default = True, False, False, False, None, False, None

    def __init__(self) -> None:
        self.format = Existence()
        self.analyzer = None

    def index(self, value: Iterable[str], **_options: Any) -> Iterator[tuple]:
        """Yield what Whoosh keeps for each term."""
        for term in value:
            yield term.encode(), 1, 1.0, b""


SCHEMA = Schema(
    id=ID(unique=True),
    programme=ID(),
    placed=PlacedTerms(),
    plain=PlainTerms(),
    passage_number=COLUMN(NumericColumn("i")),
    programme_number=COLUMN(NumericColumn("i")),
    length=COLUMN(NumericColumn("i")),
    year=COLUMN(NumericColumn("i")),
    themes=COLUMN(NumericColumn("q")),
    digest=COLUMN(NumericColumn("i")),
)
"""`themes` packs up to four theme ids of 16 bits."""


def column(reader: IndexReader, name: str, dtype: str) -> np.ndarray:
    """Return a whole numeric column of one segment, read at once."""
    found = np.zeros(reader.doc_count_all(), dtype=dtype.replace(">", "="))
    if reader.has_column(name):
        values = reader.column_reader(name, translate=False)
        raw = values._dbfile.get(values._basepos, values._count * values._fixedlen)
        found[: values._count] = np.frombuffer(raw, dtype=dtype)[: len(found)]
    return found


def term_blocks(reader: IndexReader, field: str, term: bytes) -> Iterator[tuple[Documents, Any]]:
    """Yield the blocks of a term in one segment; nothing where it has none."""
    try:
        matcher = reader._terms.matcher(field, term, reader.schema[field].format)
    except TermNotFound:
        return
    yield from matcher.blocks()
