"""Every address of the site as the URL resolver knows it, and how one is made of a route."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver

from programmes.models import Passage, Programme, Section
from programmes.site.sitemaps import SITEMAPS

WORK = ("redaksjon/", "admin/")
"""Where people are at work; all else is public."""


@dataclass(frozen=True)
class Address:
    """One pattern of addresses, as the URL resolver knows it."""

    route: str
    view: Callable[..., object]
    name: str


def addresses(prefix: str) -> list[Address]:
    """Return every pattern below a prefix."""

    def walk(patterns: list[URLPattern | URLResolver], before: str) -> Iterator[Address]:
        for pattern in patterns:
            route = before + str(pattern.pattern)
            if isinstance(pattern, URLResolver):
                yield from walk(pattern.url_patterns, route)
            else:
                yield Address(route, pattern.callback, pattern.name or "")

    return [address for address in walk(get_resolver().url_patterns, "") if address.route.startswith(prefix)]


def public_addresses() -> list[Address]:
    """Return every pattern of the public site."""
    return [address for address in addresses("") if not address.route.startswith(WORK)]


def public_path(
    route: str, programme: Programme, *, section: Section | None = None, passage: Passage | None = None
) -> str:
    """Return an address of the public site, with the parts of a programme's own address in it.

    `section` and `passage` are of the programme, its first ones where none is given.
    """
    party, branch, slug = programme.get_absolute_url().strip("/").split("/")[1:]
    section, passage = section or programme.sections.first(), passage or programme.passages.first()
    parts: dict[str, object] = {"party": party, "branch": branch, "programme": slug, "year": programme.period_start}
    parts |= {"section": section.slug if section else "", "public_id": passage.public_id if passage else ""}
    parts |= {"theme": "trafikk-og-transport", "page": 1, "name": "passages.csv"}
    parts |= {"passage_id": parts["public_id"], "section_id": section.public_id if section else ""}
    parts |= {"code": programme.branch.party.code, "area": "3403-2020-01-01"}
    parts |= {"place": "storfjell", "key": "slutt", "token": "brukt-lenke"}
    if route.startswith("kapittel/") and section:
        parts["public_id"] = section.public_id
    if route.startswith("sitemap"):
        parts["section"] = next(iter(SITEMAPS))
    return "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda match: str(parts[match[1]]), route)
