"""Which language a reader is met in."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers


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
