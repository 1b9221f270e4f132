"""Which pages a programme is read on, from its headings and what stands under them."""

from __future__ import annotations

import pytest

from programmes.models import Section
from programmes.reading_order import LONGEST_PAGE, LONGEST_PART, TITLE_PAGE, ReadingOrder, SectionSize, reading_order

FULL = LONGEST_PAGE // 2
"""Passages of a chapter, so that three are too many for one page."""


def order(*headings: tuple[int, str, int], letters: int = TITLE_PAGE + 1, pledges: int = 1) -> ReadingOrder:
    """Return the order of headings: level, title and passages; level 0 is text before the first heading."""
    sections: list[Section] = []
    sizes = {}
    for number, (level, title, passages) in enumerate(headings, 1):
        above = next((each for each in reversed(sections) if 0 < each.level < level), None)
        sections.append(Section(pk=number, position=number, level=level, title=title, parent=above))
        is_front = title in ("", "Programmet")
        sizes[number] = SectionSize(
            passages, 0 if is_front else min(pledges, passages), 0, 20 * passages if is_front else letters * passages
        )
    return reading_order(sections, {key: size for key, size in sizes.items() if size.passages})


def pages(found: ReadingOrder) -> list[list[str]]:
    return [[section.title for section in page.sections] for page in found.pages]


THREE = ((1, "A", FULL), (1, "B", FULL), (1, "C", FULL))


def test_each_section_of_the_highest_level_is_a_page_with_all_below_it() -> None:
    found = order((1, "A", FULL), (2, "A1", 4), (3, "A1a", 4), (1, "B", FULL), (1, "C", 1))
    assert pages(found) == [["A", "A1", "A1a"], ["B"], ["C"]]
    assert [found.size_of(section).passages for section in found.sections][:3] == [FULL + 8, 8, 4]


@pytest.mark.parametrize(
    "headings", [[(1, "A", LONGEST_PAGE)], [(1, "A", 9), (1, "B", 9)], [(0, "", LONGEST_PART)], []]
)
def test_what_is_short_or_one_list_has_no_pages(headings: list[tuple[int, str, int]]) -> None:
    assert order(*headings).pages == ()


def test_one_list_that_is_too_long_for_a_page_is_a_page_to_be_read_in_parts() -> None:
    found = order((1, "A", LONGEST_PART + 1))
    assert pages(found) == [["A"]]
    assert found.passages_in(found.pages[0].sections) == LONGEST_PART + 1


def test_a_section_that_is_too_long_is_divided_and_its_own_text_comes_first() -> None:
    found = order((1, "Del 2", 3), (2, "A", FULL), (2, "B", FULL), (3, "B1", 2), (1, "C", 1))
    assert pages(found) == [["Del 2"], ["A"], ["B", "B1"], ["C"]]
    assert [page.is_divided for page in found.pages] == [True, False, False, False]


def test_a_divided_section_without_text_is_no_page() -> None:
    found = order((1, "Del 1", 0), (2, "A", FULL), (2, "B", FULL), (2, "C", 1))
    assert pages(found) == [["A"], ["B"], ["C"]]
    assert found.divided == {1} and found.pages[0].above == []


def test_a_title_without_text_stands_above_the_chapter_that_follows_and_the_last_ones_below() -> None:
    found = order(THREE[0], (1, "Del to", 0), (2, "heller ingenting", 0), *THREE[1:], (1, "Stem!", 0), (1, "Nå!", 0))
    assert pages(found) == [["A"], ["B"], ["C", "Stem!", "Nå!"]]
    assert [section.title for section in found.pages[1].above] == ["Del to", "heller ingenting"]


def test_the_title_page_is_no_chapter() -> None:
    found = order((0, "", 1), (1, "Programmet", 2), *THREE)
    assert [section.title for section in found.front] == ["", "Programmet"]
    assert pages(found) == [["A"], ["B"], ["C"]]


@pytest.mark.parametrize("passages", [TITLE_PAGE // 20 + 1, 60])
def test_an_introduction_is_a_chapter(passages: int) -> None:
    assert pages(order((0, "", passages), *THREE)) == [[""], ["A"], ["B"], ["C"]]


def test_the_title_of_the_first_part_is_not_the_title_page() -> None:
    found = order((0, "", 1), (1, "Del en", 0), *THREE)
    assert [section.title for section in found.front] == [""]
    assert [section.title for section in found.pages[0].above] == ["Del en"]


def test_no_section_is_lost_and_none_is_twice() -> None:
    found = order((0, "", 1), (1, "Del", 0), (2, "A", FULL), (2, "B", FULL), (3, "B1", 0), (2, "C", 9), (1, "Slutt", 0))
    seen = [*found.front, *(each for page in found.pages for each in (*page.above, *page.sections))]
    assert {*seen} | {each for each in found.sections if each.pk in found.divided} == {*found.sections}
    assert len(seen) == len({*seen})


def test_each_page_knows_the_one_before_and_the_one_after() -> None:
    found = order(*THREE)
    first, second, third = found.pages
    assert [found.around(page) for page in found.pages] == [(None, second), (first, third), (second, None)]
    assert found.page_of(found.sections[1]) is second
