"""Which pledge of a new parse is which pledge of the old one, so that public ids survive.

A pledge is quoted by its id for years, while parsers get better: texts lose a stray page number,
sections change, one item becomes two. Matching goes from the surest sign to the weakest, and an
id is never given to two pledges.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

ALIKE = 0.75
"""How much of two texts at the same place must be equal (difflib ratio) for one to be the other."""
NEARBY = 12
"""How many entries away from where it is expected a reworded pledge is looked for."""


@dataclass(frozen=True, slots=True)
class Known:
    """An entry as it was stored: its id, its text and its section's title."""

    public_id: str
    text: str
    section: str
    place: tuple[int, int] | None = None
    """The page and line that it begins on."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """An entry of the new parse that needs an id."""

    text: str
    section: str
    place: tuple[int, int] | None = None


@lru_cache(maxsize=20_000)
def letters(text: str) -> str:
    """Return the letters and digits of a text, case folded: what is left when layout is gone."""
    return "".join(character for character in text.casefold() if character.isalnum())


def keep_ids(known: Sequence[Known], wanted: Sequence[Wanted]) -> list[str | None]:
    """Return, for each new entry in document order, the old id that is its own, or None where it is new."""
    found: list[str | None] = [None] * len(wanted)
    free = dict(enumerate(known))

    def take(key_of_known: Callable[[Known], Hashable], key_of_wanted: Callable[[Wanted], Hashable]) -> None:
        waiting: defaultdict[Hashable, list[int]] = defaultdict(list)
        for index, old in free.items():
            waiting[key_of_known(old)].append(index)
        for position, new in enumerate(wanted):
            queue = waiting.get(key_of_wanted(new)) if found[position] is None else None
            if queue:
                found[position] = free.pop(queue.pop(0)).public_id

    def words(entry: Known | Wanted) -> str:
        return letters(entry.text)

    def words_in_section(entry: Known | Wanted) -> tuple[str, str]:
        return words(entry), letters(entry.section)

    def words_at_place(entry: Known | Wanted) -> Hashable:
        return *words_in_section(entry), entry.place

    for key in (words_at_place, words_in_section, words):
        take(key, key)
    _take_begun(wanted, free, found)
    _take_alike(known, wanted, free, found)
    return found


def keep_words(known: Sequence[Known], wanted: Sequence[Wanted]) -> list[str | None]:
    """Return, for each new entry, the old id of an entry with the very same words, or None."""
    waiting: defaultdict[str, list[str]] = defaultdict(list)
    for old in known:
        waiting[letters(old.text)].append(old.public_id)
    return [waiting[key].pop(0) if waiting.get(key := letters(new.text)) else None for new in wanted]


def _take_begun(wanted: Sequence[Wanted], free: dict[int, Known], found: list[str | None]) -> None:
    """Give an entry that was split or merged the id of the old one that begins at the same place in the same words."""
    waiting: defaultdict[tuple[int, int], list[int]] = defaultdict(list)
    for index, old in free.items():
        if old.place is not None:
            waiting[old.place].append(index)
    for position, new in enumerate(wanted):
        if found[position] is not None or new.place is None:
            continue
        here = letters(new.text)
        for index in waiting.get(new.place, ()):
            if index in free and (
                letters(free[index].text).startswith(here) or here.startswith(letters(free[index].text))
            ):
                found[position] = free.pop(index).public_id
                break


def _take_alike(
    known: Sequence[Known], wanted: Sequence[Wanted], free: dict[int, Known], found: list[str | None]
) -> None:
    """Give a reworded entry the id of the old entry that stood between the same neighbours."""
    index_of = {entry.public_id: index for index, entry in enumerate(known)}
    expected = 0
    for position, entry in enumerate(wanted):
        public_id = found[position]
        if public_id is not None:
            expected = index_of[public_id] + 1
            continue
        best, best_ratio = None, ALIKE
        for index in range(max(0, expected - NEARBY), expected + NEARBY):
            if index not in free:
                continue
            matcher = SequenceMatcher(None, free[index].text, entry.text, autojunk=False)
            if matcher.real_quick_ratio() >= best_ratio and matcher.quick_ratio() >= best_ratio:
                ratio = matcher.ratio()
                if ratio >= best_ratio:
                    best, best_ratio = index, ratio
        if best is not None:
            found[position] = free.pop(best).public_id
            expected = best + 1
