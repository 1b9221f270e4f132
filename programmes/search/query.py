"""The search's query language: a text in the search box becomes a small tree, and mistakes become problems.

It knows no Django: `problems.py` words the mistakes in the reader's language.
The grammar (docs/search.md has it for readers)::

    query   = { [ "AND" ] clause }
    clause  = operand { "OR" operand }
    operand = [ "-" | "NOT" ] ( atom | "(" query ")" )
    atom    = word | word"*" | '"' words '"' | field ":" value
    field   = parti | lag | sted | år | aar | tema | kapittel | nivå | nivaa | ord

`OG`, `ELLER` and `IKKE` in capitals are AND, OR and NOT. `grammar.py` reads it; here is what it becomes.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

FIELDS = {
    "parti": "party",
    "lag": "branch",
    "sted": "branch",
    "år": "year",
    "aar": "year",
    "tema": "theme",
    "kapittel": "heading",
    "nivå": "level",
    "nivaa": "level",
    "ord": "word",
}
"""What a reader writes before the colon → what it restricts; `ord:` restricts nothing: it is found as a word."""

MAX_LENGTH = 500
MAX_WORDS = 40
MIN_PREFIX = 2

Code = Literal[
    "too-long",
    "too-many-words",
    "or-alone",
    "and-alone",
    "not-alone",
    "and-or-mixed",
    "bracket-open",
    "bracket-close",
    "bracket-minus",
    "bracket-deep",
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
    start: int = field(default=-1, compare=False, kw_only=True)
    """Where it begins in the query's text; -1 for one that wasn't typed."""
    as_word: bool = field(default=False, compare=False, kw_only=True)
    """Whether `ord:` stood before it: it names nothing, it is a word to be found."""


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
    text: str = field(default="", compare=False)
    """As it was typed."""

    @property
    def words(self) -> tuple[Word, ...]:
        """The plain words that are asked for."""
        return tuple(
            atom for clause in self.clauses if not clause.negative for atom in clause.atoms if isinstance(atom, Word)
        )
