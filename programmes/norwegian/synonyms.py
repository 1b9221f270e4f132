"""Words that mean the same, or that a wider word takes in: `same_things.tsv` and `synonyms.toml` list them."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from programmes.norwegian.analysis import analyse
from programmes.norwegian.tables import FUNCTION_WORDS
from programmes.norwegian.tokens import Forms, forms_of

TABLE: dict[str, Any] = tomllib.loads(Path(__file__).with_name("synonyms.toml").read_text("utf-8"))
SAME_THINGS = Path(__file__).with_name("same_things.tsv")
NAME_WORDS = Path(__file__).with_name("name_words.tsv")
"""The words of the names in our tables and the family of each, made by `manage.py derive_name_words`."""


class Name(NamedTuple):
    """A name of a thing."""

    forms: Forms
    as_written: bool
    """Whether its words are meant only next to each other and in these forms."""


class Row(NamedTuple):
    """One thing: where its names are from, and these."""

    source: str
    names: tuple[Name, ...]


class Narrower(NamedTuple):
    """What a wider word takes in."""

    forms: Forms
    in_compounds: bool
    """Whether only words are meant that these are a part of."""


def same(forms: Forms) -> tuple[Name, ...]:
    """Return the other names of what some words name, in whatever form these are."""
    return _same().get(key(forms), ())


def narrower(forms: Forms) -> tuple[Narrower, ...]:
    """Return what some words, or other names of the same, take in."""
    names = (forms, *(name.forms for name in same(forms)))
    return tuple(dict.fromkeys(each for name in names for each in _narrower().get(key(name), ())))


@cache
def rows() -> tuple[Row, ...]:
    """Return every row of the table of things with several names."""
    lines = SAME_THINGS.read_text("utf-8").splitlines()
    parted = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return tuple(Row(source, tuple(map(_name, names.split(" | ")))) for source, names in parted)


def _name(written: str) -> Name:
    return Name(forms_of(written), written.startswith('"'))


def names_of_several_words() -> tuple[Forms, ...]:
    """Return the families of every name of several words that `same` or `narrower` knows, in order."""
    return tuple(sorted(key for key in {*_same(), *_narrower()} if len(key) > 1))


def key(forms: Forms) -> Forms:
    """Return one family of each of some words: the same for all their inflections."""
    return tuple(map(family_of, forms))


def family_of(form: str) -> str:
    """Return one of the families of a word, always the same."""
    return min(analyse(form).families)


def key_of_name(forms: Forms) -> Forms:
    """Return `key` of a name of our tables, as it was made beforehand: to take all of them apart takes seconds."""
    return tuple(_name_words().get(form) or family_of(form) for form in forms)


@cache
def _name_words() -> dict[str, str]:
    lines = NAME_WORDS.read_text("utf-8").splitlines()
    return {form: family or form for form, _tab, family in (line.partition("\t") for line in lines)}


@cache
def _same() -> dict[Forms, tuple[Name, ...]]:
    table: dict[Forms, tuple[Name, ...]] = {}
    for _source, names in rows():
        for name in names:
            others = tuple(other for other in names if other != name)
            table[key_of_name(name.forms)] = tuple(dict.fromkeys(table.get(key_of_name(name.forms), ()) + others))
    for _source, names in rows():
        for name in names:  # `mat på skolen` is typed as `mat skole` too, and read so within a question
            bare = tuple(form for form in name.forms if form not in FUNCTION_WORDS)
            if 1 < len(bare) < len(name.forms):
                table.setdefault(key_of_name(bare), table[key_of_name(name.forms)])
    return table


@cache
def _narrower() -> dict[Forms, tuple[Narrower, ...]]:
    table: dict[Forms, tuple[Narrower, ...]] = {}
    for wide, narrow in TABLE["wider"]:
        found = tuple(Narrower(forms_of(words), words.startswith("-") or words.endswith("-")) for words in narrow)
        table[key_of_name(forms_of(wide))] = table.get(key_of_name(forms_of(wide)), ()) + found
    return table
