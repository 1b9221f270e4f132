"""Countries, their adjectives and their peoples: Palestina, palestinsk, palestiner; `peoples.tsv` lists them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from programmes.norwegian.characters import unaccented

TABLE = Path(__file__).with_name("peoples.tsv")
INFLECTIONS = (("er", "ere", "eren", "erne", "ers", "ernes", "ar", "arar", "aren", "arane"), ("sk", "ske"))
"""Of who lives there, in bokmål and nynorsk, and of an adjective; the first names the word's family."""


def named(form: str) -> str | None:
    """Return the family of a form of a country's name, of its adjective or of its people; None for other words."""
    return _families().get(unaccented(form))


def of_one_country(family: str) -> frozenset[str]:
    """Return the other words of the country that a word's family is of; none for most words."""
    return _others().get(family, frozenset())


@cache
def rows() -> tuple[tuple[str, ...], ...]:
    """Return the words of each country, in the forms that name their families."""
    lines = (line for line in TABLE.read_text("utf-8").splitlines() if not line.startswith("#"))
    return tuple(tuple(unaccented(word) for word in line.split()) for line in lines)


def _forms(word: str) -> Iterator[str]:
    """Yield a word in all its forms, as far as they follow a rule."""
    yield from (word, word + "s")
    for endings in INFLECTIONS:
        if word.endswith(endings[0]):
            yield from (word.removesuffix(endings[0]) + ending for ending in endings)


@cache
def _families() -> dict[str, str]:
    return {form: word for row in rows() for word in row for form in _forms(word)}


@cache
def _others() -> dict[str, frozenset[str]]:
    return {word: frozenset(row) - {word} for row in rows() for word in row}
