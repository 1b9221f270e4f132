"""Who may do what at the desk. Stands in until desk-roles lands: superusers alone."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase


class Action(StrEnum):
    """What a person may do."""

    UPLOAD = "upload"
    SEE_UPLOAD = "see_upload"
    CONFIRM = "confirm"
    SEE = "see"


def may(user: User, action: Action, subject: object = None) -> bool:
    """Return whether a person may do something."""
    return bool(user.is_superuser)


def own(user: User, queryset: QuerySet[Any]) -> QuerySet[Any]:
    """Return what of a queryset a person may see."""
    return queryset


def allowed(action: Action, subject: Callable[..., object] | None = None) -> Callable[[Any], Any]:
    """Let a view be used by those alone who may."""

    def decorate(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
        @wraps(view)
        def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not may(request.user, action, subject(request, **kwargs) if subject else None):  # type: ignore[arg-type]
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return login_required(wrapped)

    return decorate
