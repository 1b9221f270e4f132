"""How a query's text is read: pieces, operators and brackets, down to clauses that must all hold.

Brackets are multiplied out: `buss OR (tog ferje)` must have buss or tog, and buss or ferje.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise, product
from typing import Literal

from programmes.norwegian.characters import plain
from programmes.norwegian.tables import FUNCTION_WORDS
from programmes.norwegian.tokens import SPACED_WORD, asked, forms_of
from programmes.search.query import (
    FIELDS,
    MAX_LENGTH,
    MAX_WORDS,
    MIN_PREFIX,
    Atom,
    Clause,
    Code,
    FieldValue,
    Heading,
    Phrase,
    Prefix,
    Query,
    QueryProblem,
    Word,
)

MAX_DEPTH = 5
"""Brackets within brackets."""
Sign = Literal["and", "or", "not", "open", "close"]

OPERATORS: dict[str, Sign] = {"AND": "and", "OG": "and", "OR": "or", "ELLER": "or", "NOT": "not", "IKKE": "not"}
"""Words that are signs where they stand in capitals."""
EITHER = frozenset(("eller", "or"))
"""In lower case these stand between alternatives where both are words that carry meaning."""

_PIECE = re.compile(
    rf"""(?P<minus>(?<![^\s(])[-−–](?=[^\s)]))?
    (?:(?P<open>\()
      |(?P<field>[^\W\d_]+):(?P<value>"[^"]*"?|\S*)
      |(?P<quote>["“”«»„])(?P<phrase>[^"“”«»„]*)(?P<closed>["“”«»„])?
      |(?P<word>(?:{SPACED_WORD})(?![^\s"“”«»„.,;:!?)])|[^\s"“”«»„]+))""",
    re.VERBOSE,
)


ONLY_SIGNS: frozenset[Code] = frozenset(("quote-empty", "quote-open", "star-alone"))
"""What may be wrong with a query that has no words at all."""


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of the query: a sign, words to be found or a restriction."""

    sign: Sign | None = None
    atom: Atom | None = None
    restriction: FieldValue | None = None
    negative: bool = False


@dataclass(slots=True)
class _Reader:
    """Reads parts from the first to the last, and notes what is wrong."""

    parts: list[_Part]
    problems: list[QueryProblem]
    fields: list[FieldValue] = field(default_factory=list)
    at: int = 0

    def query(self, depth: int = 0) -> list[Clause]:
        """Read clauses up to the bracket that closes, or to the end."""
        clauses: list[Clause] = []
        begun = anded = ored = False
        while part := self._here():
            if part.sign == "close" and depth:
                break
            if part.sign == "and":
                self.at += 1
                if begun and self._begins_operand():
                    anded = True
                else:
                    self._note("and-alone")
                continue
            if part.sign in ("or", "close"):
                self._note("or-alone" if part.sign == "or" else "bracket-close")
                self.at += 1
                continue
            more, either = self._clause(depth)
            clauses += more
            ored |= either
            begun = True
        if anded and ored:
            self._note("and-or-mixed")
        return clauses

    def _clause(self, depth: int) -> tuple[list[Clause], bool]:
        """Read operands with OR between them; also return whether there was one."""
        clauses, restricted = self._operand(depth)
        either = False
        while (part := self._here()) and part.sign == "or":
            self.at += 1
            if not self._begins_operand():
                self._note("or-alone")
                break
            either = True
            more, restricted_too = self._operand(depth)
            if restricted or restricted_too:
                if restricted != restricted_too:
                    self._note("or-with-field")
                clauses += more
            elif any(clause.negative for clause in (*clauses, *more)):
                self._note("or-with-minus")
                clauses += more
            elif clauses and more:
                clauses = _either(clauses, more)
            else:
                clauses += more
            restricted = restricted_too
        return clauses, either

    def _operand(self, depth: int) -> tuple[list[Clause], str]:
        """Read words, a restriction or what stands in brackets; also return the field of a restriction."""
        negative = False
        part = self.parts[self.at]
        while part.sign == "not":
            self.at += 1
            if not self._begins_operand():
                self._note("not-alone")
                return [], ""
            negative = True
            part = self.parts[self.at]
        self.at += 1
        negative |= part.negative
        if part.restriction:
            value = part.restriction
            self.fields.append(FieldValue(value.field, value.value, negative, value.typed))
            return [], value.field
        if part.atom:
            return [Clause((part.atom,), negative)], ""
        clauses = self.query(depth + 1)
        if self._here():
            self.at += 1  # the bracket that closes
        else:
            self._note("bracket-open")
        return (self._without(clauses) if negative else clauses), ""

    def _without(self, clauses: list[Clause]) -> list[Clause]:
        if len(clauses) > 1 or any(clause.negative for clause in clauses):
            self._note("bracket-minus")
        return [Clause((atom,), negative=True) for clause in clauses for atom in clause.atoms]

    def _here(self) -> _Part | None:
        return self.parts[self.at] if self.at < len(self.parts) else None

    def _begins_operand(self) -> bool:
        part = self._here()
        return part is not None and part.sign in (None, "not", "open")

    def _note(self, code: Code, value: str | int = "") -> None:
        self.problems.append(QueryProblem(code, value))


def parse(text: str) -> Query:
    """Return a query as a tree; what can't be understood becomes one of its `problems`, and the rest stands."""
    problems: list[QueryProblem] = []
    if len(text) > MAX_LENGTH:
        text = text[:MAX_LENGTH]
        problems.append(QueryProblem("too-long", MAX_LENGTH))
    text = plain(text).text.replace("\x00", " ")
    parts = _not_too_deep(list(_parts(text, problems)), problems)
    reader = _Reader(_with_alternatives(parts), problems)
    clauses = reader.query()
    if len(clauses) > MAX_WORDS:
        clauses = clauses[:MAX_WORDS]
        problems.append(QueryProblem("too-many-words", MAX_WORDS))
    if clauses and all(clause.negative for clause in clauses) and not reader.fields:
        problems.append(QueryProblem("only-without"))
    if text.strip() and not clauses and not reader.fields and ONLY_SIGNS.issuperset(each.code for each in problems):
        problems.append(QueryProblem("no-words", text.strip()))
    return Query(tuple(clauses), tuple(reader.fields), tuple(dict.fromkeys(problems)), text)


def _either(one: list[Clause], other: list[Clause]) -> list[Clause]:
    """Return clauses that hold where all of one list hold or all of the other; at most `MAX_WORDS` and one."""
    pairs = product(one[: MAX_WORDS + 1], other[: MAX_WORDS + 1])
    return [Clause((*left.atoms, *right.atoms)) for left, right in pairs][: MAX_WORDS + 1]


def _parts(text: str, problems: list[QueryProblem]) -> Iterator[_Part]:
    """Yield the parts of a query's text."""
    shouted = not any(map(str.islower, text))  # then IKKE may be no sign: `IKKE BYGG MER`
    for match in _PIECE.finditer(text):
        negative = bool(match["minus"])
        if match["open"]:
            yield _Part("open", negative=negative)
            continue
        word, value = match["word"] or "", match["value"] or ""
        closing = 0 if value.startswith('"') else _closing(word or value)
        if closing:
            word, value = word[:-closing], value[:-closing]
        if word in OPERATORS and not negative and not (shouted and word == "IKKE"):
            yield _Part(OPERATORS[word])
        elif match["field"] and match["field"].lower() in FIELDS:
            yield from _field(match, value, match[0][: len(match[0]) - closing], problems)
        elif word or match["quote"] or match["field"]:
            if match["field"] and value:
                problems.append(QueryProblem("field-unknown", match["field"]))
            typed = word or f"{match['field']} {value}".strip()
            start = match.start() + negative
            atom = _phrase(match, start, problems) if match["quote"] else _word(typed, start, problems)
            if atom:
                yield _Part(atom=atom, negative=negative)
        for _bracket in range(closing):
            yield _Part("close")


def _closing(piece: str) -> int:
    """Return the brackets at the end of a piece that close others than its own: none in `barnehage(r)`."""
    at_end = len(piece) - len(piece.rstrip(")"))
    return max(0, min(at_end, piece.count(")") - piece.count("(")))


def _not_too_deep(parts: list[_Part], problems: list[QueryProblem]) -> list[_Part]:
    """Return the parts without the brackets that stand within too many others."""
    found, depth = [], 0
    for part in parts:
        depth += part.sign == "open"
        if part.sign not in ("open", "close") or depth <= MAX_DEPTH:
            found.append(part)
        else:
            problems.append(QueryProblem("bracket-deep", MAX_DEPTH))
        depth -= part.sign == "close" and depth > 0
    return found


def _with_alternatives(parts: list[_Part]) -> list[_Part]:
    """Return the parts with `eller` between two words that carry meaning as OR."""
    found = list(parts)
    for at, ((before, part), (_same, after)) in enumerate(pairwise(pairwise(parts)), 1):
        words = [each.atom for each in (before, part, after) if isinstance(each.atom, Word) and not each.negative]
        if len(words) < 3 or words[1].as_word or words[1].typed not in EITHER:
            continue
        if not any(form in FUNCTION_WORDS for word in (words[0], words[2]) for form in word.forms):
            found[at] = _Part("or")
    return found


def _field(match: re.Match[str], value: str, typed: str, problems: list[QueryProblem]) -> Iterator[_Part]:
    """Yield what a field asks for, nothing where its value is missing."""
    negative = bool(match["minus"])
    quoted = value.startswith('"')
    value = value.strip('"').strip()
    name = FIELDS[match["field"].lower()]
    atom: Atom | None = None
    if not value:
        problems.append(QueryProblem("field-empty", match["field"]))
    elif name == "word":
        forms = forms_of(value) if quoted else asked(value)
        kind = Phrase if quoted else Word
        atom = kind(forms, value, start=match.start() + negative, as_word=True) if forms else None
    elif name == "heading":
        forms = asked(value)
        atom = Heading(forms, typed, start=match.start() + negative) if forms else None
    else:
        yield _Part(restriction=FieldValue(name, value, negative, typed), negative=negative)
    if atom:
        yield _Part(atom=atom, negative=negative)


def _phrase(match: re.Match[str], start: int, problems: list[QueryProblem]) -> Atom | None:
    if not match["closed"]:
        problems.append(QueryProblem("quote-open"))
    forms = forms_of(match["phrase"])
    if not forms and match["closed"]:
        problems.append(QueryProblem("quote-empty"))
    return Phrase(forms, match["phrase"].strip(), start=start) if forms else None


def _word(typed: str, start: int, problems: list[QueryProblem]) -> Atom | None:
    """Return the word or prefix of a piece of the query; None for mere punctuation."""
    typed = typed.rstrip(".,;:!?")
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
    return Word(forms, typed, start=start)
