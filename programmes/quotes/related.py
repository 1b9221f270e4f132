"""How near two words are in what they are about: one family, verb and noun, another name, parts of a compound."""

from __future__ import annotations

from functools import lru_cache

from programmes.norwegian.analysis import Analysis, analyse
from programmes.norwegian.directions import derived, direction_of
from programmes.norwegian.synonyms import same
from programmes.quotes.words import number_of

SAME = 1.0
DERIVED = 0.95
OTHER_NAME = 0.95
ONE_DIRECTION = 0.8
"""Verbs that take a thing the same way: fjerne, avvikle."""
OF_A_PART = 0.7
"""A compound and a word within it: studiestøtte, støtte."""
OF_A_COMMON_PART = 0.4
"""Two compounds with a word in common are two things: sukkeravgift, elavgift."""


@lru_cache(maxsize=100_000)
def relation(one: str, other: str) -> float:
    """Return how near two words are in matter, 0 to 1."""
    if one == other:
        return SAME
    number, other_number = number_of(one), number_of(other)
    if number is not None or other_number is not None:
        return SAME if number == other_number else 0.0
    first, second = _analysed(one), _analysed(other)
    if first.families & second.families:
        return SAME
    if any(second.families & set(derived(family)) for family in first.families):
        return DERIVED
    names, others = other_names(one), other_names(other)
    if names & second.families or others & first.families:
        return OTHER_NAME
    if _direction(first.families) & _direction(second.families):
        return ONE_DIRECTION
    within = (first.parts & (second.families | others)) or (second.parts & (first.families | names))
    if within:
        return OF_A_PART
    shared = first.parts & second.parts
    if not shared:
        return 0.0
    rest, left = first.parts - shared, second.parts - shared
    same_rest = any(left & other_names(part) for part in rest) or any(rest & other_names(part) for part in left)
    return OTHER_NAME if same_rest else OF_A_COMMON_PART


def _analysed(word: str) -> Analysis:
    """Return what a word belongs to; a verb of several words (`betale ned`) is one of its own."""
    return Analysis(frozenset({word}), frozenset()) if " " in word else analyse(word)


@lru_cache(maxsize=50_000)
def other_names(form: str) -> frozenset[str]:
    """Return the families of the one-word names of what a word names."""
    if " " in form:
        return frozenset()
    return frozenset(
        family for name in same((form,)) if len(name.forms) == 1 for family in analyse(name.forms[0]).families
    )


def _direction(families: frozenset[str]) -> set[str]:
    return {found for family in families if (found := direction_of(family))}
