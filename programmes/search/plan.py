"""From a query's tree to what an engine looks up: the terms by which each word asked for is found, by likeness."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from programmes.norwegian.analysis import analyse
from programmes.norwegian.lexicon import is_word
from programmes.norwegian.tables import EMPTY_WORDS, FUNCTION_WORDS
from programmes.search.joining import joined, parted, with_meaning, written_otherwise
from programmes.search.options import Option, of_form, of_genitives, of_hyphenated, of_other_compounds, of_parts, of_run
from programmes.search.query import Atom, Clause, Heading, Phrase, Prefix, Query, Word
from programmes.search.terms import HEADING, LEAD_WORD, PART, WORD, Likeness
from programmes.search.vocabulary import Vocabulary

MAX_RUN = 6
"""Words that together are looked up as the name of one thing."""
SHORT_PART = 4
"""Letters: fast, lege and land stand in many words by chance, omsorg and eldre don't."""


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
    content = len(wanted) + sum(map(_is_content, plain))
    found = _words(plain, vocabulary, read_as, content=content)
    wanted = [*(node for node, _of in found), *wanted]
    unwanted = tuple(
        Leaf(tuple(option for option in leaf.options if option.likeness >= Likeness.SAME_THING))
        for clause in query.clauses
        if clause.negative
        for leaf in _leaves(clause, vocabulary)
    )
    root = None if not wanted else wanted[0] if len(wanted) == 1 else _all_of(found, wanted)
    return Plan(root, unwanted, tuple(dict.fromkeys(read_as)))


def _all_of(found: Sequence[tuple[Node, Sequence[Word]]], wanted: Sequence[Node]) -> Node:
    """Return what has all that is wanted; of several words some may stand in the headings above, but not all."""
    if not found:
        return AllOf(tuple(wanted))
    headed = [AnyOf((node, _lowered(_headings_of(words), Likeness.HEADING))) for node, words in found]
    return AllOf((*headed, *wanted[len(found) :], AnyOf(tuple(wanted))))


def _headings_of(words: Sequence[Word]) -> Node:
    return _heading(tuple(form for word in words for form in word.forms))


def widened(whole: Plan, parts: Sequence[Plan]) -> Plan:
    """Return a plan that finds what `whole` finds, and below it what any of `parts` finds."""
    some = tuple(_lowered(part.wanted, Likeness.SOME, least=Likeness.RELATED) for part in parts if part.wanted)
    return replace(whole, wanted=AnyOf((whole.wanted, *some))) if whole.wanted else whole


def _lowered(node: Node, likeness: Likeness, *, least: Likeness = Likeness.SOME) -> Node:
    """Return a node whose hits are all of one likeness: those that were of `least` or nearer."""
    if isinstance(node, Leaf):
        options = (replace(option, likeness=likeness) for option in node.options if option.likeness >= least)
        return Leaf(tuple(dict.fromkeys(options)))
    return type(node)(tuple(_lowered(child, likeness, least=least) for child in node.children))


def leaf_of(word: Word, vocabulary: Vocabulary, *, stands_alone: bool) -> Leaf:
    """Return the ways in which a word of a query is found: where it is all that is asked for, or beside others."""
    return _word(word, vocabulary, [], stands_alone=stands_alone)


def without_short_parts(leaf: Leaf) -> Leaf:
    """Return the ways in which a word is found but as a word of few letters within a longer one."""
    return Leaf(tuple(each for each in leaf.options if not _is_short_part(each)))


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
            return _word(atom, vocabulary, read_as, stands_alone=True)
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


def _words(
    words: list[Word], vocabulary: Vocabulary, read_as: list[tuple[str, str]], *, content: int
) -> list[tuple[Node, Sequence[Word]]]:
    """Return a node for each word, with the words it is of; words that say a thing together share one.

    `content` is how much the whole query asks for: a word that is all of it must not be found by what is too general.
    """
    nodes: list[tuple[Node, Sequence[Word]]] = []
    at = 0
    while at < len(words):
        for size in range(min(MAX_RUN, len(words) - at), 1, -1):
            run = words[at : at + size]
            forms = tuple(form for word in run for form in word.forms)
            alone = content <= sum(map(_is_content, run))
            options = list(of_run(forms, stands_alone=alone))
            as_one = joined(run, vocabulary)
            options += of_form(as_one, stands_alone=alone) if as_one else ()
            if options:
                kept = with_meaning(run) if as_one else [word for word in run if not _is_empty(word, content)]
                leaves = tuple(_word(word, vocabulary, read_as, stands_alone=content < 2) for word in kept)
                together = _one_as_typed(leaves) if as_one else AllOf(leaves)
                nodes.append((AnyOf((together, Leaf(tuple(dict.fromkeys(options))))), kept))
                at += size
                break
        else:
            if not _is_empty(words[at], content):
                nodes.append((_word(words[at], vocabulary, read_as, stands_alone=content < 2), words[at : at + 1]))
            at += 1
    return nodes


def _is_empty(word: Word, content: int) -> bool:
    """Return whether a word says nothing beside others; alone it is what is asked for."""
    return content > 0 and EMPTY_WORDS.issuperset(word.forms)


def _is_content(atom: Atom) -> bool:
    """Return whether an atom asks for something, as function words do not."""
    return not isinstance(atom, Word) or not FUNCTION_WORDS.issuperset(atom.forms)


def _one_as_typed(leaves: tuple[Leaf, ...]) -> Node:
    """Return what finds all words, one as typed and no short one within longer words.

    For `fast lege` that is no `fastslår` and no `legemiddel`, for `eldre omsorg` also `omsorgsboliger for eldre`.
    """
    kept = tuple(map(without_short_parts, leaves))
    return AnyOf(
        tuple(
            AllOf(
                (
                    *kept[:at],
                    Leaf(tuple(each for each in leaf.options if each.likeness >= Likeness.DERIVED)),
                    *kept[at + 1 :],
                )
            )
            for at, leaf in enumerate(kept)
        )
    )


def _is_short_part(option: Option) -> bool:
    """Return whether an option is a word of few letters within a longer one."""
    return any(term.startswith(PART) and len(term) <= len(PART) + SHORT_PART for term in option.terms)


def _word(word: Word, vocabulary: Vocabulary, read_as: list[tuple[str, str]], *, stands_alone: bool) -> Leaf:
    """Return the ways in which a plain word is found."""
    if len(word.forms) > 1:
        return Leaf(of_hyphenated(word.forms))
    (form,) = word.forms
    others = vocabulary.unfolded(form)
    options = list(_of_word(form, vocabulary, stands_alone=stands_alone))
    other = written_otherwise(form, vocabulary)
    if other:
        options.append(Option(Likeness.WORD, (WORD + other,)))
        options += of_form(other, stands_alone=stands_alone) if "-" in form else ()
    for neighbours in parted(form, vocabulary):
        options.append(Option(Likeness.COMPOUND, tuple(WORD + word for word in neighbours), adjacent=True))
    if others and not is_word(form):  # `laerer` is no word, and must not be taken for a form of one
        options = [Option(Likeness.WORD, (WORD + form,)), Option(Likeness.LEAD_IN, (LEAD_WORD + form,))]
    for other in others:
        read_as.append((form, other))
        options += _of_word(other, vocabulary, stands_alone=stands_alone)
    return Leaf(tuple(dict.fromkeys(options)))


def _of_word(form: str, vocabulary: Vocabulary, *, stands_alone: bool) -> Iterator[Option]:
    """Yield the ways to find a form's word, those too that depend on what the archive has."""
    yield from of_form(form, stands_alone=stands_alone)
    yield from of_genitives(form, vocabulary)
    yield from of_other_compounds(form, vocabulary, stands_alone=stands_alone)
    yield from of_parts(form, vocabulary, stands_alone=stands_alone)
