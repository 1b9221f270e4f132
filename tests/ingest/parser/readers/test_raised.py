"""What is a note's number, and what of a unit or formula."""

from __future__ import annotations

import pytest

from ingest.parser.readers.raised import RAISED, is_note_number, union


@pytest.mark.parametrize("rule", RAISED, ids=lambda rule: rule.name)
def test_a_rule_fits_its_example(rule) -> None:
    assert union([rule]).search(rule.example)


@pytest.mark.parametrize(
    ("raised", "before", "after"),
    [
        ("2", "300 m", " verksted"),
        ("3", "5 km", ""),
        ("2", "CO", "-utslipp"),
        ("1", "2 ", "/3"),
        ("te", "5", ""),
        ("2", "dm", "."),
    ],
)
def test_what_belongs_to_the_text(raised: str, before: str, after: str) -> None:
    assert not is_note_number(raised, before, after)


@pytest.mark.parametrize(
    ("raised", "before", "after"),
    [
        ("3", "50", " millioner"),
        ("12", "boliger", "."),
        ("1, 2", "boliger", ""),
        ("*", "boliger", ""),
        ("4)", "program", ""),
        ("22", "300 m", ""),
        ("2", "vårt program", " sier"),
    ],
)
def test_what_is_a_notes_number(raised: str, before: str, after: str) -> None:
    assert is_note_number(raised, before, after)
