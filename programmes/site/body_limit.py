"""How much each address receives, decided before any of it is read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse

from programmes.site.numbers import whole_number

MOST_BYTES = 3 * 1024 * 1024
"""A form's fields, of which Django takes 2.5 MB, and what stands around them."""
LARGEST_LENGTH = 2**62
"""A request that says it has more bytes is not believed."""

View = TypeVar("View", bound=Callable[..., Any])


def receives(most_bytes: int) -> Callable[[View], View]:
    """Let a view receive another number of bytes than the rest: more from those alone who are logged in."""

    def mark(view: View) -> View:
        view.most_bytes = most_bytes  # type: ignore[attr-defined]
        return view

    return mark


class BodyLimitMiddleware:
    """Refuse (413) a request that says it brings more than its address receives. Bodies without a length are empty."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Raise `RequestDataTooBig` before the form is read, which the check of forged forms does first of all.

        Who is logged out, and would send more than a form, is sent to the login, with none of it read.
        """
        length = whole_number(request.META.get("CONTENT_LENGTH") or "0", default=-1, most=LARGEST_LENGTH)
        most = getattr(view, "most_bytes", MOST_BYTES)
        if MOST_BYTES < length <= most and not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if not 0 <= length <= most:
            raise RequestDataTooBig(f"{length} bytes, and {most} are the limit")
        return None
