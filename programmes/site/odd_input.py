"""What no page of ours can use, refused or dropped before any page sees it: odd characters, bad UTF-8, odd encodings.

PostgreSQL keeps no NUL, XML and JSON no unpaired surrogates, and a control character in a word hides it from search.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import unquote_to_bytes

from django.core.exceptions import BadRequest
from django.db import DataError
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect, QueryDict
from django.http.request import UnreadablePostError

logger = logging.getLogger(__name__)

ENCODINGS = {"utf-8", "utf8", "us-ascii"}
"""What a request may say that it is written in; Django would believe any other codec that Python has."""
_NONCHARACTERS = "".join(chr(plane << 16 | low) for plane in range(17) for low in (0xFFFE, 0xFFFF))
_ODD = re.compile(f"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef{_NONCHARACTERS}]")
SLUGS = ("party", "branch", "programme", "section", "theme", "public_id")
"""Parts of addresses that we write in small letters; somebody who copies one from print may not."""


def cleaned(text: str) -> str:
    """Return a text without control characters other than tab and new line, unpaired surrogates and noncharacters.

    One that parts words, as a form feed from a PDF, becomes a space.
    """
    return _ODD.sub(lambda match: " " if match[0].isspace() else "", text)


class OddInputMiddleware:
    """Refuse (400) bad UTF-8, other encodings and odd characters in a path; drop odd characters from all else.

    Bad UTF-8 in a path is Django's `%FF` by now, which stands at no address of ours (404). People paste from PDFs, so
    what they search for and write is cleaned and not refused. It stands before all that reads cookies.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request."""
        charset = (request.content_params or {}).get("charset", "utf-8")
        if charset.strip("\"' ").lower() not in ENCODINGS:
            raise BadRequest(f"{charset!r} is no encoding of ours")
        try:
            unquote_to_bytes(request.META.get("QUERY_STRING", "").encode("latin-1")).decode()
        except UnicodeError as error:
            raise BadRequest("no UTF-8") from error
        if _ODD.search(request.path_info):
            raise BadRequest("odd characters in the path")
        request.GET = _cleaned_query(request.GET)  # type: ignore[assignment]  # as immutable as it was
        request.COOKIES = {name: cleaned(value) for name, value in request.COOKIES.items()}
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """Clean the form, unless the page reads it itself, and lead from large letters in an address to small ones."""
        if any(str(kwargs.get(name, "")) != str(kwargs.get(name, "")).lower() for name in SLUGS):
            query = request.META.get("QUERY_STRING", "")
            return HttpResponsePermanentRedirect(request.path.lower() + (f"?{query}" if query else ""))
        if request.method != "POST" or getattr(view, "csrf_exempt", False):
            return None
        try:
            form = request.POST
            if request.content_type == "application/x-www-form-urlencoded":
                unquote_to_bytes(request.body).decode()
        except UnicodeDecodeError as error:
            raise BadRequest("no UTF-8") from error
        except UnreadablePostError as error:
            raise BadRequest("the sender went away") from error
        request.POST = _cleaned_query(form)  # type: ignore[assignment]
        return None

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        """Answer 400 for a value that the database has no room for, should one come this far, and log where."""
        if isinstance(exception, DataError):
            logger.error("A value from outside reached the database: %s", request.path, exc_info=exception)
            raise BadRequest("a value that the database has no room for") from exception


def _cleaned_query(query: QueryDict) -> QueryDict:
    """Return a query or form with its keys and values cleaned; the same one where nothing has to be."""
    if not any(_ODD.search(text) for key, values in query.lists() for text in (key, *values)):
        return query
    clean = QueryDict(mutable=True)
    for key, values in query.lists():
        clean.setlist(cleaned(key), [cleaned(value) for value in values])
    clean._mutable = False
    return clean
