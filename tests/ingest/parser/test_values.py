"""The values that the stages hand on: equal by what they hold, and copied with a change."""

from __future__ import annotations

import gc

import pytest

from ingest.parser.document import Line, Piece
from ingest.parser.values import replace, uncollected

PIECE = Piece(Line("– Bygge svømmehall", 1, 1), 2, 18, "Bygge svømmehall", gap=1.0)


def test_a_copy_has_the_change_and_all_the_rest() -> None:
    copy = replace(PIECE, gap=0.0, frame=True)
    assert copy == Piece(PIECE.line, 2, 18, "Bygge svømmehall", 0.0, frame=True)
    assert copy.line is PIECE.line
    assert PIECE.gap == 1.0


def test_values_are_equal_and_hash_by_what_they_hold() -> None:
    again = replace(PIECE)
    assert again is not PIECE
    assert again == PIECE
    assert {again} == {PIECE}
    assert replace(PIECE, start=3) != PIECE


def test_a_field_that_a_value_does_not_have_is_refused() -> None:
    with pytest.raises(AttributeError):
        replace(PIECE, colour="red")  # type: ignore[call-arg]


def test_collecting_is_as_before_after_a_parse_even_one_that_fails() -> None:
    assert gc.isenabled()
    with pytest.raises(ValueError, match="broken"), uncollected():
        assert not gc.isenabled()
        raise ValueError("broken")
    assert gc.isenabled()
