"""What holds for every answer of the API, kept pages and faults among them: who may read it, and how it says no."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import translation
from django.utils.cache import patch_vary_headers

from programmes.site.api.problems import MEDIA_TYPE, as_response
from programmes.site.middleware import API, language_of

OPEN = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Last-Modified, Link, RateLimit-Limit, RateLimit-Policy, "
    "RateLimit-Remaining, RateLimit-Reset, Retry-After, X-Request-ID",
    "Cross-Origin-Resource-Policy": "cross-origin",
}
"""Any page may read what is public; no cookie goes with it, so nothing more has to be decided for each of them."""
PREFLIGHT = {
    "Access-Control-Allow-Headers": "Accept, Accept-Language, Content-Type, If-None-Match, If-Modified-Since",
    "Access-Control-Max-Age": "86400",
}
KEPT_HEADERS = ("Retry-After", "Allow")
"""Of an answer that is made a problem."""
DESCRIBED_AT = '</api/v1/openapi.json>; rel="service-desc", </api/v1/>; rel="service-doc"'


class ApiMiddleware:
    """Open the API to pages of others, answer HEAD and OPTIONS, and tell whatever goes wrong as a problem.

    It stands outside of all that may refuse a request: what the pages say in HTML is said here in JSON.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer the request; other addresses are none of ours."""
        if not request.path_info.startswith(API):
            return self.get_response(request)
        method = request.method
        response = self.get_response(request)
        request.method = method
        if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
            response["Allow"] = ", ".join(sorted({*response["Allow"].split(", "), "HEAD", "OPTIONS"} - {""}))
            if method == "OPTIONS":
                response = _preflight(response["Allow"])
        if response.status_code >= HTTPStatus.BAD_REQUEST and response.headers.get("Content-Type") != MEDIA_TYPE:
            response = _as_problem(request, response)
        for name, value in (*OPEN.items(), *getattr(request, "rate_headers", {}).items()):
            response[name] = value
        response.headers.setdefault("Link", DESCRIBED_AT)
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: object, kwargs: object
    ) -> None:
        """Let a view that answers GET answer HEAD: the server sends no body with it."""
        if request.path_info.startswith(API) and request.method == "HEAD":
            request.method = "GET"


def _preflight(allowed: str) -> HttpResponse:
    response = HttpResponse(status=HTTPStatus.NO_CONTENT, headers={"Allow": allowed, **PREFLIGHT})
    response["Access-Control-Allow-Methods"] = allowed
    del response["Content-Type"]
    return response


def _as_problem(request: HttpRequest, response: HttpResponseBase) -> HttpResponse:
    """Return what the site answers a reader, as it is told a machine."""
    language = language_of(request)
    with translation.override(language):
        problem = as_response(response.status_code)
    problem["Content-Language"] = language
    patch_vary_headers(problem, ["Accept-Language"])
    for name in KEPT_HEADERS:
        if name in response.headers:
            problem[name] = response.headers[name]
    return problem
