"""The pages that a long programme is read on: which sections stand on each, and which page comes after which."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import Length

from programmes.models import Passage, Section
from programmes.models.passages import ADDRESSED_AS_PLEDGES

LONGEST_PAGE = 200
"""Passages that are read on one page, some 40 screens of a phone: a section with more has a page for each below it.

Of the eleven programmes that it was measured on, three are shorter and stay whole; the others have 196 pages, of which
126 are sections of the highest level.
"""
LONGEST_PART = 400
"""Passages of a section without sections below it that are read on one page, some 40 kB compressed: a longer list is
read in parts."""
TITLE_PAGE = 300
"""Letters up to which what stands before the first chapter, and holds no pledge, is its title page and no chapter."""


@dataclass(frozen=True, slots=True)
class SectionSize:
    """What stands in a section: directly, or with all below it."""

    passages: int = 0
    pledges: int = 0
    """In any form, dissents left out."""
    prose_pledges: int = 0
    letters: int = 0

    def __add__(self, other: SectionSize) -> SectionSize:
        return SectionSize(
            self.passages + other.passages,
            self.pledges + other.pledges,
            self.prose_pledges + other.prose_pledges,
            self.letters + other.letters,
        )


NOTHING = SectionSize()


@dataclass(slots=True)
class ReadingPage:
    """A chapter that has a page of its own."""

    head: Section
    """The section that gives the page its title and address."""
    sections: list[Section]
    """All that stands on the page, in document order, the head first."""
    above: list[Section] = field(default_factory=list)
    """Headings without text between the chapter before and this one: the title of a part."""
    is_divided: bool = False
    """Whether the sections below the head have pages of their own."""


@dataclass(frozen=True, slots=True)
class ReadingOrder:
    """How a programme is turned over, page by page; one that is short, or one chapter, has no pages and is read whole.

    But a chapter longer than LONGEST_PART is a page also where it is alone, for it is read in parts.
    """

    sections: Sequence[Section]
    """All of the programme's, in document order."""
    sizes: Mapping[int, SectionSize]
    """Section → what stands in it and below it."""
    own: Mapping[int, SectionSize]
    """Section → what stands in it directly."""
    front: Sequence[Section] = ()
    """The title page: what stands before the first chapter, and is none."""
    pages: Sequence[ReadingPage] = ()
    divided: frozenset[int] = frozenset()
    """Sections whose own sections have pages of their own; the heading of a part has no page in the order if empty."""

    def page_of(self, section: Section) -> ReadingPage | None:
        """Return the page that a section stands on; None for the title page and for a part without text."""
        return next((page for page in self.pages if section in page.sections), None)

    def around(self, page: ReadingPage) -> tuple[ReadingPage | None, ReadingPage | None]:
        """Return the pages before and after a page."""
        at = self.pages.index(page)
        return (self.pages[at - 1] if at else None), (self.pages[at + 1] if at + 1 < len(self.pages) else None)

    def passages_in(self, sections: Sequence[Section]) -> int:
        """Return how many passages stand directly in some sections."""
        return sum(self.own.get(section.pk, NOTHING).passages for section in sections)

    def size_of(self, section: Section) -> SectionSize:
        """Return what stands in a section and below it."""
        return self.sizes.get(section.pk, NOTHING)


def reading_order(sections: Sequence[Section], sizes: Mapping[int, SectionSize]) -> ReadingOrder:
    """Return the pages of a programme from its sections in document order and what stands directly in each.

    A section of the highest level is a page, with all below it. Where that is more than LONGEST_PAGE, each section
    below is one, and so on down; what stands in the divided section itself is a page before them. A heading with no
    text below it is no page: it stands above the chapter that follows, or at the end of the last one.
    """
    below = _below(sections)
    totals = _totals(sections, sizes)
    divided: set[int] = set()

    def cut(section: Section) -> Iterator[list[Section]]:
        if totals[section.pk].passages <= LONGEST_PAGE or not below.get(section.pk):
            yield [section, *_descendants(section, below)]
            return
        divided.add(section.pk)
        yield [section]
        for child in below[section.pk]:
            yield from cut(child)

    whole = sum((sizes.get(section.pk, NOTHING) for section in sections), NOTHING)
    pieces = [] if whole.passages <= LONGEST_PAGE else [piece for root in below.get(None, ()) for piece in cut(root)]
    front = _title_page(pieces, sizes)
    pages: list[ReadingPage] = []
    waiting: list[Section] = []
    for piece in pieces[len(front) :]:
        if not _size(piece, sizes).passages:
            waiting += piece
            continue
        ancestors = _ancestors(piece[0], sections)
        above = [section for section in waiting if section.pk not in ancestors]
        pages.append(ReadingPage(piece[0], piece, above, piece[0].pk in divided))
        waiting = []
    is_alone = len(pages) == 1 and _size(pages[0].sections, sizes).passages <= LONGEST_PART
    if not pages or is_alone:
        return ReadingOrder(sections, totals, sizes)
    pages[-1].sections += waiting
    return ReadingOrder(
        sections, totals, sizes, [section for piece in front for section in piece], pages, frozenset(divided)
    )


def parts(passages: QuerySet[Passage]) -> list[list[str]]:
    """Return the public ids of passages by the part that they are read in, in document order.

    A part has LONGEST_PART passages, more only where so many stand under one entry: none begins below one.
    """
    found: list[list[str]] = [[]]
    for public_id, parent in passages.order_by("position").values_list("public_id", "parent_id"):
        if len(found[-1]) >= LONGEST_PART and parent is None:
            found.append([])
        found[-1].append(public_id)
    return found


def read_in_parts(passages: Iterable[Passage]) -> set[int]:
    """Return which of the sections of some passages are so long that they are read in parts.

    In one query, and none where every passage is so near the beginning of its programme that it is in a first part.
    """
    sections = {passage.section_id for passage in passages if passage.position >= LONGEST_PART}
    if not sections:
        return set()
    of_section = Passage.objects.filter(section__in=sections).order_by().values("section").annotate(n=Count("pk"))
    return set(of_section.filter(n__gt=LONGEST_PART).values_list("section", flat=True))


def section_sizes(passages: QuerySet[Passage]) -> dict[int, SectionSize]:
    """Return what stands directly in each section of some passages, in one query."""
    is_pledge = Q(kind__in=ADDRESSED_AS_PLEDGES, dissent="")
    rows = (
        passages.order_by()
        .values("section_id")
        .annotate(
            passages=Count("pk"),
            pledges=Count("pk", filter=is_pledge),
            prose_pledges=Count("pk", filter=Q(kind="prose_pledge", dissent="")),
            letters=Sum(Length("text")),
        )
    )
    return {
        row["section_id"]: SectionSize(row["passages"], row["pledges"], row["prose_pledges"], row["letters"])
        for row in rows
    }


def _below(sections: Sequence[Section]) -> dict[int | None, list[Section]]:
    """Return the sections directly below each, those of the highest level under None."""
    known = {section.pk for section in sections}
    below: dict[int | None, list[Section]] = {}
    for section in sections:
        below.setdefault(section.parent_id if section.parent_id in known else None, []).append(section)
    return below


def _descendants(section: Section, below: Mapping[int | None, Sequence[Section]]) -> Iterator[Section]:
    for child in below.get(section.pk, ()):
        yield child
        yield from _descendants(child, below)


def _ancestors(section: Section, sections: Sequence[Section]) -> set[int]:
    parents = {each.pk: each.parent_id for each in sections}
    found: set[int] = set()
    at = parents.get(section.pk)
    while at is not None:
        found.add(at)
        at = parents.get(at)
    return found


def _totals(sections: Sequence[Section], sizes: Mapping[int, SectionSize]) -> dict[int, SectionSize]:
    """Return what stands in each section and below it; sections come after those that they stand under."""
    totals = {section.pk: sizes.get(section.pk, NOTHING) for section in sections}
    for section in reversed(sections):
        if section.parent_id in totals:
            totals[section.parent_id] += totals[section.pk]
    return totals


def _title_page(pieces: Sequence[Sequence[Section]], sizes: Mapping[int, SectionSize]) -> list[Sequence[Section]]:
    """Return the pieces before the first chapter that make up the title page: few words, and no pledge.

    An empty heading that follows is the title of the first part, and stays with it.
    """
    front: list[Sequence[Section]] = []
    for number, piece in enumerate(pieces):
        size = _size(piece, sizes)
        if size.pledges or size.letters > TITLE_PAGE:
            break
        if size.passages:
            front = list(pieces[: number + 1])
    return front


def _size(piece: Sequence[Section], sizes: Mapping[int, SectionSize]) -> SectionSize:
    return sum((sizes.get(section.pk, NOTHING) for section in piece), NOTHING)
