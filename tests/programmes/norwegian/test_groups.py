"""What is near a word without being the same: the table of near words."""

from collections import Counter

import pytest

from programmes.norwegian.compounds import split
from programmes.norwegian.groups import near_words, rows
from programmes.norwegian.lexicon import is_word
from programmes.norwegian.synonyms import key, same
from programmes.norwegian.tokens import asked

SOURCES = {"own", "Los", "SNL"}
ACRONYM = 4
"""Letters: such words are in no dictionary."""
NEW_WORDS = frozenset({"enova", "rovvilt", "allmenngjøring"})
"""Words of programmes that no dictionary has."""


def keys(word: str) -> tuple[str, ...]:
    return key(asked(word))


def test_every_row_is_whole() -> None:
    assert len(rows()) >= 600
    assert {source for _typed, _near, source in rows()} <= SOURCES
    assert [row for row in rows() if not all(map(asked, row[0] + row[1])) or len(set(row[1])) < len(row[1])] == []


def test_every_word_is_found_in_its_row_only() -> None:
    counts = Counter(keys(word) for typed, _near, _source in rows() for word in typed)
    assert [word for word, count in counts.items() if count > 1] == []
    assert [word for typed, near, _source in rows() for word in typed if near_words(asked(word)) != near] == []


def test_no_row_says_what_families_and_other_names_say() -> None:
    found = []
    for typed, near, _source in rows():
        names = {keys(name) for name in near}
        for word in typed:
            others = {key(name.forms) for name in same(asked(word))}
            if names & {keys(word), *others}:
                found.append(word)
    assert found == []


def test_near_words_are_ordinary_words() -> None:
    forms = {form for _typed, near, _source in rows() for name in near for form in asked(name)}
    unknown = {form for form in forms if len(form) > ACRONYM and not is_word(form) and len(split(form)) == 1}
    assert unknown <= NEW_WORDS


@pytest.mark.parametrize(
    ("typed", "near"),
    [
        ("musiker", "musikk"),
        ("musikarane", "musikk"),  # in any form
        ("rullestolbrukere", "funksjonsnedsettelse"),
        ("langtidssykmeldte", "sykefravær"),  # an ending that the dictionary lacks
        ("hordfast", "ferjefri E39"),
        ("monsterskatt", "grunnrenteskatt"),
    ],
)
def test_what_is_near(typed: str, near: str) -> None:
    assert near in near_words(asked(typed))


@pytest.mark.parametrize(
    "word", ["golfbane", "sjakk", "frimerker", "månelanding", "sommertid", "solarium", "isbjørn", "romskip"]
)
def test_what_no_programme_is_about_has_none(word: str) -> None:
    assert near_words((word,)) == ()
