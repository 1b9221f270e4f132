"""Words that mean the same, or that a wider word takes in; `synonyms.toml` lists them."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from programmes.norwegian.analysis import analyse
from programmes.norwegian.tokens import tokens

TABLE: dict[str, Any] = tomllib.loads(Path(__file__).with_name("synonyms.toml").read_text("utf-8"))

Forms = tuple[str, ...]
"""The words of one thing, as they are compared: `("kunstig", "intelligens")`."""


class Narrower(NamedTuple):
    """What a wider word takes in."""

    forms: Forms
    in_compounds: bool
    """Whether only words are meant that these are a part of."""


def same(forms: Forms) -> tuple[Forms, ...]:
    """Return the other names of what some words name, in whatever form these are."""
    return _same().get(_key(forms), ())


def narrower(forms: Forms) -> tuple[Narrower, ...]:
    """Return what some words, or other names of the same, take in."""
    return tuple(dict.fromkeys(each for name in (forms, *same(forms)) for each in _narrower().get(_key(name), ())))


def _forms(words: str) -> Forms:
    return tuple(token.form for token in tokens(words))


def _key(forms: Forms) -> Forms:
    return tuple(min(analyse(form).families) for form in forms)


@cache
def _same() -> dict[Forms, tuple[Forms, ...]]:
    table: dict[Forms, tuple[Forms, ...]] = {}
    for row in (*TABLE["los"], *TABLE["same"]):
        names = [_forms(words) for words in row]
        for name in names:
            table[_key(name)] = table.get(_key(name), ()) + tuple(other for other in names if other != name)
    return table


@cache
def _narrower() -> dict[Forms, tuple[Narrower, ...]]:
    table: dict[Forms, tuple[Narrower, ...]] = {}
    for wide, narrow in TABLE["wider"]:
        key = _key(_forms(wide))
        found = tuple(Narrower(_forms(words), words.startswith("-") or words.endswith("-")) for words in narrow)
        table[key] = table.get(key, ()) + found
    return table
