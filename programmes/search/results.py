"""What `search()` answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.safestring import SafeString

from programmes.models import Passage, Section
from programmes.search.filters import Filters
from programmes.search.kinds import Kind, Part
from programmes.search.query import Query
from programmes.search.understanding.reading import Reading


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One row of a facet: a filter value, its label, and the hits it gives with the other filters applied."""

    value: str
    label: str
    count: int
    selected: bool


@dataclass(frozen=True, slots=True)
class Hit:
    """A pledge, question or dissent that was found."""

    public_id: str
    kind: Kind
    score: int
    """How near it is to what was asked for (`terms.Likeness`)."""
    by: str
    """What of it was found: the word itself, the same thing by another name … (`Likeness.by`)."""
    snippet: SafeString
    """The text with the words in `<mark>`, escaped; short texts whole."""
    lead_in: SafeString
    """The lead-in, marked likewise."""
    passage: Passage
    """With section, programme, branch, party and area already fetched."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A paragraph that is no pledge where the words stand."""

    public_id: str
    before: SafeString
    """What stands before the sentence shown, in the same paragraph."""
    sentence: SafeString
    """The sentence with most of the words, marked."""
    after: SafeString
    passage: Passage
    """With section, programme, branch, party and area already fetched."""


@dataclass(frozen=True, slots=True)
class ChapterHit:
    """A heading where the words stand."""

    title: SafeString
    """The title, marked."""
    section: Section
    """With programme, branch, party and area already fetched."""


@dataclass(frozen=True, slots=True)
class Span:
    """How many programmes there are, and the years that they are for."""

    programmes: int
    first_year: int | None
    last_year: int | None


@dataclass(frozen=True, slots=True)
class SearchedParty:
    """A party where a search found no pledge, and how many of its programmes were searched, maybe none."""

    party: str
    label: str
    programmes: int
    elsewhere: int
    """Places in them where the words stand outside of pledges."""


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Another search about the same matter, and the hits that it has."""

    words: str
    total: int


@dataclass(frozen=True, slots=True)
class SearchResult:
    """The answer to a query."""

    query: str
    """What was typed."""
    searched: str
    """What was searched: the suggestion, where what was typed has no hits and the suggestion has."""
    parsed: Query
    filters: Filters
    """The filters with those written in the query (`parti:sv`)."""
    part: Part
    """The part that `page` is of; the others show their first entries."""
    hits: tuple[Hit, ...]
    mentions: tuple[Mention, ...]
    chapters: tuple[ChapterHit, ...]
    kinds: Mapping[Kind, int]
    """Entries of each kind with all filters applied but that on the form of pledges."""
    total: int
    """Hits that are the party's own, of the forms asked for."""
    below_headings: int
    """Pledges under headings with the words."""
    page: int
    per_page: int
    facets: Mapping[str, tuple[FacetValue, ...]]
    suggestion: str | None
    problems: tuple[str, ...]
    """Mistakes in the query, each explained in a sentence in the reader's language; the rest was searched. And,
    where it is so, that the latest changes of the archive are not in the index yet."""
    read_as: tuple[tuple[str, str], ...]
    """Words typed without æ, ø, å, and what each was also read as."""
    took_ms: float
    engine: str
    readings: tuple[Reading, ...] = ()
    """What was read as a party, a chapter, a place, a year, a theme, or as a question's frame; all can be undone."""
    offered: tuple[Reading, ...] = ()
    """What a lone word may name as well: it was searched as a word; `undone` asks for what it names."""
    relaxed: tuple[str, ...] | None = None
    """Words left out, because no pledge has all; `searched` is what was searched instead. None where nothing was."""
    text_searched: str = ""
    """The words that other text was searched for, where none has all that was asked; empty where it is that."""
    more: int = 0
    """Hits, counted in `total`, that have only the weightiest of the words; they stand below the others."""
    neighbour: str = ""
    """The word whose pledges are shown, because what was asked for has none; by another name or near it."""
    labels: Mapping[tuple[str, str], str] = field(default_factory=dict)
    """Facet and value of each filter in use → what the reader calls it; none for a value that means nothing here."""
    programmes: frozenset[int] | None = None
    """The programmes that were searched: those that the filters let through, None for all that are published."""
    span: Span = field(default_factory=lambda: Span(0, None, None))
    """How many these are, and the years they are for."""
    same_matter: tuple[Neighbour, ...] = ()
    """Other searches about the same matter, the nearest first."""

    without_filter: Mapping[str, int] = field(default_factory=dict)
    """For a search without hits: the hits that dropping each filter alone would give back."""

    coverage: tuple[SearchedParty, ...] = ()
    """For a search without hits: the parties asked for, or those in the archive and the Storting."""

    @property
    def in_text(self) -> int:
        """Hits that are pledges in running text."""
        return self.kinds.get(Kind.PROSE_PLEDGE, 0)

    @property
    def dissents(self) -> int:
        """Dissents and alternatives among the hits."""
        return self.kinds.get(Kind.DISSENT, 0)

    @property
    def elsewhere(self) -> int:
        """Paragraphs and headings where the words stand."""
        return self.kinds.get(Kind.PROSE, 0) + self.kinds.get(Kind.SECTION, 0)

    @property
    def entries(self) -> int:
        """Entries of the part that `page` is of."""
        if self.part is Part.TEXT:
            return self.kinds.get(Kind.PROSE, 0)
        if self.part is Part.CHAPTERS:
            return self.kinds.get(Kind.SECTION, 0)
        shows_dissents = not self.filters.form or "list" in self.filters.form
        return self.total + (self.dissents if shows_dissents else 0)

    @property
    def pages(self) -> int:
        """How many pages the part has."""
        return max(1, -(-self.entries // self.per_page))
