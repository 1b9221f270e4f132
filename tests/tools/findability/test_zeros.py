"""Headwords and inflections: what counts as shown, as a false zero, as alike."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tools.findability.archive import NEWSROOM
from tools.findability.overlap import Group, overlap, read_groups
from tools.findability.zeros import Asked, Headword, outcome, read_headwords


def result(**given: Any) -> Any:
    usual = {"query": "ferge", "searched": "ferge", "total": 0, "elsewhere": 0, "relaxed": None, "neighbour": ""}
    return SimpleNamespace(**{**usual, "hits": (), "same_matter": (), **given})


HIT = SimpleNamespace(by="word")
NAMED = SimpleNamespace(by="same thing")


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"total": 2, "hits": (NAMED, HIT)}, "pledges"),
        ({"total": 1, "hits": (NAMED,)}, "another name"),
        ({"elsewhere": 3}, "text or heading"),
        ({"total": 4, "hits": (HIT,), "relaxed": ("ny",), "elsewhere": 1}, "text or heading"),
        ({"total": 4, "hits": (HIT,), "relaxed": ("ny",)}, "fewer words"),
        ({"total": 4, "hits": (HIT,), "neighbour": "båt"}, "neighbour"),
        ({"same_matter": (SimpleNamespace(total=3),)}, "neighbour"),
        ({"same_matter": (SimpleNamespace(total=0),)}, "nothing"),
        ({"total": 4, "hits": (HIT,), "searched": "ferje"}, "corrected"),
        ({}, "nothing"),
    ],
)
def test_what_a_search_shows(given: dict[str, Any], expected: str) -> None:
    assert outcome(result(**given)) == expected


def test_a_zero_is_false_only_where_the_archive_says_something() -> None:
    assert Asked(Headword("ferge", "fagord", ("ferje",)), "nothing", shows=False).is_false_zero
    assert not Asked(Headword("ferge", "fagord", ()), "nothing", shows=False).is_false_zero
    assert not Asked(Headword("ferge", "fagord", ("ferje",)), "neighbour", shows=False).is_false_zero


def test_a_short_name_begins_a_word_and_a_long_one_stands_anywhere() -> None:
    assert Headword("", "", ("ki",)).is_in("bruke KI-verktøy")
    assert not Headword("", "", ("ki",)).is_in("legge nye skinner")
    assert Headword("", "", ("ferje",)).is_in("flere Bilferjer")


def test_the_table_of_headwords(tmp_path: Path) -> None:
    path = tmp_path / "words.tsv"
    path.write_text("ferge\tfagord\tferje|båtrute\nradon\tfagord\t\n", "utf-8")
    assert [one.called for one in read_headwords(path)] == [("ferje", "båtrute"), ()]
    assert len({one.word for one in read_headwords(NEWSROOM / "headwords.tsv")}) == 1000


def test_overlap_is_the_mean_over_all_pairs_of_forms() -> None:
    assert overlap("abcd", "abxy") == 0.5
    assert overlap("abcd", "a") == 0.25, "of the longer page"
    assert Group(("a", "b", "c"), (("1", "2"), ("1", "2"), ()), (2, 2, 0)).overlap == pytest.approx(1 / 3)
    assert Group(("a", "b"), ((), ()), (0, 0)).overlap is None


def test_the_groups_of_forms() -> None:
    groups = read_groups(NEWSROOM / "inflections.tsv")
    assert len(groups) == 60
    assert all(len(set(forms)) == len(forms) >= 2 for forms in groups)
