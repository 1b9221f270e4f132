"""Which pledge of a party an article may mean where it quotes nobody: shown, and never called the source of its words.

What is claimed has to be covered by the pledge: each telling word by one of the same matter, the most telling of all
too, and in the same direction. Rather nothing than a likeness passed off as a source.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from programmes.norwegian.directions import direction_of, several_words
from programmes.quotes.direction import NEGATIONS, directions
from programmes.quotes.passages import SourcePassage
from programmes.quotes.related import relation
from programmes.quotes.words import Wording, number_of, rarity

COVERED = 0.66
"""Of what a claim tells, that a pledge must tell too."""
COVERED_OF_ANOTHERS = 0.42
"""The same, where the claim is word for word another party's pledge: what it is about is surely politics."""
MATCHED = 0.5
"""`related.relation` from which a word is taken to be there."""
SIGN = {"away": -1, "down": -1, "forbid": -1, "prevent": -1, "up": 1, "begin": 1, "keep": 1, "allow": 1, "protect": 1}
"""Which way a direction takes its thing: away with it, or more of it."""
NUMBER_TELLS = 4.0


@dataclass(frozen=True, slots=True)
class Unit:
    """A telling word, or a verb of several words, and how much it tells."""

    form: str
    tells: float


@dataclass(frozen=True, slots=True)
class Likeness:
    """How well a pledge covers a claim."""

    passage: SourcePassage
    covered: float
    """Of what the claim tells."""
    heaviest_missing: float
    """How much the most telling word tells that the pledge has nothing like, of the most telling of all: 0 to 1."""
    contrary: bool
    """Whether the two take their thing opposite ways."""
    numbers: tuple[tuple[str, str], ...]
    """Numbers of the pledge and of the claim that differ."""


def units_of(wording: Wording, first: int = 0, last: int | None = None) -> list[Unit]:
    """Return the telling words of a text, a verb of several words as one."""
    last = len(wording.forms) if last is None else last
    if first >= last:
        return []
    start = wording.words[first].start
    stretch = wording.text[start : wording.words[last - 1].end]
    taken: set[int] = set()
    units: dict[str, Unit] = {}
    for begins, ends, name in several_words(stretch):
        inside = [at for at in range(first, last) if begins <= wording.words[at].start - start < ends]
        taken |= set(inside)
        units[name] = Unit(name, max((rarity(wording.forms[at]) for at in inside), default=1.0))
    for at in range(first, last):
        form = wording.forms[at]
        tells = NUMBER_TELLS if number_of(form) is not None else rarity(form)
        if at not in taken and tells:
            units.setdefault(form, Unit(form, tells))
    return list(units.values())


def likeness(claimed: Wording, passage: SourcePassage) -> Likeness:
    """Return how well a pledge covers a claim, by its best sentence or as a whole."""
    wanted = units_of(claimed)
    reading = passage.readings[0]
    starts = sorted({reading.lead, *(at for at in reading.wording.begins if at >= reading.lead)})
    stops = [*starts[1:], len(reading.wording.forms)]
    stretches = list(zip(starts, stops, strict=True))
    if len(stretches) > 1:
        stretches.append((reading.lead, len(reading.wording.forms)))
    rows = [_cover(wanted, tuple(unit.form for unit in units_of(reading.wording, *stretch))) for stretch in stretches]
    best = max(range(len(rows)), key=lambda at: (rows[at][0], -at))
    covered, missing = rows[best]
    first, last = stretches[best]
    return Likeness(
        passage, covered, missing,
        is_contrary(claimed.forms, reading.wording.forms[first:last]),
        _numbers(claimed.forms, reading.wording.forms[first:last]),
    )  # fmt: skip


def _cover(wanted: Sequence[Unit], having: Sequence[str]) -> tuple[float, float]:
    whole = sum(unit.tells for unit in wanted)
    if not whole or not having:
        return 0.0, 1.0
    covered, missing = 0.0, 0.0
    for unit in wanted:
        best = max(relation(unit.form, form) for form in having)
        covered += unit.tells * best
        if best < MATCHED and direction_of_unit(unit.form) is None:
            missing = max(missing, unit.tells)
    return covered / whole, missing / max(unit.tells for unit in wanted)


@lru_cache(maxsize=20_000)
def direction_of_unit(form: str) -> str | None:
    """Return the direction of a verb, of one word or several; None for most words."""
    return direction_of(form) if " " in form else next(iter(sorted(directions(form))), None)


def is_contrary(claimed: Sequence[str], having: Sequence[str]) -> bool:
    """Return whether two texts take their thing opposite ways, by the direction of their verbs and their negations."""
    one, other = _sign(claimed), _sign(having)
    return one * other < 0


def _sign(forms: Sequence[str]) -> int:
    signs = [SIGN[name] for form in forms for name in directions(form) if name in SIGN]
    if not signs:
        return 0
    first = signs[0] if len(set(signs)) == 1 else 0
    return -first if sum(form in NEGATIONS for form in forms) % 2 else first


def _numbers(claimed: Sequence[str], having: Sequence[str]) -> tuple[tuple[str, str], ...]:
    wanted = [number for form in claimed if (number := number_of(form))]
    there = [number for form in having if (number := number_of(form))]
    unlike = [number for number in wanted if number not in there]
    others = [number for number in there if number not in wanted]
    return tuple(zip(others, unlike, strict=False))
