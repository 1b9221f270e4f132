"""What is doubted becomes questions: a run of neighbours under one doubt is one."""

from __future__ import annotations

import pytest

from ingest.parser.draft import Doubt
from ingest.parser.report.doubt.kinds import ASKED, asked


def doubts(*found: tuple[str, int]) -> list[Doubt]:
    return [Doubt(f"i{place}", kind, place, 1, 10 + place) for kind, place in found]


def test_neighbours_under_one_doubt_are_one_problem() -> None:
    problems = list(asked(doubts(*(("list without lead-in", place) for place in range(14)))))

    assert [problem.message for problem in problems] == ["14 punkter uten innledning: er det løfter?"]
    assert problems[0].of == tuple(f"i{place}" for place in range(14))
    assert (problems[0].kind, problems[0].line) == ("list without lead-in", 10)


@pytest.mark.parametrize(("far", "count"), [(1, 1), (2, 1), (3, 2)])
def test_one_that_is_sure_may_stand_between_them(far: int, count: int) -> None:
    assert len(list(asked(doubts(("lead-in", 5), ("lead-in", 5 + far))))) == count


def test_other_doubts_are_other_problems() -> None:
    found = list(asked(doubts(("short", 1), ("short", 2), ("long", 3), ("short", 4))))
    assert [(problem.kind, problem.of) for problem in found] == [
        ("short", ("i1", "i2")),
        ("long", ("i3",)),
        ("short", ("i4",)),
    ]


def test_entries_under_two_lead_ins_are_two_problems() -> None:
    found = [Doubt("i1", "lead-in", 1, 1, 1, "Vi vil:"), Doubt("i2", "lead-in", 2, 1, 2, "Vi krever:")]
    assert [problem.message for problem in asked(found)] == [
        "Hører punktet under innledningen «Vi vil:»?",
        "Hører punktet under innledningen «Vi krever:»?",
    ]


def test_what_stands_below_a_doubtful_heading_is_asked_with_it() -> None:
    found = [
        Doubt("s2", "doubtful heading", 4, 1, 4, "Vei"),
        *(Doubt(f"i{n}", "place", n, 1, n, "Vei") for n in (5, 9)),
    ]
    other = Doubt("i12", "place", 12, 1, 12, "Buss")
    assert [problem.of for problem in asked([*found, other])] == [("s2", "i5", "i9"), ("i12",)]


@pytest.mark.parametrize("kind", ASKED)
def test_every_kind_has_words_for_one_and_for_several(kind: str) -> None:
    for words in ASKED[kind]:
        message = words.format(n=3, about="Skole")
        assert message[-1] in ".?"
        assert "{" not in message


def test_nothing_doubted_is_no_problem() -> None:
    assert not list(asked([]))
