"""What a word of Norwegian is to the search: families of forms, parts of compounds.

Every engine, the highlighter and the query parser use this one analysis, so that they can't differ.
A *family* is the set of forms that readers take for one word (lærer, lærere,
lærerne; skule, skole): it is named by its bokmål lemma. A *part* is the family of a word within a
compound (`helsetjeneste` in `skolehelsetjenesten`).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from programmes.norwegian.compounds import Segments, noun_in_er, split
from programmes.norwegian.families import family_key
from programmes.norwegian.inflection import irregular_lemmas, is_ambiguous
from programmes.norwegian.lexicon import is_noun, lemma_nb, lemma_nn, zipf
from programmes.norwegian.nynorsk import SENSES, bokmal, is_known, listed, nynorsk_lemmas
from programmes.norwegian.peoples import named
from programmes.norwegian.tables import BOUND, DERIVED, ENDINGS, FUNCTION_WORDS, NOUN_ENDINGS, OPAQUE, OWN_LEMMA
from programmes.norwegian.tokens import normal

MORE_USUAL = 0.3
"""On the Zipf scale: how much more usual a noun must be than the verb that the dictionary gives its form to."""
NEARLY = 0.4
"""On the Zipf scale: how much less usual than its plural a noun may be."""


@dataclass(frozen=True, slots=True)
class Analysis:
    """What one word form belongs to."""

    families: frozenset[str]
    parts: frozenset[str]


@lru_cache(maxsize=100_000)
def analyse(form: str) -> Analysis:
    """Return the families and compound parts of a word form in the shape that `normal` gives."""
    if not form[:1].isalpha() or form[-1].isdigit():
        return Analysis(frozenset({form}), frozenset())
    name = named(form)
    if name:
        return Analysis(frozenset({name}), frozenset())
    letter, hyphen, word = form.partition("-")
    if hyphen:  # e-helse: a kind of health, and no kind of `e`
        within = analyse(word)
        families = frozenset(f"{letter}-{family}" for family in within.families)
        return Analysis(families, within.families | within.parts)
    own = _families(form)
    families = frozenset(map(family_key, own))
    parts = frozenset(family_key(part) for family in own for part in _parts(family))
    return Analysis(families, parts - families)


@lru_cache(maxsize=100_000)
def _parts(lemma: str) -> frozenset[str]:
    """Return the families of the words within a lemma: every run of its segments, and what is within those."""
    segments = _flat(lemma)
    found: set[str] = set()
    for first in range(len(segments)):
        for last in range(first, len(segments)):
            if last - first + 1 == len(segments):
                continue
            if first < last:
                run = segments[first : last + 1]
                if run in _whole_runs(lemma) or is_known("".join(part + joint for part, joint in run)):
                    found.add(_joined_key(run))
                continue
            segment, joint = segments[first]
            if segment in BOUND:
                continue
            found |= _families(segment) | _derived_from(segment)
            noun = segment.removesuffix("e")  # skatte|seddel is of skatt, not only of skatte
            is_first = not joint and first + 1 < len(segments) and lemma_nb(noun) == noun
            if is_first and noun != segment and is_noun(noun) and zipf(noun) > zipf(segment):
                found |= _families(noun)
    return frozenset(found | _derived_from(lemma))


def _whole_runs(lemma: str) -> set[Segments]:
    """Return the runs of a compound's own segments, each taken apart: jordbruk + areal, not only jord, bruk, areal."""
    segments = [_flat_segment(segment) for segment in split(lemma)]
    return {
        tuple(part for segment in segments[first:last] for part in segment)
        for first in range(len(segments))
        for last in range(first + 1, len(segments) + 1)
    }


def _flat(lemma: str) -> Segments:
    """Return a compound's smallest parts: tann + helse + tjeneste, where the dictionary has tannhelse."""
    segments = split(lemma)
    if len(segments) == 1:
        return segments
    return tuple(part for segment in segments for part in _flat_segment(segment))


def _flat_segment(segment: tuple[str, str]) -> Segments:
    """Return a segment's smallest parts, the last of them with the segment's joint."""
    *inner, (last, _joint) = _flat(segment[0])
    return (*inner, (last, segment[1]))


def _derived_from(lemma: str) -> set[str]:
    """Return the word that a lemma is made from: pensjonist → pensjon, beskatte → skatt; none for most lemmas."""
    if lemma in OPAQUE:
        return set()
    for ending, base, shortest, _example in DERIVED:
        word = lemma[: -len(ending)] + base
        if lemma.endswith(ending) and len(word) >= shortest and lemma_nb(word) == word:
            return set(_families(word)) if ending != "skap" or is_noun(word) else set()
    if lemma.startswith("be") and lemma.endswith("e") and len(lemma) > 6 and lemma_nb(lemma[2:-1]) == lemma[2:-1]:
        return set(_families(lemma[2:-1]))
    return set()


def _families(form: str) -> frozenset[str]:
    """Return the names of the families that a form belongs to."""
    own = OWN_LEMMA.get(form) or OWN_LEMMA.get(form.removesuffix("s"))
    lemmas = {own} if own else _lemmas(form)
    found: set[str] = set()
    for lemma in lemmas:
        meant = SENSES.get(lemma) or ((listed(lemma),) if listed(lemma) else ())
        found |= {family_name(each) for word in meant for each in _lemmas(word)} or {family_name(lemma)}
    return frozenset(found)


@lru_cache(maxsize=100_000)
def family_name(lemma: str) -> str:
    """Return the name of a lemma's family: the bokmål, for a compound that of each of its parts."""
    whole = bokmal(lemma)
    segments = split(whole)
    return whole if len(segments) == 1 else "".join(bokmal(part) + joint for part, joint in segments)


@lru_cache(maxsize=100_000)
def _lemmas(form: str) -> frozenset[str]:
    """Return the plausible lemmas of a form."""
    if listed(form) and lemma_nb(form) != form:
        return frozenset({form})
    irregular = irregular_lemmas(form)
    if irregular and not is_ambiguous(form, irregular):
        return irregular
    found = set(irregular | nynorsk_lemmas(form))
    lemma = lemma_nb(form) or lemma_nn(form)
    if lemma:
        lemma = normal(lemma)
        if form == lemma + "e" and is_noun(form) and zipf(form) > zipf(lemma) + 1:
            return frozenset({form} | found)  # the dictionary has a rare hag for hage
        if form.endswith("ene") and not is_noun(lemma):
            nouns = {noun for noun in (form[:-3], form[:-2]) if is_noun(noun) and zipf(noun) > zipf(form)}
            if nouns:
                return frozenset(nouns | found)  # no verb ends so: tapene is of tap, not of tape
        found.add(lemma)
        if lemma != form and (is_noun(form) or lemma_nb(form + "e") == form):
            found.add(form)  # sykepleier is its own word, whatever the dictionary says of sykepleie
        if split(form)[-1][0] not in OWN_LEMMA:
            found |= _other_nouns(form, lemma)
        return frozenset(found)
    if found:
        return frozenset(found)
    for ending, base, _example in ENDINGS:
        stem = form[: -len(ending)] + base
        if form.endswith(ending) and len(stem) > 2:
            lemma = lemma_nb(stem) or lemma_nn(stem)
            if lemma:
                return frozenset({normal(lemma)})
    if lemma_nb(form + "r") == form + "r":  # penge- of penger
        return frozenset({form + "r"})
    if form.endswith("lege") and bokmal(form[:-1]) != form[:-1]:
        return frozenset({form[:-1]})  # kyrkjelege is kirkelig, no kind of lege
    segments = split(form)
    if len(segments) > 1:
        return frozenset({_joined_key(segments)})
    for ending in ("enes", "anes", "ene", "ane", "ens", "ets", "en", "et", "er", "ar"):
        if form.endswith(ending) and len(form) - len(ending) >= 5:
            return frozenset({form[: -len(ending)]})
    return frozenset({form.removesuffix("s") if len(form) > 4 else form})


def _other_nouns(form: str, lemma: str) -> set[str]:
    """Return the nouns that a form which the dictionary gives to a verb is as well, where they are more usual."""
    found = set()
    for ending in NOUN_ENDINGS:
        if ending in ("er", "ar") and lemma == form:
            continue
        noun = form.removesuffix(ending)
        is_other = noun not in (form, lemma) and noun not in FUNCTION_WORDS and is_noun(noun)
        if is_other and zipf(noun) > zipf(lemma) + MORE_USUAL:
            found.add(noun)
    if form.endswith("er"):
        noun = noun_in_er(form) or form
        if noun != form and zipf(noun) > max(zipf(lemma), zipf(form) - NEARLY):
            found.add(noun)  # banker, which the dictionary has as a word of its own, is of bank
        if form + "e" == lemma:
            found |= {
                each for each in (form[:-1], form[:-2]) if is_noun(each)
            }  # vaksiner, which the dictionary gives to vaksinere, is of vaksine
    elif form.endswith("en") and lemma == form and is_noun(form[:-1]) and zipf(form[:-1]) > zipf(form):
        found.add(form[:-1])  # kilden of kilde
    elif form.endswith("et") and is_noun(form[:-2]) and not lemma_nb(form[:-2] + "en"):
        found |= {form[:-2]} if zipf(form[:-2]) > zipf(lemma) else set()  # vernet of vern, not only of verne
    return found


def _joined_key(segments: Segments) -> str:
    """Return the family of a compound that no dictionary has: its parts, with the head as lemma, in bokmål."""
    *heads, (last, _joint) = segments
    return family_name("".join(part + joint for part, joint in heads) + _best_lemma(last))


def _best_lemma(form: str) -> str:
    """Return the one lemma that the head of a compound has: a noun before a verb, and then the more usual word."""
    if form in OWN_LEMMA:
        return OWN_LEMMA[form]
    return max(_lemmas(form), key=lambda lemma: (lemma == form, is_noun(lemma), zipf(lemma), lemma))
