"""What of a web page its readers see: what is hidden or struck out is no text, what is folded away is.

What stands on an element counts, and what the page's own style sheet says of a class or an id by itself. A class
that the sheet shows elsewhere is switched by the page, so what has it is folded away.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

from lxml import etree
from lxml.html import HtmlElement, fragment_fromstring

from ingest.parser.readers.flowing.html_switches import SWITCHES, is_switch

STRUCK = frozenset(("del", "s", "strike"))
FOLDED_ROLES = frozenset(("tabpanel", "region"))
HIDDEN_NAMES = frozenset(("sr-only", "visually-hidden", "visuallyhidden", "screen-reader-text", "screenreader-text"))
"""Classes that frameworks keep for words that are read aloud and not shown."""

UTILITIES = frozenset(("d-none", "hidden", "is-hidden", "invisible"))
"""Classes of style frameworks that hide, if no other class shows again on some screens: `hidden md:block`."""

_HIDDEN = re.compile(r"(?:^|[;\s])(?:display\s*:\s*none|visibility\s*:\s*hidden)")
_NO_SIZE = re.compile(r"font-size\s*:\s*0(?:px|pt|em|rem|%)?\s*(?:;|$)")
_WHITE = re.compile(r"(?:^|[;\s])color\s*:\s*(?:white|#fff(?:fff)?|rgb\(255,\s*255,\s*255\))\s*(?:;|!|$)")
_STRUCK = re.compile(r"text-decoration(?:-line)?\s*:[^;]{0,80}line-through")
_RAISED = re.compile(r"vertical-align\s*:\s*super")
_SHOWS = re.compile(r"display\s*:\s*(?!none)\w|visibility\s*:\s*visible|opacity\s*:\s*1")
_NAME = re.compile(r"[.#][\w-]+")
_NOTE_LINK = re.compile(r"\[\d{1,3}\]")


class Shown:
    """What a page shows; what its switches point to is asked once, where anything is hidden."""

    def __init__(self, page: HtmlElement) -> None:
        self._page = page

    def why_unseen(self, element: HtmlElement) -> str:
        """Return why the words of an element are no text of the page, or "": hidden, or struck out."""
        if not element.attrib and element.tag not in STRUCK:
            return ""
        style = self._style(element)
        if element.tag in STRUCK or _STRUCK.search(style):
            return "struck-out text"
        names = set(element.get("class", "").split())
        if element.get("hidden") is not None or _HIDDEN.search(style) or _is_put_away(names):
            return "" if self._is_folded(element) else "hidden text"
        if _NO_SIZE.search(style) or (_WHITE.search(style) and not self._has_ground(element)):
            return "hidden text"
        if HIDDEN_NAMES & names:
            return "hidden text"
        # The name of an icon or a sign that leads to a heading; longer text is shown, only not read aloud.
        if element.get("aria-hidden") == "true" and not len(element) and len((element.text or "").split()) == 1:
            return "hidden text"
        return ""

    def is_raised(self, element: HtmlElement) -> bool:
        """Return whether an element sets its words above the line."""
        return element.tag == "sup" or bool(_RAISED.search(self._style(element)))

    def _style(self, element: HtmlElement) -> str:
        """Return what an element is set like, in lower case: its own style, then what the style sheet says."""
        own: str = element.get("style", "").lower()
        if not self._sheet or _SHOWS.search(own):
            return own
        names = [f".{name}" for name in element.get("class", "").lower().split()]
        names.append(f"#{element.get('id', '').lower()}")
        return ";".join((own, *(self._sheet[name] for name in names if name in self._sheet)))

    @cached_property
    def _sheet(self) -> dict[str, str]:
        """What the page's style sheet says of a class or an id by itself, where it hides, strikes out or raises."""
        rules = list(_rules("\n".join(sheet.text or "" for sheet in self._page.iter("style")).lower()))
        shown = (selectors for selectors, style, _ in rules if _SHOWS.search(style))
        switched = {name for selectors in shown for name in _NAME.findall(selectors)}
        return {
            name: style
            for selectors, style, is_always in rules
            if is_always and any(unseen.search(style) for unseen in (_HIDDEN, _STRUCK, _RAISED, _NO_SIZE))
            for name in map(str.strip, selectors.split(","))
            if _NAME.fullmatch(name) and name not in switched
        }

    def _is_folded(self, element: HtmlElement) -> bool:
        """Return whether there is a switch on the page that shows what is hidden."""
        if element.get("role") in FOLDED_ROLES or element.get("aria-labelledby"):
            return True
        if any(parent.tag == "details" for parent in element.iterancestors()):
            return True
        above = element.getprevious()
        if above is not None and any(_switches(inner) for inner in above.iter(etree.Element)):
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


def _rules(sheet: str) -> Iterator[tuple[str, str, bool]]:
    """Yield the selectors and the style of each rule of a style sheet, and whether it holds on every screen."""
    first, *rest = sheet.split("/*")
    text = first + "".join(part.partition("*/")[2] for part in rest)
    depth = 0
    for part in text.split("}"):
        *selectors, style = part.split("{")
        depth += len(selectors) - 1
        if selectors:
            yield selectors[-1], style, depth == 0
        depth = max(0, depth)


def _is_put_away(names: set[str]) -> bool:
    """Return whether classes hide what has them, on screens of every size."""
    return bool(UTILITIES & names) and not any(":" in name or name.startswith("d-") for name in names - UTILITIES)


def is_note_link(element: HtmlElement) -> bool:
    """Return whether an element is the number of a note in brackets, with a link to it or back."""
    is_link = element.tag == "a" and "#" in element.get("href", "")
    return is_link and _NOTE_LINK.fullmatch(element.text_content().strip()) is not None


def _switches(element: HtmlElement) -> bool:
    return element.tag == "button" or is_switch(element)
