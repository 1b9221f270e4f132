"""Words that a reader writes apart and the archive together, or the other way; `norwegian/apart.py` knows how."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product

from programmes.norwegian.apart import apart, as_one_word
from programmes.norwegian.characters import unaccented
from programmes.norwegian.lexicon import is_word, zipf
from programmes.norwegian.tables import FUNCTION_WORDS
from programmes.search.query import Word
from programmes.search.vocabulary import Vocabulary

MAX_JOINED = 3
"""`barne hage plass`, `opplæring i norsk`."""
MOST_FORMS = 6
"""Of a word in the archive: a noun has eight in bokmål and nynorsk, of which some are rare."""


def joined(run: Sequence[Word], vocabulary: Vocabulary) -> str | None:
    """Return the word that neighbours are together (`eldre omsorg`), where the language or the archive has it."""
    if len(run) > MAX_JOINED or any(len(word.forms) > 1 for word in run):
        return None
    forms = as_one_word([word.forms[0] for word in run])
    known = [form for form in forms if is_word(form) or vocabulary.has(form)]
    return max(known, key=lambda form: (vocabulary.counts.get(form, 0), zipf(form)), default=None)


def with_meaning(run: Sequence[Word]) -> list[Word]:
    """Return the words of a run that are more than a preposition."""
    return [word for word in run if word.forms[0] not in FUNCTION_WORDS]


def written_otherwise(form: str, vocabulary: Vocabulary) -> str | None:
    """Return a word without its hyphen or accent, where the archive has it only so; None where it hasn't."""
    other = unaccented(form.replace("-", ""))
    return other if other != form and not vocabulary.has(form) and vocabulary.has(other) else None


def parted(form: str, vocabulary: Vocabulary) -> Iterator[tuple[str, str]]:
    """Yield the neighbours in the archive's forms that a word no one has as one may be written as: gratis barnehager.

    Both forms must be of its two words, the first not changed but by its ending; none for a word that a dictionary has.
    """
    if is_word(form) or vocabulary.has(form):
        return
    words = apart(form)
    if words:
        first, last = (vocabulary.forms_of(word)[:MOST_FORMS] for word in words)
        yield from product(first, last)
