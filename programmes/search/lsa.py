"""Which words of an archive stand in the same passages: latent semantic analysis, with numpy alone.

Passages and words are a matrix of weights; its nearest matrix of few dimensions puts words that stand among the same
words near each other, whether or not they ever meet.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

DIMENSIONS = 100
MORE = 20
"""Dimensions beyond those wanted, so that the wanted ones are found exactly enough."""
PASSES = 2
CHUNK = 50_000
"""Cells of the matrix that are multiplied at once, some 25 MB of them."""
SEED = 12


def word_vectors(passages_of: Sequence[NDArray[np.int64]], passages: int) -> NDArray[np.float16]:
    """Return a vector of length 1 for each word, given the numbers of the passages, below `passages`, that have it.

    The same archive gives the same vectors: chance is seeded, and signs are fixed.
    """
    words = len(passages_of)
    dimensions = min(DIMENSIONS, words, passages)
    if not dimensions:
        return np.zeros((words, 0), dtype=np.float16)
    cells = _Cells(passages_of, passages)
    chance = np.random.default_rng(SEED).standard_normal((words, min(dimensions + MORE, words, passages)))
    basis = np.linalg.qr(cells.times_words(chance.astype(np.float32)))[0]
    for _pass in range(PASSES):
        basis = np.linalg.qr(cells.times_passages(basis))[0]
        basis = np.linalg.qr(cells.times_words(basis))[0]
    vectors, strengths, _rest = np.linalg.svd(cells.times_passages(basis), full_matrices=False)
    vectors = vectors[:, :dimensions] * strengths[:dimensions]
    largest = np.abs(vectors).argmax(axis=0)
    vectors *= np.where(vectors[largest, np.arange(dimensions)] < 0, -1, 1)
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return (vectors / np.where(lengths, lengths, 1)).astype(np.float16)


class _Cells:
    """The matrix of passages and words as a list of its cells that are not 0: rare words weigh more."""

    def __init__(self, passages_of: Sequence[NDArray[np.int64]], passages: int) -> None:
        counts = np.array([len(of_word) for of_word in passages_of])
        self.word = np.repeat(np.arange(len(counts)), counts)
        self.passage = np.concatenate(passages_of)
        rarity = np.log(passages / np.maximum(counts, 1)).astype(np.float32)
        squares = np.bincount(self.passage, weights=rarity[self.word] ** 2, minlength=passages)
        self.weight = (rarity[self.word] / np.sqrt(np.maximum(squares, 1e-9))[self.passage]).astype(np.float32)
        self.words, self.passages = len(counts), passages
        self.by_passage = np.argsort(self.passage, kind="stable")

    def times_words(self, of_words: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return for each passage the weighted sum of its words' rows."""
        order = self.by_passage
        return _sums(self.passage[order], self.word[order], self.weight[order], of_words, self.passages)

    def times_passages(self, of_passages: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return for each word the weighted sum of its passages' rows."""
        return _sums(self.word, self.passage, self.weight, of_passages, self.words)


def _sums(
    into: NDArray[np.int64],
    source: NDArray[np.int64],
    weight: NDArray[np.float32],
    rows: NDArray[np.float32],
    size: int,
) -> NDArray[np.float32]:
    """Return for each number below `size` the sum of the weighted rows that go into it; `into` ascends."""
    result = np.zeros((size, rows.shape[1]), dtype=np.float32)
    for first in range(0, len(into), CHUNK):
        here = slice(first, first + CHUNK)
        starts = np.flatnonzero(np.diff(into[here], prepend=-1))
        weighted = rows[source[here]] * weight[here, None]
        result[into[here][starts]] += np.add.reduceat(weighted, starts, axis=0)
    return result
