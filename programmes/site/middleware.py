"""What holds for every page: who may put it into theirs, its language, what it says without an index or its files."""

import logging
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.cache import patch_vary_headers

from programmes.search.engine import IndexBeingBuilt
from programmes.search.own_writes import reading_own_writes
from programmes.storage import StorageOutOfReach

logger = logging.getLogger(__name__)

COME_BACK = 30
"""Seconds after which it is worth asking again while the index is being built."""


class OwnOriginMiddleware:
    """Let no other site put ours into its pages, as a picture or a script; Django has a setting for frames alone."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request."""
        response = self.get_response(request)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response


class BokmalFirstMiddleware:
    """Speak bokmål unless the reader has chosen otherwise, or has a browser that asks for nynorsk first.

    Django's own LocaleMiddleware would meet every Norwegian whose browser is set to English in English.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request in the reader's language."""
        language = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
        if language not in dict(settings.LANGUAGES):
            first = request.headers.get("Accept-Language", "").split(",")[0].split(";")[0].strip().lower()
            language = "nn" if first in {"nn", "nn-no"} else settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        patch_vary_headers(response, ["Accept-Language", "Cookie"])
        return response


class IndexBeingBuiltMiddleware:
    """Say that search is being built, where a page asks it before it is ready."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer 503 for an index that is being built; anything else is not ours."""
        if not isinstance(exception, IndexBeingBuilt):
            return None
        response = render(request, "503.html", status=503)
        response["Retry-After"] = str(COME_BACK)
        return response


class OwnWritesMiddleware:
    """Let people at the desk find at once what they have just published, where readers' searches go to a replica."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request; who has a session is one of them, and sees no kept page either."""
        if settings.SESSION_COOKIE_NAME not in request.COOKIES:
            return self.get_response(request)
        with reading_own_writes():
            return self.get_response(request)


class StorageOutOfReachMiddleware:
    """Say that files can't be had, where a page asks the object store and it doesn't answer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer 503 for a store that is out of reach; anything else is not ours."""
        if not isinstance(exception, StorageOutOfReach):
            return None
        logger.error("The files are out of reach: %s", exception)
        response = render(request, "no_files.html", status=503)
        response["Retry-After"] = str(COME_BACK)
        return response
