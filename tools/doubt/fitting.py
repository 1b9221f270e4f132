"""Fit a logistic model on the names of signs, in plain Python: the same examples give the same weights.

Newton's method, its steps by conjugate gradients. Examples with the same signs are counted once with their number.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ingest.parser.report.doubt.model import BASE, chance

PENALTY = 10.0
"""Penalty for large weights (L2): what a few examples say stays small."""
STEPS, INNER_STEPS = 10, 25
CLOSE_ENOUGH = 1e-4

RIGHT = 4
"""One in so many of the right ones is looked at, and counts for all: they are many, and much alike."""

NEVER = -5.0
"""The sum where nothing was ever wrong."""

Example = tuple[tuple[str, ...], bool]
"""The signs of an entry or heading, and whether it is wrong."""


@dataclass(frozen=True, slots=True)
class _Row:
    signs: tuple[int, ...]
    wrong: bool
    count: float

    def sum(self, weights: Sequence[float]) -> float:
        """Return the sum of the weights of its signs, the last weight being everyone's."""
        found = weights[-1]
        for sign in self.signs:
            found += weights[sign]
        return found


def fit(examples: Iterable[Example]) -> dict[str, float]:
    """Return the weight of each sign, and the `base` that every sum begins with."""
    counted = _counted(examples)
    names = sorted({sign for signs, _ in counted for sign in signs})
    place = {name: index for index, name in enumerate(names)}
    rows = [_Row(tuple(place[sign] for sign in signs), wrong, n) for (signs, wrong), n in sorted(counted.items())]
    weights = [0.0] * (len(names) + 1)
    if not any(row.wrong for row in rows):
        return {BASE: NEVER}
    loss = _loss(rows, weights)
    for _ in range(STEPS):
        slope, bends = _derivatives(rows, weights)
        step = _solve(rows, bends, [-value for value in slope])
        size = 1.0
        nearer, tried = loss, weights
        while size > CLOSE_ENOUGH:
            tried = [weight + size * change for weight, change in zip(weights, step, strict=True)]
            nearer = _loss(rows, tried)
            if nearer < loss:
                break
            size /= 2
        if loss - nearer < CLOSE_ENOUGH * loss:
            break
        weights, loss = tried, nearer
    return {BASE: weights[-1], **{name: weights[index] for index, name in enumerate(names)}}


def _counted(examples: Iterable[Example]) -> Counter[Example]:
    """Return how many examples are alike."""
    counted: Counter[Example] = Counter()
    right = 0
    for signs, wrong in examples:
        right += not wrong
        if wrong:
            counted[signs, True] += 1
        elif not right % RIGHT:
            counted[signs, False] += RIGHT
    return counted


def _loss(rows: Sequence[_Row], weights: Sequence[float]) -> float:
    """Return how improbable the weights make what was wrong and right, large weights punished."""
    loss = PENALTY * sum(weight * weight for weight in weights[:-1]) / 2
    for row in rows:
        sums = row.sum(weights)
        loss += row.count * (math.log1p(math.exp(-abs(sums))) + max(sums, 0.0) - (sums if row.wrong else 0.0))
    return loss


def _derivatives(rows: Sequence[_Row], weights: Sequence[float]) -> tuple[list[float], list[float]]:
    """Return the slope of the loss, and how much each row bends it."""
    slope = [PENALTY * weight for weight in weights]
    slope[-1] = 0.0
    bends = []
    for row in rows:
        likely = chance(row.sum(weights))
        change = row.count * (likely - row.wrong)
        for sign in row.signs:
            slope[sign] += change
        slope[-1] += change
        bends.append(row.count * likely * (1 - likely))
    return slope, bends


def _solve(rows: Sequence[_Row], bends: Sequence[float], wanted: Sequence[float]) -> list[float]:
    """Return the step that takes the slope away, by conjugate gradients."""
    step = [0.0] * len(wanted)
    rest, direction = list(wanted), list(wanted)
    size = first = _dot(rest, rest)
    for _ in range(INNER_STEPS):
        if size <= CLOSE_ENOUGH * first:
            break
        bent = [PENALTY * value for value in direction]
        for row, bend in zip(rows, bends, strict=True):
            change = bend * row.sum(direction)
            for sign in row.signs:
                bent[sign] += change
            bent[-1] += change
        far = size / _dot(direction, bent)
        step = [value + far * change for value, change in zip(step, direction, strict=True)]
        rest = [value - far * change for value, change in zip(rest, bent, strict=True)]
        size, before = _dot(rest, rest), size
        direction = [value + size / before * change for value, change in zip(rest, direction, strict=True)]
    return step


def _dot(one: Sequence[float], other: Sequence[float]) -> float:
    return sum(a * b for a, b in zip(one, other, strict=True))
