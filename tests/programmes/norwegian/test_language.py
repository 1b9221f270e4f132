"""Which language a text is in."""

import pytest

from programmes.norwegian.language import is_norwegian, language_of, norwegian_of

BOKMAL = "Vi vil ikke legge ned skolen i Nordvika, og alle elevene skal få en plass."
NYNORSK = "Me vil ikkje leggje ned skulen i Nordvika, og alle elevane skal få ein plass."
ENGLISH = "We will not close the school of the town, and all pupils get their place."


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (BOKMAL, "nb"),
        (NYNORSK, "nn"),
        (ENGLISH, "en"),
        ("BYGDELISTA VIL: IKKJE SELJE SKULANE", "nn"),
        ("Elevene i Storfjell", None),
        ("Andere offene Worte", None),
        ("", None),
    ],
)
def test_language_of_a_text(text: str, language: str | None) -> None:
    assert language_of(text) == language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (BOKMAL, "nb"),
        (NYNORSK, "nn"),
        ("Me ma fa fleire plassar i heile kommunen for dei parerande", "nn"),
        ("Elevane i Storfjell", "nn"),
        ("Elevene i Storfjell", "nb"),
        ("Storfjell", "nb"),
    ],
)
def test_bokmal_or_nynorsk_with_and_without_its_letters(text: str, language: str) -> None:
    assert norwegian_of(text) == language


@pytest.mark.parametrize(
    ("text", "expected"), [(BOKMAL, True), (NYNORSK, True), (ENGLISH, False), ("Storfjell", False)]
)
def test_norwegian_rather_than_a_neighbour(text: str, expected: bool) -> None:
    assert is_norwegian(text) is expected
