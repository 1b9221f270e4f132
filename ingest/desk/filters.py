"""Filters of the desk's lists: plain links, one choice each, all in the address."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from programmes.site.links import PAGE, QueryLinks

PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a filter, and the address that chooses it."""

    label: str
    url: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Filter:
    """One way to narrow a list."""

    title: str
    key: str
    chosen: str
    choices: list[Choice]


def one_of(
    title: str, key: str, values: Iterable[tuple[str, str | Promise]], links: QueryLinks, *, every: str = ""
) -> Filter:
    """Return a filter that lets through one of some values, given with their labels, or all: its first choice.

    A value in the address that isn't among them chooses nothing.
    """
    values = list(values)
    chosen = links.value(key) if links.value(key) in dict(values) else ""
    choices = [Choice(every or _("Alle"), links.changed_to(key, ""), not chosen)]
    choices += [Choice(str(label), links.changed_to(key, value), value == chosen) for value, label in values]
    return Filter(title, key, chosen, choices)


def page_of(rows: QuerySet, links: QueryLinks) -> Page:
    """Return the page of a list that the address asks for."""
    return Paginator(rows, PER_PAGE).get_page(links.value(PAGE))
