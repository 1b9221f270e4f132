"""A feed as a feed validator looks at it: the schema of RFC 4287, and the rules that a schema can't tell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

from lxml import etree, html

ATOM = "{http://www.w3.org/2005/Atom}"
SAFE = {"p", "em", "strong", "div"}
"""What may stand in a summary; validators warn of scripts, styles, frames and what readers' programs take out."""


@cache
def _schema() -> etree.RelaxNG:
    return etree.RelaxNG(etree.parse(Path(__file__).with_name("atom.rng")))


def read(feed: bytes) -> etree._Element:
    """Return a feed's root. Raises XMLSyntaxError for one that is not well-formed."""
    return etree.fromstring(feed, etree.XMLParser(resolve_entities=False, no_network=True))


def texts(element: etree._Element, name: str) -> list[str]:
    """Return the texts of all children of a name."""
    return [child.text or "" for child in element.findall(ATOM + name)]


def faults(feed: bytes, *, address: str) -> list[str]:
    """Return what is wrong with a feed that was fetched from an address; warnings of validators too."""
    root = read(feed)
    if not _schema().validate(root):
        return [str(each) for each in _schema().error_log]
    return [*_of_feed(root, address), *_of_ids(root), *_of_times(root), *_of_texts(root)]


def _links(element: etree._Element, rel: str) -> list[str]:
    return [link.get("href", "") for link in element.findall(f"{ATOM}link") if link.get("rel", "alternate") == rel]


def _of_feed(root: etree._Element, address: str) -> Iterator[str]:
    if _links(root, "self") != [address]:
        yield f"rel=self is {_links(root, 'self')}, and not the feed's own address"
    if not root.findall(f"{ATOM}author"):
        yield "no author"
    for element in root.iter(f"{ATOM}feed", f"{ATOM}entry"):
        if len(_links(element, "alternate")) != 1:
            yield "not one alternate link"
        if not texts(element, "title")[0].strip():
            yield "an empty title"


def _of_ids(root: etree._Element) -> Iterator[str]:
    ids = [texts(element, "id")[0] for element in root.iter(f"{ATOM}feed", f"{ATOM}entry")]
    yield from (f"{each} is the id of several" for each, number in Counter(ids).items() if number > 1)
    for each in ids:
        parts = urlsplit(each)
        if parts.fragment or parts.hostname != (parts.hostname or "").lower() or not parts.path.startswith("/"):
            yield f"{each} is no normal id"
        if any(key.startswith("utm_") or key in ("side", "sorter", "fbclid") for key, _value in parse_qsl(parts.query)):
            yield f"{each} has what is no part of what is followed"


def _of_times(root: etree._Element) -> Iterator[str]:
    own = datetime.fromisoformat(texts(root, "updated")[0])
    updated = [datetime.fromisoformat(texts(entry, "updated")[0]) for entry in root.findall(f"{ATOM}entry")]
    if updated and own != max(updated):
        yield "the feed was not changed when its newest entry was"
    if max([own, *updated]) > datetime.now(UTC):
        yield "changed in the future"
    if len(set(updated)) < len(updated):
        yield "two entries changed at the same moment"
    if updated != sorted(updated, reverse=True):
        yield "the newest is not first"
    for entry in root.findall(f"{ATOM}entry"):
        if datetime.fromisoformat(texts(entry, "published")[0]) > datetime.fromisoformat(texts(entry, "updated")[0]):
            yield "published after it was changed"


def _of_texts(root: etree._Element) -> Iterator[str]:
    for summary in root.iter(f"{ATOM}summary"):
        if summary.get("type") != "html":
            yield "a summary without its type"
        for element in html.fragment_fromstring(summary.text or "", create_parent="div").iter():
            if element.tag not in SAFE or element.attrib:
                yield f"a summary with {etree.tostring(element)[:60]!r}"
    for element in root.iter(f"{ATOM}category"):
        if not element.get("term", "").strip():
            yield "a category without a name"
