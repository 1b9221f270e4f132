"""Which pledges may be alike: those that share rare words, found in a programme at a time.

Each programme has its list of words, a `Leaf` of the index. What is looked for is held against one after the other, so
that nothing of the index is held in memory, and a new programme costs as much as the archive is long, never its
square. Words count by their families and, for less, by what stands within them; sentences and whole pledges are
compared, and the best counts.
"""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from programmes.alike.statements import Sentence, Statement
from programmes.alike.weights import Weights

OF_PART = 0.6
"""What a word within a compound counts for beside the compound, and another name beside the word."""
LENGTH = 0.75
"""Power of the length of a text that its sum is divided by: a little in favour of longer texts."""
COMMON = 0.2
"""Words that weigh less find nothing: every third pledge has them."""
PAIRS_AT_ONCE = 4_000_000


@dataclass(frozen=True, slots=True)
class Leaf:
    """The words of one programme's pledges, sentence by sentence."""

    keys: NDArray[np.int64]
    """Of its pledges, in order."""
    digests: NDArray[np.int64]
    """A sum of all that a pledge is compared by, to see what has changed."""
    vocabulary: tuple[str, ...]
    unit: NDArray[np.int32]
    term: NDArray[np.int32]
    """Row by row: that a unit has a word of the vocabulary; a unit is a sentence, or all of a pledge with several."""
    part: NDArray[np.bool_]
    """Whether only within another word."""
    pledge: NDArray[np.int32]
    """Of each unit: the place of its pledge among the keys; ascends."""
    whole: NDArray[np.bool_]
    """Of each unit: whether it is several sentences."""

    def as_bytes(self) -> bytes:
        """Return the leaf as it is stored."""
        stored = io.BytesIO()
        words = np.frombuffer("\n".join(self.vocabulary).encode(), dtype=np.uint8)
        np.savez(
            stored,
            keys=self.keys, digests=self.digests, words=words, unit=self.unit, term=self.term, part=self.part,
            pledge=self.pledge, whole=self.whole,
        )  # fmt: skip
        return stored.getvalue()

    @classmethod
    def from_bytes(cls, stored: bytes) -> Leaf:
        """Return a leaf as it was stored."""
        with np.load(io.BytesIO(stored), allow_pickle=False) as arrays:
            written = arrays["words"].tobytes().decode()
            rest = {name: arrays[name] for name in arrays.files if name != "words"}
        return cls(vocabulary=tuple(written.split("\n")) if written else (), **rest)

    @property
    def sentences(self) -> int:
        """How many sentences the programme's pledges have."""
        return int((~self.whole).sum())

    def counts(self) -> Counter[str]:
        """Return in how many sentences each word stands."""
        in_sentences = np.bincount(self.term[~self.whole[self.unit]], minlength=len(self.vocabulary))
        return Counter(dict(zip(self.vocabulary, in_sentences.tolist(), strict=True)))


def leaf(statements: Sequence[Statement], keys: Sequence[int], digests: Sequence[int], *, asks: bool = False) -> Leaf:
    """Return the leaf of some pledges; one that `asks` has other names of its words too."""
    vocabulary: dict[str, int] = {}
    units: list[int] = []
    terms: list[int] = []
    parts: list[bool] = []
    pledges: list[int] = []
    wholes: list[bool] = []
    for at, statement in enumerate(statements):
        read = [_words(sentence, asks) for sentence in statement.sentences]
        if len(read) > 1:
            read.append({word: min(one.get(word, True) for one in read) for one in read for word in one})
        for number, words in enumerate(read):
            for word, is_part in words.items():
                units.append(len(pledges))
                terms.append(vocabulary.setdefault(word, len(vocabulary)))
                parts.append(is_part)
            pledges.append(at)
            wholes.append(number >= len(statement.sentences))
    return Leaf(
        np.array(keys, np.int64), np.array(digests, np.int64), tuple(vocabulary), np.array(units, np.int32),
        np.array(terms, np.int32), np.array(parts, np.bool_), np.array(pledges, np.int32), np.array(wholes, np.bool_),
    )  # fmt: skip


def _words(sentence: Sentence, asks: bool) -> dict[str, bool]:
    """Return the families of a sentence, and whether each is only a part or another name of one of its words."""
    found: dict[str, bool] = {}
    for word in sentence.words:
        found |= dict.fromkeys(word.parts - found.keys(), True)
        if asks:
            found |= dict.fromkeys((word.names | word.wide) - found.keys(), True)
    for word in sentence.words:
        found |= dict.fromkeys(word.families, False)
    return found


def weights_of(leaves: Iterable[Leaf]) -> Weights:
    """Return the weights of words by how many sentences of some programmes have them."""
    having: Counter[str] = Counter()
    sentences = 0
    for each in leaves:
        having.update(each.counts())
        sentences += each.sentences
    return Weights(sentences, dict(having))


@dataclass(slots=True)
class Best:
    """The likest pledges found so far for each of those that are looked for."""

    most: int
    scores: NDArray[np.float32]
    keys: NDArray[np.int64]

    @classmethod
    def of(cls, count: int, most: int) -> Best:
        """Return none found yet, for so many pledges."""
        return cls(most, np.zeros((count, most), np.float32), np.zeros((count, most), np.int64))

    def add(self, scores: NDArray[np.float32], keys: NDArray[np.int64]) -> None:
        """Take the pledges of one leaf in, with the score of each for each that is looked for."""
        if not len(keys):
            return
        width = min(self.most, len(keys))
        top = np.argpartition(-scores, width - 1, axis=1)[:, :width] if width < len(keys) else None
        new = np.take_along_axis(scores, top, axis=1) if top is not None else scores
        new_keys = keys[top] if top is not None else np.broadcast_to(keys, scores.shape)
        both = np.concatenate([self.scores, new], axis=1)
        both_keys = np.concatenate([self.keys, new_keys], axis=1)
        order = np.argsort(-both, axis=1, kind="stable")[:, : self.most]
        self.scores = np.take_along_axis(both, order, axis=1)
        self.keys = np.take_along_axis(both_keys, order, axis=1)

    def of_each(self) -> list[list[tuple[int, float]]]:
        """Return for each that is looked for the keys of the likest with their scores, the likest first."""
        rows = zip(self.keys.tolist(), self.scores.tolist(), strict=True)
        return [[(key, score) for key, score in zip(*row, strict=True) if score > 0] for row in rows]


def scores(asked: Leaf, of: Leaf, weights: Weights) -> NDArray[np.float32]:
    """Return how like each pledge of a leaf is to each that is looked for, a row for each of these."""
    places = {word: at for at, word in enumerate(of.vocabulary)}
    shared = np.array([places.get(word, -1) for word in asked.vocabulary], np.int64)
    weight = np.array([weights.of(word) for word in asked.vocabulary], np.float32)
    own_weight = np.array([weights.of(word) for word in of.vocabulary], np.float32)
    asked_value = weight[asked.term] * np.where(asked.part, OF_PART, 1).astype(np.float32)
    own_value = own_weight[of.term] * np.where(of.part, OF_PART, 1).astype(np.float32)
    here = asked_value / _lengths(asked, asked_value)[asked.unit]
    there = own_value / _lengths(of, own_value)[of.unit]
    order = np.argsort(of.term, kind="stable")
    begins = np.searchsorted(of.term[order], np.arange(len(of.vocabulary) + 1))
    wanted = shared[asked.term]
    rows = np.flatnonzero((wanted >= 0) & (weight[asked.term] > COMMON))
    counts = begins[wanted[rows] + 1] - begins[wanted[rows]]
    matrix = np.zeros(len(asked.pledge) * len(of.pledge), np.float32)
    for some in _chunks(counts):
        of_some = counts[some]
        each = np.repeat(rows[some], of_some)
        within = np.arange(len(each)) - np.repeat(np.cumsum(of_some) - of_some, of_some)
        posting = order[np.repeat(begins[wanted[rows[some]]], of_some) + within]
        cell = asked.unit[each].astype(np.int64) * len(of.pledge) + of.unit[posting]
        matrix += np.bincount(cell, here[each] * there[posting], len(matrix)).astype(np.float32)
    table = matrix.reshape(len(asked.pledge), len(of.pledge))
    if not table.size:
        return np.zeros((len(asked.keys), len(of.keys)), np.float32)
    return _best_unit(_best_unit(table, asked.pledge, len(asked.keys), 0), of.pledge, len(of.keys), 1)


def _lengths(of: Leaf, values: NDArray[np.float32]) -> NDArray[np.float32]:
    squares = np.bincount(of.unit, values**2, len(of.pledge))
    return np.maximum(squares, 1e-9).astype(np.float32) ** (LENGTH / 2)


def _chunks(counts: NDArray[np.int64]) -> Iterable[slice]:
    """Yield runs of rows that have so many pairs in all that they fit in memory."""
    total = np.cumsum(counts)
    first = 0
    while first < len(counts):
        done = total[first - 1] if first else 0
        last = max(first + 1, int(np.searchsorted(total, done + PAIRS_AT_ONCE, side="right")))
        yield slice(first, last)
        first = last


def _best_unit(table: NDArray[np.float32], pledge: NDArray[np.int32], count: int, axis: int) -> NDArray[np.float32]:
    """Return the best of each pledge's units; 0 for a pledge without words."""
    present, starts = np.unique(pledge, return_index=True)
    best = np.maximum.reduceat(table, starts, axis=axis)
    if len(present) == count:
        return best
    shape = (count, table.shape[1]) if axis == 0 else (table.shape[0], count)
    full = np.zeros(shape, np.float32)
    full[(present, slice(None)) if axis == 0 else (slice(None), present)] = best
    return full
