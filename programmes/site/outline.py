"""The outline of a programme: what is read on which page, where one is, and where an anchor of old leads today."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from programmes.models import Passage, Programme, Section
from programmes.reading_order import LONGEST_PART, ReadingOrder, ReadingPage, parts, reading_order, section_sizes
from programmes.site.links import QueryLinks
from programmes.site.numbers import whole_number

PART, FOR_PASSAGE = "del", "lofte"
"""In the address of a section: which part of a long one, or the passage whose part it is."""
DEEPEST = 2
"""Levels of headings in the outline of a programme that is read on one page."""


@dataclass(frozen=True, slots=True)
class OutlineEntry:
    """A line of the outline."""

    title: str
    url: str
    depth: int
    pledge_count: int
    section: Section | None = None
    current: str = ""
    """What `aria-current` says: `page` for the page itself, `true` for the chapter that one is in; or nothing."""


def order_of(programme: Programme) -> ReadingOrder:
    """Return the reading order of a programme, in two queries."""
    sections = list(programme.sections.all())
    for section in sections:
        section.programme = programme
    return reading_order(sections, section_sizes(programme.passages.all()))


def title_of(section: Section) -> str:
    """Return what a section is called; text before the first heading is the introduction."""
    return str(section) or _("Innledning")


def outline_of(
    order: ReadingOrder, programme: Programme, *, here: Section | None = None, first_page: bool = False
) -> list[OutlineEntry]:
    """Return the chapters of a programme, and below the one that is read the headings in it.

    `here` is the section that is shown; with `first_page` the page of the programme itself shows its chapter.
    """
    if not order.pages:
        return _of_one_page(order, programme, here)
    page = order.page_of(here) if here else None
    heads = {each.head.pk for each in order.pages}
    base = programme.get_absolute_url() if first_page else page.head.get_absolute_url() if page else ""
    depths = _depths(order.sections)
    entries = []
    for section in order.sections:
        if section.pk in heads or section.pk in order.divided:
            url = section.get_absolute_url()
        elif page and section in page.sections and section.title and section.parent_id == page.head.pk:
            url = f"{base}#k-{section.slug}"
        else:
            continue
        is_read = page is not None and section == page.head
        current = "page" if section == here and not first_page else "true" if is_read else ""
        size = order.size_of(section)
        if size.passages:
            entries.append(OutlineEntry(title_of(section), url, depths[section.pk], size.pledges, section, current))
    return entries


def _of_one_page(order: ReadingOrder, programme: Programme, here: Section | None) -> list[OutlineEntry]:
    depths = _depths(order.sections)
    address = programme.get_absolute_url()
    return [
        OutlineEntry(
            str(section),
            f"{address}#k-{section.slug}",
            depths[section.pk],
            order.size_of(section).pledges,
            section,
            "page" if section == here else "",
        )
        for section in order.sections
        if section.title and depths[section.pk] < DEEPEST
    ]


def _depths(sections: Sequence[Section]) -> dict[int, int]:
    depths: dict[int, int] = {}
    for section in sections:
        depths[section.pk] = depths[section.parent_id] + 1 if section.parent_id in depths else 0
    return depths


def place_of_anchor(programme: Programme, anchor: str) -> str:
    """Return where an anchor of the programme's page is now: `k-…` a heading, `l-…` a passage, `t-…` a theme.

    The page had the whole programme once, and such addresses have been quoted. What is nowhere leads to the programme.
    """
    kind, _dash, name = anchor.partition("-")
    address = programme.get_absolute_url()
    if kind == "t" and name:
        return f"{address}?vis=tema&tema={name}#{anchor}"
    order = order_of(programme)
    if kind == "l":
        passage = programme.passages.filter(public_id=name).only("section_id").first()
        section = next((each for each in order.sections if passage and each.pk == passage.section_id), None)
    else:
        section = next((each for each in order.sections if kind == "k" and each.slug == name), None)
    if section is None:
        return address
    address = address_on_page(order, section, programme)
    if kind == "l" and order.own[section.pk].passages > LONGEST_PART:
        return f"{address}?{FOR_PASSAGE}={name}#{anchor}"
    return f"{address}#{anchor}"


def in_its_section(passage: Passage, *, long: Collection[int], query: str = "") -> str:
    """Return where a passage stands in its programme: on the page of its section, which is short.

    `long` are the sections that are read in parts (`read_in_parts`); `query` what else the address asks for.
    """
    part = f"{FOR_PASSAGE}={passage.public_id}" if passage.section_id in long else ""
    asked = "&".join(filter(None, (query, part)))
    return f"{passage.section.get_absolute_url()}{'?' if asked else ''}{asked}#l-{passage.public_id}"


@dataclass(frozen=True, slots=True)
class PartOfSection:
    """The part of a long section that a page shows; of others the only one."""

    passages: QuerySet[Passage]
    number: int = 1
    count: int = 1

    @property
    def told(self) -> str:
        """Which part this is, in words."""
        return _("del %(number)s av %(count)s") % {"number": self.number, "count": self.count}

    @property
    def before(self) -> str:
        """The query of the part before, empty where this is the first."""
        return f"?{PART}={self.number - 1}" if self.number > 2 else "?" if self.number == 2 else ""

    @property
    def after(self) -> str:
        """The query of the part after, empty where this is the last."""
        return f"?{PART}={self.number + 1}" if self.number < self.count else ""

    @property
    def here(self) -> str:
        """The query of this part, empty for the first."""
        return f"?{PART}={self.number}" if self.number > 1 else ""


def part_of(order: ReadingOrder, sections: Sequence[Section], links: QueryLinks, programme: Programme) -> PartOfSection:
    """Return the part of some sections that an address asks for: by its number, or by a passage that stands in it."""
    passages = programme.passages.filter(section__in=sections).order_by("position")
    if order.passages_in(sections) <= LONGEST_PART:
        return PartOfSection(passages)
    all_parts = parts(passages)
    asked = min(max(whole_number(links.value(PART)), 1), len(all_parts))
    sought = links.value(FOR_PASSAGE)
    number = next((number for number, part in enumerate(all_parts, 1) if sought in part), asked)
    return PartOfSection(passages.filter(public_id__in=all_parts[number - 1]), number, len(all_parts))


def address_on_page(order: ReadingOrder, section: Section, programme: Programme) -> str:
    """Return the address of the page that a section is read on; of the programme where that has it."""
    page: ReadingPage | None = order.page_of(section)
    if page is not None:
        return page.head.get_absolute_url()
    return section.get_absolute_url() if section.pk in order.divided else programme.get_absolute_url()
