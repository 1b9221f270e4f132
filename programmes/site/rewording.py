"""Other ways to write the query that was searched: fewer names in it, or other words."""

from __future__ import annotations

from programmes.search import SearchResult
from programmes.search.query import Atom, Clause, Phrase, Prefix
from programmes.search.understanding.opposition import is_opposition
from programmes.search.understanding.reading import FACETS, Reading


def facet_of(reading: Reading) -> str:
    """Return the filter that something read in the query narrows; empty for a frame that was left out."""
    return "" if reading.kind == "dropped" else FACETS.get(reading.kind, reading.kind)


def words_of(result: SearchResult) -> str:
    """Return the words that were searched, without names and fields that are filters, and without a frame."""
    if not result.readings and not result.parsed.fields and result.relaxed is None:
        return result.searched
    return " ".join(filter(None, map(_written, result.parsed.clauses)))


def subject_of(result: SearchResult) -> str:
    """Return what the hits are about, as a reader is told it."""
    return words_of(result).replace("ord:", "")


def typed_words(result: SearchResult) -> str:
    """Return the words that were typed, without names that were read and without a frame."""
    read = {word for reading in result.readings for word in reading.typed.split()}
    fields = {field.typed for field in result.parsed.fields}
    return " ".join(word.strip("?!.,") for word in result.query.split() if word not in read | fields)


def asked_with(result: SearchResult, words: str, *, but: str = "") -> str:
    """Return the query of some words with the names and fields of what was searched, `but` those of one filter."""
    names = (reading.typed for reading in result.readings if facet_of(reading) not in ("", but))
    fields = (field.typed for field in result.parsed.fields if field.field != but)
    return " ".join(dict.fromkeys(filter(None, [*names, *fields, words])))


def asked(result: SearchResult, *, but: str = "") -> str:
    """Return the query that was searched, `but` the names and fields of one filter."""
    return asked_with(result, words_of(result), but=but)


def asked_of_headings(result: SearchResult) -> str:
    """Return the query that asks for all pledges under headings with the words."""
    return asked_with(result, " ".join(f"kapittel:{word.typed}" for word in result.parsed.words))


def _written(clause: Clause) -> str:
    """Return a clause as the grammar has it; of one that takes in more than was typed, what was typed."""
    if is_opposition(clause):
        return clause.atoms[0].typed
    return ("-" if clause.negative else "") + " OR ".join(map(_atom, clause.atoms))


def _atom(atom: Atom) -> str:
    if isinstance(atom, Phrase):
        return f'"{atom.typed}"'
    return f"ord:{atom.typed}" if not isinstance(atom, Prefix) and atom.as_word else atom.typed
