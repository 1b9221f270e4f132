"""What is near a word without being the same: in the public services' vocabulary, or in `synonyms.toml`."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from programmes.norwegian.synonyms import TABLE as WORDS
from programmes.norwegian.synonyms import Forms, key
from programmes.norwegian.tokens import tokens

LOS = Path(__file__).with_name("los_words.tsv")
MOST_SIBLINGS = 6
"""So many helper words of a word of Los are near each other; of more, each is near the word alone."""


def near_names(family: str) -> tuple[Forms, ...]:
    """Return the names that are near a word's family, the word of Los before its helper words."""
    return _near().get((family,), ())


@cache
def _near() -> dict[Forms, tuple[Forms, ...]]:
    table: dict[Forms, tuple[Forms, ...]] = {}
    for line in LOS.read_text("utf-8").splitlines():
        if line.startswith("#"):
            continue
        word, *helpers = map(_forms, line.split("\t"))
        table[key(word)] = (*table.get(key(word), ()), *helpers)
        for helper in helpers:
            siblings = [other for other in helpers if other != helper] if len(helpers) <= MOST_SIBLINGS else []
            table[key(helper)] = (*table.get(key(helper), ()), word, *siblings)
    for row in WORDS["near"]:
        for name in row:
            table[key(_forms(name))] = (
                *table.get(key(_forms(name)), ()),
                *(_forms(other) for other in row if other != name),
            )
    for wide, narrow in WORDS["wider"]:
        for name in narrow:
            table[key(_forms(name))] = (*table.get(key(_forms(name)), ()), _forms(wide))
    return table


def _forms(name: str) -> Forms:
    return tuple(token.form for token in tokens(name))
