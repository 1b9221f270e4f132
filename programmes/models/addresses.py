"""The addresses of what is kept: a page names many programmes and passages, and Django takes 30 µs for an address."""

from __future__ import annotations

from functools import lru_cache

from django.urls import get_script_prefix, reverse


def address(view: str, *parts: str) -> str:
    """Return the address of a page by the name of its view and the parts of its path."""
    return _address(get_script_prefix(), view, parts)


@lru_cache(maxsize=20_000)
def _address(_prefix: str, view: str, parts: tuple[str, ...]) -> str:
    return reverse(view, args=parts)
