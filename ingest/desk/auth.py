"""How the desk and the Django admin know their users, and where a request comes from."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.backends import ModelBackend
from django.http import HttpRequest

from ingest.desk.permissions import Action, may


class RoleBackend(ModelBackend):
    """Logs in by password; what Django's admin asks of permissions, the desk's roles answer."""

    def has_perm(self, user_obj: Any, perm: str, obj: Any = None) -> bool:
        """Return whether the user is an administrator."""
        return may(user_obj, Action.MANAGE_REGISTERS)

    def has_module_perms(self, user_obj: Any, app_label: str) -> bool:
        """Return whether the user is an administrator."""
        return may(user_obj, Action.MANAGE_REGISTERS)


def address_of(request: HttpRequest) -> str:
    """Return the address that a request came from, as the outermost of our own proxies saw it.

    What stands further left in X-Forwarded-For was written by the caller and is not believed.
    """
    passed = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
    if settings.TRUSTED_PROXIES and len(passed) >= settings.TRUSTED_PROXIES:
        return str(passed[-settings.TRUSTED_PROXIES])
    return str(request.META.get("REMOTE_ADDR", ""))
