"""From the text of a query to what is found: as typed, else corrected, else with fewer words, else near it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import accumulate, islice

from programmes.norwegian.directions import has_direction
from programmes.norwegian.groups import near_words
from programmes.search.breadth import WINDOW, spread
from programmes.search.catalogue import Catalogue
from programmes.search.engine import Engine, Found, Pages, Sort
from programmes.search.filters import Filters
from programmes.search.grammar import parse
from programmes.search.joining import joined
from programmes.search.kinds import ELSEWHERE, KINDS_OF, Part
from programmes.search.query import Clause, Query, Word
from programmes.search.question import Question
from programmes.search.results import FacetValue, Neighbour
from programmes.search.understanding import as_typed, is_verb_or_adjective, relaxations, understand, weightiest
from programmes.search.vocabulary import Vocabulary

MOST_ASKED = 8
"""Words about the same matter whose hits are counted."""
MOST_NAMED = 5
"""… and that are named."""


WIDEST = 1 / 80
"""Share of the texts: more than these that have some words of a question are about too many other things
(fylkeskommune, of `legge ned fylkeskommunen`). Chosen on the open queries."""
NARROW = 1 / 400
"""The same for words that are no question: for `verning av skog` not all on skog. On the open queries 1/150 and 1/250
found no more."""
FULL_PAGE = 20
"""Hits with all words that are enough for who typed words alone; so few more are never too many."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What was asked in the end, what was found, and how it differs from what was typed."""

    question: Question
    found: Found
    searched: str
    suggestion: str | None = None
    relaxed: tuple[str, ...] | None = None
    neighbour: str = ""
    """The word that was asked for instead of one that has no hit; empty where it is what was typed."""

    text_searched: str = ""
    """The words that other text was searched for, where none has all; empty where it is what was asked."""
    more: int = 0
    """Hits that have only some of the words."""

    @property
    def hits(self) -> int:
        """Hits that are the party's own, of the forms asked for."""
        return sum(self.found.kinds.get(kind, 0) for kind in self.question.scope().own)

    @property
    def has_hits(self) -> bool:
        """Whether the list of pledges has anything, dissents too."""
        return any(self.found.kinds.get(kind) for kind in KINDS_OF[Part.PLEDGES])

    @property
    def has_text(self) -> bool:
        """Whether other text or a heading was found."""
        return any(self.found.kinds.get(kind) for kind in ELSEWHERE)


@dataclass(frozen=True, slots=True)
class Asking:
    """Where and how is searched."""

    backend: Engine
    catalogue: Catalogue
    vocabulary: Vocabulary
    filters: Filters
    sort: Sort
    pages: Pages

    def answer(self, text: str) -> Answer:
        """Return what is found for a query, or for what comes nearest to it where no pledge has all that is asked."""
        typed = self._answered(self.question(text), text)
        suggestion = corrected(text, typed.question.query, self.vocabulary)
        if typed.has_hits:
            return replace(self._widened(typed), suggestion=suggestion)
        asked = typed
        if suggestion:
            instead = self._answered(self.question(suggestion), suggestion)
            if instead.has_hits:
                return replace(self._widened(instead), suggestion=suggestion)
            asked = instead if instead.found.kinds else asked
        smaller = self._with_fewer_words(asked)
        instead = self._widened(smaller) if smaller.has_hits else smaller
        if not smaller.has_hits or smaller.hits > self._at_most(WIDEST):
            instead = next(self._near(asked if smaller.has_hits else smaller), instead)
        return replace(instead, suggestion=suggestion)

    def same_matter(self, question: Question) -> tuple[Neighbour, ...]:
        """Return other words about the same matter as the only word of a question, with the hits of each."""
        found = ((near, self._about(question, near).count(self.backend)) for near in self._words_near(question))
        near = (Neighbour(near, count) for near, count in found if 0 < count <= self._at_most(WIDEST))
        return tuple(islice(near, MOST_NAMED))

    def _at_most(self, share: float) -> float:
        """Return how many hits are a share of the texts, or a page where the archive is small."""
        return max(share * self.vocabulary.most, FULL_PAGE)

    def editions(self, text: str) -> tuple[FacetValue, ...]:
        """Return the choice of all editions for what was typed, whatever was searched instead of it."""
        return self.question(text).editions(self.backend) if self.catalogue.replaced else ()

    def question(self, text: str) -> Question:
        """Return what a query asks, its names read as filters."""
        understood = understand(parse(text), self.filters, self.catalogue.names)
        return Question(understood, self.catalogue, self.vocabulary)

    def _answered(self, question: Question, searched: str) -> Answer:
        first, last = self.pages.get(Part.PLEDGES, (0, 0))
        if self.sort != "relevance" or not first < min(last, WINDOW):
            return Answer(question, question.find(self.backend, self.sort, self.pages), searched)
        found = question.find(self.backend, self.sort, {**self.pages, Part.PLEDGES: (0, max(last, WINDOW))})
        hits = spread(found.hits.get(Part.PLEDGES, ()), self.catalogue.party_of)[first:last]
        return Answer(question, replace(found, hits={**found.hits, Part.PLEDGES: hits}), searched)

    def _count(self, question: Question, clause: Clause) -> int:
        """Return how many hits one clause has with the filters of a question."""
        return question.asking(Query((clause,))).count(self.backend)

    def _with_fewer_words(self, asked: Answer) -> Answer:
        """Return what pledges have of ever fewer words, until some have them, and so what other text has."""
        question = asked.question
        pledges, text = asked, asked

        for query, left_out in relaxations(question.query, partial(self._count, question)):
            smaller = self._answered(question.asking(query), _typed(query))
            if not pledges.has_hits and smaller.has_hits:
                pledges = replace(smaller, relaxed=left_out)
            if not text.has_text and smaller.has_text:
                text = replace(smaller, text_searched=smaller.searched)
            if pledges.has_hits and text.has_text:
                break
        return replace(pledges, found=_with_text_of(pledges.found, text.found), text_searched=text.text_searched)

    def _widened(self, answer: Answer) -> Answer:
        """Return an answer with what has most of what is asked, below what has all.

        Who asks a whole question asks about a matter, and most pledges on it don't have every word. Who types words
        alone wants them all first, and then, where that is little, the little that is said of the rarest.
        """
        question = answer.question
        is_sentence = any(reading.kind == "dropped" for reading in question.understood.readings)
        words = question.query.words
        if not is_sentence and (answer.hits >= FULL_PAGE or not self._may_be_fewer(words)):
            return answer
        most = self._at_most(WIDEST) if is_sentence else NARROW * self.vocabulary.most
        smaller = self._narrowest(question, most + answer.hits)
        wider = self._answered(question.widened(smaller), answer.searched) if smaller else answer
        if not 0 < wider.hits - answer.hits <= most:
            return answer
        return replace(
            answer,
            question=wider.question,
            found=_with_text_of(wider.found, answer.found),
            more=wider.hits - answer.hits,
        )

    def _may_be_fewer(self, words: Sequence[Word]) -> bool:
        """Return whether words that are no question may be searched with some left out, as if they were asked about.

        Not where they are one thing, nor where one says which way it is to go: who wants `fjerne dokumentavgift`
        must not be given as many pledges to keep it.
        """
        goes_somewhere = any(has_direction(form) for word in words for form in word.forms)
        return len(words) > 1 and not goes_somewhere and not joined(words, self.vocabulary)

    def _narrowest(self, question: Question, most: float) -> list[Query]:
        """Return the smaller queries with most of what is asked, as many as have no more than `most` hits together."""
        smaller = weightiest(question.query, partial(self._count, question), self.vocabulary.most)
        counts = sorted((question.asking(query).count(self.backend), at) for at, query in enumerate(smaller))
        together = accumulate(count for count, _at in counts)
        return [smaller[at] for (_count, at), total in zip(counts, together, strict=True) if total <= most]

    def _near(self, asked: Answer) -> Iterator[Answer]:
        """Yield the answers to the words about the same matter that have hits, the nearest first."""
        named = self._words_near(asked.question) or self._near_any(asked.question)
        for near in sorted(named, key=partial(self._is_wide, asked.question)):
            instead = self._answered(self._about(asked.question, near), near)
            if instead.has_hits:
                found = _with_text_of(instead.found, asked.found)
                yield replace(instead, found=found, neighbour=near, text_searched=asked.text_searched)

    def _is_wide(self, question: Question, near: str) -> bool:
        """Return whether so much is about a word that it is no answer to another: kommune for tvangssammenslåing."""
        return self._about(question, near).count(self.backend) > self._at_most(WIDEST)

    def _words_near(self, question: Question) -> list[str]:
        words = question.query.words
        if len(words) != 1 or len(question.query.clauses) != 1:
            return []
        return [near for near, _similarity in self.backend.neighbours().of(words[0].typed, MOST_ASKED)]

    def _near_any(self, question: Question) -> list[str]:
        """Return what is near several words: near all together, else near each that has no hit, things first."""
        words = sorted(question.query.words, key=lambda word: all(map(is_verb_or_adjective, word.forms)))
        near = self.backend.neighbours()
        unknown = [word for word in words if not self._count(question, Clause((word,)))]
        each = (name for word in unknown[:MOST_ASKED] for name, _similarity in near.of(word.typed, MOST_ASKED))
        forms = tuple(form for word in question.query.words for form in word.forms)
        return [*near_words(forms), *islice(each, MOST_ASKED)]

    @staticmethod
    def _about(question: Question, near: str) -> Question:
        return question.asking(parse(near))


def _with_text_of(found: Found, other: Found) -> Found:
    """Return what was found, but for other text and headings, which are another search's."""
    pledges = KINDS_OF[Part.PLEDGES]
    return replace(
        found,
        hits={part: (found if part is Part.PLEDGES else other).hits.get(part, ()) for part in Part},
        kinds={kind: count for kind, count in found.kinds.items() if kind in pledges}
        | {kind: count for kind, count in other.kinds.items() if kind not in pledges},
        elsewhere=other.elsewhere,
    )


def _typed(query: Query) -> str:
    """Return the words of a query as they were typed."""
    return " ".join(map(as_typed, (clause for clause in query.clauses if not clause.negative)))


def corrected(typed: str, query: Query, vocabulary: Vocabulary) -> str | None:
    """Return the query with every misspelt word corrected, None where there is none."""
    text = typed
    for word in query.words:
        for form in word.forms:
            better = None if vocabulary.unfolded(form) else vocabulary.suggest(form)
            if better:
                at = text.lower().find(form)
                text = text[:at] + better + text[at + len(form) :] if at >= 0 else better
    return text if text != typed else None
