"""Who calls, and how often they may: counted in the database, which all workers and hosts share.

django-ratelimit refuses the database as its counter, and other libraries take several statements and a transaction for
what is one here (the generic cell rate algorithm: all that is kept of a caller is when they will have been quiet long
enough). It takes 0.3 ms.
"""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import math
import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import wraps
from typing import Any

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponseBase

from programmes.site.out_of_order import not_now

TOO_MANY = 429
FORGET_EVERY = 1000
"""Calls after which, on an average, the callers that have been quiet are forgotten."""
NETWORK_BITS = 64
"""Of an IPv6 address: one household or office has all that begin so."""

_COUNT = """
    INSERT INTO programmes_caller AS caller (key, quiet_at) VALUES (%(key)s, now() + %(each)s)
    ON CONFLICT (key) DO UPDATE SET quiet_at = greatest(caller.quiet_at, now()) + %(each)s
    WHERE greatest(caller.quiet_at, now()) + %(each)s <= now() + %(most)s
    RETURNING extract(epoch FROM quiet_at - now())
"""
_WAIT = "SELECT extract(epoch FROM quiet_at + %(each)s - %(most)s - now()) FROM programmes_caller WHERE key = %(key)s"


@dataclass(frozen=True, slots=True)
class Rate:
    """How often one caller may do something: so many a minute in the long run, `at_once` of them at a stretch."""

    name: str
    per_minute: float
    at_once: int
    methods: frozenset[str] = frozenset({"GET", "HEAD", "POST"})


@dataclass(frozen=True, slots=True)
class Standing:
    """How a caller stands with a rate after a call."""

    rate: Rate
    wait: int = 0
    """Seconds until the next call is let through; 0 where this one was."""
    until_quiet: float = 0.0
    """Seconds until all that the rate allows at a stretch is there again."""

    @property
    def remaining(self) -> int:
        """How many more calls would be let through at this moment."""
        return 0 if self.wait else max(0, math.floor(self.rate.at_once - self.until_quiet * self.rate.per_minute / 60))


SEARCHES = Rate("search", settings.SEARCHES_PER_MINUTE, settings.SEARCHES_PER_MINUTE)
SUGGESTIONS = Rate("suggestions", 10 * settings.SEARCHES_PER_MINUTE, 5 * settings.SEARCHES_PER_MINUTE)
EXPORTS = Rate("export", settings.EXPORTS_PER_MINUTE, settings.EXPORTS_PER_MINUTE)
LOOK_UPS = Rate("look-up", 5 * settings.SEARCHES_PER_MINUTE, 5 * settings.SEARCHES_PER_MINUTE)
"""Answers of the API that no search is made for."""
LOGINS = Rate("login", 4, 40, frozenset({"POST"}))
"""Of all names together: ten wrong passwords for one name from one address are django-axes' to count."""
PASSWORD_LINKS = Rate("password links", 1, 10, frozenset({"POST"}))
"""Links to a new password that one caller asks for, whatever the address they are to be sent to."""
PASSWORD_MAILS = Rate("password mails", 1 / 20, 3)
"""Such links sent to one address, whoever asks."""

ALERT_FORMS = Rate("alert forms", 1, 10, frozenset({"POST"}))
"""Alerts that one caller asks for, whatever the address they are to be sent to."""
ALERT_LINKS = Rate("alert links", 1 / 240, 5)
"""Mails to one address that ask it to confirm an alert, whoever asks: nobody's mailbox is to be filled."""


def address_of(request: HttpRequest) -> str:
    """Return the address that a request came from, as the outermost of our own proxies saw it.

    What stands further left in X-Forwarded-For was written by the caller and is not believed.
    """
    passed = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
    if settings.TRUSTED_PROXIES and len(passed) >= settings.TRUSTED_PROXIES:
        return str(passed[-settings.TRUSTED_PROXIES])
    return str(request.META.get("REMOTE_ADDR", ""))


def limited(rate: Rate) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Let each caller use a view as often as a rate allows; then answer 429, and when to come back.

    This machine's own calls are not counted: behind a proxy that nobody has named in TRUSTED_PROXIES, all seem to be.
    """

    def decorate(view: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            network = _network(address_of(request)) if request.method in rate.methods else ""
            if not network or not (wait := seconds_to_wait(rate, network)):
                return view(request, *args, **kwargs)
            context = {"is_login": rate in (LOGINS, PASSWORD_LINKS), "is_alert": rate is ALERT_FORMS}
            return not_now(request, "429.html", context, seconds=wait, status=TOO_MANY)

        return guarded

    return decorate


def standing_of(request: HttpRequest, rate: Rate) -> Standing:
    """Count a request, and return how its caller stands; this machine's own calls are not counted."""
    network = _network(address_of(request)) if request.method in rate.methods else ""
    return counted(rate, network) if network else Standing(rate)


def seconds_to_wait(rate: Rate, caller: str) -> int:
    """Count a call, and return 0; or return how long the caller has to wait for the next one, and count nothing."""
    return counted(rate, caller).wait


def counted(rate: Rate, caller: str) -> Standing:
    """Count a call unless there are too many, and return how the caller stands; one statement while all is well."""
    each = timedelta(minutes=1 / rate.per_minute)
    asked: dict[str, Any] = {"key": _key(rate, caller), "each": each, "most": each * rate.at_once}
    with connection.cursor() as cursor:
        if random.randrange(FORGET_EVERY) == 0:  # noqa: S311 - no secret
            cursor.execute("DELETE FROM programmes_caller WHERE quiet_at < now()")
        cursor.execute(_COUNT, asked)
        if row := cursor.fetchone():
            return Standing(rate, until_quiet=float(row[0]))
        cursor.execute(_WAIT, asked)
        row = cursor.fetchone()
    wait = max(1, math.ceil(row[0])) if row else 1
    return Standing(rate, wait, wait + 60 * (rate.at_once - 1) / rate.per_minute)


def _network(address: str) -> str:
    """Return what a caller is counted by, empty for this machine and for what is no address (a socket)."""
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return ""
    if known.is_loopback:
        return ""
    return str(ipaddress.ip_network((known, NETWORK_BITS), strict=False)) if known.version == 6 else str(known)


def _key(rate: Rate, caller: str) -> str:
    """Return what is kept of a caller: no address, and nothing that one can be had from without our key."""
    said = f"{rate.name} {caller}".encode()
    return hmac.new(settings.SECRET_KEY.encode(), said, hashlib.sha256).hexdigest()[:32]
