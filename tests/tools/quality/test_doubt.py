"""Whether the parser doubts where it is wrong."""

from __future__ import annotations

from typing import Any

import pytest

from tools.quality.doubt import Doubts, doubted, doubts_of
from tools.quality.scoring import score_parse


def entry(text: str, confidence: float, **more: Any) -> dict[str, Any]:
    return {"id": text, "text": text, "confidence": confidence, "section": None, "lead_in": "", "parent": None, **more}


def test_errors_among_the_least_sure_entries_are_found() -> None:
    sure, unsure = (1.0,) * 95, (0.1, 0.2, 0.3, 0.4, 0.5)
    assert doubted([Doubts(sure + unsure, (0.1, 0.2))]).found == 1
    assert doubted([Doubts(sure + unsure, (0.1, 1.0))]).found == 0.5
    assert doubted([Doubts(sure + unsure, (0.1, None))]).found == 0.5


def test_where_more_is_wrong_more_is_looked_at() -> None:
    seen = doubted([Doubts((0.5,) * 10 + (1.0,) * 90, (0.5,) * 5), Doubts((1.0,) * 100, (1.0,) * 15)])
    assert (seen.entries, seen.errors, seen.looked_at) == (200, 20, 0.2)
    assert seen.found == pytest.approx((5 + 15 * 30 / 190) / 20)


def test_a_parser_that_is_always_sure_finds_what_chance_finds() -> None:
    assert doubted([Doubts((1.0,) * 100, (1.0,))]).found == pytest.approx(0.05)
    assert doubted([]).found == 1


def test_what_is_missing_is_looked_for_where_its_words_stand() -> None:
    wanted = ["Bygge skoler", "Male dem", "Vaske dem på lørdag", "Åpne dem", "Rive dem"]
    gold = {"sections": [], "items": [entry(text, 1) for text in wanted]}
    parsed = {
        "sections": [{"id": "s", "title": "Åpne dem", "parent": None, "confidence": 0.4}],
        "items": [entry("Bygge skoler", 0.9), entry("Vaske dem", 0.3), entry("Vaske", 0.2)],
        "passages": [entry("Vi skal male dem snart.", 0.6)],
    }
    doubts = doubts_of(score_parse(gold, parsed).misses, parsed)
    assert doubts.entries == (0.9, 0.3, 0.2, 0.6)
    assert doubts.errors == (0.3, 0.2, 0.6, 0.3, 0.4, None)


def test_a_heading_is_as_doubtful_as_the_entries_beside_it() -> None:
    assert doubted([Doubts((0.5,) * 5 + (1.0,) * 95, (0.4, 0.9))]).found == 0.5
