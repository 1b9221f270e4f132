"""What of a web page its readers see: what is hidden or struck out is no text, what is folded away is.

Only what stands on the element itself is looked at: no style sheet is read.
"""

from __future__ import annotations

import re
from functools import cached_property

from lxml import etree
from lxml.html import HtmlElement, fragment_fromstring

STRUCK = frozenset(("del", "s", "strike"))
FOLDED_ROLES = frozenset(("tabpanel", "region"))
SWITCHES = ("aria-controls", "data-target", "data-bs-target", "href")
"""Attributes that name what a switch shows."""
HIDDEN_NAMES = frozenset(("sr-only", "visually-hidden", "visuallyhidden", "screen-reader-text", "screenreader-text"))
"""Classes that frameworks keep for words that are read aloud and not shown."""

_HIDDEN = re.compile(r"(?:^|[;\s])(?:display\s*:\s*none|visibility\s*:\s*hidden)")
_NO_SIZE = re.compile(r"font-size\s*:\s*0(?:px|pt|em|rem|%)?\s*(?:;|$)")
_WHITE = re.compile(r"(?:^|[;\s])color\s*:\s*(?:white|#fff(?:fff)?|rgb\(255,\s*255,\s*255\))\s*(?:;|!|$)")
_STRUCK = re.compile(r"text-decoration(?:-line)?\s*:[^;]*line-through")
_RAISED = re.compile(r"vertical-align\s*:\s*super")
_NOTE_LINK = re.compile(r"\[\d{1,3}\]")


class Shown:
    """What a page shows; what its switches point to is asked once, where anything is hidden."""

    def __init__(self, page: HtmlElement) -> None:
        self._page = page

    def why_unseen(self, element: HtmlElement) -> str:
        """Return why the words of an element are no text of the page, or "": hidden, or struck out."""
        if not element.attrib and element.tag not in STRUCK:
            return ""
        style = element.get("style", "").lower()
        if element.tag in STRUCK or _STRUCK.search(style):
            return "struck-out text"
        if element.get("hidden") is not None or _HIDDEN.search(style):
            return "" if self._is_folded(element) else "hidden text"
        if _NO_SIZE.search(style) or (_WHITE.search(style) and not self._has_ground(element)):
            return "hidden text"
        if HIDDEN_NAMES.intersection(element.get("class", "").split()):
            return "hidden text"
        # The name of an icon or a sign that leads to a heading; longer text is shown, only not read aloud.
        if element.get("aria-hidden") == "true" and not len(element) and len((element.text or "").split()) == 1:
            return "hidden text"
        return ""

    def _is_folded(self, element: HtmlElement) -> bool:
        """Return whether there is a switch on the page that shows what is hidden."""
        if element.get("role") in FOLDED_ROLES or element.get("aria-labelledby"):
            return True
        if any(parent.tag == "details" for parent in element.iterancestors()):
            return True
        above = element.getprevious()
        if above is not None and (_is_switch(above) or any(_is_switch(inner) for inner in above.iterdescendants())):
            return True
        return element.get("id", "") in self._switched

    def _has_ground(self, element: HtmlElement) -> bool:
        """Return whether an element may lie on a ground of its own: any on a page with style sheets."""
        around = (element, *element.iterancestors())
        painted = (parent.get("bgcolor") or "background" in parent.get("style", "").lower() for parent in around)
        return self._has_sheet or any(painted)

    @cached_property
    def _has_sheet(self) -> bool:
        return next(self._page.iter("style", "link"), None) is not None

    @cached_property
    def _switched(self) -> frozenset[str]:
        """The ids of what the page's switches show and hide."""
        names = (element.get(switch, "") for element in self._page.iter(etree.Element) for switch in SWITCHES)
        return frozenset(name.removeprefix("#") for name in names if name.strip("#"))


def why_unseen_tag(tag: str) -> str:
    """Return why the words after a start tag within running text are no text, or ""."""
    return Shown(element).why_unseen(element) if (element := _element_of(tag)) is not None else ""


def _element_of(tag: str) -> HtmlElement | None:
    """Return the element that a start tag begins."""
    try:
        return fragment_fromstring(tag)
    except (etree.LxmlError, ValueError):
        return None


def is_raised(element: HtmlElement) -> bool:
    """Return whether an element sets its words above the line."""
    return element.tag == "sup" or bool(_RAISED.search(element.get("style", "")))


def is_note_link(element: HtmlElement) -> bool:
    """Return whether an element is the number of a note in brackets, with a link to it or back."""
    is_link = element.tag == "a" and "#" in element.get("href", "")
    return is_link and _NOTE_LINK.fullmatch(element.text_content().strip()) is not None


def _is_switch(element: HtmlElement) -> bool:
    return element.tag in ("button", "summary") or bool(element.get("aria-expanded") or element.get("aria-controls"))
