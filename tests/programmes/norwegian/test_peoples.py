"""Countries, what is of them, and who lives there."""

from collections import Counter

import pytest

from programmes.norwegian.analysis import analyse
from programmes.norwegian.peoples import named, of_one_country, rows


@pytest.mark.parametrize(
    ("word", "other"),
    [
        ("palestina", "palestinsk"),
        ("palestinske", "palestina"),
        ("palestinarane", "palestinsk"),
        ("kinas", "kinesisk"),
        ("usa", "amerikanere"),
        ("europa", "europeisk"),
        ("nordkorea", "nordkoreansk"),
        ("burma", "myanmar"),
    ],
)
def test_words_of_one_country(word: str, other: str) -> None:
    (family,) = analyse(word).families
    assert analyse(other).families <= of_one_country(family)


@pytest.mark.parametrize("word", ["norge", "norsk", "finner", "same", "russ", "nord"])
def test_words_that_say_more_than_a_country(word: str) -> None:
    assert named(word) is None


def test_a_country_is_no_compound() -> None:
    assert analyse("palestiner").parts == analyse("europeer").parts == frozenset()


def test_no_word_is_of_two_countries() -> None:
    counts = Counter(word for row in rows() for word in row)
    assert [word for word, count in counts.items() if count > 1] == []
    assert all(len(row) > 1 for row in rows())
