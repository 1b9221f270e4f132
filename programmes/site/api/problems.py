"""What goes wrong, as the API tells it: `application/problem+json` (RFC 9457), in the caller's language.

A view raises `Problem`. What goes wrong before and around the views, from an address that there isn't to a database
that is away, is made one by the middleware.
"""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from ninja.errors import ValidationError

MEDIA_TYPE = "application/problem+json"
DOCUMENTATION = "/api/v1/"

KINDS: dict[int, tuple[str, Any]] = {
    400: ("bad-request", _("Forespørselen kan ikke forstås.")),
    403: ("forbidden", _("Dette har du ikke tilgang til.")),
    404: ("not-found", _("Arkivet har ingenting med denne adressen.")),
    405: ("method-not-allowed", _("Adressen tar ikke imot denne metoden.")),
    410: ("gone", _("Dette har stått i arkivet, men er der ikke lenger.")),
    413: ("too-large", _("Forespørselen er større enn adressen tar imot.")),
    415: ("unsupported-media-type", _("Adressen tar imot JSON (application/json).")),
    422: ("invalid", _("Noe i forespørselen gjelder ikke her.")),
    429: ("too-many-requests", _("Du har spurt for mange ganger. Vent litt.")),
    500: ("fault", _("Noe gikk galt hos oss.")),
    503: ("unavailable", _("Arkivet kan ikke svare akkurat nå. Prøv igjen om litt.")),
    507: ("full-disk", _("Arkivets disk er full.")),
}
"""Status → what the problem is called in `type`, and its title."""

_WORDINGS = {
    "missing": _("mangler"),
    "extra_forbidden": _("finnes ikke her"),
    "int_parsing": _("er ikke et helt tall"),
    "int_type": _("er ikke et helt tall"),
    "bool_parsing": _("er verken true eller false"),
    "string_type": _("er ikke en tekst"),
    "literal_error": _("må være en av: %(expected)s"),
    "enum": _("må være en av: %(expected)s"),
    "greater_than_equal": _("må være minst %(ge)s"),
    "less_than_equal": _("kan være høyst %(le)s"),
    "string_too_short": _("må ha minst %(min_length)s tegn"),
    "string_too_long": _("kan ha høyst %(max_length)s tegn"),
    "string_pattern_mismatch": _("må se ut som %(pattern)s"),
    "too_short": _("må gis minst %(min_length)s ganger"),
    "too_long": _("kan gis høyst %(max_length)s ganger"),
}
"""Pydantic's name of a mistake → what is said of it."""
_ANY = _("kan ikke brukes")


class Problem(Exception):
    """Something that the caller is told instead of an answer."""

    def __init__(self, status: int, detail: Any = "", **members: Any) -> None:
        """`detail` is a sentence in the caller's language, `members` more that the problem says of itself."""
        super().__init__(status)
        self.status, self.detail, self.members = status, detail, members


def unusable(parameter: str, said: Any) -> Problem:
    """Return the problem that a parameter can't be used, and why."""
    return Problem(HTTPStatus.UNPROCESSABLE_ENTITY, errors=[{"parameter": parameter, "message": str(said)}])


def not_here(parameter: str, said: Any = "") -> Problem:
    """Return the problem that a parameter names something that the archive does not have."""
    message = str(said or _("finnes ikke i arkivet"))
    return Problem(HTTPStatus.NOT_FOUND, errors=[{"parameter": parameter, "message": message}])


def as_response(status: int, detail: Any = "", **members: Any) -> HttpResponse:
    """Return a problem as it is sent; a status that we have no words for is told as the next that we have."""
    known = status if status in KINDS else 500 if status >= HTTPStatus.INTERNAL_SERVER_ERROR else 400
    kind, title = KINDS[known]
    said = {"type": f"{DOCUMENTATION}#{kind}", "title": str(title), "status": status}
    said |= {"detail": str(detail)} if detail else {}
    body = json.dumps(said | members, ensure_ascii=False, default=str)
    response = HttpResponse(body, status=status, content_type=MEDIA_TYPE)
    response["Cache-Control"] = "no-store"
    return response


def told(request: HttpRequest, problem: Problem) -> HttpResponse:
    """Answer with a problem that a view has raised."""
    return as_response(problem.status, problem.detail, **problem.members)


def told_invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Answer which parameters, or parts of the body, can't be used, and why."""
    return as_response(HTTPStatus.UNPROCESSABLE_ENTITY, errors=[_mistake(each) for each in error.errors])


def _mistake(error: dict[str, Any]) -> dict[str, str]:
    """Return one of pydantic's mistakes: the parameter, and what is wrong with it."""
    names = [str(part) for part in error.get("loc", ())[1:] if not isinstance(part, int)]
    wording = str(_WORDINGS.get(error.get("type", ""), _ANY))
    context = {name: str(value).replace(" or ", ", ") for name, value in error.get("ctx", {}).items()}
    try:
        message = wording % context
    except KeyError:
        message = str(_ANY)
    return {"parameter": names[-1] if names else "body", "message": message}
