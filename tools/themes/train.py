"""Find the weights of the kinds of evidence from labelled programmes.

A conditional logit model: an item's score for a theme is the weighted sum of the evidence for it, and the
weights make the labelled themes as probable as can be. Thirteen numbers, shared by all themes, come of it:
nothing of a text can be read out of them. Newton's method in plain Python takes seconds.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.parser.themes.evidence import KINDS

PENALTY = 1.0
"""Penalty for large weights (L2): what a thousand labels say little about stays small."""
STEPS = 30
CLOSE_ENOUGH = 1e-9


@dataclass(frozen=True, slots=True)
class Example:
    """An item with what speaks for each theme, and the theme that a person gave it."""

    evidence: dict[str, dict[str, float]]
    theme: str


def fit(examples: Sequence[Example], themes: Sequence[str]) -> dict[str, float]:
    """Return the weight of each kind of evidence."""
    rows = [
        [[(KINDS.index(kind), number) for kind, number in example.evidence.get(theme, {}).items()] for theme in themes]
        for example in examples
    ]
    right = [themes.index(example.theme) for example in examples]
    weights = [0.0] * len(KINDS)
    loss = _loss(rows, right, weights)
    for _ in range(STEPS):
        slope, bend = _derivatives(rows, right, weights)
        step = _solve(bend, slope)
        nearer, size = loss, 1.0
        while size > CLOSE_ENOUGH:
            tried = [weight - size * change for weight, change in zip(weights, step, strict=True)]
            nearer = _loss(rows, right, tried)
            if nearer < loss:
                break
            size /= 2
        if loss - nearer < CLOSE_ENOUGH * loss:
            break
        weights, loss = tried, nearer
    return {kind: round(weight, 3) for kind, weight in zip(KINDS, weights, strict=True)}


Rows = list[list[list[tuple[int, float]]]]
"""For each item, for each theme: (kind, number)."""


def _loss(rows: Rows, right: list[int], weights: list[float]) -> float:
    """Return how improbable the weights make the labels, large weights punished."""
    loss = PENALTY * sum(weight * weight for weight in weights) / 2
    for row, wanted in zip(rows, right, strict=True):
        scores = [sum(weights[i] * number for i, number in theme) for theme in row]
        top = max(scores)
        loss += top + math.log(sum(math.exp(score - top) for score in scores)) - scores[wanted]
    return loss


def _derivatives(rows: Rows, right: list[int], weights: list[float]) -> tuple[list[float], list[list[float]]]:
    """Return the first and second derivatives of the penalised loss."""
    size = len(weights)
    slope = [PENALTY * weight for weight in weights]
    bend = [[PENALTY if i == j else 0.0 for j in range(size)] for i in range(size)]
    for row, wanted in zip(rows, right, strict=True):
        scores = [sum(weights[i] * number for i, number in theme) for theme in row]
        top = max(scores)
        odds = [math.exp(score - top) for score in scores]
        total = sum(odds)
        expected = [0.0] * size
        for theme, odd in zip(row, odds, strict=True):
            chance = odd / total
            for i, number in theme:
                expected[i] += chance * number
                for j, other in theme:
                    bend[i][j] += chance * number * other
        for i, number in row[wanted]:
            slope[i] -= number
        for i in range(size):
            slope[i] += expected[i]
            for j in range(size):
                bend[i][j] -= expected[i] * expected[j]
    return slope, bend


def _solve(matrix: list[list[float]], right_side: list[float]) -> list[float]:
    """Solve a positive definite system by elimination."""
    size = len(right_side)
    rows = [[*row, value] for row, value in zip(matrix, right_side, strict=True)]
    for i in range(size):
        for lower in rows[i + 1 :]:
            factor = lower[i] / rows[i][i]
            for j in range(i, size + 1):
                lower[j] -= factor * rows[i][j]
    solution = [0.0] * size
    for i in reversed(range(size)):
        known = sum(rows[i][j] * solution[j] for j in range(i + 1, size))
        solution[i] = (rows[i][size] - known) / rows[i][i]
    return solution
