"""Public pages as they were shown last, for whoever asks for the same again before anything has changed."""

from __future__ import annotations

import gzip
import hashlib
import time
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotModified
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import http_date, parse_http_date_safe

from programmes.search import is_behind
from programmes.search.state import begun_with, state_of_pages
from programmes.site.out_of_order import IS_AWAY

LARGEST = 1_000_000
"""Bytes of a page that is kept; the longest programme has fewer."""
COMPRESSION = 6
"""gzip's own: 9 takes twice the time for 1 % less."""
MACHINES = ("/helse/", "/metrics")
"""Answers to what watches over the site: never kept, and made without the database where they need none."""
OF_A_PERSON = ("private", "no-store", "no-cache")


@dataclass(frozen=True, slots=True)
class KeptPage:
    """A page as it was sent, compressed."""

    body: bytes
    headers: dict[str, str]
    etag: str
    made: int
    """When, in seconds since 1970, or when the page itself says that it was last changed."""


class KeptPagesMiddleware:
    """Keep public pages, and tell who has a page already that it still holds.

    A page is of a state of the archive, a language and an address, and holds for `settings.KEPT_PAGES_SECONDS` at most:
    what editors change in the registers moves no state on. Who is logged in sees every page made anew, and so does who
    asks for that (`Cache-Control: no-cache`, a browser's forced reload).
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer with a kept page, or make it and keep it."""
        state = _state(request)
        if state is None:
            return self.get_response(request)
        key = _key(request, state)
        page = None if _asks_anew(request) else caches["pages"].get(key)
        if page is None:
            with begun_with(state[0]):
                response = self.get_response(request)
            if not isinstance(response, HttpResponse) or not _is_everybodys(response) or is_behind():
                return response
            page = _kept(response)
            caches["pages"].set(key, page, settings.KEPT_PAGES_SECONDS)
        return _answer(request, page)


def _state(request: HttpRequest) -> tuple[str, str] | None:
    """Return the state that a page is of; None where it is made for one person, or the archive can't be asked."""
    is_read = request.method in ("GET", "HEAD") and not request.path_info.startswith(MACHINES)
    if not settings.KEPT_PAGES_SECONDS or not is_read or settings.SESSION_COOKIE_NAME in request.COOKIES:
        return None
    try:
        return state_of_pages()
    except IS_AWAY:  # the page says so itself
        return None


def _key(request: HttpRequest, state: tuple[str, str]) -> str:
    """Return what a page is kept under."""
    parts = (*state, request.LANGUAGE_CODE, request.scheme or "", request.get_host(), request.get_full_path())
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _asks_anew(request: HttpRequest) -> bool:
    return "no-cache" in request.headers.get("Cache-Control", "")


def _is_everybodys(response: HttpResponse) -> bool:
    """Return whether a page is good for every reader, and not too large to be kept."""
    control = response.headers.get("Cache-Control", "")
    return (
        response.status_code == HTTPStatus.OK
        and not response.cookies
        and not any(word in control for word in OF_A_PERSON)
        and len(response.content) <= LARGEST
    )


def _kept(response: HttpResponse) -> KeptPage:
    body = response.content
    digest = hashlib.sha256(body).hexdigest()[:32]
    compressed = gzip.compress(body, COMPRESSION, mtime=0)
    made = parse_http_date_safe(response.headers.get("Last-Modified", "")) or int(time.time())
    return KeptPage(compressed, dict(response.items()), f'W/"{digest}"', made)


def _answer(request: HttpRequest, page: KeptPage) -> HttpResponse:
    """Return a kept page, or that the reader's own copy still holds."""
    is_compressed = "gzip" in request.headers.get("Accept-Encoding", "")
    body = page.body if is_compressed else gzip.decompress(page.body)
    response = HttpResponse(body, headers=page.headers)
    if is_compressed:
        response["Content-Encoding"] = "gzip"
    response["Content-Length"] = str(len(body))
    response["ETag"] = page.etag
    response["Last-Modified"] = http_date(page.made)
    response["Cache-Control"] = "no-cache"  # keep it, and ask whether it still holds
    patch_vary_headers(response, ["Accept-Encoding"])
    answer = get_conditional_response(request, page.etag, page.made, response)
    return answer if isinstance(answer, HttpResponseNotModified) else response
