"""How a programme is laid out for reading: its chapters, and in each its prose and lists in order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from programmes.models import Passage, Programme, Section


@dataclass(slots=True)
class ReadingBlock:
    """Passages that are read together: a run of prose, or a list under one lead-in."""

    is_prose: bool
    lead_in: str
    passages: list[Passage]
    new_pages: list[str] = field(default_factory=list)
    """For each passage the page of the source, where the one before it stands on another; see `mark_pages`."""

    @property
    def entries(self) -> Iterator[tuple[Passage, str]]:
        """The passages, each with the page of the source that begins there, or nothing."""
        return zip(self.passages, self.new_pages, strict=True)


@dataclass(slots=True)
class Chapter:
    """A section with what stands directly in it, and how many pledges it has with all below it."""

    section: Section
    depth: int
    """Levels below the chapter that the page begins with, 0 to 4."""
    blocks: list[ReadingBlock] = field(default_factory=list)
    pledge_count: int = 0
    prose_pledge_count: int = 0
    """Those of the pledges that stand in running text."""
    below: int = 1
    """The HTML heading that the outermost chapters stand below: 1, or 0 where the first is the page's own h1."""

    @property
    def heading_level(self) -> int:
        """The HTML heading that the title takes; only the page's own is h1."""
        return min(max(self.depth + self.below + 1, 2), 6)


@dataclass(slots=True)
class Fold:
    """A chapter with all below it, for readers to fold away; or the one that the page is of, which stays open."""

    chapters: list[Chapter]
    """The first one is what the others stand under."""
    may_fold: bool

    @property
    def is_foldable(self) -> bool:
        """Whether there is anything to fold away."""
        return self.may_fold and any(chapter.blocks for chapter in self.chapters)


def chapters(
    programme: Programme, sections: Sequence[Section], passages: Iterable[Passage], *, below: int = 1
) -> list[Chapter]:
    """Return the chapters of a programme in document order, from its sections and passages in document order.

    `below` is the HTML heading that they stand below. Sections without a title (text before the first heading) are left
    out where nothing stands in them.
    """
    by_section: dict[int, list[Passage]] = {}
    for passage in passages:
        passage.programme = programme
        by_section.setdefault(passage.section_id, []).append(passage)
    depths: dict[int, int] = {}
    pledges: Counter[int] = Counter()
    in_text: Counter[int] = Counter()
    for section in sections:
        depths[section.pk] = 0 if section.parent_id not in depths else depths[section.parent_id] + 1
    for section in reversed(sections):  # children come after their parents, so counts flow upwards
        here = by_section.get(section.pk, ())
        in_text[section.pk] += sum(passage.is_prose_pledge for passage in here)
        pledges[section.pk] += sum(passage.is_pledge or passage.is_prose_pledge for passage in here)
        if section.parent_id is not None:
            pledges[section.parent_id] += pledges[section.pk]
            in_text[section.parent_id] += in_text[section.pk]
    found = [
        Chapter(
            section,
            depths[section.pk],
            blocks_of(by_section.get(section.pk, ())),
            pledges[section.pk],
            in_text[section.pk],
            below,
        )
        for section in sections
        if section.title or section.pk in by_section
    ]
    mark_pages(found)
    return found


def folds(chapters: Iterable[Chapter], *, depth: int) -> list[Fold]:
    """Return chapters in document order gathered for folding: each at `depth` with what is deeper, others alone."""
    gathered: list[Fold] = []
    for chapter in chapters:
        if chapter.depth > depth and gathered and gathered[-1].may_fold:
            gathered[-1].chapters.append(chapter)
        else:
            gathered.append(Fold([chapter], chapter.depth >= depth and bool(chapter.section.title)))
    return gathered


def mark_pages(chapters: Iterable[Chapter]) -> None:
    """Note in the blocks of chapters in document order where a page of the source begins; the first has its own.

    What the source prints comes first, else the file's own count; a text file has no pages.
    """
    before = ""
    for chapter in chapters:
        for block in chapter.blocks:
            for passage in block.passages:
                page = passage.printed_page or (str(passage.page_first) if passage.programme.has_pages else "")
                block.new_pages.append(page if page != before else "")
                before = page


def blocks_of(passages: Iterable[Passage]) -> list[ReadingBlock]:
    """Return passages gathered into runs of prose and lists; a sub-pledge stays with its list."""
    runs = groupby(passages, key=lambda passage: (not passage.number, passage.lead_in))
    return [ReadingBlock(is_prose, lead_in, list(run)) for (is_prose, lead_in), run in runs]


def with_descendants(section: Section, sections: Sequence[Section]) -> list[Section]:
    """Return a section and all below it, from the programme's sections in document order."""
    inside = {section.pk}
    chosen = [section]
    for other in sections:
        if other.parent_id in inside:
            inside.add(other.pk)
            chosen.append(other)
    return chosen


def path_to(section: Section, sections: Sequence[Section]) -> list[Section]:
    """Return the sections from the outermost down to this one."""
    by_id = {other.pk: other for other in sections}
    path = [by_id[section.pk]]
    while path[0].parent_id is not None:
        path.insert(0, by_id[path[0].parent_id])
    return path


PATH = """
    WITH RECURSIVE path AS (
        SELECT section.*, 0 AS above FROM programmes_section section WHERE id = %s
        UNION ALL SELECT section.*, above + 1 FROM programmes_section section JOIN path ON section.id = path.parent_id
    ) SELECT * FROM path ORDER BY above DESC
"""
"""The programme is not read: it has hundreds of sections, and a path a few."""


def path_of(section: Section) -> list[Section]:
    """Return the sections from the outermost down to this one, fetched alone."""
    return list(Section.objects.raw(PATH, [section.pk]))
