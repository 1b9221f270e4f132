"""Ever smaller queries, for where all words together find nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import lru_cache
from itertools import combinations
from math import log

from programmes.norwegian.analysis import analyse
from programmes.norwegian.lexicon import is_noun, lemma_nb
from programmes.norwegian.tables import FUNCTION_WORDS
from programmes.search.query import Clause, Query, Word
from programmes.search.understanding.opposition import is_opposition

GENERAL = 5
"""How much commoner a verb or an adjective counts than a noun that as many pledges have: of `gratis tannlege` the
dentist stays, of `røyke i parken` the smoking. Chosen on these and the test's."""
COMPARED = ("ere", "est", "este", "are", "ast", "aste")
"""Endings that tell an adjective from a noun: `dyrere` is no animal."""
PAST = ("te", "et", "de", "dde")
KEPT_WORDS = frozenset(("ikke", "ikkje", "nei", "uten", "utan", "ingen", "inga"))
"""Words that turn the meaning round, never left out."""
ENOUGH = 0.5
"""Share of the weight of all words that some of them must have."""
MOST_WEIGHED = 6
"""Words of which all selections are weighed."""
MOST_OF_A_SIZE = 3
"""Queries of the same number of words. Chosen: a question of five words is then asked at most nine times more."""


def relaxations(query: Query, counts: Callable[[Clause], int]) -> Iterator[tuple[Query, tuple[str, ...]]]:
    """Yield ever smaller queries, each with the words that it leaves out, as typed.

    First function words go, then the words that nothing has, then the commonest, verbs and adjectives counted as
    commoner than nouns; the rarest stays. Names and years read as filters, phrases, alternatives, excluded words,
    numbers, `ikke` and opposition are never left out, but opposition at last where one thing alone is opposed.
    """
    droppable = [clause for clause in query.clauses if _droppable(clause)]
    small = [clause for clause in droppable if _forms(clause) <= FUNCTION_WORDS]
    found = {clause: counts(clause) for clause in droppable if clause not in small}
    unknown = [clause for clause, count in found.items() if not count]
    known = sorted(filter(found.get, found), key=lambda clause: _weight(clause, found[clause]))
    about = any(not clause.negative and _is_about(clause) for clause in query.clauses)
    if small and len(small) < len(query.clauses):
        yield _without(query, small)
    if unknown:
        if all(map(_is_general, known)) and not about:
            return
        yield _without(query, [*small, *unknown])
    for size in range(len(known) - 1, 0, -1):
        yield from _smaller(query, small, unknown, known, size)
    if known and about:
        yield _without(query, [*small, *unknown, *known])
    opposed = [clause for clause in query.clauses if is_opposition(clause)]
    if opposed and known and not _is_general(known[0]):
        yield _without(query, [*small, *unknown, *opposed, *known[1:]])


def weightiest(query: Query, counts: Callable[[Clause], int], size: int) -> list[Query]:
    """Return the smallest queries whose words weigh half of what is asked, the rarest too; `size` is the archive's.

    What is never left out stands in all of them. Empty where there is nothing to leave out, or too many ways.
    """
    droppable = [clause for clause in query.clauses if _droppable(clause) and not _forms(clause) <= FUNCTION_WORDS]
    small = [clause for clause in query.clauses if _droppable(clause) and clause not in droppable]
    if len(droppable) == 1 and small:  # `ned` of `få ned utslippene`
        return [_without(query, small)[0]]
    if not 2 <= len(droppable) <= MOST_WEIGHED:
        return []
    weights = {clause: log((size + 1) / (_weight(clause, counts(clause)) + 1)) for clause in droppable}
    enough = sum(weights.values()) * ENOUGH
    rarest = max(droppable, key=lambda clause: weights[clause])
    kept: list[set[Clause]] = []
    for number in range(1, len(droppable)):
        for some in map(set, combinations(droppable, number)):
            is_enough = rarest in some and sum(weights[clause] for clause in some) >= enough
            if is_enough and not all(map(_is_general, some)) and not any(fewer <= some for fewer in kept):
                kept.append(some)
    return [_without(query, [*small, *(clause for clause in droppable if clause not in some)])[0] for some in kept]


def _smaller(
    query: Query, small: list[Clause], unknown: list[Clause], known: list[Clause], size: int
) -> Iterator[tuple[Query, tuple[str, ...]]]:
    """Yield the queries that keep the rarest word and some others, the rarest others first."""
    others = known[1:]
    for number, kept in enumerate(combinations(others, size - 1)):
        if number == MOST_OF_A_SIZE:
            return
        yield _without(query, [*small, *unknown, *(clause for clause in others if clause not in kept)])


def _without(query: Query, left_out: list[Clause]) -> tuple[Query, tuple[str, ...]]:
    clauses = tuple(clause for clause in query.clauses if clause not in left_out)
    typed = tuple(clause.atoms[0].typed for clause in query.clauses if clause in left_out)
    return replace(query, clauses=clauses), typed


def _droppable(clause: Clause) -> bool:
    if clause.negative or len(clause.atoms) > 1 or not isinstance(clause.atoms[0], Word):
        return False
    forms = _forms(clause)
    return not any(form[:1].isdigit() for form in forms) and not forms & KEPT_WORDS


def _forms(clause: Clause) -> frozenset[str]:
    return frozenset(form for atom in clause.atoms if isinstance(atom, Word) for form in atom.forms)


def _weight(clause: Clause, count: int) -> int:
    return count * GENERAL if _is_general(clause) else count


def _is_general(clause: Clause) -> bool:
    """Return whether a clause is a verb or an adjective, which says less of what is asked about than a noun."""
    return all(map(is_verb_or_adjective, _forms(clause)))


@lru_cache(maxsize=10_000)
def is_verb_or_adjective(form: str) -> bool:
    """Return whether a form is of a verb or an adjective, as far as the dictionary tells it from a noun."""
    lemma = min(analyse(form).families)
    if form in {lemma + ending for ending in COMPARED} or _is_verb(lemma):
        return True
    doubled = lemma + lemma[-1]  # `strømmen` of `strøm`
    return lemma_nb(lemma) is not None and not (
        is_noun(lemma) or lemma_nb(doubled + "en") == lemma or lemma_nb(doubled + "et") == lemma
    )


def _is_verb(lemma: str) -> bool:
    """Return whether a lemma has a past tense, and no form of a noun in -en: `bygge`, but not `skole`."""
    if not lemma.endswith("e") or lemma_nb(lemma + "n") == lemma:
        return False
    return any(lemma_nb(lemma[:-1] + ending) == lemma for ending in PAST)


def _is_about(clause: Clause) -> bool:
    """Return whether a clause that is never left out says by itself what is asked about, as a quoted phrase does."""
    return not is_opposition(clause) and (len(clause.atoms) > 1 or not isinstance(clause.atoms[0], Word))
