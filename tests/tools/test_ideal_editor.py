"""The ideal editor of the editor's day: puts right what is in doubt and wrong by the gold, and leaves all else."""

from __future__ import annotations

from typing import cast

import pytest

from ingest.desk.doubts.answers import ANSWERS
from ingest.desk.doubts.question import Reviewed
from ingest.parser.as_json import as_dict
from programmes.models import Programme
from tests.ingest.parser.edits import sketch
from tools.day.editor import Judge, answered


@pytest.mark.parametrize(("is_pledge", "answer"), [(True, "accept"), (False, "prose")])
def test_what_is_in_doubt_is_answered_by_the_gold(is_pledge: bool, answer: str) -> None:
    parsed = sketch.programme()
    doubted = parsed.items[0]
    gold = as_dict(parsed)
    gold["items"] = [item for item in gold["items"] if is_pledge or item["id"] != doubted.id]
    asked = Reviewed(cast(Programme, None), parsed).question(
        "no pledges", "Er det et løfte?", [doubted.id], whole=True, answers=ANSWERS["no pledges"]
    )
    judge = Judge(gold)
    assert judge.answer(asked, parsed) == answer
    if not is_pledge:
        assert judge.score(parsed).items.f1 < 1
        assert judge.score(answered(parsed, asked, asked.answers[0])).items.f1 == 1
