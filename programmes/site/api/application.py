"""The API, all of its addresses in one table, and its description in OpenAPI."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from django.http import Http404
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from programmes.site.api import comparing, coverage, passages, programmes, quotes, registers, searching
from programmes.site.api.problems import Problem, as_response, told, told_invalid
from programmes.site.body_limit import receives

VERSION = "1.0.0"
DESCRIPTION = """\
Everything that Programarkivet has published, with its source: read-only, with permanent ids, without a key.

Lists are paged by `cursor`; `fields` leaves out what is not wanted; `ETag` and `Last-Modified` say whether an answer
has changed; `RateLimit-*` how often more may be asked. Faults are `application/problem+json` in Norwegian or, where
`Accept-Language` asks for it, English. Parties are named by their code in the register, areas by their official
number, themes by their Los URI.
"""


class Api(NinjaAPI):
    """The API, its problems told as problems; what is out of order goes on to the site's own answers."""

    def set_default_exception_handlers(self) -> None:
        """Answer for what is the caller's."""
        handlers: dict[type[Exception], Any] = {
            Problem: told,
            ValidationError: told_invalid,
            HttpError: lambda request, error: as_response(error.status_code),
            Http404: lambda request, error: as_response(404),
        }
        for problem, handler in handlers.items():
            self.add_exception_handler(problem, handler)


api = Api(
    title="Programarkivet",
    version=VERSION,
    description=DESCRIPTION,
    docs_url=None,
    openapi_url=None,
    urls_namespace="api",
)
for module in (searching, passages, programmes, comparing, coverage, quotes, registers):
    api.add_router("", module.router)
MOST_BYTES = 200_000
"""Of what any address receives."""
urls = api.urls
for _pattern in urls[0]:
    receives(MOST_BYTES)(cast(Callable[..., Any], _pattern.callback))
