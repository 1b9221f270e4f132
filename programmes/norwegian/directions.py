"""Verbs by the direction in which they take a thing, and verbs of several words; `directions.toml` lists them.

A verb of several words (`legge ned`) is one thing to the search, whether its words stand one after the other, in any
form of the verb (`la ned`), or in one (`nedlegge`, `nedleggelse`).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from programmes.norwegian.analysis import analyse
from programmes.norwegian.derivation import nouns_of, verbs_of
from programmes.norwegian.nynorsk import is_known
from programmes.norwegian.tables import VERB_NOUNS
from programmes.norwegian.tokens import normal

_TABLES: dict[str, dict[str, Any]] = tomllib.loads(Path(__file__).with_name("directions.toml").read_text("utf-8"))
TABLE = {name: table for name, table in _TABLES.items() if name != "several"}
PREPOSITIONS_OF_ACTIONS = frozenset("av i på mot til for".split())  # noqa: SIM905 - words read best as words
"""What a noun made from a verb takes before its thing: fjerning av, kutt i, forbud mot."""


@cache
def _particles() -> dict[str, dict[str, str]]:
    """Return for each verb's family what may follow it → the verb of several words."""
    table: dict[str, dict[str, str]] = {}
    for of in _TABLES.values():
        for name in of["particles"]:
            verb, _space, rest = name.partition(" ")
            for family in analyse(verb).families:
                table.setdefault(family, {})[rest] = name
    return table


@cache
def _pattern() -> re.Pattern[str]:
    rests = sorted({rest for of_verb in _particles().values() for rest in of_verb}, key=lambda rest: (-len(rest), rest))
    return re.compile(rf" (?:{'|'.join(map(re.escape, rests))})(?!\w)")


def verbs_of_several_words() -> tuple[tuple[str, str], ...]:
    """Return the family of each verb of several words, and what follows it: `legge`, `ned`."""
    return tuple(sorted((family, rest) for family, named in _particles().items() for rest in named))


def several_words(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield the verbs of several words that a text has: where each begins and ends, and its name in bokmål."""
    for match in _pattern().finditer(text):
        verb = text[text.rfind(" ", 0, match.start()) + 1 : match.start()].lstrip('(«"')
        name = _name(normal(verb), normal(match[0][1:]))
        if name:
            yield match.start() - len(verb), match.end(), name


@lru_cache(maxsize=20_000)
def _name(verb: str, rest: str) -> str | None:
    """Return the verb that a form and what follows it are; None for most."""
    return next(
        (named[rest] for family in analyse(verb).families if rest in (named := _particles().get(family, {}))), None
    )


@cache
def _in_one() -> dict[str, frozenset[str]]:
    """Return for each verb of two words the families that say it in one: legge ned → nedlegge, nedleggelse."""
    table = {}
    for of in _TABLES.values():
        for name in of["particles"]:
            verb, *rest = name.split()
            if len(rest) > 1:
                continue
            made = {rest[0] + each for each in (verb, *nouns_of(verb))}
            made |= {rest[0] + verb.removesuffix("e") + ending for ending, _example in VERB_NOUNS}
            known = {word for word in made if is_known(word)}
            table[name] = frozenset(family for word in known for family in analyse(word).families)
    return table


@cache
def _directions() -> dict[str, str]:
    """Return for each family of a verb or its noun, and each verb of several words, its direction."""
    table: dict[str, str] = {}
    for name, direction in TABLE.items():
        for verb in direction["verbs"].split():
            for family in analyse(verb).families:
                table |= dict.fromkeys({family, *nouns_of(family)}, name)
        for noun in direction["nouns"].split():
            table |= dict.fromkeys(analyse(noun).families, name)
        for verb in direction["particles"]:
            table |= dict.fromkeys({verb, *_in_one().get(verb, ())}, name)
    return table


def direction_of(family: str) -> str | None:
    """Return the direction of a verb's family, of its noun's or of a verb of several words; None for most."""
    return _directions().get(family)


def has_direction(form: str) -> bool:
    """Return whether a word says which way something is to go, so that without it the opposite is meant: `fjerne`."""
    named = map(direction_of, analyse(form).families)
    return any(not TABLE[name].get("either_way", False) for name in named if name)


def directions_with(family: str) -> tuple[str, ...]:
    """Return the direction of a verb's family or its noun's, and those that it finds too; none for most."""
    direction = direction_of(family)
    return (direction, *TABLE[direction].get("also", ())) if direction else ()


@lru_cache(maxsize=20_000)
def derived(family: str) -> tuple[str, ...]:
    """Return the nouns of a verb, the verbs of a noun, and the same in one word or several: bygge ut and utbygging."""
    verbs = verbs_of(family)
    found = set(nouns_of(family) | verbs | _in_one().get(family, frozenset()))
    found |= {noun for verb in verbs for noun in nouns_of(verb)}
    found |= {several for several, in_one in _in_one().items() if family in in_one}
    return tuple(sorted(found - {family}))


@lru_cache(maxsize=20_000)
def with_particle(family: str) -> frozenset[str]:
    """Return the words in one of the verbs of several words that a verb or its noun makes: flytting in utflytting."""
    verbs = {family} | verbs_of(family)
    ends = verbs | {noun for verb in verbs for noun in nouns_of(verb)}
    names = (name for verb in verbs for rest, name in _particles().get(verb, {}).items() if rest in {"ut", "inn"})
    return frozenset(word for name in names for word in _in_one().get(name, ()) if word.endswith(tuple(ends)))
