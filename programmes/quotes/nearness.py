"""How far a quotation is from words of the archive: which words differ, and whether it is the same all the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from rapidfuzz.distance import LCSseq, Levenshtein

from programmes.quotes.direction import NEGATIONS, directions, is_turned_by, turned_before
from programmes.quotes.passages import Reading, SourcePassage
from programmes.quotes.related import relation
from programmes.quotes.words import Wording, family, is_function_word, number_of, rarity, words_of
from programmes.wording import Stretch

MISSPELT = 0.75
"""Of a word's letters: two words so alike are one, written in two ways or wrongly."""
SHARE = 0.6
"""Of a quotation's words that must be in the source, in order."""
EXCUSED_SHARE = 0.85
EXCUSED_WORDS = 12
"""One strange word among so many, nearly all of them in their places, is a changed word and no other sentence."""
SWAPPED_WORDS, SWAPPED_SHARE = 6, 0.75
"""Of so many words such a share: one strange word is a changed word too, where the source goes on behind it."""
SLIGHT, MOST_SLIGHT = 0.8, 3.0
"""Of a quotation's words in their places, and what the words that it lacks may tell: then nothing was joined."""
BESIDE = 2
"""Words in their places before it, and behind it."""
RELATED = 0.5
"""`related.relation`: a word in another's place that is about the same."""


@dataclass(frozen=True, slots=True)
class Change:
    """Words of the source that a quotation lacks (`removed`), and what it has in their place (`added`)."""

    removed: str
    added: str

    @property
    def is_number(self) -> bool:
        """Whether numbers alone differ."""
        return all(number_of(word.form) is not None for word in (*words_of(self.removed), *words_of(self.added)))


@dataclass(frozen=True)
class Nearness:
    """How a quotation differs from a stretch of a passage."""

    passage: SourcePassage
    reading: Reading
    first: int
    last: int
    changes: tuple[Change, ...]
    stretches: tuple[Stretch, ...]
    """The source with what the quotation lacks of it and has beside it, in reading order."""
    numbers: tuple[tuple[str, str], ...]
    """Numbers that differ: those of the source and of the quotation; empty for one that the other hasn't."""
    turned: bool
    """Whether it says the opposite."""
    translated: bool
    """Whether it is the same in bokmål and nynorsk, or in other inflections alone."""
    share: float
    """Of the quotation's words that are in the source, in order."""
    strange: tuple[str, ...] = field(default=())
    """Telling words of the quotation that the source has nothing like."""
    is_within: bool = False
    """Whether what differs stands between words in their places: no beginning or end of its own."""
    missing: float = 0.0
    """What the words of the source tell, within the stretch, that the quotation lacks."""

    @property
    def is_slight(self) -> bool:
        """Whether nearly all words are in their places, and those that aren't tell little."""
        return self.share >= SLIGHT and not self.strange and self.missing <= MOST_SLIGHT

    @property
    def rank(self) -> tuple[int, float, float, bool, int]:
        """The nearest first; a pledge before the text around it."""
        told = self.missing + len(self.changes)
        return (len(self.strange), -self.share, told, self.passage.kind == "prose", len(self.reading.wording.forms))


def nearness(quoted: Wording, passage: SourcePassage) -> Nearness | None:
    """Return how a quotation differs from the nearest stretch of a passage; None where they share nothing."""
    found = [near for reading in passage.readings if (near := _of_reading(quoted, passage, reading))]
    return min(found, key=lambda near: near.rank, default=None)


def _of_reading(quoted: Wording, passage: SourcePassage, reading: Reading) -> Nearness | None:
    wanted = [family(form) for form in quoted.forms]
    having = [family(form) for form in reading.wording.forms]
    stretch = _stretch(wanted, having)
    if stretch is None:
        return None
    first, last = stretch
    shown = reading.wording.forms[first:last]
    same = 0
    translated = 0
    changes: list[Change] = []
    stretches: list[Stretch] = []
    numbers: list[tuple[str, str]] = []
    strange: list[str] = []
    missing = 0.0
    removed_words: list[str] = []
    added_words: list[str] = []
    codes = _opcodes(having[first:last], wanted)
    for tag, had, had_last, want, want_last in codes:
        if tag == "equal":
            same += want_last - want
            for at in range(want_last - want):
                removed = reading.wording.shown(first + had + at, first + had + at + 1)
                added = quoted.shown(want + at, want + at + 1)
                if shown[had + at] == quoted.forms[want + at]:
                    stretches.append(Stretch("same", removed))
                    continue
                translated += 1
                changes.append(Change(removed, added))
                stretches += [Stretch("removed", removed), Stretch("added", added)]
            continue
        change = Change(reading.wording.shown(first + had, first + had_last), quoted.shown(want, want_last))
        changes.append(change)
        stretches += [Stretch("removed", change.removed)] * bool(change.removed)
        stretches += [Stretch("added", change.added)] * bool(change.added)
        gone, new = shown[had:had_last], quoted.forms[want:want_last]
        numbers += _numbers(gone, new)
        unlike, lost = _unlike(gone, new)
        strange += unlike
        missing += lost
        removed_words += gone
        added_words += new
    if not same:
        return None
    before = turned_before(reading.wording, first, sentence_ends_at=reading.lead or None)
    turned = is_turned_by(removed_words, added_words) != bool(before)
    return Nearness(
        passage, reading, first, last, tuple(changes), tuple(stretches), tuple(numbers), turned,
        translated=bool(translated) and len(changes) == translated, share=same / len(wanted), strange=tuple(strange),
        is_within=_is_within(codes), missing=missing,
    )  # fmt: skip


def _is_within(codes: Sequence[tuple[str, int, int, int, int]]) -> bool:
    """Return whether every change stands between words in their places."""
    return all(
        0 < at < len(codes) - 1 and all(each[4] - each[3] >= BESIDE for each in (codes[at - 1], codes[at + 1]))
        for at, code in enumerate(codes)
        if code[0] != "equal"
    )


def _opcodes(having: Sequence[str], wanted: Sequence[str]) -> list[tuple[str, int, int, int, int]]:
    """Return how one row of words becomes another; words lost, added or replaced side by side are one change."""
    merged: list[tuple[str, int, int, int, int]] = []
    for code in Levenshtein.opcodes(having, wanted):
        tag = "equal" if code.tag == "equal" else "changed"
        if merged and tag == "changed" and merged[-1][0] == "changed":
            last = merged[-1]
            merged[-1] = ("changed", last[1], code.src_end, last[3], code.dest_end)
        else:
            merged.append((tag, code.src_start, code.src_end, code.dest_start, code.dest_end))
    return merged


def _stretch(wanted: Sequence[str], having: Sequence[str]) -> tuple[int, int] | None:
    """Return the stretch of the source that most of a quotation's words stand in, in order, as short as can be."""
    common = [
        (op.src_start + step, op.dest_start + step)
        for op in LCSseq.opcodes(having, wanted)
        if op.tag == "equal"
        for step in range(op.src_end - op.src_start)
    ]
    if not common:
        return None
    end = place = common[-1][0]
    for _before, at in common[-2::-1]:  # each word as late as it can stand
        place = next(earlier for earlier in range(place - 1, -1, -1) if having[earlier] == wanted[at])
    return max(place - common[0][1], 0), min(end + len(wanted) - common[-1][1], len(having))


def _numbers(removed: Sequence[str], added: Sequence[str]) -> list[tuple[str, str]]:
    """Return the numbers that differ between words that stand in one another's place."""
    before = [number for form in removed if (number := number_of(form))]
    after = [number for form in added if (number := number_of(form))]
    pairs = [(one, other) for one, other in zip(before, after, strict=False) if one != other]
    pairs += [(one, "") for one in before[len(after) :]]
    pairs += [("", other) for other in after[len(before) :]]
    return pairs


def _unlike(removed: Sequence[str], added: Sequence[str]) -> tuple[list[str], float]:
    """Return the telling words of a quotation that the source has nothing like in their place, and what it lacks."""
    left = [form for form in removed if not _is_excused(form)]
    strange = []
    for form in added:
        if _is_excused(form) or (directions(form) and any(map(directions, removed))):
            continue
        like = max(left, key=lambda other: likeness(other, form), default=None)
        if like is not None and likeness(like, form) >= RELATED:
            left.remove(like)
        else:
            strange.append(form)
    return strange, sum(map(rarity, left))


def likeness(one: str, other: str) -> float:
    """Return how alike two words are, 0 to 1: in matter, or in letters."""
    letters = Levenshtein.normalized_similarity(one, other)
    return max(relation(one, other), letters if letters >= MISSPELT and min(len(one), len(other)) > 3 else 0.0)


def _is_excused(form: str) -> bool:
    """Return whether a word may differ and the sentence be the same: numbers, negations and small words."""
    return is_function_word(form) or number_of(form) is not None or form in NEGATIONS


def is_near(found: Nearness, size: int) -> bool:
    """Return whether a quotation of `size` words is a stretch of a passage with some words changed."""
    if found.share < SHARE and not (found.turned and found.share >= 0.5):
        return size <= 3 and not found.strange and found.share >= 0.5
    if found.strange:
        is_swapped = found.is_within and size >= SWAPPED_WORDS and found.share >= SWAPPED_SHARE
        is_excused = size >= EXCUSED_WORDS and found.share >= EXCUSED_SHARE
        return len(found.strange) == 1 and (is_swapped or is_excused)
    return found.last - found.first <= 2 * size + 4
