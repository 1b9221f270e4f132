"""Addresses that a programme once had: they lead to where it is now, for ever."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase, HttpResponsePermanentRedirect

from programmes.models import Programme


def at_its_address(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Let a view of a programme answer 301 where the address in its parts is one that the programme once had."""

    @wraps(view)
    def found(request: HttpRequest, *, party: str, branch: str, programme: str, **rest: Any) -> HttpResponseBase:
        try:
            return view(request, party=party, branch=branch, programme=programme, **rest)
        except Http404:
            moved = programme_once_at(party, branch, programme)
            if moved is None:
                raise
        was, is_now = (party, branch, programme), (moved.branch.party.slug, moved.branch.slug, moved.slug)
        old, new = (f"/{'/'.join(parts)}" for parts in (was, is_now))
        return HttpResponsePermanentRedirect(request.get_full_path().replace(old, new, 1))

    return found


def programme_once_at(party: str, branch: str, slug: str) -> Programme | None:
    """Return the programme that once had an address, if the public has seen it."""
    moved = (
        Programme.objects.ever_public()
        .with_branch()
        .filter(
            former_addresses__branch__party__slug=party,
            former_addresses__branch__slug=branch,
            former_addresses__slug=slug,
        )
    )
    return moved.first()
