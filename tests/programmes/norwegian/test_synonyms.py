"""Words that mean the same, or that a wider word takes in."""

import pytest

from programmes.norwegian.synonyms import TABLE, Narrower, narrower, same

ROWS = [line.split("\t") for line in TABLE.read_text("utf-8").splitlines() if line and not line.startswith("#")]


def test_every_row_can_be_read() -> None:
    assert [row for row in ROWS if len(row) < 3 or row[0] not in ("same", "wider") or not all(row)] == []


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
