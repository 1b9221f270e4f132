"""The site's own pages, as its handler answers an anonymous reader: the same views, templates and middleware."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.core.handlers.base import BaseHandler
from django.http import HttpRequest, HttpResponseBase
from django.template.loader import render_to_string
from django.test import RequestFactory


class Site:
    """Answers addresses of the site without a server, in one language."""

    def __init__(self, address: str, language: str) -> None:
        """Take where the site is to be reached (`https://…`), which citations name."""
        parts = urlsplit(address)
        self.host = parts.netloc
        self.is_secure = parts.scheme == "https" or settings.SECURE_SSL_REDIRECT
        self.language = language
        self._handler = BaseHandler()
        self._handler.load_middleware()
        self._requests = RequestFactory(SERVER_NAME=parts.hostname or "", SERVER_PORT=str(parts.port or ""))

    def request(self, path: str) -> HttpRequest:
        """Return a request for a path, with or without a query."""
        headers = {"Accept-Language": self.language, "Cache-Control": "no-cache", "Host": self.host}
        request = self._requests.get(path, secure=self.is_secure, headers=headers)
        request.LANGUAGE_CODE = self.language
        return request

    def answer(self, path: str) -> HttpResponseBase:
        """Return what the site answers."""
        return self._handler.get_response(self.request(path))

    def page(self, template: str, context: dict[str, object]) -> bytes:
        """Return a page of the folder alone, made from a template as the site's are."""
        return render_to_string(template, context, self.request("/")).encode()
