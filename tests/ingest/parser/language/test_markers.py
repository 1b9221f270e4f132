"""List marks: each row of the table is known to the stages, the edits and the readers."""

from __future__ import annotations

import pytest

from ingest.parser.language import markers, rules

ROWS = [pytest.param(row, id=row.name) for row in rules.MARKS]


@pytest.mark.parametrize("row", ROWS)
def test_a_row_is_known_to_the_stages_and_the_edits(row: rules.MarkRule) -> None:
    mark, words = markers.split_mark(row.example)
    assert words == "bygge flere boliger"
    assert markers.mark_of(row.example) == markers.Mark(mark, row.sort)


@pytest.mark.parametrize("row", ROWS)
def test_a_row_is_known_to_the_readers(row: rules.MarkRule) -> None:
    mark, words = markers.split_mark(row.example)
    for pattern, text in ((markers.OWN_MARKER, row.example), (markers.MARKER, f"{mark} {words}")):
        match = pattern.match(text)
        assert match and match[0] == mark


@pytest.mark.parametrize("row", [row for row in ROWS if row.values[0].sort != "order"])
def test_a_sign_behind_a_converters_own_mark_is_found(row: rules.MarkRule) -> None:
    assert markers.SECOND_MARKER.match(row.example)


@pytest.mark.parametrize("text", ["bygge skole", "-bygge", "okse på beite", "12", "kr. 100", "1.5 meter", "a.", "–"])
def test_what_is_no_mark(text: str) -> None:
    assert markers.mark_of(text) is None
    assert markers.split_mark(text) == ("", text)


@pytest.mark.parametrize(
    ("mark", "number", "family", "mere_sign"),
    [
        ("12.", 12, "1", False),
        ("(3)", 3, "1", False),
        ("a)", None, "a", False),
        ("bb)", None, "a", False),
        ("ab)", None, "a", False),
        ("iii.", None, "a", False),
        ("•", None, "•", True),
        ("o", None, "o", True),
        ("*", None, "*", True),
        ("(cid:127)", None, "(", True),
        ("–", None, "–", False),
    ],
)
def test_what_a_mark_says(mark: str, number: int | None, family: str, mere_sign: bool) -> None:
    assert (markers.number_of(mark), markers.family_of(mark), markers.is_mere_sign(mark)) == (number, family, mere_sign)


def test_numbers_and_letters_have_a_place_in_their_order() -> None:
    marks = ("1.", "12.", "(3)", "a)", "z)", "aa)", "bb)", "ab)", "–")
    assert [markers.place_in_order(mark) for mark in marks] == [1, 12, 3, 1, 26, 27, 28, 28, 0]


def test_dates_and_ordinals_carry_no_number_of_a_list() -> None:
    assert [text for text in ("17. mai", "12. uke", "3. Skole", "a) skole") if markers.is_date_or_ordinal(text)] == [
        "17. mai",
        "12. uke",
    ]
