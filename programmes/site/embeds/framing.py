"""Pages that other sites may put into theirs: few, without script and forms, and each says so of itself.

Every other page refuses (`X_FRAME_OPTIONS` and `frame-ancestors` in the settings): a reader could be led to press what
they do not see.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.clickjacking import xframe_options_exempt

POLICY = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors *"
"""Of a page in a frame: a style sheet of ours and nothing else."""


def framable(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let any site put what a view answers into a frame, also where it says that something is gone."""

    @wraps(view)
    def framed(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response["Content-Security-Policy"] = POLICY  # as a header: a kept page knows no marks on the response
        response["Cross-Origin-Resource-Policy"] = "cross-origin"
        return response

    return xframe_options_exempt(framed)
