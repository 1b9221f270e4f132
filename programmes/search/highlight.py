"""Marking in a text the words that a query asks for, with the search's own analysis."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property, lru_cache
from html import escape

from django.utils.safestring import SafeString, mark_safe

from programmes.norwegian.directions import several_words
from programmes.norwegian.ellipsis import joined
from programmes.norwegian.sentences import sentence_starts
from programmes.norwegian.tokens import Token, normal, tokens
from programmes.search.options import Option
from programmes.search.plan import Plan, options_of
from programmes.search.terms import DIRECTION, FAMILY, LEAD_FAMILY, LEAD_WORD, WORD, Likeness, directions_of, terms_of

SNIPPET_LENGTH = 320
"""Characters of a snippet; most pledges are shorter and are shown whole."""
CONTEXT = 100
"""Characters kept before the first marked word of a longer text."""

KEPT_TEXTS = 2000
"""Texts whose words are kept, some 5 kB each: common words have the same first page for everybody."""


class Marker:
    """Knows which words of a text to mark for one plan."""

    def __init__(self, plan: Plan) -> None:
        """Gather the plan's terms; what is unwanted is not marked."""
        self._options = tuple(options_of(plan.wanted))
        self._known: dict[str, bool] = {}

    @cached_property
    def single(self) -> frozenset[str]:
        """Terms any of which marks a word: those of the text, and those of lead-ins as if they were."""
        found = set()
        for option in self._options:
            if not option.adjacent and not option.prefix and not _is_name(option):
                for term in option.terms:
                    found.add({LEAD_FAMILY: FAMILY, LEAD_WORD: WORD}.get(term[0], term[0]) + term[1:])
        return frozenset(found)

    @cached_property
    def _names(self) -> frozenset[tuple[str, ...]]:
        """Other names of several words: `nedsatt funksjonsevne` marks neither of them alone."""
        return frozenset(option.terms for option in self._options if _is_name(option))

    @cached_property
    def _has_several(self) -> bool:
        """Whether a verb of several words is among what is marked."""
        return any(" " in term or term[0] == DIRECTION for term in self.single)

    @cached_property
    def _prefixes(self) -> tuple[str, ...]:
        return tuple({option.terms[0][1:] for option in self._options if option.prefix})

    @cached_property
    def _phrases(self) -> frozenset[tuple[str, ...]]:
        return frozenset(tuple(term[1:] for term in option.terms) for option in self._options if option.adjacent)

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Return where the marked words of a text begin and end, in order."""
        if not self._options:
            return []
        words = _words(text)
        marked = {(start, end) for form, start, end in (*words, *joined(text)) if self._marks(form)}
        for start, end, name in several_words(text) if self._has_several else ():
            if not {FAMILY + name, *directions_of((name,))}.isdisjoint(self.single):
                marked |= {(word.start, word.end) for word in words if start <= word.start < end}
        for phrase in self._phrases:
            for at in range(len(words) - len(phrase) + 1):
                if all(words[at + step].form == form for step, form in enumerate(phrase)):
                    marked |= {(word.start, word.end) for word in words[at : at + len(phrase)]}
        for other in self._names:
            for at in range(len(words) - len(other) + 1):
                stretch = words[at : at + len(other)]
                if all(_has_term(word.form, term) for word, term in zip(stretch, other, strict=True)):
                    marked |= {(word.start, word.end) for word in stretch}
        return _without_nested(marked)

    def _marks(self, form: str) -> bool:
        if form not in self._known:
            is_begun = bool(self._prefixes) and form.startswith(self._prefixes)
            self._known[form] = is_begun or WORD + form in self.single or not terms_of(form).isdisjoint(self.single)
        return self._known[form]

    def html(self, text: str) -> SafeString:
        """Return a text as HTML, escaped, with `<mark>` around the words."""
        return self._html(text, 0, len(text), self.spans(text))

    def snippet(self, text: str) -> SafeString:
        """Return the part of a text from the sentence with most of the words as HTML; a short text whole."""
        spans = self.spans(text)
        first, last = 0, len(text)
        if last > SNIPPET_LENGTH:
            first, end = _fullest(text, spans)
            marked = [start for start, _end in spans if first <= start < end]
            if marked and marked[0] - first > SNIPPET_LENGTH - CONTEXT:  # a sentence longer than a snippet
                first = text.rfind(" ", 0, marked[0] - CONTEXT // 2) + 1
            last = min(last, first + SNIPPET_LENGTH)
            if last < len(text):
                last = max(text.rfind(" ", first, last), first + SNIPPET_LENGTH // 2)
        before, after = "… " if first else "", " …" if last < len(text) else ""
        return mark_safe(before + self._html(text, first, last, spans) + after)  # noqa: S308 - escaped piece by piece

    def sentence(self, text: str) -> tuple[SafeString, SafeString, SafeString]:
        """Return the sentence with most different words marked, what stands before it and what after it, as HTML."""
        spans = self.spans(text)
        start, end = _fullest(text, spans)
        stretches = ((0, start), (start, end), (end, len(text)))
        before, sentence, after = (self._html(text, first, last, spans) for first, last in stretches)
        return before, sentence, after

    @staticmethod
    def _html(text: str, first: int, last: int, spans: list[tuple[int, int]]) -> SafeString:
        pieces = []
        at = first
        for start, end in spans:
            if start >= at and end <= last:
                pieces += [escape(text[at:start]), "<mark>", escape(text[start:end]), "</mark>"]
                at = end
        pieces.append(escape(text[at:last]))
        return mark_safe("".join(pieces))  # noqa: S308 - every piece of text is escaped above


def _fullest(text: str, spans: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """Return where the sentence with most different marked words begins and ends, the first of several."""
    starts = [0, *sentence_starts(text), len(text)]

    def weight(at: int) -> int:
        first, last = starts[at], starts[at + 1]
        return len({normal(text[start:end]) for start, end in spans if first <= start and end <= last})

    best = max(range(len(starts) - 1), key=lambda at: (weight(at), -at))
    return starts[best], starts[best + 1]


def _is_name(option: Option) -> bool:
    """Return whether an option is another name of several words, or a narrower thing with one."""
    is_other = option.likeness in (Likeness.SAME_THING, Likeness.RELATED)
    return is_other and len(option.terms) > 1 and not option.adjacent


def _has_term(form: str, term: str) -> bool:
    return term == WORD + form or term in terms_of(form)


@lru_cache(maxsize=KEPT_TEXTS)
def _words(text: str) -> tuple[Token, ...]:
    return tuple(tokens(text))


def _without_nested(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return spans in order, of those that begin within another only the first: `e-helse` and not its helse again."""
    kept: list[tuple[int, int]] = []
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        if not kept or start >= kept[-1][1]:
            kept.append((start, end))
    return kept
