"""Find the weights of the doubt from what is wrong in documents whose right result is known, and try them on others."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import fmean

from ingest.parser.report.doubt.kinds import asked, kind_of
from ingest.parser.report.doubt.model import BASE, Weights, chance, chances, placed
from ingest.parser.report.doubt.observed import Observed
from tools.doubt.examples import Marked
from tools.doubt.fitting import Example, fit
from tools.quality.doubt import Doubts

FOLDS = 4
LEAST = 0.05
"""Weights: smaller ones are left out."""
ASKED = 2.0
"""Problems for each hundred pledges, in the mean of documents that are read right."""


@dataclass(frozen=True, slots=True)
class Watched:
    """A document and what is seen of it."""

    document: Marked
    observed: Sequence[Observed]

    @classmethod
    def of(cls, document: Marked) -> Watched:
        """Look at a document."""
        return cls(document, document.observed())


def train(watched: Sequence[Watched]) -> dict[str, dict[str, float]]:
    """Return the weights that make the errors of some documents, and what is right in them, most probable."""
    first: dict[str, list[Example]] = {"section": [], "title in item": [], "title in passage": []}
    for one in watched:
        headings = one.document.headings_wrong | {id_ for id_ in one.document.wrong if id_}
        for seen in one.observed:
            signs = (*seen.signs, *seen.shared)
            if seen.sort == "section":
                first["section"].append((signs, seen.id in headings))
            else:
                first[f"title in {seen.sort}"].append((signs, seen.id in one.document.titles_missed))
    weights = {asked: fit(rows) for asked, rows in sorted(first.items())}
    second: dict[str, list[Example]] = {"item": [], "passage": []}
    for one in watched:
        wrong = set(one.document.wrong)
        for seen, above in placed(one.observed, weights):
            if seen.sort != "section":
                second[seen.sort].append(((*seen.signs, *seen.shared, *above), seen.id in wrong))
    return weights | {asked: fit(rows) for asked, rows in sorted(second.items())}


def doubts_of(one: Watched, weights: Weights) -> Doubts:
    """Return how sure the parser is of the entries of a document, and of its errors."""
    sure = confidences(one, weights)
    return Doubts(
        tuple(sure[id_] for id_ in one.document.entries),
        tuple(sure.get(id_) if id_ else None for id_ in one.document.wrong),
    )


def confidences(one: Watched, weights: Weights) -> dict[str, float]:
    """Return how sure the parser is of each entry and heading, by its id."""
    return {seen.id: 1 - chance(wrong) for seen, _, wrong in chances(one.observed, weights)}


def folds(watched: Sequence[Watched]) -> Iterable[tuple[list[Watched], list[Watched]]]:
    """Yield what to learn from and what to try, documents of one source always together."""
    groups = sorted({one.document.group for one in watched})
    for fold in range(FOLDS):
        tried = set(groups[fold::FOLDS])
        yield (
            [one for one in watched if one.document.group not in tried],
            [one for one in watched if one.document.group in tried],
        )


def moved(weights: Weights, right: Sequence[Watched]) -> dict[str, dict[str, float]]:
    """Return the weights, all bases moved alike, so that documents that are read right have few problems."""
    seen = [(one, list(chances(one.observed, weights))) for one in right]
    lines = sorted(wrong for _, found in seen for _, _, wrong in found)
    low, high = 0, len(lines) - 1
    while low < high:
        middle = (low + high) // 2
        if fmean(_problems(found, lines[middle]) for _, found in seen) > ASKED:
            low = middle + 1
        else:
            high = middle
    line = lines[low] if lines else 0.0
    return {
        asked: {**found, BASE: found[BASE] - line} if not asked.startswith("title") else dict(found)
        for asked, found in weights.items()
    }


def _problems(found: Sequence[tuple[Observed, tuple[str, ...], float]], line: float) -> float:
    """Return how many problems a document has for each hundred pledges, were all above a line doubted."""
    doubts = [kind_of(one, above, place) for place, (one, above, wrong) in enumerate(found) if wrong > line]
    pledges = sum(one.sort == "item" for one, _, _ in found)
    return 100 * sum(1 for _ in asked(doubts)) / max(1, pledges)


def as_toml(weights: Weights) -> str:
    """Return the weights as they are kept; small ones are left out."""
    lines = ["# What each sign tells of an error: written by `manage.py train_doubt`."]
    for question, found in weights.items():
        lines += ["", f"[{json.dumps(question)}]", f"{BASE} = {found[BASE]:.2f}"]
        rest = sorted((name, weight) for name, weight in found.items() if name != BASE)
        lines += [f"{json.dumps(name)} = {weight:.2f}" for name, weight in rest if abs(weight) >= LEAST]
    return "\n".join(lines) + "\n"
