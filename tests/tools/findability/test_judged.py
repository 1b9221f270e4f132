"""Judged queries: what a score says; and the floors of our own open ones on the real programmes."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tools.findability.archive import NEWSROOM
from tools.findability.judged import Judged, read_documents, read_judged, score, summary


def judged(relevant: dict[str, int], *, neutral: str = "", must_not: str = "") -> Judged:
    return Judged("q1", "ferge", "rare", relevant, frozenset(neutral.split()), frozenset(must_not.split()))


def test_neutral_documents_are_passed_over_and_grades_weighed() -> None:
    one = score(judged({"a": 2, "b": 1}, neutral="n", must_not="x"), ["n", "a", "x"], has_pledges=True)
    assert (one.recall, one.recall_wanted, one.precision, one.traps) == (0.5, 1.0, 0.5, 1)
    assert one.ndcg == pytest.approx(3 / (3 + 1 / 1.58496), abs=1e-4)


def test_an_empty_answer_has_no_precision_and_counts_as_empty() -> None:
    one = score(judged({"a": 2}), [], has_pledges=False)
    assert (one.recall, one.precision, one.ndcg, one.empty) == (0, None, 0, True)


def test_a_query_without_an_answer_must_get_no_pledges() -> None:
    scores = [score(judged({}), ["b"], has_pledges=True), score(judged({}), [], has_pledges=False)]
    assert summary(scores)["false_pledges"] == 1
    assert summary(scores)["n"] == 0
    assert summary(scores)["recall"] is None


def test_queries_not_judged_to_the_end_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "some.json"
    path.write_text('{"queries": [{"id": "q", "q": "ferge", "tests": "rare", "complete": false, "relevant": {}}]}')
    with pytest.raises(ValueError, match="judged to the end"):
        read_judged(path)


def test_documents_are_known_by_both_wordings(tmp_path: Path) -> None:
    path = tmp_path / "documents.jsonl"
    path.write_text('{"id": "a#1", "source": "a.pdf", "text": "Bygge ferger!", "raw": "Bygge fcrger"}\n', "utf-8")
    documents = read_documents(path)
    assert documents["a.pdf", "byggeferger"] == documents["a.pdf", "byggefcrger"] == ["a#1"]


@pytest.mark.parametrize("name", ["open", "closed"])
def test_the_judgements_have_ids_and_no_text(name: str) -> None:
    for row in json.loads((NEWSROOM / f"{name}.json").read_text("utf-8"))["queries"]:
        named = [*row["relevant"], *row.get("neutral", ()), *row.get("must_not", ())]
        assert all("#" in each and " " not in each for each in named)


def test_of_the_closed_queries_nothing_but_the_sum_is_printed() -> None:
    with pytest.raises(CommandError, match="only the sum"):
        call_command("measure_queries", "closed", show=1, stdout=StringIO())
