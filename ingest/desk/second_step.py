"""The second step of the login: a code that an app makes anew every half minute, or a recovery code from a list.

django-otp keeps the apps' keys, refuses a code that has been used, and makes each wrong one wait longer than the last.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
import time
from typing import cast

import segno
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.models import AnonymousUser, User
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django_otp import verify_token
from django_otp.models import Device
from django_otp.oath import TOTP
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice
from django_otp.util import random_hex

from programmes.models import PUBLIC_ID_LETTERS

RECOVERY_CODES = 10
"""Codes of a list; each of two groups of five letters, 31¹⁰ or about 10¹⁵ possible ones."""
LIFE = 10 * 60
"""Seconds from the password to the code, after which the login begins anew."""
DIGITS = 6
TOLERANCE = 1
"""Half minutes by which a phone's clock may be wrong."""
KEY_BYTES = 20
_SALT = "recovery code"


def has_second_step(user: User | AnonymousUser) -> bool:
    """Return whether a user must give a code after the password."""
    return (
        bool(getattr(user, "otp_device", None)) or TOTPDevice.objects.filter(user_id=user.pk, confirmed=True).exists()
    )


def is_half_logged_in(user: User | AnonymousUser) -> bool:
    """Return whether a session's user has given the password, and not the code that is asked of them."""
    return user.is_authenticated and not getattr(user, "otp_device", None) and has_second_step(user)


def new_key() -> str:
    """Return the secret of an app that is to be set up, hexadecimal."""
    return str(random_hex(KEY_BYTES))


def app_of(user: User, key: str) -> TOTPDevice:
    """Return what an app with a key is to us, not stored."""
    return TOTPDevice(user=user, name="app", key=key, digits=DIGITS, tolerance=TOLERANCE)


def typed_key(app: TOTPDevice) -> str:
    """Return an app's key as a person types it who can't point a camera at the picture."""
    letters = base64.b32encode(app.bin_key).decode()
    return " ".join(letters[at : at + 4] for at in range(0, len(letters), 4))


def picture_of(app: TOTPDevice) -> SafeString:
    """Return the QR code that an app is set up with, as SVG to stand in a page; it has no style of its own."""
    code = segno.make(app.config_url, error="m", micro=False)
    svg = code.svg_inline(border=4, light="#fff", dark="#000", omitsize=True)  # as large as the page makes it
    return mark_safe(svg)  # noqa: S308 - drawn by us; the words in it are squares


def set_up(user: User, key: str, code: str) -> list[str] | None:
    """Make an app with a key the user's only one if it gives this code, and return a new list of recovery codes.

    Returns `None` for a wrong code, which changes nothing.
    """
    app = app_of(user, key)
    totp = TOTP(app.bin_key, app.step, app.t0, app.digits)
    totp.time = time.time()
    typed = plain(code)
    if not (_is_of_app(typed) and totp.verify(int(typed), TOLERANCE)):
        return None
    app.last_t, app.drift = totp.t(), totp.drift
    with transaction.atomic():
        take_away(user)
        app.save()
        return new_recovery_codes(user)


def new_recovery_codes(user: User) -> list[str]:
    """Give a user a new list of recovery codes in place of the old one, and return it: only its sums are kept."""
    codes = ["-".join(_letters() for _group in range(2)) for _code in range(RECOVERY_CODES)]
    with transaction.atomic():
        StaticDevice.objects.filter(user=user).delete()
        codes_of = StaticDevice.objects.create(user=user, name="recovery")
        for code in codes:
            codes_of.token_set.create(token=_sum(user, code))
    return codes


def recovery_codes_left(user: User) -> int:
    """Return how many recovery codes a user has not used."""
    return StaticToken.objects.filter(device__user=user).count()


def check_code(user: User, code: str) -> Device | None:
    """Return what a code proves to be in the user's hands, the app or the list; a code is good once.

    Returns `None` for a wrong code, and for any while the last wrong one is to be waited for.
    """
    typed = plain(code)
    is_of_app = _is_of_app(typed)
    kind: type[Device] = TOTPDevice if is_of_app else StaticDevice
    device = kind.objects.filter(user=user, confirmed=True).first()
    if device is None:
        return None
    return cast("Device | None", verify_token(user, device.persistent_id, typed if is_of_app else _sum(user, typed)))


def seconds_to_wait(user: User) -> int:
    """Return how long a user must wait after wrong codes before one is looked at again; 0 if not at all."""
    waits = [0.0]
    for kind in (TOTPDevice, StaticDevice):
        for device in kind.objects.filter(user=user, confirmed=True):
            _allowed, told = device.verify_is_allowed()
            if told and (until := told.get("locked_until")):
                waits.append((until - timezone.now()).total_seconds())
    return max(0, round(max(waits) + 0.5)) if max(waits) > 0 else 0


def end_waiting(user: User) -> None:
    """Let a user's next code be looked at at once, however many wrong ones came before."""
    for kind in (TOTPDevice, StaticDevice):
        kind.objects.filter(user=user).update(throttling_failure_count=0, throttling_failure_timestamp=None)


def take_away(user: User) -> bool:
    """Take a user's app and recovery codes away; return whether there was an app."""
    StaticDevice.objects.filter(user=user).delete()
    gone, _of_each = TOTPDevice.objects.filter(user=user).delete()
    return bool(gone)


def end_sessions(user: User, *, but: str | None = None) -> None:
    """End all sessions of a user, except the one that has a key.

    Sessions are of people at work alone, some dozens: readers have none.
    """
    for session in Session.objects.filter(expire_date__gt=timezone.now()).exclude(pk=but or ""):
        if session.get_decoded().get(SESSION_KEY) == str(user.pk):
            session.delete()


def plain(code: str) -> str:
    """Return a code without what people write between its groups."""
    return "".join(code.split()).replace("-", "").lower()


def _is_of_app(typed: str) -> bool:
    """Return whether a code is one that an app makes: digits alone."""
    return len(typed) == DIGITS and set(typed) <= set("0123456789")


def _letters() -> str:
    return "".join(secrets.choice(PUBLIC_ID_LETTERS) for _letter in range(5))


def _sum(user: User, code: str) -> str:
    """Return what is kept of a recovery code: nothing that it can be had from without our key."""
    said = f"{_SALT} {user.pk} {plain(code)}".encode()
    return base64.b32encode(hmac.new(settings.SECRET_KEY.encode(), said, hashlib.sha256).digest()).decode()[:16]
