"""How an address of the API is opened: who counts its callers, and which parameters it takes."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _
from ninja import Router
from ninja.decorators import decorate_view

from programmes.site.api.problems import as_response
from programmes.site.callers import LOOK_UPS, TOO_MANY, Rate, Standing, standing_of

JSON = "application/json"
View = TypeVar("View", bound=Callable[..., Any])


def door(
    router: Router, path: str, *, answer: Any, summary: str, rate: Rate = LOOK_UPS, method: str = "GET"
) -> Callable[[View], View]:
    """Open an address: its operation has the view's own name, its description is the view's docstring.

    `answer` is the shape of what it answers, for the description of the API: a view sends what it has put together
    itself, as `answers.sent` makes it.
    """

    def opened(view: View) -> View:
        operation: View = router.api_operation(
            [method], path, response=answer, operation_id=view.__name__, summary=summary
        )(view)
        decorate_view(_guarded(view, rate))(operation)
        return operation

    return opened


def _guarded(view: Any, rate: Rate) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Count who asks, and refuse parameters that the address does not have: a misspelt filter would find everything."""

    def decorate(run: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(run)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            standing = standing_of(request, rate)
            request.rate_headers = rate_headers(standing)  # type: ignore[attr-defined]  # a kept answer is not counted
            if standing.wait:
                response = as_response(TOO_MANY)
                response["Retry-After"] = str(standing.wait)
                return response
            if request.method == "POST" and request.content_type != JSON:
                return as_response(HTTPStatus.UNSUPPORTED_MEDIA_TYPE)
            known = parameters_of(view)
            if unknown := [name for name in request.GET if name not in known]:
                said = _("finnes ikke her")
                errors = [{"parameter": name[:100], "message": said} for name in unknown]
                return as_response(HTTPStatus.UNPROCESSABLE_ENTITY, errors=errors, parameters=sorted(known))
            return run(request, *args, **kwargs)

        return guarded

    return decorate


def parameters_of(view: Any) -> frozenset[str]:
    """Return the names of the parameters that an operation takes after the question mark."""
    models = [each for each in view._ninja_operation.models if each.__ninja_param_source__ == "query"]
    return frozenset(name for each in models for name in each.__ninja_flatten_map__)


def rate_headers(standing: Standing) -> dict[str, str]:
    """Return how a caller stands, as headers of the draft for RateLimit fields have it."""
    rate = standing.rate
    return {
        "RateLimit-Limit": str(rate.at_once),
        "RateLimit-Remaining": str(standing.remaining),
        "RateLimit-Reset": str(round(standing.until_quiet)),
        "RateLimit-Policy": f"{rate.at_once};w={round(60 * rate.at_once / rate.per_minute)}",
    }
