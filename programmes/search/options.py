"""The ways in which a word or a run of words is found: by its family, what is made from it, its other names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, product

from programmes.norwegian.analysis import analyse
from programmes.norwegian.apart import as_one_word, cuts
from programmes.norwegian.compounds import split
from programmes.norwegian.derivation import compounds_of, genitives_of, verbs_of
from programmes.norwegian.directions import (
    PREPOSITIONS_OF_ACTIONS,
    derived,
    directions_with,
    several_words,
    with_particle,
)
from programmes.norwegian.lexicon import is_noun, zipf
from programmes.norwegian.peoples import of_one_country
from programmes.norwegian.synonyms import Name, key, narrower, same
from programmes.norwegian.tables import COMPASS, EMPTY_HEADS, EMPTY_WORDS
from programmes.search.terms import DIRECTION, FAMILY, LEAD_FAMILY, LEAD_WORD, PART, WORD, Likeness
from programmes.search.vocabulary import Vocabulary

USUAL_VERB = 4.5
"""On the Zipf scale: a verb this usual (bygge, satse) is no answer to its noun alone."""
MAX_JOINED = 80
"""Ways to find the words of a hyphenated one apart."""
MADE_UP = 2.5
"""On the Zipf scale: a compound this usual (hjemmetjeneste, barnevern) is a thing of its own; what a rarer one is,
its parts say: a lærermangel is a mangel of lærere."""
SHORTEST_PART = 4
"""Letters of a part that may stand within another compound: fiskeri, avtale, but not mat, pris."""
SHORTEST_MATTER = 5
"""Letters of what stands before an empty head, to be a matter of its own."""
EVERYWHERE = 0.04
"""Of the texts that the commonest word stands in: a word in more (kommune, barn) is no matter of its own."""
FEW = 20
"""Texts that are few in a small archive too."""
PARTS_BY = {Likeness.WORD, Likeness.DERIVED, Likeness.SAME_THING, Likeness.DIRECTION}
"""How each of these words may be found."""


@dataclass(frozen=True, slots=True)
class Option:
    """One way to be found: all `terms`, next to each other if `adjacent`; a term is a beginning if `prefix`."""

    likeness: Likeness
    terms: tuple[str, ...]
    adjacent: bool = False
    prefix: bool = False


@lru_cache(maxsize=2000)
def of_form(form: str, *, stands_alone: bool) -> tuple[Option, ...]:
    """Return the ways to find a form's word; one that stands alone in the query is not found by what is too general."""
    families = sorted(analyse(form).families)
    options = [Option(Likeness.WORD, (FAMILY + family,)) for family in families]
    for family in families:
        options += [Option(Likeness.DERIVED, (FAMILY + other,)) for other in sorted(of_one_country(family))]
        options += of_action(family, stands_alone=stands_alone)
    for name in same((form,)):
        options.append(_by_name(name))
        options += _nearly_by_name(name)
        if len(name.forms) == 1:
            options += [
                Option(Likeness.RELATED, (PART + family,)) for family in sorted(analyse(name.forms[0]).families)
            ]
    options += [Option(Likeness.COMPOUND, (PART + family,)) for family in families]
    options += _narrower((form,))
    options += [Option(Likeness.LEAD_IN, (LEAD_FAMILY + family,)) for family in families]
    return tuple(options)


def of_action(family: str, *, stands_alone: bool) -> Iterator[Option]:
    """Yield the ways to find a verb by its noun, a noun by its verb, and both by others of the same direction."""
    verbs = verbs_of(family)
    for other in derived(family):
        if not (stands_alone and other in verbs and zipf(other) > USUAL_VERB):
            yield Option(Likeness.DERIVED, (FAMILY + other,))
    for noun in filter(is_noun, derived(family)):
        yield Option(Likeness.COMPOUND, (PART + noun,))
    for word in sorted(with_particle(family)):
        yield Option(Likeness.COMPOUND, (FAMILY + word,))
    if not stands_alone:
        for direction in directions_with(family):
            yield Option(Likeness.DIRECTION, (DIRECTION + direction,))


def of_genitives(form: str, vocabulary: Vocabulary) -> Iterator[Option]:
    """Yield the genitives of this archive that say what a compound does: kvinners rettigheter for kvinnerettigheter."""
    for family in sorted(analyse(form).families):
        for owner, owned in genitives_of(family):
            if owner in vocabulary.counts:
                yield Option(Likeness.DERIVED, (WORD + owner, FAMILY + owned))


def of_other_compounds(form: str, vocabulary: Vocabulary, *, stands_alone: bool) -> Iterator[Option]:
    """Yield the compounds of this archive that name the same by another name of a part, or whose first part is longer.

    kjernekraftverk for atomkraftverk, and beside other words what is about kjernekraft; utleiemarked for leiemarked.
    """
    for family in sorted(analyse(form).families):
        for first, last in cuts(family):
            first_names, last_names = _single_names(first), _single_names(last)
            renamed = {(name, last) for name in first_names} | {(first, name) for name in last_names}
            for likeness, pairs in (
                (Likeness.SAME_THING, renamed),
                (Likeness.COMPOUND, {(longer, last) for longer in with_particle(first)}),
            ):
                words = {joined for pair in pairs for joined in as_one_word(pair) if vocabulary.has(joined)}
                found = {other for word in words for other in analyse(word).families}
                yield from (Option(likeness, (FAMILY + other,)) for other in sorted(found - {family}))
            if not stands_alone and first_names and len(split(first)) > 1:
                yield from (Option(Likeness.RELATED, (FAMILY + name,)) for name in (first, *first_names))


def of_parts(form: str, vocabulary: Vocabulary, *, stands_alone: bool) -> Iterator[Option]:
    """Yield the ways to find what a compound says by its parts, as far as this archive has these.

    Beside other words, a rare compound that the archive lacks by both parts, one of them in any compound: avtaler om
    fiske for fiskeriavtale. One with an empty head by what stands before that: sykelønn for sykelønnsordning.
    """
    is_made_up = not stands_alone and zipf(form) < MADE_UP and not vocabulary.has(form) and not same((form,))
    for family in sorted(analyse(form).families):
        for first, last in cuts(family):
            if is_made_up and is_noun(first) and min(len(first), len(last)) > 2:
                yield from (Option(Likeness.COMPOUND, terms) for terms in _of_both(first, last))
            if last in EMPTY_HEADS and is_matter(first, vocabulary):
                yield from (Option(Likeness.COMPOUND, (FAMILY + name,)) for name in (first, *_single_names(first)))
                if len(split(first)) > 1:
                    yield Option(Likeness.COMPOUND, (PART + first,))


def _of_both(first: str, last: str) -> Iterator[tuple[str, ...]]:
    """Yield the terms that two words are found by, a longer one of them within compounds too."""
    yield FAMILY + first, FAMILY + last
    if len(first) >= SHORTEST_PART:
        yield PART + first, FAMILY + last
    if len(last) >= SHORTEST_PART:
        yield FAMILY + first, PART + last


def is_matter(word: str, vocabulary: Vocabulary) -> bool:
    """Return whether a word is a thing that so few texts have that it is what they are about."""
    if len(word) < SHORTEST_MATTER or not is_noun(word):
        return False
    texts = sum(vocabulary.counts[form] for form in vocabulary.forms_of(word))
    return texts <= max(EVERYWHERE * vocabulary.most, FEW)


def _single_names(word: str) -> tuple[str, ...]:
    """Return the families of the other names of a word that are one word each."""
    return tuple(key(name.forms)[0] for name in same((word,)) if len(name.forms) == 1)


def of_hyphenated(forms: tuple[str, ...]) -> tuple[Option, ...]:
    """Return the ways to find a word of several parts, such as e-post: as written, as one word, or its parts."""
    joined = sorted(analyse("".join(forms)).families)
    options = [Option(Likeness.WORD, tuple(WORD + form for form in forms), adjacent=True)]
    options += [Option(Likeness.WORD, (FAMILY + family,)) for family in joined]
    options += [
        Option(Likeness.DERIVED, (FAMILY + other,)) for family in joined for other in sorted(of_one_country(family))
    ]
    if forms[0] not in COMPASS:
        options.append(Option(Likeness.DERIVED, family_terms(forms)))
    options += map(_by_name, same(forms))
    if any(same((form,)) for form in forms):
        options += _parts_by_other_names(forms)
    options.append(Option(Likeness.LEAD_IN, tuple(LEAD_WORD + form for form in forms), adjacent=True))
    return tuple(options)


def _parts_by_other_names(forms: tuple[str, ...]) -> Iterator[Option]:
    """Yield the ways to find each part by a name of its own: KI-regulering for AI-regulering."""
    ways = [[option for option in of_form(form, stands_alone=False) if option.likeness in PARTS_BY] for form in forms]
    for number, chosen in enumerate(product(*ways)):
        if number == MAX_JOINED:
            return
        if not any(option.adjacent for option in chosen):
            terms = dict.fromkeys(term for option in chosen for term in option.terms)
            yield Option(min(Likeness.SAME_THING, *(option.likeness for option in chosen)), tuple(terms))


def of_run(forms: tuple[str, ...], *, stands_alone: bool) -> tuple[Option, ...]:
    """Return the ways to find what words after each other say together, but by these words; none for most runs."""
    names = same(forms)
    options = [*map(_by_name, names), *chain.from_iterable(map(_nearly_by_name, names)), *_narrower(forms)]
    text = " ".join(forms)
    for start, end, name in several_words(text):
        if (start, end) == (0, len(text)):
            options += of_action(name, stands_alone=stands_alone)
    if len(forms) == 2:
        first, second = forms
        if second in PREPOSITIONS_OF_ACTIONS:
            for family in sorted(analyse(first).families):
                options += _of_noun_and_preposition(family)
        else:
            compounds = {compound for owned in analyse(second).families for compound in compounds_of(first, owned)}
            options += [Option(Likeness.DERIVED, (FAMILY + compound,)) for compound in sorted(compounds)]
    return tuple(options)


def _of_noun_and_preposition(noun: str) -> Iterator[Option]:
    """Yield the verbs that say what a noun and its preposition do: fjerne for fjerning av, kutte for kutt i."""
    found = list(of_action(noun, stands_alone=False))
    if verbs_of(noun) or any(option.likeness == Likeness.DIRECTION for option in found):
        yield from found


def _by_name(name: Name) -> Option:
    if name.as_written:
        return Option(Likeness.SAME_THING, tuple(WORD + form for form in name.forms), adjacent=len(name.forms) > 1)
    return Option(Likeness.SAME_THING, family_terms(_with_meaning(name.forms)))


def _with_meaning(forms: tuple[str, ...]) -> tuple[str, ...]:
    """Return the words of a name that say something: moms på mat is moms and mat."""
    return tuple(form for form in forms if form not in EMPTY_WORDS) or forms


def _nearly_by_name(name: Name) -> Iterator[Option]:
    """Yield the way to find a name of several words with the last in a compound: moms på mat, moms på matvarer."""
    *others, last = family_terms(_with_meaning(name.forms), "")
    if others and not name.as_written:
        yield Option(Likeness.RELATED, (*(FAMILY + other for other in others), PART + last))


def family_terms(forms: tuple[str, ...], sign: str = FAMILY) -> tuple[str, ...]:
    """Return one term for each form."""
    return tuple(sign + min(analyse(form).families) for form in forms)


def _narrower(forms: tuple[str, ...]) -> Iterable[Option]:
    """Yield the ways to find each thing that some words take in."""
    for each in narrower(forms):
        sign = PART if each.in_compounds else FAMILY
        yield Option(Likeness.RELATED, family_terms(each.forms, sign))
