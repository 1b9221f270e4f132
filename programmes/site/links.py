"""Addresses that differ from the present one in a single choice: filters are plain links."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import quote

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest

PAGE = "side"
PER_PAGE = 50
"""Rows on a page of a list."""


class QueryLinks:
    """The query of a request, and the addresses one step away from it; a changed choice returns to page 1."""

    def __init__(self, request: HttpRequest) -> None:
        self._path = request.path
        self._query = request.GET
        self._surroundings: dict[str, tuple[str, str]] = {}

    def value(self, key: str) -> str:
        """Return the value that the address gives a key, empty where it gives none."""
        return self._query.get(key, "").strip()

    def values(self, key: str) -> list[str]:
        """Return all values that the address gives a key, in its order and without empty ones."""
        return [value for value in self._query.getlist(key) if value]

    def toggled(self, key: str, value: str) -> str:
        """Return the address with one more value for a key, or without the value where it has it already."""
        return self.without(key, value=value) if value in self.values(key) else self.also(key, value)

    def also(self, key: str, value: str) -> str:
        """Return the address with one more value for a key, which it doesn't have."""
        before, after = self._around(key)
        return f"{before}{quote(value, safe='/')}{after}"

    def changed_to(self, key: str, value: str) -> str:
        """Return the address with one value for a key in place of any it has; an empty value takes the key away."""
        query = self._changed()
        query[key] = [value]
        return self._address(query)

    def on_page(self, key: str, value: str) -> str:
        """Return the address with one value for a key, as `changed_to`, but of the same page of the list."""
        query = {name: list(values) for name, values in self._query.lists()}
        query[key] = [value]
        return self._address(query)

    def without(self, *keys: str, value: str | None = None, also: Mapping[str, str] | None = None) -> str:
        """Return the address without some keys, or without one of a key's values; `also` gives keys new values."""
        query = self._changed()
        for key in keys:
            query[key] = [other for other in query.get(key, ()) if value is not None and other != value]
        for key, new in (also or {}).items():
            query[key] = [new]
        return self._address(query)

    def _around(self, key: str) -> tuple[str, str]:
        """Return what stands before and after one more value for a key in an address: a page asks for hundreds."""
        if key not in self._surroundings:
            mark = secrets.token_hex(8)
            query = self._changed()
            query.setdefault(key, []).append(mark)
            before, _mark, after = self._address(query).partition(mark)
            self._surroundings[key] = before, after
        return self._surroundings[key]

    def to(self, path: str) -> str:
        """Return the address of the same choices at another path, all pages of them."""
        return self._address(self._changed(), path)

    def page(self, number: int) -> str:
        """Return the address of another page of the same list."""
        query = self._changed()
        if number > 1:
            query[PAGE] = [str(number)]
        return self._address(query)

    def _changed(self) -> dict[str, list[str]]:
        """Return a query that may be changed, back on page 1; not a QueryDict, which takes long to copy."""
        return {key: list(values) for key, values in self._query.lists() if key != PAGE}

    def _address(self, query: Mapping[str, Iterable[str]], path: str = "") -> str:
        """Return the address with a query, without empty keys."""
        pairs = ((key, value) for key, values in query.items() for value in values if value)
        encoded = "&".join(f"{quote(key)}={quote(value)}" for key, value in pairs)
        return f"{path or self._path}?{encoded}" if encoded else path or self._path


def page_of(rows: QuerySet | Sequence[Any], links: QueryLinks, *, count: int | None = None) -> Page:
    """Return the page of a list that the address asks for; `count` is how many rows there are, where it is known."""
    paginator = Paginator(rows, PER_PAGE)
    if count is not None:
        paginator.count = count
    return paginator.get_page(links.value(PAGE))
