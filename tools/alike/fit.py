"""A logistic regression of few numbers: Newton's method, with a penalty for large weights."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

STEPS = 60
CLOSE_ENOUGH = 1e-8


def fit(
    rows: NDArray[np.float64],
    answers: NDArray[np.float64],
    names: Sequence[str],
    *,
    penalty: float,
    counts: NDArray[np.float64] | None = None,
) -> dict[str, float]:
    """Return the weight of each column by its name, and a `constant`; `counts` are what each row counts for.

    The penalty is of columns brought to the same spread, so that none is preferred for its unit.
    """
    mean, spread = rows.mean(axis=0), rows.std(axis=0) + 1e-9
    table = np.column_stack([np.ones(len(rows)), (rows - mean) / spread])
    counts = np.ones(len(rows)) if counts is None else counts
    ridge = np.array([0.0] + [penalty] * rows.shape[1])
    weights = np.zeros(table.shape[1])
    for _step in range(STEPS):
        expected = 1 / (1 + np.exp(-table @ weights))
        slope = table.T @ (counts * (expected - answers)) + ridge * weights
        bend = (table * (counts * expected * (1 - expected))[:, None]).T @ table + np.diag(ridge + 1e-9)
        change = np.linalg.solve(bend, slope)
        weights -= change
        if np.abs(change).max() < CLOSE_ENOUGH:
            break
    own = weights[1:] / spread
    fitted = dict(zip(names, own.tolist(), strict=True))
    return {"constant": float(weights[0] - own @ mean), **fitted}


def chances(rows: NDArray[np.float64], names: Sequence[str], weights: Mapping[str, float]) -> NDArray[np.float64]:
    """Return the probability that fitted weights give each row."""
    total = weights["constant"] + rows @ np.array([weights[name] for name in names])
    return 1 / (1 + np.exp(-total))
