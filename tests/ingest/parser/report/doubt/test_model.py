"""The sums of weights, and what a doubtful heading means for what stands below it."""

from __future__ import annotations

import pytest

from ingest.parser.document import Block
from ingest.parser.report.doubt.model import chance, chances, kept_weights
from ingest.parser.report.doubt.observed import Observed, Sort

BLOCK = Block("item", (), "bygge")
NONE = {"base": -5.0}


def observed(sort: Sort, id_: str, *signs: str) -> Observed:
    return Observed(sort, id_, BLOCK, signs, ())


def test_a_chance_is_a_half_at_nothing_and_never_leaves_its_bounds() -> None:
    assert chance(0.0) == 0.5
    assert 0 < chance(-1e9) < chance(1e9) < 1


def test_what_stands_below_a_doubtful_heading_is_doubtful_until_the_next() -> None:
    weights = {
        "section": {"base": -5.0, "odd": 10.0},
        "title in item": NONE,
        "title in passage": NONE,
        "item": {"base": -5.0, "heading above is none: sure": 4.0},
        "passage": NONE,
    }
    seen = [observed("section", "s1", "odd"), observed("item", "i1"), observed("section", "s2"), observed("item", "i2")]
    assert [(one.id, sums) for one, _, sums in chances(seen, weights)] == [
        ("s1", 5.0),
        ("i1", -1.0),
        ("s2", -5.0),
        ("i2", -5.0),
    ]


def test_what_stands_below_an_entry_that_may_be_a_heading_is_doubtful_too() -> None:
    weights = {
        "section": NONE,
        "title in item": {"base": -5.0, "like a title": 4.0},
        "title in passage": NONE,
        "item": {"base": -5.0, "title above: likely": 3.0},
        "passage": NONE,
    }
    seen = [observed("item", "i1"), observed("item", "i2", "like a title"), observed("item", "i3")]
    assert [sums for _, _, sums in chances(seen, weights)] == [-5.0, -5.0, -2.0]


@pytest.mark.parametrize("asked", ["section", "title in item", "title in passage", "item", "passage"])
def test_there_are_weights_for_each_question(asked: str) -> None:
    assert "base" in kept_weights()[asked]
