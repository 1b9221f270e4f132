"""What a word finds, written as a script can read it: documents by likeness, and the forms to mark in a text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache

import numpy as np

from programmes.folder.postings import Gathered
from programmes.search.highlight import Marker
from programmes.search.matching import likenesses
from programmes.search.plan import Leaf, Plan
from programmes.search.terms import WORD, terms_of

DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
"""What stands for a number's five bits at a time, the lowest first; those from the 32nd on say that more follow."""
HALF = 32
KEPT_LEAVES = 2000
"""Leaves whose documents are kept: the forms of a word stand near each other and find the same."""


def number_written(number: int) -> str:
    """Return a number, 0 or more, as the search script reads it."""
    written = ""
    while number >= HALF:
        written += DIGITS[HALF + number % HALF]
        number //= HALF
    return written + DIGITS[number]


def documents_written(documents: np.ndarray) -> str:
    """Return ascending document numbers as runs: how far on each begins, doubled, and one more where it is longer."""
    if not len(documents):
        return ""
    breaks = np.flatnonzero(np.diff(documents) != 1) + 1
    starts = documents[np.concatenate([[0], breaks])].tolist()
    ends = documents[np.concatenate([breaks - 1, [len(documents) - 1]])].tolist()
    written = []
    at = 0
    for start, end in zip(starts, ends, strict=True):
        written.append(number_written((start - at) * 2 + (end > start)))
        if end > start:
            written.append(number_written(end - start - 1))
        at = end + 1
    return "".join(written)


class LeafWriter:
    """Writes what leaves find in an index."""

    def __init__(self, index: Gathered, forms: Iterable[str]) -> None:
        """Take the index, and the forms of the archive."""
        self.index = index
        table: defaultdict[str, list[str]] = defaultdict(list)
        for form in sorted(forms):
            for term in {WORD + form, *terms_of(form)}:
                table[term].append(form)
        self._forms_with = dict(table)
        self.found = lru_cache(maxsize=KEPT_LEAVES)(self._found)
        self.marked = lru_cache(maxsize=KEPT_LEAVES)(self._marked)

    def _found(self, leaf: Leaf) -> str:
        """Return the documents of a leaf: for each likeness its digit and its documents, parted by dots."""
        near = likenesses(Plan(leaf), self.index)
        levels = sorted(set(near.tolist()) - {0}, reverse=True)
        return ".".join(f"{level}{documents_written(np.flatnonzero(near == level))}" for level in levels)

    def _marked(self, leaf: Leaf) -> str:
        """Return the forms of the archive that a leaf marks in a text, in order and parted by spaces."""
        marks = Marker(Plan(leaf))
        return " ".join(sorted({form for term in marks.single for form in self._forms_with.get(term, ())}))
