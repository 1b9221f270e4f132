"""Which addresses of the desk can be gone to: those that only take a form are never where a login leads on to."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar
from urllib.parse import urlsplit

from django.http import HttpResponseBase
from django.urls import Resolver404, resolve, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

View = TypeVar("View", bound=Callable[..., HttpResponseBase])


def post_only(view: View) -> View:
    """Let a view take forms alone."""
    marked = require_POST(view)
    marked.post_only = True  # type: ignore[attr-defined]
    return marked


def can_be_gone_to(address: str) -> bool:
    """Return whether an address is a page for people at work, and not only where forms are sent."""
    rooms = reverse("desk"), reverse("admin:index")
    if not address.startswith(rooms) or not url_has_allowed_host_and_scheme(address, allowed_hosts=None):
        return False
    try:
        view = resolve(urlsplit(address).path).func
    except (Resolver404, ValueError):
        return False
    return not getattr(view, "post_only", False)
