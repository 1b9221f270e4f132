"""A name that is near a word, and what tables and dictionaries say of words, whatever the archive has of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from programmes.norwegian.analysis import analyse
from programmes.norwegian.groups import near_words
from programmes.norwegian.lexicon import is_word
from programmes.norwegian.tokens import asked

SIMILAR = 0.5
"""Cosine from which words are about the same: of sixty words of newsrooms over eleven programmes, most of what is named
below it is about something else."""


class Near(NamedTuple):
    """A name that is near a word."""

    name: str
    families: frozenset[str]
    """Those of its words: a name that has one with the word asked for is found by the word itself."""
    similarity: float


def listed(forms: Sequence[str]) -> Iterator[Near]:
    """Yield what the table of near words has for a word."""
    for name in near_words(tuple(forms)):
        yield Near(name, families_of(asked(name)), SIMILAR)


def families_of(forms: Sequence[str]) -> frozenset[str]:
    """Return all families of some words."""
    return frozenset(family for form in forms for family in analyse(form).families)


def shown_forms(counts: Mapping[str, int]) -> dict[str, str]:
    """Return for each family of the archive the form to show: the dictionary's, or the one it has most often."""
    forms: defaultdict[str, list[str]] = defaultdict(list)
    for form in counts:
        for family in analyse(form).families:
            forms[family].append(form)
    return {
        family: family if is_word(family) or family in counts else max(of_family, key=lambda form: (counts[form], form))
        for family, of_family in forms.items()
    }
