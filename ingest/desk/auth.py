"""How the desk and the Django admin know their users: roles, one-time passwords, and a second step taken away."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import Any

from axes.utils import reset
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from ingest.desk.log import record
from ingest.desk.permissions import may_in_admin
from ingest.desk.second_step import end_sessions, end_waiting, take_away
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


def give_one_time_password(user: User) -> str:
    """Set a password that must be changed at the first login, and return it: it is kept nowhere.

    It also opens a login that wrong passwords have shut: whoever asks for one is locked out often enough.
    """
    groups = ("".join(secrets.choice(PUBLIC_ID_LETTERS) for _letter in range(5)) for _group in range(ONE_TIME_GROUPS))
    password = "-".join(groups)
    user.set_password(password)
    user.save(update_fields=["password"])
    Membership.objects.filter(user=user).update(one_time_until=timezone.now() + ONE_TIME_LIFE)
    open_login(user)
    return password


def open_login(user: User) -> None:
    """Open a login that wrong passwords or codes have shut; for who has just got another password or second step."""
    reset(username=user.get_username())
    end_waiting(user)


@transaction.atomic
def reset_second_step(user: User, *, by: User | None) -> bool:
    """Take the second step of a user away who has lost it, end their sessions, and open a login that is shut.

    `by` is who does it, `None` at the command line. Returns whether there was one.
    """
    had_one = take_away(user)
    end_sessions(user)
    open_login(user)
    record(user=by, action="user.second_step_reset", subject=str(user), details={"key": user.pk})
    return had_one
