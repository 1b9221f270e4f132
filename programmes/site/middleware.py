"""What holds for every page: who may put it into theirs, its language, and which database people at the desk read."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers

from programmes.search.own_writes import reading_own_writes

API = "/api/"
"""Addresses that machines ask."""


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
        language = language_of(request)
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        patch_vary_headers(response, ["Accept-Language", "Cookie"])
        return response


def language_of(request: HttpRequest) -> str:
    """Return the language that a request is answered in; of a machine it is believed that it means what it asks for."""
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
    if chosen in dict(settings.LANGUAGES):
        return str(chosen)
    if request.path_info.startswith(API):
        return translation.get_language_from_request(request)
    first = request.headers.get("Accept-Language", "").split(",")[0].split(";")[0].strip().lower()
    return "nn" if first in {"nn", "nn-no"} else settings.LANGUAGE_CODE


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
