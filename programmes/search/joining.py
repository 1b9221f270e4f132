"""Words that a reader writes apart and the archive together, or the other way; `norwegian/apart.py` knows how."""

from __future__ import annotations

from collections.abc import Sequence

from programmes.norwegian.apart import apart, as_one_word
from programmes.norwegian.characters import unaccented
from programmes.norwegian.lexicon import is_word
from programmes.norwegian.tables import FUNCTION_WORDS
from programmes.search.query import Word
from programmes.search.vocabulary import Vocabulary

MAX_JOINED = 3
"""`barne hage plass`, `opplæring i norsk`."""


def joined(run: Sequence[Word], vocabulary: Vocabulary) -> tuple[str, ...]:
    """Return the words that neighbours are together (`eldre omsorg`), where the language or the archive has them."""
    if len(run) > MAX_JOINED or any(len(word.forms) > 1 for word in run):
        return ()
    forms = as_one_word([word.forms[0] for word in run])
    return tuple(form for form in forms if is_word(form) or vocabulary.has(form))


def with_meaning(run: Sequence[Word]) -> list[Word]:
    """Return the words of a run that are more than a preposition."""
    return [word for word in run if word.forms[0] not in FUNCTION_WORDS]


def written_otherwise(form: str, vocabulary: Vocabulary) -> str | None:
    """Return a word without its hyphen or accent, where the archive has it only so; None where it hasn't."""
    other = unaccented(form.replace("-", ""))
    return other if other != form and not vocabulary.has(form) and vocabulary.has(other) else None


def parted(form: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Return the two words of a compound that the archive hasn't as one, `gratisbarnehage`; none for other words."""
    return () if vocabulary.has(form) else apart(form)
