"""What a reader may type, as far as it can be looked up: every form that something of the archive is found by.

The archive's own forms and what they may be typed as without æ, ø and å; the words of our tables; all forms that the
dictionaries have of both; and the words in ordinary use, for those that the archive says otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass
from enum import IntFlag

from programmes.folder.postings import Gathered
from programmes.norwegian import directions, groups, synonyms
from programmes.norwegian.analysis import analyse, family_name
from programmes.norwegian.derivation import genitives_of
from programmes.norwegian.families import family_key
from programmes.norwegian.keyboard import foldings
from programmes.norwegian.lexicon import frequencies, is_word, lemmas, zipf
from programmes.norwegian.tables import EMPTY_HEADS, EMPTY_WORDS, FUNCTION_WORDS
from programmes.norwegian.tokens import asked, forms_of
from programmes.search.options import is_matter, of_run
from programmes.search.plan import Leaf, leaf_of
from programmes.search.query import Word
from programmes.search.terms import FAMILY, PART
from programmes.search.understanding.relaxing import KEPT_WORDS, is_verb_or_adjective
from programmes.search.vocabulary import Vocabulary

IN_USE = 2.5
"""On the Zipf scale: a word that the archive lacks and people type; some 30,000 are this usual."""
HYPHENATED = re.compile(r"(?<!\w)\w+(?:-\w+)+(?!\w)")
AFTER_ANY_NOUN = "+"
"""Stands for any preposition of `PREPOSITIONS_OF_ACTIONS` in the key of a run."""


class Sign(IntFlag):
    """What else is known of a form."""

    NONE = 0
    KNOWN = 1
    """A dictionary or the archive has it as one word."""
    FUNCTION = 2
    EMPTY = 4
    GENERAL = 8
    """A verb or an adjective, left out before a noun is."""
    DIRECTION = 16
    KEPT = 32
    """Never left out."""
    MATTER = 64
    """A thing that so few texts have that it is what they are about."""
    EMPTY_HEAD = 128
    """Says nothing as the last part of a compound: ordning."""


@dataclass(frozen=True, slots=True)
class Askable:
    """A word, or several that say a thing together, with the ways in which it is found."""

    key: str
    """The form; of several words the family of each, parted by a space."""
    alone: Leaf
    beside: Leaf
    family: str = ""
    headings: tuple[frozenset[str], ...] = ()
    """The families by which headings have each of its words."""
    signs: Sign = Sign.NONE
    count: int = 0
    """Texts that have just this form."""


def words(index: Gathered, vocabulary: Vocabulary, texts: Iterable[str], beyond: bool = True) -> Iterator[Askable]:
    """Yield every form that can be looked up, in order, those that the archive lacks too where it is to go `beyond`."""
    for form in sorted(_forms(index, vocabulary, texts, beyond)):
        parts = asked(form)
        if len(parts) == 1 and parts[0] != form:
            continue  # the script has typed forms made plain before it looks them up
        word = Word(parts or (form,), form)
        yield Askable(
            form,
            leaf_of(word, vocabulary, stands_alone=True),
            leaf_of(word, vocabulary, stands_alone=False),
            " ".join(map(synonyms.family_of, word.forms)),
            tuple(analyse(part).families for part in word.forms),
            _signs(word, vocabulary),
            vocabulary.counts.get(form, 0),
        )


def runs(index: Gathered, *, beyond: bool = True) -> Iterator[Askable]:
    """Yield the words that say a thing together, in order; one word that is another thing's noun stands with `+`."""
    found = {}
    for key, forms in _runs(index, beyond):
        if key not in found:
            alone, beside = (Leaf(tuple(dict.fromkeys(of_run(forms, stands_alone=each)))) for each in (True, False))
            if alone.options or beside.options:
                found[key] = Askable(key, alone, beside)
    yield from (found[key] for key in sorted(found))


def _forms(index: Gathered, vocabulary: Vocabulary, texts: Iterable[str], beyond: bool) -> set[str]:
    families = {*index.names_of(FAMILY), *index.names_of(PART)}
    found = {*vocabulary.counts, *families}
    found |= {folded for form in vocabulary.counts if not form.isascii() for folded in foldings(form)}
    if beyond:
        found |= {form for form in frequencies() if form.isalpha() and len(form) > 1 and zipf(form) >= IN_USE}
        named = in_tables()
        found |= named
        families |= {family for form in named for family in analyse(form).families}
    found |= inflected(families)
    found |= {match[0].lower() for text in texts for match in HYPHENATED.finditer(text)}
    return {form for form in found if form.strip() and " " not in form}


def inflected(families: Set[str]) -> set[str]:
    """Return every form that the dictionaries have of some families, in nynorsk of what that calls the same."""
    found = {form.lower() for form, lemma in lemmas("nb").items() if lemma.lower() in families}
    nynorsk = {lemma: family_key(family_name(lemma.lower())) for lemma in set(lemmas("nn").values())}
    return found | {form.lower() for form, lemma in lemmas("nn").items() if nynorsk[lemma] in families}


def in_tables() -> set[str]:
    """Return every word of our tables of other names and of what is near."""
    names = [name.forms for row in synonyms.rows() for name in row.names]
    typed = [forms_of(name) for row in groups.rows() for name in row[0]]
    return {form for forms in (*names, *typed, *groups.names_with_others_near()) for form in forms}


def _signs(word: Word, vocabulary: Vocabulary) -> Sign:
    (form, *others) = word.forms
    signs = Sign.NONE
    if not others and (is_word(form) or vocabulary.has(form)):
        signs |= Sign.KNOWN
    if FUNCTION_WORDS.issuperset(word.forms):
        signs |= Sign.FUNCTION
    if EMPTY_WORDS.issuperset(word.forms):
        signs |= Sign.EMPTY
    if all(map(is_verb_or_adjective, word.forms)):
        signs |= Sign.GENERAL
    if any(map(directions.has_direction, word.forms)):
        signs |= Sign.DIRECTION
    if not others and is_matter(form, vocabulary):
        signs |= Sign.MATTER
    if not others and not analyse(form).families.isdisjoint(EMPTY_HEADS):
        signs |= Sign.EMPTY_HEAD
    if any(part[:1].isdigit() for part in word.forms) or not KEPT_WORDS.isdisjoint(word.forms):
        signs |= Sign.KEPT
    return signs


def _runs(index: Gathered, beyond: bool) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the keys that a run of words may have, and words that it may be of."""
    for row in synonyms.rows() if beyond else ():
        for name in row.names:
            if len(name.forms) > 1:
                yield " ".join(synonyms.key(name.forms)), name.forms
    for key in synonyms.names_of_several_words() if beyond else ():
        yield " ".join(key), key
    for family, rest in directions.verbs_of_several_words():
        yield f"{family} {rest}", (family, *rest.split())
    preposition = min(directions.PREPOSITIONS_OF_ACTIONS)
    for family in index.names_of(FAMILY):
        yield f"{family} {AFTER_ANY_NOUN}", (family, preposition)
        for owner, owned in genitives_of(family):
            yield f"{owner} {owned}", (owner, owned)
