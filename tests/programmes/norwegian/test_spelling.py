"""Slips that sound like what was meant; each row of the table is needed for its own example."""

import pytest

from programmes.norwegian.spelling import sound
from programmes.norwegian.tables import SLIPS


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        *(row[2].split(" → ") for row in SLIPS),
        ("kolektivtraffik", "kollektivtrafikk"),
        ("komune", "kommune"),
        ("avgifft", "avgift"),
        ("trasse", "trasé"),
    ],
)
def test_a_slip_sounds_like_what_was_meant(typed: str, meant: str) -> None:
    assert sound(typed) == sound(meant)


@pytest.mark.parametrize(("one", "other"), [("vei", "vi"), ("skole", "skål"), ("mål", "mel"), ("tog", "tak")])
def test_other_words_sound_otherwise(one: str, other: str) -> None:
    assert sound(one) != sound(other)
