"""The search's query language: a text in the search box becomes a small tree, and mistakes become problems.

It knows no Django: `problems.py` words the mistakes in the reader's language.
The grammar (docs/search.md has it for readers)::

    query   = { clause }
    clause  = atom { "OR" atom }
    atom    = [ "-" ] ( word | word"*" | '"' words '"' | field ":" value )
    field   = parti | lag | år | aar | tema | kapittel | nivå | nivaa
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from programmes.norwegian.characters import plain
from programmes.norwegian.tokens import SPACED_WORD, asked, tokens

FIELDS = {
    "parti": "party",
    "lag": "branch",
    "år": "year",
    "aar": "year",
    "tema": "theme",
    "kapittel": "heading",
    "nivå": "level",
    "nivaa": "level",
}
"""What a reader writes before the colon → what it restricts."""

MAX_LENGTH = 500
MAX_WORDS = 40
MIN_PREFIX = 2

_PIECE = re.compile(
    rf"""(?P<minus>(?<!\S)[-−–](?=\S))?
    (?:(?P<field>[^\W\d_]+):(?P<value>"[^"]*"?|\S*)
      |(?P<quote>["“”«»„])(?P<phrase>[^"“”«»„]*)(?P<closed>["“”«»„])?
      |(?P<word>(?:{SPACED_WORD})(?![^\s"“”«»„])|[^\s"“”«»„]+))""",
    re.VERBOSE,
)


Code = Literal[
    "too-long",
    "too-many-words",
    "or-alone",
    "or-with-field",
    "or-with-minus",
    "field-empty",
    "field-unknown",
    "no-words",
    "only-without",
    "quote-open",
    "quote-empty",
    "star-alone",
    "star-inside",
    "star-short",
    "unknown-value",
]
"""What may be wrong with a query."""


@dataclass(frozen=True, slots=True)
class QueryProblem:
    """A mistake in a query: what it is, and what was typed or what is allowed."""

    code: Code
    value: str | int = ""


@dataclass(frozen=True)
class _Words:
    """Words as they are compared, and what was typed."""

    forms: tuple[str, ...]
    typed: str


class Word(_Words):
    """A word with all that is like it; `forms` are several where it is hyphenated."""


class Phrase(_Words):
    """These words, adjacent, as typed."""


class Heading(_Words):
    """Words in the headings above the pledge."""


@dataclass(frozen=True, slots=True)
class Prefix:
    """Every word that begins so."""

    stem: str
    typed: str


Atom = Word | Phrase | Prefix | Heading


@dataclass(frozen=True, slots=True)
class Clause:
    """One of `atoms` has to be there, or, if `negative`, none may be."""

    atoms: tuple[Atom, ...]
    negative: bool = False


@dataclass(frozen=True, slots=True)
class FieldValue:
    """A restriction written in the query, `parti:sv`."""

    field: str
    value: str
    negative: bool
    typed: str


@dataclass(frozen=True, slots=True)
class Query:
    """A query as it was understood."""

    clauses: tuple[Clause, ...] = ()
    fields: tuple[FieldValue, ...] = ()
    problems: tuple[QueryProblem, ...] = ()

    @property
    def words(self) -> tuple[Word, ...]:
        """The plain words that are asked for."""
        return tuple(
            atom for clause in self.clauses if not clause.negative for atom in clause.atoms if isinstance(atom, Word)
        )


def parse(text: str) -> Query:
    """Return a query as a tree; what can't be understood becomes one of its `problems`, and the rest stands."""
    problems: list[QueryProblem] = []
    if len(text) > MAX_LENGTH:
        text = text[:MAX_LENGTH]
        problems.append(QueryProblem("too-long", MAX_LENGTH))
    clauses: list[Clause] = []
    fields: list[FieldValue] = []
    either = False
    only_signs = ""
    for match in _PIECE.finditer(plain(text).text.replace("\x00", " ")):
        if match["word"] == "OR" and not match["minus"]:
            if not clauses or either:
                problems.append(QueryProblem("or-alone"))
            either = bool(clauses)
            continue
        negative = bool(match["minus"])
        if match["field"] and match["field"].lower() in FIELDS:
            value = match["value"].strip('"').strip()
            name = FIELDS[match["field"].lower()]
            if not value:
                problems.append(QueryProblem("field-empty", match["field"]))
            elif name != "heading":
                if either:
                    problems.append(QueryProblem("or-with-field"))
                    either = False
                fields.append(FieldValue(name, value, negative, match[0]))
                continue
            atom: Atom | None = _heading(value, match[0])
        else:
            if match["field"] and match["value"]:
                problems.append(QueryProblem("field-unknown", match["field"]))
            atom = _atom(match, problems)
        if atom is None:
            only_signs = only_signs or match[0]
            continue
        if either and not negative and clauses and not clauses[-1].negative:
            clauses[-1] = Clause((*clauses[-1].atoms, atom))
        else:
            if either:
                problems.append(QueryProblem("or-with-minus"))
            clauses.append(Clause((atom,), negative))
        either = False
    if either:
        problems.append(QueryProblem("or-alone"))
    if len(clauses) > MAX_WORDS:
        clauses = clauses[:MAX_WORDS]
        problems.append(QueryProblem("too-many-words", MAX_WORDS))
    if clauses and all(clause.negative for clause in clauses) and not fields:
        problems.append(QueryProblem("only-without"))
    if only_signs and not clauses and not problems:
        problems.append(QueryProblem("no-words", only_signs))
    return Query(tuple(clauses), tuple(fields), tuple(dict.fromkeys(problems)))


def _heading(value: str, typed: str) -> Heading | None:
    forms = asked(value)
    return Heading(forms, typed) if forms else None


def _atom(match: re.Match[str], problems: list[QueryProblem]) -> Atom | None:
    """Return the word, phrase or prefix of a piece of the query; None for mere punctuation."""
    if match["quote"]:
        if not match["closed"]:
            problems.append(QueryProblem("quote-open"))
        forms = tuple(token.form for token in tokens(match["phrase"]))
        if not forms and match["closed"]:
            problems.append(QueryProblem("quote-empty"))
        return Phrase(forms, match["phrase"].strip()) if forms else None
    typed = match["word"] or f"{match['field']} {match['value']}".strip()
    star = typed.endswith("*")
    forms = asked(typed)
    if not forms:
        if star:
            problems.append(QueryProblem("star-alone"))
        return None
    if "*" in typed.rstrip("*"):
        problems.append(QueryProblem("star-inside"))
    if star:
        if len(forms) == 1 and len(forms[0]) >= MIN_PREFIX:
            return Prefix(forms[0], typed)
        problems.append(QueryProblem("star-short", typed))
    return Word(forms, typed)
