"""The noun of a verb and the verb of a noun: fjerne and fjerning, oppheve and opphevelse; a compound and its genitive.

A pair counts where the dictionary has both; `tables.toml` lists the endings and the nouns that have gone their own way.
"""

from __future__ import annotations

from functools import lru_cache

from programmes.norwegian.analysis import analyse
from programmes.norwegian.compounds import split
from programmes.norwegian.lexicon import is_noun, lemma_nb, zipf
from programmes.norwegian.nynorsk import is_known
from programmes.norwegian.tables import DOERS, GENITIVES, OWN_WAY, VERB_NOUNS

SHORTEST_STEM = 2
PAST = ("te", "de", "et")
DEFINITE = ("en", "a")
SELDOMER = 0.5
"""On the Zipf scale: how much less usual than a noun's definite form the past of a verb may be, spelled alike in -e
(styrke and støtte, but not skole and lege)."""
SEEN = 1.5
"""On the Zipf scale: below this, a noun is one that the dictionary made from the verb and nobody uses."""
JOINTS = ("", "e", "s")


@lru_cache(maxsize=20_000)
def nouns_of(verb: str) -> frozenset[str]:
    """Return the families of the nouns that a verb's family makes; none for what is no verb."""
    stem = verb.removesuffix("e")
    if stem == verb or len(stem) < SHORTEST_STEM or lemma_nb(verb) != verb or not _is_used_as_verb(verb, stem):
        return frozenset()
    made = {stem + ending for ending, _example in VERB_NOUNS} - OWN_WAY | ({verb + "r"} & DOERS)
    used = (noun for noun in made if is_known(noun) and zipf(noun) >= SEEN)
    return frozenset(family for noun in used for family in analyse(noun).families) - {verb}


def _is_used_as_verb(lemma: str, stem: str) -> bool:
    past = [zipf(stem + ending) for ending in PAST if lemma_nb(stem + ending) == lemma]
    definite = max(zipf(stem + ending) for ending in DEFINITE) if is_noun(lemma) else 0.0
    return bool(past) and max(past) + SELDOMER >= definite


@lru_cache(maxsize=20_000)
def verbs_of(noun: str) -> frozenset[str]:
    """Return the families of the verbs that make a noun's family; none for most nouns."""
    stems = {noun.removesuffix(ending) for ending, _example in VERB_NOUNS} - {noun}
    verbs = {stem + "e" for stem in stems} | ({noun[:-1]} if noun in DOERS else set())
    return frozenset(verb for verb in verbs if noun in nouns_of(verb))


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
