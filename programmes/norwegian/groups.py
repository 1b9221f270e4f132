"""What is near a word without being the same: by `near_words.tsv`, the public services' words or `synonyms.toml`."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import product
from pathlib import Path

from programmes.norwegian.analysis import analyse
from programmes.norwegian.synonyms import TABLE as WORDS
from programmes.norwegian.synonyms import key_of_name
from programmes.norwegian.tokens import Forms, forms_of

LOS = Path(__file__).with_name("los_words.tsv")
NEAR_WORDS = Path(__file__).with_name("near_words.tsv")
NOUN_ENDS = ("erne", "ene", "ere", "er", "en", "et", "ne", "e", "a", "s")
"""Endings that are tried off a word whose family isn't in the table: langtidssykmeldte, which no dictionary has."""
SHORTEST_STEM = 5
"""Letters that are left then."""
MOST_SIBLINGS = 6
"""So many helper words of a word of Los are near each other; of more, each is near the word alone."""


def near_words(forms: Forms) -> tuple[str, ...]:
    """Return what programmes say of what some words name, the nearest first, each as it is written.

    By the words as they are typed, else by their families, else, of one word, without an ending that the dictionaries
    don't know as one. The table is read without taking its words apart, which would take seconds.
    """
    families = [analyse(form).families for form in forms]
    typed = [forms, *product(*map(sorted, families))]
    if len(forms) == 1:
        stems = [forms[0].removesuffix(end) for end in NOUN_ENDS if forms[0].endswith(end)]
        typed += [(stem + vowel,) for stem in stems for vowel in ("", "e", "er") if len(stem) >= SHORTEST_STEM]
    return next((_near_words()[each] for each in typed if each in _near_words()), ())


@cache
def rows() -> tuple[tuple[tuple[str, ...], tuple[str, ...], str], ...]:
    """Return every row of the table of near words: what is typed, what is near it, and where the row is from."""
    lines = NEAR_WORDS.read_text("utf-8").splitlines()
    parted = (line.split("\t") for line in lines if not line.startswith("#"))
    return tuple((tuple(typed.split(" | ")), tuple(near.split(" | ")), source) for typed, near, source in parted)


@cache
def _near_words() -> dict[Forms, tuple[str, ...]]:
    return {forms_of(word): near for typed, near, _source in rows() for word in typed}


def near_names(family: str) -> tuple[Forms, ...]:
    """Return the names that are near a word's family, the word of Los before its helper words."""
    return _near().get((family,), ())


def names_with_others_near() -> Iterator[Forms]:
    """Yield every name that `near_names` knows, as it is written."""
    for row in (*_rows_of_los(), *WORDS["near"], *(near for _typed, near, _source in rows())):
        yield from map(forms_of, row)
    for _wide, narrow in WORDS["wider"]:
        yield from map(forms_of, narrow)


@cache
def _rows_of_los() -> tuple[tuple[str, ...], ...]:
    """Return the words of Los, each with its helper words."""
    lines = LOS.read_text("utf-8").splitlines()
    return tuple(tuple(line.split("\t")) for line in lines if not line.startswith("#"))


@cache
def _near() -> dict[Forms, tuple[Forms, ...]]:
    table: dict[Forms, tuple[Forms, ...]] = {}
    for row in _rows_of_los():
        word, *helpers = map(forms_of, row)
        table[key_of_name(word)] = (*table.get(key_of_name(word), ()), *helpers)
        for helper in helpers:
            siblings = [other for other in helpers if other != helper] if len(helpers) <= MOST_SIBLINGS else []
            table[key_of_name(helper)] = (*table.get(key_of_name(helper), ()), word, *siblings)
    for row in [*WORDS["near"], *dict.fromkeys(near for _typed, near, _source in rows())]:
        for name in row:
            table[key_of_name(forms_of(name))] = (
                *table.get(key_of_name(forms_of(name)), ()),
                *(forms_of(other) for other in row if other != name),
            )
    for wide, narrow in WORDS["wider"]:
        for name in narrow:
            table[key_of_name(forms_of(name))] = (*table.get(key_of_name(forms_of(name)), ()), forms_of(wide))
    return table
