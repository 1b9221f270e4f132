"""Words that mean the same, or that a wider word takes in."""

import pytest

from programmes.norwegian.synonyms import TABLE, Narrower, narrower, same


def test_every_row_names_two_things() -> None:
    assert [row for row in (*TABLE["los"], *TABLE["same"]) if len(set(row)) < 2] == []
    assert [wide for wide, narrow in TABLE["wider"] if not narrow] == []


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ("sykehjem", "aldershjem"),
        ("sjukeheimane", "aldershjem"),  # in any form
        ("ki", "kunstig intelligens"),
        ("kunstig intelligens", "ki"),
    ],
)
def test_other_names_of_the_same(asked: str, name: str) -> None:
    assert tuple(name.split()) in same(tuple(asked.split()))


def test_a_wider_word_takes_in_but_is_not_taken_in() -> None:
    assert Narrower(("buss",), in_compounds=False) in narrower(("kollektivtransport",))
    assert Narrower(("buss",), in_compounds=True) in narrower(("kollektivtransport",))
    assert narrower(("buss",)) == same(("buss",)) == ()


def test_another_name_takes_in_the_same() -> None:
    assert set(narrower(("kollektivtrafikk",))) == set(narrower(("kollektivtransport",)))
