"""Which is the same one, in another reading of a file.

Three questions are asked, each with an answer of its own here, and of the same means:

- `keep_ids`: which entry of a new parse is which stored one, so that its public id survives;
- `match_by_keys`: which section of a new parse is which stored one;
- `find_quote`: where the place is that a correction points at.

Which pledge of another edition or file is which, `programmes.alignment` answers.

All go from the surest sign to the weakest, and nothing is ever matched twice. A pledge is quoted by its id for years,
while parsers get better: texts lose a stray page number, sections change, one item becomes two.

rapidfuzz is imported where it is needed: a parse does not need it, and it took a good part of its start.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

ALIKE = 75.0
"""Likeness in per cent from which an entry is the stored one that stood between the same neighbours."""
NEARBY = 12
"""How many entries away from where it is expected a reworded entry is looked for."""

UNMISTAKABLE = 20
"""Characters from which a quote that stands once in the document is known wherever it stands."""
NEAR_PAGES = 2
NEAR_LINES = 60
"""How far from where it stood a short quote, or one much like it, is looked for."""
QUOTE_ALIKE = 88.0
"""Likeness in per cent from which a quote near by is the same one, read a little differently."""
CLEAR = 10.0
"""How much better (per cent of likeness) the best of several places must be than the next."""

Spot = tuple[int, int]
"""The page and line that something begins on."""


@dataclass(frozen=True, slots=True)
class Known:
    """An entry as it was stored: its id, its text, its section's title, and what it was taken for."""

    public_id: str
    text: str
    section: str
    place: Spot | None = None
    is_item: bool = True


@dataclass(frozen=True, slots=True)
class Wanted:
    """An entry of the new parse that needs an id."""

    text: str
    section: str
    place: Spot | None = None
    is_item: bool = True


@lru_cache(maxsize=20_000)
def letters(text: str) -> str:
    """Return the letters and digits of a text, case folded: what is left when layout is gone."""
    return "".join(filter(str.isalnum, text.casefold()))


def likeness(one: str, other: str, *, at_least: float = 0.0) -> float:
    """Return how much of two texts is equal, in per cent; 0 where it is less than `at_least`."""
    from rapidfuzz import fuzz

    return fuzz.ratio(one, other, score_cutoff=at_least)


def match_by_keys(old: Sequence[Any], new: Sequence[Any], *keys: Callable[[Any], Hashable]) -> list[int | None]:
    """Return, for each new one, which old one has the same key, or None; the surest key comes first.

    Of several with the same key, the first old one goes to the first new one.
    """
    found: list[int | None] = [None] * len(new)
    free = set(range(len(old)))
    for key in keys:
        waiting: defaultdict[Hashable, deque[int]] = defaultdict(deque)
        for index in sorted(free):
            waiting[key(old[index])].append(index)
        for position, one in enumerate(new):
            queue = waiting.get(key(one)) if found[position] is None else None
            if queue:
                found[position] = queue.popleft()
        free.difference_update(index for index in found if index is not None)
    return found


# Entries of a programme and their public ids


def keep_ids(known: Sequence[Known], wanted: Sequence[Wanted]) -> list[str | None]:
    """Return, for each new entry in document order, the old id that is its own, or None where it is new.

    The same words come first, whatever else has changed: what was prose and is a pledge now is the same passage still.
    Of the same words several times, place, neighbours, section and kind tell which is which. Only what is left is
    looked for by its beginning and by likeness, first among what was of the same kind, then among all.
    """
    found = match_by_keys(_told(known), _told(wanted), *SAME_WORDS)
    _match_begun(known, wanted, found)
    _match_alike(known, wanted, found, of_same_kind=True)
    _match_alike(known, wanted, found, of_same_kind=False)
    return _ids(known, found)


def keep_words(known: Sequence[Known], wanted: Sequence[Wanted]) -> list[str | None]:
    """Return, for each new entry, the old id of an entry with the very same words, or None."""
    return _ids(known, match_by_keys(_told(known), _told(wanted), lambda entry: entry.words))


def _ids(known: Sequence[Known], found: Sequence[int | None]) -> list[str | None]:
    return [None if index is None else known[index].public_id for index in found]


@dataclass(frozen=True, slots=True)
class _Told:
    """What tells entries of the same words from each other."""

    words: str
    is_item: bool
    section: str
    place: Spot | None
    around: tuple[str, str]
    """The words of the entries before and after."""


SAME_WORDS: tuple[Callable[[_Told], Hashable], ...] = (
    lambda entry: (entry.words, entry.place, entry.section, entry.is_item),
    lambda entry: (entry.words, entry.around),
    lambda entry: (entry.words, entry.place),
    lambda entry: (entry.words, entry.section, entry.is_item),
    lambda entry: (entry.words, entry.section),
    lambda entry: (entry.words, entry.is_item),
    lambda entry: entry.words,
)
"""What the same words have in common, the surest sign first."""


def _told(entries: Sequence[Known | Wanted]) -> list[_Told]:
    words = [letters(entry.text) for entry in entries]
    return [
        _Told(
            word,
            entry.is_item,
            letters(entry.section),
            entry.place,
            (words[n - 1] if n else "", words[n + 1] if n + 1 < len(words) else ""),
        )
        for n, (entry, word) in enumerate(zip(entries, words, strict=True))
    ]


def _match_begun(known: Sequence[Known], wanted: Sequence[Wanted], found: list[int | None]) -> None:
    """Match an entry that was split or merged with the old one of its kind that begins there in the same words."""
    waiting: defaultdict[Spot, list[int]] = defaultdict(list)
    for index in _free(known, found):
        if (place := known[index].place) is not None:
            waiting[place].append(index)
    for position, entry in enumerate(wanted):
        if found[position] is not None or entry.place is None:
            continue
        here = letters(entry.text)
        for index in waiting.get(entry.place, ()):
            there = letters(known[index].text)
            is_same_kind = known[index].is_item == entry.is_item
            if is_same_kind and (there.startswith(here) or here.startswith(there)):
                found[position] = index
                waiting[entry.place].remove(index)
                break


def _match_alike(
    known: Sequence[Known], wanted: Sequence[Wanted], found: list[int | None], *, of_same_kind: bool
) -> None:
    """Match a reworded entry with the old one that stood between the same neighbours."""
    free = set(_free(known, found))
    expected = 0
    for position, entry in enumerate(wanted):
        if (best := found[position]) is None:
            best_likeness = ALIKE
            for index in range(max(0, expected - NEARBY), expected + NEARBY):
                if index in free and (not of_same_kind or known[index].is_item == entry.is_item):
                    alike = likeness(known[index].text, entry.text, at_least=best_likeness)
                    if alike >= best_likeness:
                        best, best_likeness = index, alike
            if best is None:
                continue
            found[position] = best
            free.discard(best)
        expected = best + 1


def _free(known: Sequence[Known], found: Sequence[int | None]) -> Iterator[int]:
    """Return the stored entries that no new one has been matched with."""
    taken = set(found)
    return (index for index in range(len(known)) if index not in taken)


# Places in a source


def find_quote(quote: str, at: Spot, parts: Sequence[Any], spot_of: Callable[[Any], Spot]) -> list[int]:
    """Return which of the parts of a parse, by their `text`, may be a quote that stood at a spot; all are as good.

    First the quote where it stood, then the quote elsewhere, then one much like it near by.
    """

    def is_near(index: int) -> bool:
        page, line = spot_of(parts[index])
        return abs(line - at[1]) <= NEAR_LINES if page == at[0] else abs(page - at[0]) <= NEAR_PAGES

    same = [index for index, part in enumerate(parts) if part.text == quote]
    if here := [index for index in same if spot_of(parts[index]) == at]:
        return here
    is_unmistakable = len(quote) >= UNMISTAKABLE
    if found := [index for index in same if is_unmistakable or is_near(index)]:
        return found
    near = filter(is_near, range(len(parts))) if is_unmistakable else ()
    return [index for index in near if likeness(quote, parts[index].text, at_least=QUOTE_ALIKE)]


def clearest(likenesses: Sequence[float]) -> int | None:
    """Return which of several candidates is clearly the likest; None where there is none, or two are as good."""
    order = sorted(range(len(likenesses)), key=lambda index: likenesses[index], reverse=True)
    if len(order) > 1 and likenesses[order[0]] < likenesses[order[1]] + CLEAR:
        return None
    return order[0] if order else None
