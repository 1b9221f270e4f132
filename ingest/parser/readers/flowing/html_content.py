"""Which parts of a web page are its content; `html.toml` says what is not, with an example each.

Nothing is thrown away: what stands outside the content is furniture with its reason.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from lxml import etree
from lxml.html import HtmlElement

from ingest.parser.language import rules
from ingest.parser.language.rules import named, union

TABLES: dict[str, dict[str, str]] = tomllib.loads(Path(__file__).with_name("html.toml").read_text("utf-8"))
"""What is not content, by its element, its role and its names, and what the admin reads of it."""
_NAMES = tuple((re.compile(rf"(?:^|[\s_-])(?:{words})(?:$|[\s_-])"), why) for words, why in TABLES["names"].items())

HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
"""Elements that are headings for HTML."""
_OTHERS = union(
    [*rules.WEB_ENDS, *named(rules.WEB_FEET, "contact"), *named(rules.OTHER_TITLES, "read on", "contact")],
    re.IGNORECASE,
)

INVISIBLE = frozenset(
    ("head", "script", "style", "template", "svg", "math", "iframe", "object", "embed", "canvas", "audio", "video")
)
"""Elements whose text is not shown on the page."""

MAIN_SHARE = 0.3
"""A <main> or <article> with less than this share of the page's text is not the content (a teaser, a shell).
Chosen, not measured, as all here."""
BOILERPLATE_SHARE = 0.5
"""An element with more than this share of the content is no boilerplate, whatever its name (a form round the page)."""

PLAIN_SIZE = "3"
"""What <font> calls the size of running text."""
LEAST_LINKS = 3
"""Links that make a menu."""
LINKED = 0.66
"""A list with more than this share of its text in links is a menu: a word or two may stand between them."""


class Content:
    """What of a page is content, judged once for the whole page."""

    def __init__(self, page: HtmlElement) -> None:
        self._letters = _letters(page)
        self.main = self._find_main(page)
        self._total = self._letters.get(self.main, 0)
        self._main_has_title = next(self.main.iter("h1"), None) is not None

    def outside(self, element: HtmlElement) -> str:
        """Return why the element and all in it are no content, or ""."""
        if self._letters.get(element, 0) > BOILERPLATE_SHARE * self._total:
            return ""
        tag = element.tag
        if why := TABLES["roles"].get(element.get("role", "").lower(), ""):
            return why
        if why := TABLES["tags"].get(tag, ""):
            if tag != "button":
                return why
            in_heading = any(parent.tag in HEADINGS for parent in element.iterancestors())
            return "" if in_heading or element.get("aria-expanded") else why
        if tag == "header" and next(element.iter("h1"), None) is None and element.getparent().tag == "body":
            return "page header"
        if tag in ("ul", "ol", "div", "table", "td") and (why := self._link_list(element)):
            return why
        if tag == "td" and (why := self._frame(element)):
            return why
        if tag in ("section", "div") and _tells_of_others(element):
            return "related pages"
        names = f"{element.get('class', '')} {element.get('id', '')}".lower()
        if names.strip() and tag not in HEADINGS | {"body", "main", "article", "p", "li"}:
            return next((why for pattern, why in _NAMES if pattern.search(names)), "")
        return ""

    def is_title_outside(self, element: HtmlElement) -> bool:
        """Return whether this is the page's title, set outside a main part that has none."""
        return element.tag == "h1" and not self._main_has_title

    def _link_list(self, element: HtmlElement) -> str:
        """Return what a list of three or more bare links is: a table of contents or a menu; else ""."""
        links = element.findall(".//a[@href]")
        linked = sum(self._letters.get(link, 0) for link in links)
        if len(links) < LEAST_LINKS or linked < LINKED * self._letters.get(element, 0):
            return ""
        if all("#" in link.get("href") for link in links):
            return "table of contents"
        # Pledges that each link to a page of their own are sentences; a menu's entries are a few words.
        return "menu" if linked / len(links) < 30 else ""

    def _frame(self, cell: HtmlElement) -> str:
        """Return what a cell is beside the one with the text, in a table that lays out the page; else ""."""
        row = cell.getparent()
        cells = ((place, other) for place, each in enumerate(row.getparent()) for other in each.iterchildren("td"))
        most = BOILERPLATE_SHARE * self._total
        main = next(((place, other) for place, other in cells if self._letters.get(other, 0) > most), None)
        if main is None:
            return ""
        links = cell.findall(".//a[@href]")
        linked = sum(self._letters.get(link, 0) for link in links)
        if main[1].getparent() is row:
            return "side column" if len(links) >= LEAST_LINKS and 2 * linked > self._letters.get(cell, 0) else ""
        is_above = row.getparent().index(row) < main[0]
        return "page header" if is_above and _heading_around(_first(main[1]), main[1]) is not None else ""

    def _find_main(self, page: HtmlElement) -> HtmlElement:
        body = page.find("body") if page.find("body") is not None else page
        total = self._letters.get(body, 0)
        marked = [element for element in body.iter("main") if not element.get("hidden")]
        marked += body.xpath(".//*[@role='main']")
        articles = body.xpath(".//article[not(ancestor::article)]")
        for candidates in (marked, articles if len(articles) == 1 else []):
            largest = max(candidates, key=lambda element: self._letters.get(element, 0), default=None)
            if largest is not None and self._letters.get(largest, 0) >= MAIN_SHARE * total:
                return largest
        return body


def _tells_of_others(element: HtmlElement) -> bool:
    """Return whether all of an element stands under one heading that leads to other pages, or to those who made it."""
    if next(element.iter("a", "form", "button"), None) is None:
        return False
    if (title := _heading_around(_first(element), element)) is None or title.tag not in HEADINGS:
        return False
    if not _OTHERS.fullmatch(" ".join(title.text_content().split())):
        return False
    return not any(inner.tag <= title.tag for inner in element.iter(*HEADINGS) if inner is not title)


def _first(element: HtmlElement) -> HtmlElement | None:
    """Return the element that the first words of another stand in."""
    return next((inner for inner in element.iter(etree.Element) if inner.text and inner.text.strip()), None)


def _heading_around(inner: HtmlElement | None, outer: HtmlElement) -> HtmlElement | None:
    """Return the heading within an element that another is or stands in, be it set as one with type alone."""
    while inner is not None and inner is not outer:
        if inner.tag in HEADINGS or (inner.tag == "font" and inner.get("size", "") > PLAIN_SIZE):
            return inner
        inner = inner.getparent()
    return None


def _letters(page: HtmlElement) -> dict[HtmlElement, int]:
    """Return how many visible characters each element holds."""
    counts: dict[HtmlElement, int] = {}
    open_counts = [0]
    for event, element in etree.iterwalk(page, events=("start", "end")):
        if event == "start":
            open_counts.append(0 if element.tag in INVISIBLE else len((element.text or "").strip()))
        else:
            count = open_counts.pop()
            counts[element] = 0 if element.tag in INVISIBLE else count
            open_counts[-1] += counts[element] + len((element.tail or "").strip())
    return counts
