"""What words do to the things that a sentence names: verbs and nouns that are for or against, by `stances.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from programmes.norwegian.analysis import analyse
from programmes.norwegian.compounds import split
from programmes.norwegian.derivation import nouns_of
from programmes.norwegian.directions import TABLE as DIRECTIONS
from programmes.norwegian.tables import FUNCTION_WORDS
from programmes.norwegian.tokens import Token

TABLE: dict[str, dict[str, Any]] = tomllib.loads(Path(__file__).with_name("stances.toml").read_text("utf-8"))
SHORTEST = 3
"""Letters of a word that can be for or against anything."""
PARTICIPLE = ("ende", "ande")
"""Ends of a present participle, which does nothing to the words behind it: det forebyggende arbeidet for X."""
FAR = 6
"""Words between a verb and the particle that makes another verb of it: `melde landet vårt ut`."""
ADVERBS = 1
"""The same before particles of several words: `legge bedre til rette`."""
CONJUNCTIONS = frozenset("og eller samt".split())  # noqa: SIM905 - words read best as words
LOOSE = frozenset("til for fra frå med etter om gjennom mellom overfor rundt knyttet".split())  # noqa: SIM905
MODALS = frozenset("skal må bør vil kan lyt skulle burde".split())  # noqa: SIM905
PLACES = frozenset("i på under hos innen innan innenfor innanfor ved blant over".split())  # noqa: SIM905
"""Before where something is: that has hardly any direction, but for names in capitals (medlemskap i EU)."""


@dataclass(frozen=True, slots=True)
class Operator:
    """What a word does to the words that it acts on."""

    sign: int
    is_verb: bool
    is_study: bool = False
    is_backwards: bool = False
    """Whether it acts on what stands before it alone: X skal finansiere seg selv."""
    turned_by: frozenset[str] = frozenset()
    """Prepositions behind which it means the contrary: erstatte X med Y is against X and for Y."""


@lru_cache(maxsize=50_000)
def operator_of(form: str) -> Operator | None:
    """Return what a word form does to the words that it acts on; None for most."""
    table = _operators()
    if form in _forms():
        return _forms()[form]
    if form in FUNCTION_WORDS or len(form) < SHORTEST:
        return None
    families = analyse(form).families
    if form.endswith(PARTICIPLE) and form not in families:
        return None
    named = [table[family] for family in sorted(families) if family in table]
    if not named:
        return None
    return min(named, key=lambda operator: (operator.sign, not operator.is_verb))


@lru_cache(maxsize=50_000)
def _head(form: str) -> str:
    """Return the end of a compound that turns what stands before it; empty for most words."""
    for family in analyse(form).families:
        segments = split(family)
        if len(segments) > 1 and segments[-1][0] in _heads() and segments[-1][0] != "fri":
            return segments[-1][0]
    return ""


@lru_cache(maxsize=50_000)
def predicate_of(form: str) -> int:
    """Return how an adjective takes what it is said of (`X skal være ulovlig`, `gjøre X valgfritt`); 0 for most."""
    return next((sign for family in analyse(form).families if (sign := _predicates().get(family, 0))), 0)


@lru_cache(maxsize=50_000)
def is_of_something(form: str) -> bool:
    """Return whether `på` behind a noun names what it is of, and no place: avgift på strøm, penger på konsulenter."""
    return any(family.endswith(_of_something()) for family in analyse(form).families)


@lru_cache(maxsize=50_000)
def is_thing_of_its_own(form: str) -> bool:
    """Return whether a word of a verb of several words is what it is about as well: anbud of `sette ut på anbud`."""
    return not analyse(form).families.isdisjoint(TABLE["nouns"]["of_their_own"].split())


@lru_cache(maxsize=50_000)
def is_rule(form: str) -> bool:
    """Return whether a noun is a rule, so that what follows it with `som` is what the rule does: loven som gir X."""
    return any(family.endswith(_rules()) for family in analyse(form).families)


@lru_cache(maxsize=50_000)
def sign_within(form: str) -> int:
    """Return -1 for a compound that is against what stands within it."""
    is_free = any(segments[-1][0] == "fri" for family in analyse(form).families if len(segments := split(family)) > 1)
    return -1 if is_free or _head(form) else 1


def particles(words: Sequence[Token]) -> dict[int, Operator | None]:
    """Return the verbs of several words in a sentence: where their verb stands and what they do, None at their rest."""
    found: dict[int, Operator | None] = {}
    table = _particles()
    for at, word in enumerate(words):
        rests = [rest for family in analyse(word.form).families for rest in table.get(family, ())]
        if not rests or at in found:
            continue
        following = [each.form for each in words[at + 1 : at + 2 + FAR]]
        for rest, operator in sorted(rests, key=lambda pair: -len(pair[0])):
            far = 0 if word.form in MODALS else ADVERBS if len(rest) > 1 else FAR
            places = range(min(far, len(following) - len(rest)) + 1)
            near = next((place for place in places if tuple(following[place : place + len(rest)]) == rest), None)
            if near is not None and not (near and _is_cut(words[at + 1 : at + 1 + near])):
                found[at] = operator
                found |= dict.fromkeys(range(at + 1 + near, at + 1 + near + len(rest)))
                break
    return found


def _is_cut(between: Sequence[Token]) -> bool:
    """Return whether a particle belongs to another verb than the one before some words."""
    return any(
        word.form in CONJUNCTIONS | LOOSE | PLACES | {"å", "at"} or ((acts := operator_of(word.form)) and acts.is_verb)
        for word in between
    )


@cache
def _operators() -> dict[str, Operator]:
    """Return for families (and a few forms) what they do to the words that they act on."""
    table: dict[str, Operator] = {}
    for name, sign in (("for", 1), ("against", -1), ("study", 1)):
        is_study = name == "study"
        verbs, nouns = _listed(name)
        for verb in verbs:
            for family in analyse(verb).families:
                made = nouns_of(family) | analyse(family.removesuffix("e") + "ing").families
                table |= dict.fromkeys(made - table.keys(), Operator(sign, False, is_study))
                table[family] = Operator(sign, True, is_study)
        for noun in nouns:
            table |= dict.fromkeys(analyse(noun).families, Operator(sign, False, is_study))
    for verb, (sign, behind) in _exchanging():
        if " " in verb:
            continue
        table |= dict.fromkeys(analyse(verb).families, Operator(sign, is_verb=True, turned_by=behind))
    return table


def _exchanging() -> Iterator[tuple[str, tuple[int, frozenset[str]]]]:
    """Yield verbs, and how they take what follows, until one of some prepositions turns it."""
    for name, sign in (("for", 1), ("against", -1)):
        for verb, prepositions in TABLE["exchange"][name].items():
            yield verb, (sign, frozenset(prepositions.split()))


@cache
def _predicates() -> dict[str, int]:
    """Return for the families of adjectives that are said of a thing how they take it."""
    return {
        family: sign
        for name, sign in (("for", 1), ("against", -1))
        for form in TABLE[name]["predicates"].split()
        for family in analyse(form).families
    }


@cache
def _of_something() -> tuple[str, ...]:
    return tuple(TABLE["nouns"]["of_something"].split())


@cache
def _rules() -> tuple[str, ...]:
    return tuple(TABLE["nouns"]["rules"].split())


@cache
def _forms() -> dict[str, Operator]:
    """Return for forms that stand for themselves alone what they do to the words that they act on."""
    return {
        form: Operator(sign, is_verb=False)
        for name, sign in (("for", 1), ("against", -1))
        for form in TABLE[name]["words"].split()
    }


def _listed(name: str) -> tuple[list[str], list[str]]:
    """Return the verbs and the nouns of one way of taking things, those of its directions among them."""
    own = TABLE[name]
    directions = [DIRECTIONS[each] for each in TABLE["directions"][name].split()]
    verbs = [*(verb for each in directions for verb in each["verbs"].split()), *own["verbs"].split()]
    nouns = [*(noun for each in directions for noun in each["nouns"].split()), *own["nouns"].split()]
    return verbs, nouns


@cache
def _particles() -> dict[str, tuple[tuple[tuple[str, ...], Operator], ...]]:
    """Return for a verb's family what may follow it, and what they do together."""
    table: dict[str, dict[tuple[str, ...], Operator]] = {}
    for name, sign in (("for", 1), ("study", 1), ("against", -1)):
        for written in _with_particle(name):
            verb, *rest = written.split()
            for family in analyse(verb).families:
                table.setdefault(family, {})[tuple(rest)] = Operator(sign, True, name == "study")
    for verb, (sign, behind) in _exchanging():
        if " " in verb:
            first, *rest = verb.split()
            for family in analyse(first).families:
                table.setdefault(family, {})[tuple(rest)] = Operator(sign, is_verb=True, turned_by=behind)
    for written in TABLE["against"]["backwards"]:
        verb, *rest = written.split()
        for family in analyse(verb).families:
            table.setdefault(family, {})[tuple(rest)] = Operator(-1, is_verb=True, is_backwards=True)
    return {family: tuple(rests.items()) for family, rests in table.items()}


def _with_particle(name: str) -> Iterator[str]:
    for direction in TABLE["directions"][name].split():
        yield from DIRECTIONS[direction]["particles"]
    yield from TABLE[name]["particles"]


@cache
def _heads() -> frozenset[str]:
    return frozenset(TABLE["heads"]["against"].split())
