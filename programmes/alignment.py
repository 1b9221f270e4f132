"""Which text of one programme is which of another: of two files of it, of two editions, of two parties.

`match` ties texts in pairs, the likest first, wherever they stand: pledges move between editions. `align` goes on from
there for texts in reading order: it also finds what one side has in several parts, and says of every text of both
sides what became of it.

rapidfuzz and numpy are imported where they are needed: much that asks for identity asks for neither.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise

from programmes.identity import NEARBY, UNMISTAKABLE, letters, likeness, match_by_keys

SAME = 98.0
"""Likeness in per cent (words sorted) from which a text is the same one, in the same words."""
REWORDED = 70.0
"""Likeness from which it is the same in other words; measured on pairs of invented editions, see the tests."""
SHORTEST = 12
"""Characters below which a text says too little to be known again unless it is the same."""
CONTAINED = 0.8
"""Share of a text's pairs of words that a longer one must have for the first to be a part of it."""
ROWS_AT_ONCE = 500
"""Texts that are compared with all others at a time: likeness takes four bytes a pair."""
_WORD = re.compile(r"[^\W_]+")


class Became(StrEnum):
    """What became of texts between the ones and the others."""

    SAME = "same"
    REWORDED = "reworded"
    PARTED = "parted"
    """The same words, or nearly, in more or fewer texts."""
    GONE = "gone"
    """Only among the ones."""
    NEW = "new"
    """Only among the others."""


@dataclass(frozen=True, slots=True)
class Group:
    """Texts that are each other: of the ones and of the others, by their places in the two lists, in order."""

    became: Became
    ones: tuple[int, ...]
    others: tuple[int, ...]
    likeness: float = 0.0
    """In per cent, of the texts put together; 0 where there are none on one side."""


@lru_cache(maxsize=20_000)
def words_of(text: str) -> tuple[str, ...]:
    """Return the words of a text, case folded, without punctuation."""
    return tuple(_WORD.findall(text.casefold()))


def match(texts: Sequence[str], earlier: Sequence[str]) -> list[tuple[int, float] | None]:
    """Return, for each text, which earlier one it is and their likeness in per cent; None where it is none of them.

    The likest pairs are taken first, and nothing twice. Likeness does not ask for the order of words.
    """
    new, old = ([" ".join(sorted(words_of(text))) for text in side] for side in (texts, earlier))
    same = match_by_keys(old, new, lambda words: words)
    found = [None if index is None else (index, 100.0) for index in same]
    used = {index for index in same if index is not None}
    for ratio, place, index in _likest(new, old, [n for n, pair in enumerate(found) if pair is None], used):
        is_short = min(len(texts[place]), len(earlier[index])) < SHORTEST
        if found[place] is None and index not in used and (ratio >= SAME or not is_short):
            found[place] = index, ratio
            used.add(index)
    return found


def _likest(
    new: Sequence[str], old: Sequence[str], places: Sequence[int], used: Collection[int]
) -> list[tuple[float, int, int]]:
    """Return the pairs of sorted words that are alike, the likest first, of what is not matched yet."""
    import numpy as np
    from rapidfuzz import fuzz, process

    left = [index for index in range(len(old)) if index not in used]
    pairs: list[tuple[float, int, int]] = []
    for first in range(0, len(places) if left else 0, ROWS_AT_ONCE):
        some = places[first : first + ROWS_AT_ONCE]
        words = [new[place] for place in some], [old[index] for index in left]
        alike = process.cdist(*words, scorer=fuzz.ratio, score_cutoff=REWORDED, dtype=np.float32)
        rows, columns = np.nonzero(alike)
        for row, column, ratio in zip(rows.tolist(), columns.tolist(), alike[rows, columns].tolist(), strict=True):
            pairs.append((ratio, some[row], left[column]))
    return sorted(pairs, key=lambda pair: (-pair[0], pair[1], pair[2]))


def align(ones: Sequence[str], others: Sequence[str]) -> list[Group]:
    """Return what became of each text of both sides, which stand in reading order: every one is in one group.

    The groups stand in the order of the ones; what only the others have stands after what is before it there.
    """
    pairs = _pairs(ones, others)
    links = _Links(len(ones), len(others))
    for other, pair in enumerate(pairs):
        if pair is not None:
            links.tie(pair[0], other)
    exact = {(one, other) for one, other in links.ties if letters(ones[one]) == letters(others[other])}
    _tie_parts(ones, others, links, exact)
    _tie_shifted(ones, others, links, exact)
    groups = [_group(ones, others, these, those) for these, those in links.groups()]
    return sorted(groups, key=_order(groups, len(ones)))


def _pairs(ones: Sequence[str], others: Sequence[str]) -> list[tuple[int, float] | None]:
    """Return, for each of the others, its pair: the same letters between the same neighbours first, then the likest."""
    here, there = _with_neighbours(ones), _with_neighbours(others)
    same = match_by_keys(here, there, lambda text: text, lambda text: text[1])
    found = [None if index is None else (index, 100.0) for index in same]
    taken = {index for index in same if index is not None}
    left = [index for index in range(len(ones)) if index not in taken]
    places = [place for place, index in enumerate(same) if index is None]
    rest = match([others[place] for place in places], [ones[index] for index in left])
    for place, pair in zip(places, rest, strict=True):
        found[place] = None if pair is None else (left[pair[0]], pair[1])
    return found


def _with_neighbours(texts: Sequence[str]) -> list[tuple[str, str, str]]:
    words = ["", *map(letters, texts), ""]
    return [(words[n - 1], words[n], words[n + 1]) for n in range(1, len(words) - 1)]


class _Links:
    """Which of the ones are which of the others, as ties between two; what hangs together is a group."""

    def __init__(self, ones: int, others: int) -> None:
        self.ones, self.others = ones, others
        self.ties: set[tuple[int, int]] = set()
        self.of_one: defaultdict[int, set[int]] = defaultdict(set)
        self.of_other: defaultdict[int, set[int]] = defaultdict(set)

    def tie(self, one: int, other: int) -> None:
        """Say that one of the ones and one of the others have words in common that are the same words."""
        self.ties.add((one, other))
        self.of_one[one].add(other)
        self.of_other[other].add(one)

    def groups(self) -> Iterator[tuple[list[int], list[int]]]:
        """Return the ones and the others that hang together, and what stands alone."""
        seen: set[int] = set()
        for first in range(self.ones):
            if first in seen:
                continue
            these, those, waiting = {first}, set(), [first]
            while waiting:
                for other in self.of_one.get(waiting.pop(), ()):
                    those.add(other)
                    new = self.of_other[other] - these
                    these |= new
                    waiting += new
            seen |= these
            yield sorted(these), sorted(those)
        for other in range(self.others):
            if other not in self.of_other:
                yield [], [other]


def _tie_parts(ones: Sequence[str], others: Sequence[str], links: _Links, exact: set[tuple[int, int]]) -> None:
    """Tie what stands alone to the text of the other side that it is a part of, if that has words to spare."""
    whole_ones = {one for one, _other in exact}
    whole_others = {other for _one, other in exact}
    hosts = [index for index in range(len(others)) if index not in whole_others]
    expected = _expected(len(ones), links.of_one)
    parts = _parts(ones, {n: expected[n] for n in range(len(ones)) if n not in links.of_one}, others, hosts)
    hosts = [index for index in range(len(ones)) if index not in whole_ones]
    expected = _expected(len(others), links.of_other)
    alone = {n: expected[n] for n in range(len(others)) if n not in links.of_other}
    for one, other in [*parts, *((one, other) for other, one in _parts(others, alone, ones, hosts))]:
        links.tie(one, other)


def _expected(count: int, tied: Mapping[int, Collection[int]]) -> list[float]:
    """Return where on the other side each of some texts is to be looked for: beside what stands before it."""
    expected, last = [], -0.5
    for index in range(count):
        last = max(tied[index]) + 0.5 if tied.get(index) else last
        expected.append(last)
    return expected


def _parts(
    texts: Sequence[str], alone: Mapping[int, float], wholes: Sequence[str], hosts: Sequence[int]
) -> list[tuple[int, int]]:
    """Return which of the texts that stand alone is a part of which longer one: that has its words in their order.

    Of several as good, the one nearest to where it is expected; a word or two are looked for near by alone.
    """
    holding: defaultdict[tuple[str, ...], set[int]] = defaultdict(set)
    for host in hosts:
        words = words_of(wholes[host])
        for run in {*pairwise(words), *((word,) for word in words)}:
            holding[run].add(host)
    found = []
    for index, expected in alone.items():
        words = words_of(texts[index])
        runs: set[tuple[str, ...]] = set(pairwise(words)) or {words}
        shared = Counter(host for run in runs for host in holding.get(run, ()))
        enough = [
            host
            for host, count in shared.items()
            if count >= CONTAINED * len(runs)
            and len(words_of(wholes[host])) > len(words)
            and (len(letters(texts[index])) >= UNMISTAKABLE or abs(host - expected) <= NEARBY)
        ]
        if enough:
            found.append((index, min(enough, key=lambda host: (-shared[host], abs(host - expected), host))))
    return found


def _tie_shifted(ones: Sequence[str], others: Sequence[str], links: _Links, exact: set[tuple[int, int]]) -> None:
    """Tie two reworded pairs that follow on each other and have, put together, the same letters: only the cut moved."""
    loose = {one: other for one, other in links.ties if (one, other) not in exact}
    for one, other in sorted(loose.items()):
        if loose.get(one + 1) == other + 1:
            here, there = (letters(side[n] + side[n + 1]) for side, n in ((ones, one), (others, other)))
            if here == there:
                links.tie(one, other + 1)


def _group(ones: Sequence[str], others: Sequence[str], these: list[int], those: list[int]) -> Group:
    """Return the group of some texts, and what became of them."""
    if not these or not those:
        return Group(Became.GONE if these else Became.NEW, tuple(these), tuple(those))
    here, there = (" ".join(side[n] for n in some) for side, some in ((ones, these), (others, those)))
    is_same = letters(here) == letters(there)
    alike = 100.0 if is_same else likeness(*(" ".join(sorted(words_of(text))) for text in (here, there)))
    if len(these) > 1 or len(those) > 1:
        return Group(Became.PARTED, tuple(these), tuple(those), alike)
    return Group(Became.SAME if alike >= SAME else Became.REWORDED, tuple(these), tuple(those), alike)


def _order(groups: Sequence[Group], count: int) -> Callable[[Group], tuple[int, int, int]]:
    """Return the order of groups: by the ones, what only the others have after what stands before it there."""
    at = {other: group.ones[-1] for group in groups if group.ones for other in group.others}
    before: dict[int, int] = {}
    last = -1
    for other in range(max((group.others[-1] for group in groups if group.others), default=-1) + 1):
        last = at.get(other, last)
        before[other] = last

    def order(group: Group) -> tuple[int, int, int]:
        if group.ones:
            return group.ones[0], 0, 0
        return before[group.others[0]], 1, group.others[0]

    return order
