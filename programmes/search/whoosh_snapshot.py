"""A Whoosh index as it was when opened: posting lists, numbers of each document as arrays, and what is made of them."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Sequence
from functools import cached_property, partial
from pathlib import Path

import numpy as np
from whoosh.index import FileIndex
from whoosh.reading import IndexReader

from programmes.search.kept import Kept
from programmes.search.kinds import Kind
from programmes.search.matching import Documents
from programmes.search.neighbours import Neighbours
from programmes.search.terms import FAMILY, LEAD_WORD, WORD
from programmes.search.theme_sets import ThemeSets
from programmes.search.vocabulary import Vocabulary
from programmes.search.whoosh_codec import THEME_SET, DamagedError, column, documents, postings

NEIGHBOURS = "neighbours.npz"
"""The file in a generation that keeps the words about the same."""
KEPT_TERMS = 2000
"""Terms whose documents are kept, some 20 MB of them among 200,000 pledges: readers ask for the same words."""
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
        self._kept: Kept[Documents] = Kept(KEPT_TERMS)
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
        """Return the documents with a term, ascending; not to be changed, for they are kept for who asks next."""
        return self._kept.get(term, partial(self._read, term))

    def _read(self, term: str) -> Documents:
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
        write_whole(self._folder / NEIGHBOURS, made.to_bytes())

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


def write_whole(path: Path, content: bytes) -> None:
    """Put content in a file in one step, so that whoever reads it meets the old or the new, also after a power cut."""
    replacement = path.with_suffix(".new")
    with replacement.open("wb") as handle:
        handle.write(content)
        handle.flush()
        os.fsync(handle.fileno())
    replacement.replace(path)
