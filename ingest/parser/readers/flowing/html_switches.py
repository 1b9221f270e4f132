"""The titles on a web page that open what stands below them: they head it, whatever their elements are called.

A `<summary>`, a button that says what it shows, and the title elements of page builders are no headings for HTML,
but readers take them for such. They stand one rank below the heading above them, and what they open below them.
"""

from __future__ import annotations

import re
from functools import cached_property

from lxml import etree
from lxml.html import HtmlElement

from ingest.parser.readers.flowing.html_content import HEADINGS, TABLES

SWITCHES = ("aria-controls", "data-target", "data-bs-target", "href")
"""Attributes that name what a switch shows."""
LONGEST = 120
"""Characters: no title is longer. Chosen, not measured."""
PARTS = frozenset(("body", "main", "article", "details", "li", "td"))
"""Elements whose end is the end of what a title in them opens."""

_TITLES = re.compile(TABLES["switches"]["titles"])
_BUTTONS = re.compile(TABLES["switches"]["buttons"], re.IGNORECASE)


class Switches:
    """The titles of a page that open something, asked for in the order of the page, with their ranks."""

    def __init__(self, page: HtmlElement) -> None:
        self._page = page
        self._rank = 0
        self._opened: dict[HtmlElement, int] = {}
        self._inside: list[tuple[HtmlElement, int, int]] = []

    def enter(self, element: HtmlElement) -> None:
        """Note that an element begins: in what a title opens, headings stand below it."""
        if rank := self._opened.get(element, 0):
            self._inside.append((element, self._rank, rank))
            self._rank = rank

    def leave(self, element: HtmlElement) -> None:
        """Note that an element ends: below what a title opens, the rank is again what it was above the title."""
        if self._inside and self._inside[-1][0] is element:
            self._rank = self._inside.pop()[1]

    def heading(self, level: int) -> int:
        """Return the level of a heading, which stands below the title that opens it, whatever its tag."""
        if self._inside:
            level = min(6, max(level, self._inside[-1][2] + 1))
        self._rank = level
        return level

    def opened(self, element: HtmlElement) -> HtmlElement | None:
        """Return what a title opens, None for any other element: what it names, or what comes next."""
        if not _can_head(element):
            return None
        if element.tag == "summary":
            return element.getparent()
        for attribute in SWITCHES:
            target = self._named.get(element.get(attribute, "").removeprefix("#"))
            if target is not None and target not in element.iterancestors():
                return target if _has_text(target) else None
        beside: HtmlElement | None = element
        while beside is not None and beside.tag not in PARTS:
            if (after := beside.getnext()) is not None:
                return after if _has_text(after) else None
            beside = beside.getparent()
        return None

    def title(self, element: HtmlElement, opened: HtmlElement) -> int:
        """Return the level of a title and note what it opens."""
        rank = min(6, self._rank + 1)
        if element.tag == "summary":
            self._inside.append((opened, self._rank, rank))
            self._rank = rank
        else:
            self._opened[opened] = rank
        return rank

    @cached_property
    def _named(self) -> dict[str, HtmlElement]:
        """The elements of the page that have a name to point to."""
        return {name: element for element in self._page.iter(etree.Element) if (name := element.get("id", ""))}


def is_switch(element: HtmlElement) -> bool:
    """Return whether an element says that it shows and hides something."""
    return element.tag == "summary" or bool(element.get("aria-expanded") or element.get("aria-controls"))


def _can_head(element: HtmlElement) -> bool:
    """Return whether an element is a switch, or so called, with words that can be a title."""
    if not (is_switch(element) or _TITLES.search(element.get("class", "").lower())):
        return False
    if any(inner.tag in HEADINGS for inner in element.iter(etree.Element)):
        return False
    text = " ".join(element.text_content().split())
    return 0 < len(text) <= LONGEST and not _BUTTONS.match(text)


def _has_text(element: HtmlElement) -> bool:
    return any(text.strip() for text in element.itertext())
