"""What a reader who is still typing may be after: words of the archive, headings, and whole pledges."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from programmes.models import Passage, Section
from programmes.norwegian.tokens import forms_of
from programmes.search.catalogue import Catalogue
from programmes.search.engine import Engine
from programmes.search.filters import Filters
from programmes.search.grammar import parse
from programmes.search.hits import fetched, sections_of
from programmes.search.kinds import Part
from programmes.search.query import MAX_LENGTH
from programmes.search.question import Question
from programmes.search.understanding import understand
from programmes.search.vocabulary import Vocabulary

MAX_WORDS = 8
MOST_CHAPTERS = 3
MOST_PLEDGES = 3
LEAST_LETTERS = 4
"""Letters of the word being typed before headings and pledges are looked up; with fewer, too much fits."""


@dataclass(frozen=True, slots=True)
class Beginning:
    """What has headings and pledges with the words typed so far, the last of them as a beginning."""

    chapters: tuple[Section, ...] = ()
    pledges: tuple[Passage, ...] = ()


def completed(beginning: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Return queries: the last word completed with words of the archive alone, one of each family."""
    before, _space, last = beginning.rpartition(" ")
    forms = forms_of(last)
    if len(forms) != 1 or last != last.strip('"*-:'):
        return ()
    words = vocabulary.completions(forms[0], MAX_WORDS)
    return tuple(f"{before} {word}".strip() for word in words)


def begun(beginning: str, backend: Engine, catalogue: Catalogue, vocabulary: Vocabulary) -> Beginning:
    """Return the nearest headings and pledges of an engine, in one search and two look-ups by key."""
    words = forms_of(beginning)
    if not words or len(words[-1]) < LEAST_LETTERS or beginning.rstrip()[-1:] in '"*-:)':
        return Beginning()
    text = f"{beginning.rstrip()}*" if beginning[-1:].isalnum() else beginning
    understood = understand(parse(text[:MAX_LENGTH]), Filters(), catalogue.names)
    pages = {Part.PLEDGES: (0, MOST_PLEDGES), Part.CHAPTERS: (0, MOST_CHAPTERS * 3)}
    found = Question(understood, catalogue, vocabulary).find(backend, "relevance", pages)
    pledges, chapters = (found.hits.get(part, ()) for part in (Part.PLEDGES, Part.CHAPTERS))
    passages = fetched(catalogue, pledges)
    return Beginning(
        _one_of_each(sections_of(chapters, catalogue)),
        tuple(passages[hit.key] for hit in pledges if hit.key in passages and not passages[hit.key].dissent),
    )


def _one_of_each(sections: Sequence[Section]) -> tuple[Section, ...]:
    """Return sections, one of each title."""
    titles = {section.title.casefold(): section for section in reversed(sections)}
    return tuple(section for section in sections if titles[section.title.casefold()] is section)[:MOST_CHAPTERS]
