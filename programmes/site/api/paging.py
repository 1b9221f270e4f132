"""Pages of long lists: a cursor says behind which row the next page begins, so new rows move nothing that was read.

A cursor is signed: what we have not made ourselves is refused, and nobody can ask the database odd questions by it.
"""

from __future__ import annotations

from typing import Any, TypeVar

from django.core import signing
from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext as _

from programmes.site.api.problems import not_here

Row = TypeVar("Row", bound=Model)
SALT = "api cursor "


def cursor_of(values: list[Any], *, of: str) -> str:
    """Return the cursor of a list `of` something that begins behind the row with some values."""
    return signing.Signer(salt=SALT + of).sign_object(values)


def values_of(cursor: str, *, of: str) -> list[Any]:
    """Return what a cursor was made from; raises `Problem` for one that is of another list or not ours."""
    try:
        return list(signing.Signer(salt=SALT + of).unsign_object(cursor))
    except (signing.BadSignature, ValueError, TypeError) as error:
        said = _("er ingen peker herfra: bruk den som står i «next», eller begynn forfra uten")
        raise not_here("cursor", said) from error


def page_of(
    rows: QuerySet[Row], *, order: tuple[str, ...], cursor: str | None, limit: int, of: str
) -> tuple[list[Row], str | None]:
    """Return a page of some rows, in the order of one or two fields that are never the same twice, and the next cursor.

    One row more than asked for is fetched, to see whether there is a next page.
    """
    if cursor:
        rows = rows.filter(_behind(order, values_of(cursor, of=of)))
    found = list(rows.order_by(*order)[: limit + 1])
    page = found[:limit]
    more = len(found) > limit
    return page, cursor_of([getattr(page[-1], field) for field in order], of=of) if more else None


def _behind(order: tuple[str, ...], values: list[Any]) -> Q:
    """Return the condition of standing behind a row; the first field alone decides where an index is entered."""
    first, *rest = zip(order, values, strict=True)
    if not rest:
        return Q(**{f"{first[0]}__gt": first[1]})
    ((second, value),) = rest
    return Q(**{f"{first[0]}__gte": first[1]}) & ~Q(**{first[0]: first[1], f"{second}__lte": value})
