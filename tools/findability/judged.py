"""Queries with judged answers: how much of what is asked for is found, and how high.

The judgements name documents by their ids in ../shared; a hit is such a document by its file and the letters and digits
of its text. Hits that were not judged are passed over, neutral ones too.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log2
from pathlib import Path
from statistics import fmean
from typing import Any

from programmes.search import MAX_PER_PAGE, search
from tools.findability.fragments import key

RANKED = 20
"""Hits that nDCG looks at."""
WANTED = 2
"""The grade of what is asked for itself; 1 is near it."""

Documents = Mapping[tuple[str, str], Sequence[str]]
"""File and key of the text → ids."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A query and its judgements."""

    id: str
    query: str
    tests: str
    relevant: Mapping[str, int]
    neutral: frozenset[str]
    must_not: frozenset[str]


@dataclass(frozen=True, slots=True)
class Score:
    """How a query was answered; None where there is nothing to measure by."""

    judged: Judged
    recall: float | None
    recall_wanted: float | None
    precision: float | None
    ndcg: float | None
    empty: bool
    traps: int
    false_pledges: bool
    """Whether a query without an answer got pledges."""


def read_judged(path: Path) -> list[Judged]:
    """Read a file of queries; raises ValueError for one that is not judged to the end, which this doesn't score."""
    rows: list[dict[str, Any]] = json.loads(path.read_text("utf-8"))["queries"]
    if not all(row["complete"] for row in rows):
        raise ValueError(f"{path.name} has queries that are not judged to the end")
    return [
        Judged(
            row["id"],
            row["q"],
            row["tests"],
            row["relevant"],
            frozenset(row.get("neutral", ())),
            frozenset(row.get("must_not", ())),
        )
        for row in rows
    ]


def read_documents(path: Path) -> Documents:
    """Read the judged documents."""
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    with path.open(encoding="utf-8") as lines:
        for document in map(json.loads, lines):
            for text in {key(document["text"]), key(document.get("raw") or "")} - {""}:
                found[document["source"], text].append(document["id"])
    return found


def ask(judged: Judged, documents: Documents, *, engine: str | None = None) -> Score:
    """Search for a query, and score what is found."""
    result = search(judged.query, per_page=MAX_PER_PAGE, beside=0, engine=engine, highlight=False)
    ids = (documents.get((hit.passage.programme.filename, key(hit.passage.text)), ()) for hit in result.hits)
    ranked = list(dict.fromkeys(each for several in ids for each in several))
    return score(judged, ranked, any(hit.kind.label == "pledge" for hit in result.hits))


def score(judged: Judged, ranked: Sequence[str], has_pledges: bool) -> Score:
    """Score the judged documents that a query found, in their order."""
    traps = sum(each in judged.must_not for each in ranked)
    if not judged.relevant:
        return Score(judged, None, None, None, None, not ranked, traps, has_pledges)
    kept = [each for each in ranked if each not in judged.neutral]
    right = [each for each in kept if each in judged.relevant]
    wanted = [each for each, grade in judged.relevant.items() if grade == WANTED]
    ideal = sorted(judged.relevant.values(), reverse=True)
    return Score(
        judged,
        recall=len(right) / len(judged.relevant),
        recall_wanted=sum(each in right for each in wanted) / len(wanted) if wanted else None,
        precision=len(right) / len(kept) if kept else (1.0 if ranked else None),
        ndcg=_gain([judged.relevant.get(each, 0) for each in kept]) / _gain(ideal),
        empty=not ranked,
        traps=traps,
        false_pledges=False,
    )


def summary(scores: Sequence[Score]) -> dict[str, Any]:
    """Return the means of some scores, and how many queries were empty, trapped or wrongly answered."""
    answered = [one for one in scores if one.judged.relevant]
    return {
        "n": len(answered),
        "recall": _mean(one.recall for one in answered),
        "recall_wanted": _mean(one.recall_wanted for one in answered),
        "precision": _mean(one.precision for one in answered),
        "ndcg": _mean(one.ndcg for one in answered),
        "empty": sum(one.empty for one in answered),
        "traps": sum(one.traps for one in scores),
        "zero": len(scores) - len(answered),
        "false_pledges": sum(one.false_pledges for one in scores),
    }


def _gain(grades: Sequence[int]) -> float:
    return sum((2**grade - 1) / log2(rank + 2) for rank, grade in enumerate(grades[:RANKED]))


def _mean(values: Iterable[float | None]) -> float | None:
    measured = [value for value in values if value is not None]
    return round(fmean(measured), 4) if measured else None
