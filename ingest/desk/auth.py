"""How the desk and the Django admin know their users: roles, one-time passwords, and where a request comes from."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import User
from django.http import HttpRequest
from django.utils import timezone

from ingest.desk.permissions import may_in_admin
from ingest.models import Membership
from programmes.models import PUBLIC_ID_LETTERS

ONE_TIME_LIFE = timedelta(days=3)
ONE_TIME_GROUPS = 4
"""Groups of five letters: 31²⁰, about 10²⁹, possible passwords, and short enough to read out."""


class RoleBackend(ModelBackend):
    """Logs in by password; what Django's admin asks of permissions, the desk's roles answer."""

    def has_perm(self, user_obj: Any, perm: str, obj: Any = None) -> bool:
        """Return whether the user may come to the admin's pages of the model that a permission is of."""
        app, _dot, codename = perm.partition(".")
        return may_in_admin(user_obj, app=app, model=codename.partition("_")[2] or None)

    def has_module_perms(self, user_obj: Any, app_label: str) -> bool:
        """Return whether the user may come to any of an app's pages."""
        return may_in_admin(user_obj, app=app_label)


def address_of(request: HttpRequest) -> str:
    """Return the address that a request came from, as the outermost of our own proxies saw it.

    What stands further left in X-Forwarded-For was written by the caller and is not believed.
    """
    passed = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
    if settings.TRUSTED_PROXIES and len(passed) >= settings.TRUSTED_PROXIES:
        return str(passed[-settings.TRUSTED_PROXIES])
    return str(request.META.get("REMOTE_ADDR", ""))


def give_one_time_password(user: User) -> str:
    """Set a password that must be changed at the first login, and return it: it is kept nowhere."""
    groups = ("".join(secrets.choice(PUBLIC_ID_LETTERS) for _letter in range(5)) for _group in range(ONE_TIME_GROUPS))
    password = "-".join(groups)
    user.set_password(password)
    user.save(update_fields=["password"])
    Membership.objects.filter(user=user).update(one_time_until=timezone.now() + ONE_TIME_LIFE)
    return password
