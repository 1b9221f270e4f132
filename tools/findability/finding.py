"""Whether a fragment is found, and if not, why."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from programmes.models import Passage, Programme, Section
from programmes.search import MAX_PER_PAGE, Filters, SearchResult, search
from tools.findability.fragments import Fragment, key

PAGE = 20
"""Entries of each part on its first page."""
SHARED_WORDS = 0.6
"""Share of a fragment's words that a text must have, the three asked for among them, where it doesn't have it whole."""
CAUSES = ("below the first page", "not matched", "two passages", "not in our parse")
"""Why a fragment is not found. below the first page: the search finds it, further down. not matched: a passage of the
archive has it, and the search doesn't find that. two passages: no passage has it, two in a row do. not in our parse:
its words stand nowhere together in what we keep."""


@dataclass(frozen=True, slots=True)
class KeptText:
    """A text that is kept of a programme, as it is compared."""

    whole: str
    words: frozenset[str]

    @classmethod
    def of(cls, *texts: str) -> KeptText:
        """Return some texts that are shown as one."""
        text = " ".join(filter(None, texts))
        parts = {part for word in text.split() for part in (word, *word.replace("/", "-").split("-"))}
        return cls(key(text), frozenset(map(key, parts)))

    def has(self, fragment: Fragment) -> bool:
        """Return whether a fragment stands here: letter for letter, or the words asked for and most of the others."""
        if key(fragment.text) in self.whole:
            return True
        words = {key(word) for word in fragment.words} - {""}
        asked = set(map(key, fragment.rarest))
        return asked <= self.words and len(words & self.words) >= SHARED_WORDS * len(words)


@dataclass(slots=True)
class Kept:
    """What is kept of a programme, in document order."""

    programme: Programme
    texts: list[KeptText] = field(default_factory=list)

    @classmethod
    def load(cls, programme: Programme) -> Kept:
        """Read a programme's passages and headings, each heading before what stands under it."""
        sections = Section.objects.filter(programme=programme)
        passages = programme.passages.select_related("section")
        placed = [
            *((section.position, 0, text_of_section(section)) for section in sections),
            *((each.section.position, each.position + 1, text_of_passage(each)) for each in passages),
        ]
        return cls(programme, [text for *_place, text in sorted(placed, key=lambda one: one[:2])])

    @property
    def filters(self) -> Filters:
        """The filters that let this programme through: its party and year."""
        return Filters(party=(self.programme.branch.party.slug,), year=(str(self.programme.period_start),))


def text_of_passage(passage: Passage) -> KeptText:
    """Return what is shown of a passage: lead-in, text, and the text as the source has it."""
    read = passage.readable_text
    return KeptText.of(passage.lead_in, read, passage.text if passage.text != read else "")


def text_of_section(section: Section) -> KeptText:
    """Return a heading."""
    return KeptText.of(str(section), section.source_title)


def shown(result: SearchResult) -> Iterable[KeptText]:
    """Yield what stands on a page of results, in all its parts."""
    yield from (text_of_passage(hit.passage) for hit in result.hits)
    yield from (text_of_passage(mention.passage) for mention in result.mentions)
    yield from (text_of_section(chapter.section) for chapter in result.chapters)


def is_found(fragment: Fragment, kept: Kept, *, per_part: int = PAGE, engine: str | None = None) -> bool:
    """Return whether a fragment stands on the first page of any part, asked for by its rarest words."""
    result = search(
        fragment.query, filters=kept.filters, per_page=per_part, beside=per_part, engine=engine, highlight=False
    )
    return any(text.has(fragment) for text in shown(result))


def cause(fragment: Fragment, kept: Kept, *, engine: str | None = None) -> str:
    """Return why a fragment is not found, one of `CAUSES`."""
    if any(text.has(fragment) for text in kept.texts):
        deep = is_found(fragment, kept, per_part=MAX_PER_PAGE, engine=engine)
        return "below the first page" if deep else "not matched"
    return "two passages" if _in_neighbours(fragment, kept.texts) else "not in our parse"


def _in_neighbours(fragment: Fragment, texts: Sequence[KeptText]) -> bool:
    pairs = pairwise(texts)
    return any(KeptText(a.whole + b.whole, _union(a.words, b.words)).has(fragment) for a, b in pairs)


def _union(*words: Collection[str]) -> frozenset[str]:
    return frozenset().union(*words)
