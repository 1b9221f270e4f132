"""Opposition to a thing, `mot vindkraft`, `nei til EU`: what shows it in a pledge is to be found beside the thing."""

from __future__ import annotations

from collections.abc import Sequence

from programmes.norwegian.tables import FUNCTION_WORDS
from programmes.norwegian.tokens import Forms
from programmes.search.query import Atom, Clause, Phrase, Word
from programmes.search.understanding.tables import OPPOSED, OPPOSING_PHRASES, OPPOSING_WORDS

PLAIN = ("mot",)
"""Opposition only where it begins what is searched: `vold mot kvinner` is about violence."""


def with_opposition(clauses: Sequence[Clause]) -> list[Clause]:
    """Return clauses with the words of opposition as one clause of everything that shows it."""
    forms = [_form(clause) for clause in clauses]
    for at in range(len(clauses)):
        for opposed in OPPOSED:
            size = len(opposed)
            if tuple(forms[at : at + size]) == opposed and (at == 0 or opposed != PLAIN):
                others = [*clauses[:at], *clauses[at + size :]]
                if any(not set(_words(clause)) <= FUNCTION_WORDS for clause in others):
                    return [*clauses[:at], _opposing(clauses[at : at + size]), *clauses[at + size :]]
    return list(clauses)


def showing(opposed: Forms) -> Clause:
    """Return the clause of what shows opposition that is typed in some words (`nei til`)."""
    return Clause((Phrase(opposed, " ".join(opposed)), *_SHOWING))


def is_opposition(clause: Clause) -> bool:
    """Return whether a clause is one that `with_opposition` made."""
    return clause.atoms[1:] == _SHOWING


def as_typed(clause: Clause) -> str:
    """Return a clause as it was typed, opposition by its own words alone."""
    atoms = clause.atoms[:1] if is_opposition(clause) else clause.atoms
    return " OR ".join(atom.typed for atom in atoms)


def _opposing(clauses: Sequence[Clause]) -> Clause:
    words = [atom for clause in clauses for atom in clause.atoms if isinstance(atom, Word)]
    forms: Forms = tuple(form for word in words for form in word.forms)
    first = Phrase(forms, " ".join(word.typed for word in words), start=words[0].start)
    return Clause((first, *_SHOWING))


def _form(clause: Clause) -> str:
    word = clause.atoms[0]
    alone = len(clause.atoms) == 1 and isinstance(word, Word) and not word.as_word and len(word.forms) == 1
    return word.forms[0] if alone and isinstance(word, Word) else ""


def _words(clause: Clause) -> Forms:
    return tuple(form for atom in clause.atoms if isinstance(atom, Word) for form in atom.forms) or ("#",)


_SHOWING: tuple[Atom, ...] = (
    *(Phrase(forms, " ".join(forms)) for forms in OPPOSING_PHRASES),
    *(Word((word,), word) for word in OPPOSING_WORDS),
)
