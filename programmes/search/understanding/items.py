"""A query's clauses in the order typed, as words and as the names that they may be."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from programmes.norwegian.tokens import Forms
from programmes.search.query import Clause, Word
from programmes.search.understanding.frames import NAME, OTHER
from programmes.search.understanding.names import Name, Names


@dataclass(frozen=True, slots=True)
class Item:
    """A clause, or the clauses that are the words of a name."""

    clauses: tuple[Clause, ...]
    name: Name | None = None

    @property
    def words(self) -> tuple[Word, ...]:
        """The words that it consists of."""
        return tuple(atom for clause in self.clauses for atom in clause.atoms if isinstance(atom, Word))

    @property
    def forms(self) -> Forms:
        """Its words as they are compared; none of what is no plain word."""
        if len(self.clauses) == 1 and len(self.clauses[0].atoms) > 1:
            return ()
        return tuple(form for word in self.words if not word.as_word for form in word.forms)

    @property
    def typed(self) -> str:
        """Its words as they were typed."""
        return " ".join(word.typed for word in self.words)

    @property
    def symbol(self) -> str:
        """How it stands in the pattern of a sentence."""
        return NAME if self.name else "-".join(self.forms) or OTHER


def items_of(clauses: Sequence[Clause], names: Names) -> list[Item]:
    """Return positive clauses as items, the longest names read first."""
    items = []
    at = 0
    while at < len(clauses):
        name, size = next(_names_at(clauses, at, names), (None, 1))
        items.append(Item(tuple(clauses[at : at + size]), name))
        at += size
    return items


def with_words(items: Sequence[Item]) -> list[Item]:
    """Return items with those that are no name any more word by word."""
    return [each for item in items for each in ([item] if item.name else [Item((clause,)) for clause in item.clauses])]


def name_of(word: Word, names: Names) -> Name | None:
    """Return what one word names as a whole."""
    return next(
        (name for size, name in _named(word.forms, names) if size == len(word.forms) and _typed_so(name, word)), None
    )


def _names_at(clauses: Sequence[Clause], at: int, names: Names) -> Iterator[tuple[Name | None, int]]:
    """Yield the names that begin at a clause, the longest first, each with its number of clauses."""
    if len(clauses[at].atoms) > 1:
        both = _alternatives(clauses[at], names)
        if both:
            yield both, 1
        return
    forms: list[str] = []
    ends: dict[int, int] = {}
    for number, clause in enumerate(clauses[at:], 1):
        word = clause.atoms[0]
        if len(clause.atoms) > 1 or not isinstance(word, Word) or word.as_word:
            break
        forms += word.forms
        ends[len(forms)] = number
    first = clauses[at].atoms[0]
    if not forms or not isinstance(first, Word):
        return
    for size, name in _named(forms, names):
        if size in ends and _typed_so(name, first):
            yield name, ends[size]


def _named(forms: Sequence[str], names: Names) -> Iterator[tuple[int, Name]]:
    yield from names.longest(forms)
    year = names.year(forms)
    if year:
        yield year


def _alternatives(clause: Clause, names: Names) -> Name | None:
    """Return a name for `Frp OR SV`: alternatives that are all names of one kind."""
    found = [name_of(atom, names) if isinstance(atom, Word) and not atom.as_word else None for atom in clause.atoms]
    named = [name for name in found if name]
    if len(named) < len(found) or len({name.kind for name in named}) > 1:
        return None
    values = tuple(dict.fromkeys(value for name in named for value in name.values))
    return Name(named[0].kind, values, " / ".join(dict.fromkeys(name.label for name in named)))


def _typed_so(name: Name, word: Word) -> bool:
    """Return whether a word is typed as its name demands: the party V is no v."""
    return not (name.capital and name.kind == "party") or word.typed.isupper()
