"""What a decision about two pledges rests on: a few numbers of their best pair of sentences."""

from __future__ import annotations

import math
from dataclasses import dataclass

from programmes.alike.amounts import Amount
from programmes.alike.likeness import Alignment, Tie, contrariness, hold
from programmes.alike.statements import Statement
from programmes.alike.weights import Weights

HEAVY_NOUN = 0.4
"""From so much a noun that both have tells what they are about."""
FOUND = 0.6
"""From so good a cover a word counts as found in the other sentence."""

NAMES = (
    "smaller_cover",
    "larger_cover",
    "heaviest_shared",
    "second_shared",
    "all_shared",
    "missing_in_shorter",
    "missing_in_both",
    "heaviest_found",
    "heading",
    "agreement",
    "contrary",
    "one_studied",
    "action",
    "sentences",
    "direct",
    "smaller_whole",
    "larger_whole",
    "shared_nouns",
)
"""The numbers, in the order in which `Judged.numbers` has them; `fitted.toml` has a weight for each."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two pledges held against each other."""

    one: Statement
    other: Statement
    alignment: Alignment
    contrary: float
    """How sure it is that they want contrary things: -1 to 1."""
    numbers: tuple[float, ...]


def compare(one: Statement, other: Statement, weights: Weights) -> Pair:
    """Hold two pledges against each other."""
    held = hold(one, other, weights)
    alignment = held.best
    contrary = contrariness(alignment)
    shared = sorted(
        (tie.weight * tie.cover for tie in alignment.ties if tie.cover >= FOUND and not tie.word.direction),
        reverse=True,
    )
    shorter, longer = alignment.ties, alignment.back
    if alignment.cover < alignment.cover_back:
        shorter, longer = longer, shorter
    missing = missing_of(shorter)
    numbers = (
        min(alignment.cover, alignment.cover_back),
        max(alignment.cover, alignment.cover_back),
        shared[0] if shared else 0.0,
        shared[1] if len(shared) > 1 else 0.0,
        min(sum(shared), 3.0),
        missing,
        min(missing, missing_of(longer)),
        float(_heaviest_found(alignment.ties)) + float(_heaviest_found(alignment.back)),
        _heading(one, other, weights),
        max(-contrary, 0.0),
        max(contrary, 0.0),
        float(alignment.one.is_studied != alignment.other.is_studied),
        float(_same_action(alignment)),
        math.log(max(len(one.sentences), len(other.sentences))),
        _direct(alignment),
        min(held.cover, held.cover_back),
        max(held.cover, held.cover_back),
        float(min(sum(weight >= HEAVY_NOUN for weight in shared), 4)),
    )
    return Pair(one, other, alignment, contrary, numbers)


def missing_of(ties: tuple[Tie, ...]) -> float:
    """Return the weight of the heaviest noun that finds no partner."""
    return max((tie.weight * (1 - tie.cover) for tie in ties if not tie.word.direction), default=0.0)


def _direct(alignment: Alignment) -> float:
    """Return the weight of the heaviest shared noun, as far as both sentences are directly for or against it."""
    return max(
        (
            tie.weight * tie.cover * min(abs(tie.word.sign), abs(tie.other.sign))
            for tie in alignment.ties
            if tie.other is not None and tie.word.is_thing and not tie.word.direction
        ),
        default=0.0,
    )


def _heaviest_found(ties: tuple[Tie, ...]) -> bool:
    nouns = [tie for tie in ties if not tie.word.direction]
    return bool(nouns) and max(nouns, key=lambda tie: tie.weight).cover >= FOUND


def _same_action(alignment: Alignment) -> bool:
    return any(tie.word.direction not in ("", "act") and tie.cover >= FOUND for tie in alignment.ties)


def _heading(one: Statement, other: Statement, weights: Weights) -> float:
    """Return the weight of the heaviest word of both pledges' headings, or of one's heading and the other's text."""
    shared = (one.headings & (other.headings | other.families)) | (other.headings & one.families)
    return max((weights.of(family) for family in shared), default=0.0)


def same_unit(one: tuple[Amount, ...], other: tuple[Amount, ...]) -> tuple[float, float] | None:
    """Return the first two numbers of the same unit that differ; None where there are none."""
    for amount in one:
        of_unit = [each.number for each in other if each.unit == amount.unit]
        if of_unit and amount.number not in of_unit:
            return amount.number, of_unit[0]
    return None
