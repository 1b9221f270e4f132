"""What `search()` is asked and what it answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from django.utils.safestring import SafeString

from programmes.models import Passage
from programmes.search.query import Query


@dataclass(frozen=True, slots=True)
class Filters:
    """What hits are narrowed to: values of one filter are alternatives, different filters must all hold.

    A party is named by slug, code or name; a branch by `party/branch`, by its own slug (any party's) or its
    area; a theme by slug or label (a main theme takes in its sub-themes); a year is the one a period begins.
    """

    party: tuple[str, ...] = ()
    branch: tuple[str, ...] = ()
    level: tuple[str, ...] = ()
    year: tuple[str, ...] = ()
    theme: tuple[str, ...] = ()

    def of(self, facet: str) -> tuple[str, ...]:
        """Return a filter's values by the name of its facet."""
        return tuple(str(value) for value in getattr(self, facet))

    def without(self, facet: str) -> Filters:
        """Return the filters with one of them dropped."""
        return replace(self, **{facet: ()})

    def with_values(self, facet: str, *values: str) -> Filters:
        """Return the filters with values added to one of them."""
        return replace(self, **{facet: tuple(dict.fromkeys((*self.of(facet), *values)))})

    def __bool__(self) -> bool:
        return any((self.party, self.branch, self.level, self.year, self.theme))


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One row of a facet: a filter value, its label, and the hits it gives with the other filters applied."""

    value: str
    label: str
    count: int
    selected: bool


@dataclass(frozen=True, slots=True)
class Hit:
    """A pledge that was found."""

    public_id: str
    score: int
    """Likeness, from the word itself in any inflection down to 1 for a word in the lead-in (`terms.Likeness`)."""
    snippet: SafeString
    """The text with the words in `<mark>`, escaped; short texts whole."""
    lead_in: SafeString
    """The lead-in, marked likewise."""
    passage: Passage
    """With section, programme, branch, party and area already fetched."""


@dataclass(frozen=True, slots=True)
class SearchedParty:
    """How many of a party's programmes a search without hits went through; none means that the archive has none."""

    party: str
    label: str
    programmes: int


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
    hits: tuple[Hit, ...]
    total: int
    page: int
    per_page: int
    facets: Mapping[str, tuple[FacetValue, ...]]
    suggestion: str | None
    problems: tuple[str, ...]
    """Mistakes in the query, each explained in a sentence in the reader's language; the rest was searched."""
    read_as: tuple[tuple[str, str], ...]
    """Words typed without æ, ø, å, and what each was also read as."""
    took_ms: float
    engine: str
    labels: Mapping[tuple[str, str], str] = field(default_factory=dict)
    """Facet and value of each filter in use → what the reader calls it; none for a value that means nothing here."""
    programmes: frozenset[int] | None = None
    """The programmes that were searched: those that the filters let through, None for all that are published."""

    without_filter: Mapping[str, int] = field(default_factory=dict)
    """For a search without hits: the hits that dropping each filter alone would give back."""

    coverage: tuple[SearchedParty, ...] = ()
    """For a search without hits: every party of the archive, and its programmes that the other filters let through."""

    @property
    def pages(self) -> int:
        """How many pages the hits fill."""
        return max(1, -(-self.total // self.per_page))
