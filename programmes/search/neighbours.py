"""Words about the same matter as those asked for: shown beside the hits, and asked for where a word has none.

Made from the index at a rebuild and kept with it. What the archive has is compared by the company it keeps
(`lsa.py`); a word that it lacks by the tables of near words, by what it is put together from and by its stem.
"""

from __future__ import annotations

import io
import math
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from programmes.norwegian.analysis import analyse
from programmes.norwegian.compounds import split
from programmes.norwegian.derivation import is_thing
from programmes.norwegian.directions import derived, direction_of
from programmes.norwegian.groups import near_names
from programmes.norwegian.lexicon import is_noun, zipf
from programmes.norwegian.synonyms import same
from programmes.norwegian.tables import BOUND, COMPASS, FUNCTION_WORDS, NOT_FIRST, STEM_ENDINGS
from programmes.norwegian.tokens import asked
from programmes.search.kept import Kept
from programmes.search.lsa import word_vectors
from programmes.search.near import SIMILAR, Near, families_of, listed, shown_forms

MOST_PASSAGES = 50_000
"""Passages that are read: of a larger archive every second, third, …"""
MOST_WORDS = 20_000
LEAST_PASSAGES = 5
"""Of a word in fewer, its company says nothing."""
MOST_SHARE = 0.2
"""Of all passages: a word in more has no company of its own."""
SPECIFIC = 0.015
"""Of all passages: a word in more (samarbeid, ressurs) is near everything, and is never named."""
KEY = 0.6
"""How much more usual, on the Zipf scale, a word must be in programmes than in other texts to be named: hurtigbåt 2.1,
verneplikt 1.4 and pasient 1.5 are, gate, prosent and jente are not."""
KEY_OF_PART = -0.2
"""The same for what a word that the archive lacks is put together from: ulv 0.1, kjøtt -0.1 and hund -0.1 say what
ulvejakt, kjøttforbruk and hundeeier are about; sommer -1.0, natt -1.0 and musikk -0.4 say too little."""
TOO_USUAL = 5.0
"""On the Zipf scale: a first part this usual says too many things: rom 5.1, fri 5.1, but not hund 4.7, ulv 4.4."""
SHORTEST_BEGINNING = 4
"""Letters of what a compound begins with, for the table to be asked: `is` in isbjørn says nothing."""
DOER = ("ist", "er", "mann")
SHORTEST_STEM = 5
LONGEST_REST = 4
"""Letters that a word of the archive may have after a stem that it shares with the one asked for."""
MOST_KEPT = 2000
"""Words whose neighbours are kept once they were asked for."""
WORDS_A_PASSAGE = 18
"""How long passages are, on the whole, to compare with how usual words are elsewhere."""


class Neighbours:
    """The words of an archive and how near they are to each other."""

    def __init__(
        self,
        families: Sequence[str],
        shown: Sequence[str],
        passages: NDArray[np.int32],
        vectors: NDArray[np.float16],
        read: int,
        entries: int,
        named: NDArray[np.intp] | None = None,
    ) -> None:
        """Keep each family, the form of it to show, how many of the `read` passages have it, and its vector.

        `entries` is how many passages the archive had, `named` the families that may be named, ascending: found out if
        None, which takes the dictionaries a second for thousands of words.
        """
        self._families = tuple(families)
        self._shown = tuple(shown)
        self._passages = passages
        self._vectors = vectors
        self.read = read
        self.entries = entries
        if named is None:
            named = np.array([number for number in range(len(families)) if self._is_named(number)], dtype=np.intp)
        self._named = named
        self._known: Kept[list[tuple[str, float]]] = Kept(MOST_KEPT)

    def is_stale(self, entries: int) -> bool:
        """Return whether the archive has grown or shrunk so much that they should be made anew."""
        return abs(entries - self.entries) * 4 > self.entries

    @classmethod
    def of_archive(
        cls, keys: NDArray[np.int64], keys_of: Mapping[str, NDArray[np.int64]], counts: Mapping[str, int]
    ) -> Neighbours:
        """Make them from the keys of all passages and of those that each family stands in, and the archive's forms."""
        read = np.sort(keys)[:: 1 + len(keys) // MOST_PASSAGES]
        shown = shown_forms(counts)
        found = {}
        for family in keys_of.keys() & shown.keys():
            if len(family) > 2 and family.isalpha() and family not in FUNCTION_WORDS:
                at = np.minimum(np.searchsorted(read, keys_of[family]), len(read) - 1)
                numbers = np.unique(at[read[at] == keys_of[family]])
                if 0 < len(numbers) <= max(MOST_SHARE * len(read), LEAST_PASSAGES):
                    found[family] = numbers
        families = sorted(sorted(found, key=lambda family: (-len(found[family]), family))[:MOST_WORDS])
        passages = np.array([len(found[family]) for family in families], dtype=np.int32)
        placed = np.flatnonzero(passages >= LEAST_PASSAGES)
        of_placed = word_vectors([found[families[number]] for number in placed], len(read))
        vectors = np.zeros((len(families), of_placed.shape[1]), dtype=np.float16)
        vectors[placed] = of_placed
        return cls(families, [shown[family] for family in families], passages, vectors, len(read), len(keys))

    def to_bytes(self) -> bytes:
        """Return them as they are kept."""
        kept = io.BytesIO()
        words = "\n".join(f"{family}\t{form}" for family, form in zip(self._families, self._shown, strict=True))
        np.savez(
            kept,
            words=np.frombuffer(words.encode(), dtype=np.uint8),
            passages=self._passages,
            vectors=self._vectors,
            named=self._named,
            sizes=np.array([self.read, self.entries]),
        )
        return kept.getvalue()

    @classmethod
    def from_bytes(cls, kept: bytes) -> Neighbours:
        """Return what `to_bytes` kept. Raises ValueError or KeyError if it is something else."""
        with np.load(io.BytesIO(kept)) as arrays:
            rows = [line.split("\t") for line in arrays["words"].tobytes().decode().splitlines()]
            read, entries = arrays["sizes"].tolist()
            families, shown = [row[0] for row in rows], [row[1] for row in rows]
            return cls(families, shown, arrays["passages"], arrays["vectors"], read, entries, arrays["named"])

    @cached_property
    def _number(self) -> dict[str, int]:
        return {family: number for number, family in enumerate(self._families)}

    @cached_property
    def _near(self) -> NDArray[np.float32]:
        """The vectors of the words that may be named."""
        return self._vectors[self._named].astype(np.float32)

    def _is_named(self, number: int, key: float = KEY) -> bool:
        """Return whether a word may be named as a neighbour: a thing, said more in programmes than elsewhere."""
        family, passages = self._families[number], int(self._passages[number])
        if passages > max(SPECIFIC * self.read, LEAST_PASSAGES) or direction_of(family):
            return False
        return is_thing(family) and math.log10(1e9 * passages / (self.read * WORDS_A_PASSAGE)) - zipf(family) >= key

    def of(self, typed: str, limit: int) -> list[tuple[str, float]]:
        """Return the words that are about the same as one that is typed, the nearest first.

        Each with its similarity, from 0 to 1. No other form or other name of a word that the archive has is among them,
        nor a word that is made from it: these are found by the word itself. Those of `near_words.tsv` the archive may
        lack, all others it has. Empty rather than far-fetched.
        """
        return self._known.get((typed, limit), lambda: self._of(typed, limit))

    def _of(self, typed: str, limit: int) -> list[tuple[str, float]]:
        forms = asked(typed)
        families = sorted(analyse("".join(forms)).families)
        known = [self._number[family] for family in families if family in self._number]
        own = self._own(families) if known else set(families)
        found: dict[str, float] = {}
        taken = set(own)
        for near in chain(listed(forms), self._by_beginning(typed), self._by_archive(families, known)):
            if near.name in found or not taken.isdisjoint(near.families):
                continue
            if len(near.families) == 1:
                (family,) = near.families
                if known and not own.isdisjoint(analyse(family).parts):
                    continue
                taken |= {family, *derived(family)}
            found[near.name] = round(near.similarity, 3)
            if len(found) == limit:
                break
        return list(found.items())

    def _own(self, families: Sequence[str]) -> set[str]:
        """Return what a search for the word finds by itself: its families, names, and what is derived."""
        own = set(families)
        for family in families:
            names = (name.forms for name in same((family,)))
            own |= {*derived(family), *(other for forms in names if len(forms) == 1 for other in families_of(forms))}
        return own

    def _by_beginning(self, typed: str) -> Iterator[Near]:
        """Yield what a word with a hyphen begins with, if that is a matter of its own: NRK for NRK-lisensen."""
        first, hyphen, _rest = typed.partition("-")
        form = first.lower()
        if not hyphen or len(form) < 2 or not form.isalpha() or form in FUNCTION_WORDS | COMPASS | BOUND | NOT_FIRST:
            return
        if first[0].isupper() or (is_noun(form) and self._has(form)):
            yield Near(first, analyse(form).families, SIMILAR)
        yield from listed((form,))

    def _by_archive(self, families: Sequence[str], known: Sequence[int]) -> Iterator[Near]:
        """Yield the words that keep the same company, or, of a word too rare to have any, those that belong to it."""
        near = list(self._by_company(known))
        yield from near or self._by_vocabulary(families)
        if not known:
            yield from self._by_parts(families)
            yield from self._by_stem(families)

    def _by_company(self, known: Sequence[int]) -> Iterator[Near]:
        """Yield the words that keep the same company, the nearest first."""
        if not known:
            return
        wanted = self._vectors[known].astype(np.float32).sum(axis=0)
        length = float(np.linalg.norm(wanted))
        similar = self._near @ (wanted / length if length else wanted)
        near = np.flatnonzero(similar >= SIMILAR)
        for at in near[np.argsort(-similar[near], kind="stable")]:
            yield self._word(int(self._named[at]), float(similar[at]))

    def _by_vocabulary(self, families: Sequence[str]) -> Iterator[Near]:
        """Yield what the public services' vocabulary holds together with the word."""
        for family in families:
            for name in near_names(family):
                if len(name) == 1:
                    yield from self._numbered(sorted(families_of(name)))
                elif all(self._has(form) for form in name):
                    yield Near(" ".join(name), families_of(name), SIMILAR)

    def _has(self, form: str) -> bool:
        return form in FUNCTION_WORDS or not analyse(form).families.isdisjoint(self._number)

    def _by_parts(self, families: Sequence[str]) -> Iterator[Near]:
        """Yield what a compound is of, if that is a matter of its own: dødshjelp, not død, for dødshjelpsdebatt.

        Else what the table has for that, and for who does something: taxi for taxifrislipp, syklist.
        """
        for family in families:
            segments = split(family)
            for size in range(len(segments) - 1, 0, -1):
                *inner, (last, _joint) = segments[:size]
                beginning = "".join(part + joint for part, joint in inner) + last
                yield from self.of_beginning(beginning)
            if len(segments) > 1 and segments[-1][0].endswith(DOER):
                yield from listed((segments[-1][0],))

    def of_beginning(self, beginning: str) -> Iterator[Near]:
        """Yield what a compound that begins so is near: that, if it is a matter of its own, and what is near it."""
        if zipf(beginning) >= TOO_USUAL:
            return
        yield from self._numbered(sorted(filter(is_thing, analyse(beginning).families)), KEY_OF_PART)
        if len(beginning) >= SHORTEST_BEGINNING:
            yield from listed((beginning,))

    def _by_stem(self, families: Sequence[str]) -> Iterator[Near]:
        """Yield the words on the same stem: islamist for islamisme."""
        for family in families:
            stem = next((family.removesuffix(end) for end in STEM_ENDINGS if family.endswith(end)), family)
            if stem == family or len(stem) < SHORTEST_STEM:
                continue
            at = bisect_left(self._families, stem)
            while at < len(self._families) and self._families[at].startswith(stem):
                if len(self._families[at]) <= len(stem) + LONGEST_REST and self._is_named(at, KEY_OF_PART):
                    yield self._word(at, SIMILAR)
                at += 1

    def _numbered(self, families: Iterable[str], key: float = KEY) -> Iterator[Near]:
        found = [self._number[family] for family in families if family in self._number]
        for number in sorted(found, key=lambda number: -self._passages[number]):
            if self._is_named(number, key):
                yield self._word(number, SIMILAR)

    def _word(self, number: int, similarity: float) -> Near:
        return Near(self._shown[number], frozenset({self._families[number]}), similarity)


NONE = Neighbours((), (), np.zeros(0, dtype=np.int32), np.zeros((0, 0), dtype=np.float16), 0, 0)
"""Those of an archive without words."""
