"""A page of the site as a file: its links lead to other files, and what needs the site is left out or says so."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

from django.conf import settings
from django.urls import Resolver404, resolve, reverse
from django.utils.translation import gettext as _
from lxml import html

from programmes.folder.addresses import KEPT
from programmes.folder.naming import SEARCH, START, file_of, way
from programmes.site.facets import KEYS
from programmes.site.links import PAGE
from programmes.site.outline import FOR_PASSAGE, PART
from programmes.site.views.themes import NARROWINGS

POLICY = (
    "default-src 'none'; script-src 'self' file:; style-src 'self' file:; font-src 'self' file:; img-src 'self' file:"
)
"""Where the folder is opened from a disk a browser takes no file for the page's own; `file:` lets these in."""
SCRIPTS = ("copy.js", "mappesok.js")
"""Scripts that need no server."""
LEFT_OUT = (
    "//link[@rel='preload' or @rel='alternate' or @rel='search'] | //form[contains(@class, 'languages')]"
    " | //meta[starts-with(@property, 'og:')]"
)
FILES = ("original", "original_shown", "source_page")
"""Names of addresses of files that no page is made of."""
LINKS = ("href", "src")
ASKED = {"programme": {"alt", "vis", "tema", PART}, "section": {PART}, "coverage": {"fylke"}}
"""What a page may be asked for, beside a later page of its list, and then lies in another file."""


@dataclass(frozen=True, slots=True)
class Link:
    """Where a link of a page leads: a file of the folder, and what is to be rendered or copied for it."""

    file: str
    address: str = ""
    """The address of the site that the file is of; empty for the folder's own pages."""
    after: str = ""
    """A query and a fragment."""


@dataclass(frozen=True, slots=True)
class Relinker:
    """Turns pages of the site into files."""

    original_of: Callable[[str, str, str], str]
    """The file of a programme's original by party, branch and programme; empty where it isn't stored."""
    has_picture: Callable[[str, str, str, int], bool]
    """Whether the picture of a page is stored, by the same and the number of the page."""
    place_of: Callable[[str, str, str, str], str]
    """Where a passage stands on the pages of its programme, by the same and its id; empty where it is on none."""
    needed: Callable[[Link], None]
    """Is told of every link that is kept."""

    def relinked(self, page: bytes, address: str, file: str) -> bytes:
        """Return the page at an address as the file that it becomes."""
        document = html.document_fromstring(page, parser=html.HTMLParser(encoding="utf-8"))
        for element in document.xpath(LEFT_OUT):
            element.drop_tree()
        for script in document.xpath("//script[@src]"):
            if not _is_script_of_the_folder(script.get("src")):
                script.drop_tree()
        for form in document.xpath("//form"):
            self._form(form, file)
        for choices in document.xpath("//nav[.//a]"):
            if not any(self._leads_on(each.get("href"), address, file) for each in choices.xpath(".//a[@href]")):
                _replace(choices, _("Valgene her trenger nettstedet."))
        for element in document.xpath("//*[@href or @src]"):
            for name in LINKS:
                if element.get(name) is not None:
                    self._link(element, name, address, file)
        policy = html.Element("meta", {"http-equiv": "Content-Security-Policy", "content": POLICY})
        document.head.insert(1, policy)
        return html.tostring(document, encoding="utf-8", doctype="<!DOCTYPE html>")

    def _form(self, form: html.HtmlElement, file: str) -> None:
        """Have a search form search the folder; in place of any other stands that it needs the site."""
        if form.get("method", "get").lower() == "get" and form.get("action") in (reverse("search"), SEARCH):
            form.set("action", way(file, SEARCH))
            for field in form.xpath(".//*[@data-suggestions]"):
                del field.attrib["data-suggestions"]
            return
        _replace(form, _("Skjemaet her trenger nettstedet."))

    def _link(self, element: html.HtmlElement, name: str, address: str, file: str) -> None:
        """Lead a link to its file; one that needs the site says so, or, at the foot of every page, is left out."""
        target = element.get(name)
        if target.startswith("#") or not _is_ours(target):
            return
        link = self._found(urljoin(address, target))
        if link:
            self.needed(link)
            element.set(name, way(file, link.file) + link.after)
        elif element.tag == "a" and not element.xpath("ancestor::footer"):
            _unlink(element)
        else:
            element.drop_tree()

    def _leads_on(self, target: str, address: str, file: str) -> bool:
        """Return whether a link leads to another place than the page that it is on, without our site."""
        if target.startswith("#") or not _is_ours(target):
            return True
        link = self._found(urljoin(address, target))
        return link is not None and link.file != file

    def _found(self, target: str) -> Link | None:
        """Return where a link of the site leads in the folder, None where it needs the site."""
        parts = urlsplit(target)
        fragment = f"#{parts.fragment}" if parts.fragment else ""
        static = f"/{settings.STATIC_URL.strip('/')}/"
        if parts.path.startswith(static):
            return Link(f"filer/{parts.path.removeprefix(static)}", parts.path)
        query = dict.fromkeys(parse_qsl(parts.query))
        if parts.path == "/":
            return Link(START, "", fragment)
        if parts.path in (reverse("search"), f"/{SEARCH}"):
            asked = [(key, value) for key, value in query if key in {"q", *KEYS.values()}]
            return Link(SEARCH, "", f"?{urlencode(asked)}" if asked else "")
        return self._page(parts.path, list(query), fragment)

    def _page(self, path: str, query: list[tuple[str, str]], fragment: str) -> Link | None:
        try:
            match = resolve(path)
        except Resolver404:
            return None
        if match.url_name not in KEPT:
            return None
        if match.url_name in FILES:
            return self._file(path, match.kwargs, fragment)
        asked = dict(query)
        passage = asked.get(FOR_PASSAGE) or asked.get("til", "").removeprefix("l-")
        if passage and "programme" in match.kwargs:
            place = self.place_of(*_programme(match.kwargs), passage)
            return self._found(place) if place else None
        asked = {key: value for key, value in query if not (key in (PAGE, PART) and value == "1")}
        if asked.keys() <= {PAGE, *ASKED.get(match.url_name, ())}:
            return Link(file_of(path, asked.items()), f"{path}?{urlencode(asked)}" if asked else path, fragment)
        if match.url_name == "theme" and asked.keys() <= set(NARROWINGS):
            return Link(SEARCH, "", f"?{urlencode([('tema', match.kwargs['theme']), *query])}")
        return None

    def _file(self, path: str, kwargs: dict[str, Any], fragment: str) -> Link | None:
        programme = _programme(kwargs)
        if "page" in kwargs:
            file = file_of(path).removesuffix(f"/{START}")
            return Link(file, path) if self.has_picture(*programme, kwargs["page"]) else None
        original = self.original_of(*programme)
        return Link(original, path.removesuffix("vis/"), fragment) if original else None


def _programme(kwargs: dict[str, Any]) -> tuple[str, str, str]:
    return kwargs["party"], kwargs["branch"], kwargs["programme"]


def _is_ours(target: str) -> bool:
    """Return whether a link leads into the site; the permanent address in a citation is told in full."""
    parts = urlsplit(target)
    return not parts.scheme and not parts.netloc


def _is_script_of_the_folder(source: str) -> bool:
    """Return whether a script works without the site; a collected one has a sum in its name."""
    name = source.rpartition("/")[2]
    first, *_sum, last = name.split(".")
    return f"{first}.{last}" in SCRIPTS


def _replace(element: html.HtmlElement, words: str) -> None:
    """Put a line of words in the place of what doesn't work in a folder."""
    said = html.Element("p", {"class": "muted small"})
    said.text = words
    said.tail = element.tail
    element.getparent().replace(element, said)


def _unlink(element: html.HtmlElement) -> None:
    """Have what was a link say that it needs the site."""
    element.tag = "span"
    for name in ("href", "rel", "aria-current", "target"):
        element.attrib.pop(name, None)
    said = html.Element("small", {"class": "muted"})
    said.text = f" ({_('trenger nettstedet')})"
    element.append(said)
