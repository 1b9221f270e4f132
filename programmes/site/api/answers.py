"""What an address of the API answers: JSON with whole addresses, and as few fields as were asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from django.http import HttpRequest, JsonResponse

from programmes.models import Passage, Programme
from programmes.records import Record, passage_records, programme_records

ALWAYS = "id"
"""A record without its id is of no use."""


def sent(answer: Mapping[str, Any]) -> JsonResponse:
    """Send an answer; letters beyond ASCII as they are."""
    return JsonResponse(answer, json_dumps_params={"ensure_ascii": False})


def base_of(request: HttpRequest) -> str:
    """Return the site's own address, before the paths of its pages."""
    return request.build_absolute_uri("/")[:-1]


def whole_addresses(request: HttpRequest) -> Callable[[str], str]:
    """Return what makes a path of the site an address that can be quoted."""
    base = base_of(request)
    return lambda path: f"{base}{path}"


def chosen(fields: Sequence[str] | None) -> Callable[[Record], Record]:
    """Return a function that leaves of a record the fields asked for, and its id; all where none are named."""
    wanted = {ALWAYS, *(fields or ())}
    return lambda record: {name: value for name, value in record.items() if not fields or name in wanted}


def listed(
    records: Iterable[Record], *, after: str | None, fields: Sequence[str] | None = None, **more: Any
) -> JsonResponse:
    """Send a page of a list: its records as `items`, and as `next` the cursor of the page after it."""
    return sent({"items": list(map(chosen(fields), records)), "next": after, **more})


def passages_by_key(
    request: HttpRequest, passages: Iterable[Passage], fields: Sequence[str] | None = None
) -> dict[int, Record]:
    """Return the records of passages by their keys, each made once, for answers that name some of them twice."""
    each = list({passage.pk: passage for passage in passages}.values())
    records = map(chosen(fields), passage_records(each, base=base_of(request)))
    return {passage.pk: record for passage, record in zip(each, records, strict=True)}


def programmes_by_key(request: HttpRequest, programmes: Iterable[Programme]) -> dict[int, Record]:
    """Return the records of programmes by their keys."""
    each = list({programme.pk: programme for programme in programmes}.values())
    return {one.pk: record for one, record in zip(each, programme_records(each, base=base_of(request)), strict=True)}
