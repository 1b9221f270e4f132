"""The noun of a verb and the verb of a noun: fjerne and fjerning, oppheve and opphevelse; a compound and its genitive.

A pair counts where the dictionary has both; `tables.toml` lists the endings and the nouns that have gone their own way.
"""

from __future__ import annotations

from functools import lru_cache

from programmes.norwegian.analysis import analyse
from programmes.norwegian.compounds import split
from programmes.norwegian.lexicon import is_noun, lemma_nb, zipf
from programmes.norwegian.nynorsk import is_known
from programmes.norwegian.tables import DOERS, GENITIVES, LEARNED_NOUNS, OWN_NOUNS, OWN_WAY, VERB_NOUNS

SHORTEST_STEM = 2
PAST = ("te", "de", "et")
DEFINITE = ("en", "a")
SELDOMER = 0.5
"""On the Zipf scale: how much less usual than a noun's definite form the past of a verb may be, spelled alike in -e
(styrke and støtte, but not skole and lege)."""
SEEN = 1.5
"""On the Zipf scale: below this, a noun in -ning or -else is one that the dictionary made of the verb and nobody uses.
Nouns in -ing are made at will (verning, utvising), and no other word looks like one."""
JOINTS = ("", "e", "s")
ADJECTIVE = ("ere", "est", "tt")
"""Endings of an adjective that no noun has: friere, nyest, fritt."""


@lru_cache(maxsize=50_000)
def is_thing(family: str) -> bool:
    """Return whether a word is no verb and no adjective: the dictionary knows some nouns, such as strøm, as none."""
    if any(lemma_nb(family + ending) == family for ending in ADJECTIVE):
        return False
    return is_noun(family) or not (nouns_of(family) or lemma_nb(family + "t") == family)


@lru_cache(maxsize=20_000)
def nouns_of(verb: str) -> frozenset[str]:
    """Return the families of the nouns that a verb's family makes; none for what is no verb.

    A compound makes those of its head: energieffektivisere makes energieffektivisering.
    """
    made = _of_verb(verb)
    if not made:
        before, head = _head(verb)
        made = {before + noun for noun in _of_verb(head)} if before else set()
    return frozenset(family for noun in made for family in analyse(noun).families) - {verb}


def _of_verb(verb: str) -> set[str]:
    """Return the nouns of a verb that the dictionary has, or the tables."""
    made = {noun for of, noun in OWN_NOUNS if of == verb}
    stem = verb.removesuffix("e")
    if stem == verb or len(stem) < SHORTEST_STEM or lemma_nb(verb) != verb or not _is_used_as_verb(verb, stem):
        return made
    in_ing = {stem + "ing"}
    endless = {stem + ending for ending, _example in VERB_NOUNS}
    learned = {verb.removesuffix(of) + ending for of, ending, _example in LEARNED_NOUNS if verb.endswith(of)}
    others = (endless | learned | ({verb + "r"} & DOERS)) - OWN_WAY - in_ing
    return (
        made
        | {noun for noun in others if is_known(noun) and zipf(noun) >= SEEN}
        | set(filter(is_known, in_ing - OWN_WAY))
    )


def _is_used_as_verb(lemma: str, stem: str) -> bool:
    """Return whether a lemma in -e is a verb: by its past, or, of a strong one that is no noun, by its present."""
    past = [zipf(stem + ending) for ending in PAST if lemma_nb(stem + ending) == lemma]
    definite = max(zipf(stem + ending) for ending in DEFINITE) if is_noun(lemma) else 0.0
    if not past:
        return not is_noun(lemma) and lemma_nb(lemma + "r") == lemma
    return max(past) + SELDOMER >= definite


def _head(compound: str) -> tuple[str, str]:
    """Return what stands before the last part of a compound, and that part; nothing before what is none."""
    *before, (head, _none) = split(compound)
    return "".join(part + joint for part, joint in before), head


@lru_cache(maxsize=20_000)
def verbs_of(noun: str) -> frozenset[str]:
    """Return the families of the verbs that make a noun's family; none for most nouns."""
    return frozenset(verb for verb in _candidates(noun) if noun in nouns_of(verb))


def _candidates(noun: str) -> set[str]:
    """Return what the verbs of a noun may be, most of which are no words."""
    found = {verb for verb, of in OWN_NOUNS if noun.endswith(of) for verb in (noun.removesuffix(of) + verb,)}
    found |= {noun.removesuffix(ending) + "e" for ending, _example in VERB_NOUNS if noun.endswith(ending)}
    found |= {noun.removesuffix(ending) + of for of, ending, _example in LEARNED_NOUNS if noun.endswith(ending)}
    return found | ({noun[:-1]} if noun in DOERS else set())


@lru_cache(maxsize=20_000)
def genitives_of(compound: str) -> tuple[tuple[str, str], ...]:
    """Return the genitives, each with the family of the noun after it, that a compound of two nouns may stand for.

    kvinnerettighet → (kvinners, rettighet) and others, of which many are no words.
    """
    segments = split(compound)
    if len(segments) != 2 or not all(is_noun(part) for part, _joint in segments):
        return ()
    (owner, _joint), (owned, _none) = segments
    heads = sorted(analyse(owned).families)
    return tuple((owner + ending, head) for ending, _example in GENITIVES for head in heads)


@lru_cache(maxsize=2000)
def compounds_of(owner: str, owned: str) -> frozenset[str]:
    """Return the families of the compounds that may say what a genitive and its noun do; none for most pairs."""
    if not owner.endswith("s") or is_noun(owner):
        return frozenset()
    made = {noun + joint + owned for noun in analyse(owner).families if is_noun(noun) for joint in JOINTS}
    return frozenset(family for word in made if len(split(word)) == 2 for family in analyse(word).families)
