"""From a query's tree to what an engine looks up: the terms by which each word asked for is found, by likeness."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from programmes.norwegian.analysis import analyse
from programmes.norwegian.lexicon import is_word
from programmes.norwegian.synonyms import narrower, same
from programmes.search.joining import joined, parted, with_meaning, written_otherwise
from programmes.search.query import Atom, Clause, Heading, Phrase, Prefix, Query, Word
from programmes.search.terms import FAMILY, HEADING, LEAD_FAMILY, LEAD_WORD, PART, WORD, Likeness
from programmes.search.vocabulary import Vocabulary

MAX_SYNONYM_WORDS = 5


@dataclass(frozen=True, slots=True)
class Option:
    """One way to be found: all `terms`, next to each other if `adjacent`; a term is a beginning if `prefix`."""

    likeness: Likeness
    terms: tuple[str, ...]
    adjacent: bool = False
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class Leaf:
    """A word or phrase asked for, with every way to be found."""

    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every child must be found; as near as the farthest of them."""

    children: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """One child must be found; as near as the nearest of them."""

    children: tuple[Node, ...]


Node = Leaf | AllOf | AnyOf


@dataclass(frozen=True, slots=True)
class Plan:
    """What an engine is to find: `wanted` (None: every pledge) without any of `unwanted`."""

    wanted: Node | None
    unwanted: tuple[Leaf, ...] = ()
    read_as: tuple[tuple[str, str], ...] = ()
    """Words typed without æ, ø, å, and the word each was also read as."""


def options_of(*nodes: Node | None) -> Iterator[Option]:
    """Yield every option of some nodes and of those below them; None has none."""
    for node in nodes:
        if isinstance(node, Leaf):
            yield from node.options
        elif node:
            yield from options_of(*node.children)


def plan(query: Query, vocabulary: Vocabulary) -> Plan:
    """Return what an engine is to look up for a query, over the words of this archive."""
    read_as: list[tuple[str, str]] = []
    wanted: list[Node] = []
    plain: list[Word] = []
    for clause in query.clauses:
        if clause.negative:
            continue
        if len(clause.atoms) == 1 and isinstance(clause.atoms[0], Word):
            plain.append(clause.atoms[0])
            continue
        children = tuple(_node(atom, vocabulary, read_as) for atom in clause.atoms)
        wanted.append(children[0] if len(children) == 1 else AnyOf(children))
    wanted = [*_words(plain, vocabulary, read_as), *wanted]
    unwanted = tuple(
        Leaf(tuple(option for option in leaf.options if option.likeness >= Likeness.SAME_THING))
        for clause in query.clauses
        if clause.negative
        for leaf in _leaves(clause, vocabulary)
    )
    root = None if not wanted else wanted[0] if len(wanted) == 1 else AllOf(tuple(wanted))
    return Plan(root, unwanted, tuple(dict.fromkeys(read_as)))


def plan_of_headings(query: Query) -> Node | None:
    """Return what finds the pledges below headings with all the words of a query; None where it has none."""
    words = [word.forms for word in query.words]
    return AllOf(tuple(_heading(forms) for forms in words)) if words else None


def _leaves(clause: Clause, vocabulary: Vocabulary) -> Iterable[Leaf]:
    for atom in clause.atoms:
        node = _node(atom, vocabulary, [])
        if isinstance(node, Leaf):
            yield node


def _node(atom: Atom, vocabulary: Vocabulary, read_as: list[tuple[str, str]]) -> Node:
    match atom:
        case Word():
            return _word(atom, vocabulary, read_as)
        case Phrase(forms):
            return Leaf(
                (
                    Option(Likeness.WORD, tuple(WORD + form for form in forms), adjacent=True),
                    Option(Likeness.LEAD_IN, tuple(LEAD_WORD + form for form in forms), adjacent=True),
                )
            )
        case Prefix(stem):
            return Leaf(
                (
                    Option(Likeness.WORD, (WORD + stem,), prefix=True),
                    Option(Likeness.LEAD_IN, (LEAD_WORD + stem,), prefix=True),
                )
            )
        case Heading(forms):
            return _heading(forms)


def _heading(forms: tuple[str, ...]) -> Node:
    """Return what finds the words in headings."""
    wanted = tuple(
        Leaf(tuple(Option(Likeness.WORD, (HEADING + family,)) for family in sorted(analyse(form).families)))
        for form in forms
    )
    return wanted[0] if len(wanted) == 1 else AllOf(wanted)


def _words(words: list[Word], vocabulary: Vocabulary, read_as: list[tuple[str, str]]) -> list[Node]:
    """Return a node for each word; words that together name a thing with other names also get those."""
    nodes: list[Node] = []
    at = 0
    while at < len(words):
        for size in range(min(MAX_SYNONYM_WORDS, len(words) - at), 1, -1):
            run = words[at : at + size]
            forms = tuple(form for word in run for form in word.forms)
            options = [Option(Likeness.SAME_THING, _family_terms(other)) for other in same(forms)]
            options += _narrower(forms)
            as_one = joined(run, vocabulary)
            options += [option for form in as_one for option in _form_options(form)]
            if options:
                kept = with_meaning(run) if as_one else run
                leaves = tuple(_word(word, vocabulary, read_as) for word in kept)
                together = _one_as_typed(leaves) if as_one else AllOf(leaves)
                nodes.append(AnyOf((together, Leaf(tuple(dict.fromkeys(options))))))
                at += size
                break
        else:
            nodes.append(_word(words[at], vocabulary, read_as))
            at += 1
    return nodes


def _one_as_typed(leaves: tuple[Leaf, ...]) -> Node:
    """Return what finds all words, not all within longer words: for `fast lege` no `fastslår` and `legemiddel`."""
    return AnyOf(
        tuple(
            AllOf(
                (
                    *leaves[:at],
                    Leaf(tuple(each for each in leaf.options if each.likeness >= Likeness.DERIVED)),
                    *leaves[at + 1 :],
                )
            )
            for at, leaf in enumerate(leaves)
        )
    )


def _word(word: Word, vocabulary: Vocabulary, read_as: list[tuple[str, str]]) -> Leaf:
    """Return the ways in which a plain word is found."""
    if len(word.forms) > 1:
        families = tuple(FAMILY + min(analyse(form).families) for form in word.forms)
        joined = [FAMILY + family for family in sorted(analyse("".join(word.forms)).families)]
        return Leaf(
            (
                Option(Likeness.WORD, tuple(WORD + form for form in word.forms), adjacent=True),
                *(Option(Likeness.WORD, (family,)) for family in joined),
                Option(Likeness.DERIVED, families),
                *(Option(Likeness.SAME_THING, _family_terms(other)) for other in same(word.forms)),
                Option(Likeness.LEAD_IN, tuple(LEAD_WORD + form for form in word.forms), adjacent=True),
            )
        )
    (form,) = word.forms
    others = vocabulary.unfolded(form)
    options = list(_form_options(form))
    other = written_otherwise(form, vocabulary)
    if other:
        options += [Option(Likeness.WORD, (WORD + other,)), *(_form_options(other) if "-" in form else ())]
    apart = parted(form, vocabulary)
    if apart:
        options.append(Option(Likeness.COMPOUND, _family_terms(apart)))
    if others and not is_word(form):  # `laerer` is no word, and must not be taken for a form of one
        options = [Option(Likeness.WORD, (WORD + form,)), Option(Likeness.LEAD_IN, (LEAD_WORD + form,))]
    for other in others:
        read_as.append((form, other))
        options.extend(option for option in _form_options(other))
    return Leaf(tuple(dict.fromkeys(options)))


@lru_cache(maxsize=2000)
def _form_options(form: str) -> tuple[Option, ...]:
    families = sorted(analyse(form).families)
    options = [Option(Likeness.WORD, (FAMILY + family,)) for family in families]
    for other in same((form,)):
        options.append(Option(Likeness.SAME_THING, _family_terms(other)))
        if len(other) == 1:
            options += [Option(Likeness.RELATED, (PART + family,)) for family in sorted(analyse(other[0]).families)]
    options += [Option(Likeness.COMPOUND, (PART + family,)) for family in families]
    options += _narrower((form,))
    options += [Option(Likeness.LEAD_IN, (LEAD_FAMILY + family,)) for family in families]
    return tuple(options)


def _family_terms(forms: tuple[str, ...], sign: str = FAMILY) -> tuple[str, ...]:
    return tuple(sign + min(analyse(form).families) for form in forms)


def _narrower(forms: tuple[str, ...]) -> Iterable[Option]:
    """Yield the ways to find each thing that some words take in."""
    for each in narrower(forms):
        sign = PART if each.in_compounds else FAMILY
        yield Option(Likeness.RELATED, _family_terms(each.forms, sign))
