"""The rules of Mozilla's HTTP Observatory, as it publishes them: what it looks at, and what each finding is worth.

Only what a site of one host without CORS can show is here. HSTS preloading counts where the host stands in the
browsers' list, which no test can know.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from http.cookies import SimpleCookie

BASELINE, BONUS_FROM = 100, 90
SIX_MONTHS = 15_768_000
PRIVATE = {"no-referrer", "same-origin", "strict-origin", "strict-origin-when-cross-origin"}
UNSAFE = ("'unsafe-inline'", "'unsafe-eval'", "'unsafe-hashes'", "data:", "http:", "https:", "*")


@dataclass(frozen=True)
class Answer:
    """What a site sends for one address, by https and by http."""

    headers: dict[str, str]
    """With names in small letters."""
    cookies: list[str]
    html: str
    by_http: tuple[int, str]
    """The status that http gets, and where it leads."""


def policy(answer: Answer) -> dict[str, list[str]]:
    """Return the directives of the Content-Security-Policy."""
    parts = [part.split() for part in answer.headers.get("content-security-policy", "").split(";") if part.strip()]
    return {name.lower(): values for name, *values in parts}


def content_security_policy(answer: Answer) -> int:
    csp = policy(answer)
    if not csp:
        return -25
    for kind in ("script-src", "object-src"):
        values = csp.get(kind, csp.get("default-src", ["*"]))
        if any(value in UNSAFE for value in values):
            return -20
    if any(value in UNSAFE for value in csp.get("style-src", csp.get("default-src", ["*"]))):
        return 0
    own_forms = csp.get("form-action") in (["'none'"], ["'self'"])
    return 10 if csp.get("default-src") == ["'none'"] and own_forms and "base-uri" in csp else 5


def cookies(answer: Answer) -> int:
    worst = 5 if answer.cookies else 0
    for header in answer.cookies:
        for name, cookie in SimpleCookie(header).items():
            if not cookie["secure"]:
                worst = min(worst, -40)
            if "session" in name and not cookie["httponly"]:
                worst = min(worst, -30)
            if cookie["samesite"] not in ("Lax", "Strict"):
                worst = min(worst, -20 if "csrf" in name else 0)
    return worst


def cross_origin_resource_sharing(answer: Answer) -> int:
    return -50 if "access-control-allow-credentials" in answer.headers else 0


def redirection(answer: Answer) -> int:
    status, location = answer.by_http
    return 0 if status in (301, 302, 307, 308) and location.startswith("https://localhost") else -20


def referrer_policy(answer: Answer) -> int:
    value = answer.headers.get("referrer-policy")
    return 0 if value is None else 5 if value in PRIVATE else -5


def strict_transport_security(answer: Answer) -> int:
    found = re.search(r"max-age=(\d+)", answer.headers.get("strict-transport-security", ""))
    return -20 if found is None else 0 if int(found[1]) >= SIX_MONTHS else -10


def subresource_integrity(answer: Answer) -> int:
    scripts = re.findall(r"<script\b[^>]*>", answer.html)
    if any("src=" not in each for each in scripts):
        return -50  # inline: not the Observatory's rule, but ours
    elsewhere = [each for each in scripts if re.search(r'src="(\w+:)?//', each)]
    if not elsewhere:
        return 5 if scripts and all("integrity=" in each for each in scripts) else 0
    return 5 if all("integrity=" in each and 'src="https:' in each for each in elsewhere) else -50


def x_content_type_options(answer: Answer) -> int:
    return 0 if answer.headers.get("x-content-type-options") == "nosniff" else -5


def x_frame_options(answer: Answer) -> int:
    if policy(answer).get("frame-ancestors") in (["'none'"], ["'self'"]):
        return 5
    return 0 if answer.headers.get("x-frame-options") in ("DENY", "SAMEORIGIN") else -20


def cross_origin_resource_policy(answer: Answer) -> int:
    value = answer.headers.get("cross-origin-resource-policy")
    return {None: 0, "cross-origin": 0, "same-site": 10, "same-origin": 10}.get(value, -5)


RULES: list[Callable[[Answer], int]] = [
    content_security_policy,
    cookies,
    cross_origin_resource_sharing,
    redirection,
    referrer_policy,
    strict_transport_security,
    subresource_integrity,
    x_content_type_options,
    x_frame_options,
    cross_origin_resource_policy,
]


def findings(answer: Answer) -> dict[str, int]:
    """Return what each rule is worth for an answer."""
    return {rule.__name__: rule(answer) for rule in RULES}


def score(found: dict[str, int]) -> int:
    """Return the score: penalties first, and bonuses where what is left is an A."""
    without_bonus = BASELINE + sum(worth for worth in found.values() if worth < 0)
    bonus = sum(worth for worth in found.values() if worth > 0) if without_bonus >= BONUS_FROM else 0
    return max(0, without_bonus + bonus)
