"""Asks the public site for what nobody ought to ask: every address, with queries and parameters made at random.

A request is known by the run's seed and its number: the same two give the same request on the same archive.
"""

from __future__ import annotations

import re
import time
import traceback
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import quote, quote_plus

from django.conf import settings
from django.test import Client

from programmes.models import Passage, Programme
from programmes.site.facets import KEYS
from programmes.site.following.followed import PLACE
from programmes.site.views.alerts import AlertForm
from tools.fuzz.addresses import public_addresses, public_path

_PLACE = '{"page": %s, "line": %s, "quote": "%s", "before": "", "after": "\\ud800"}'
_MANY = "9" * 5000
ODD = [
    *("%00", "a%00b", "%1F", "%0C", "%7F", "%C2%85", "%EF%BF%BE", "%F4%8F%BF%BF", "%EF%B7%90", "%E2%80%AE"),
    *("%EF%BB%BF", "%FF", "%C3", "%ED%A0%80", "%C0%80", "sk%F8le", "%", "%zz", "", "+", "%2F..%2F..%2Fetc"),
    *("%22", "%27", "%5B%5D", "-1", "0", "1e400", "Infinity", "NaN", _MANY, "9" * 400, "9" * 20, "9" * 10),
    *("%D9%A3", "%C2%B2", "1.5", f"1-{_MANY}", f"H{_MANY}", f"{_MANY}-1", "2026-02-31", "9999-12-31", "0000-00-00"),
    *("%28" * 300, "a" * 20_000, "%F0%9F%98%80" * 50, "a+OR+" * 200, "NOT+NOT+NOT", "%2A", "%22%22"),
    *("aar%3A9999999999", *(quote(_PLACE % row) for row in (("Infinity", 1, "x"), (_MANY, 1, "x"), (1, 1, "\\u0000")))),
]
"""Values, percent-encoded, so that bytes can be what no text is."""
SOUND = ["1", "skole", "text", "parti", "2023", "publiser", "draft", "csv"]
FORM = "application/x-www-form-urlencoded"
METHODS = ["GET"] * 8 + ["HEAD", "POST", "PUT", "OPTIONS"]
READ = re.compile(r'(?:GET|POST|data)\.get(?:list)?\(\s*"(\w+)"|(?:said|text|number|entry|heading|values?)\("(\w+)"\)')
WORDS = """skole skule barnehage eldreomsorg gratis buss vei tannlege klima kommune ÆØÅ Straße løftet læreplan-
å i og ikke hva mener partiene om 12 % 2023–2027 «sitat» e-post a1b2 naïve İstanbul ﬁnne 日本 🙂 x"""
JOINTS = ["", "", "", "", "-", "NOT ", "IKKE ", "OR ", "ELLER ", "AND ", "(", ")", '"', "-(", '-"', ":", "*", "\\", "|"]
FIELDS = [
    "parti:",
    "lag:",
    "sted:",
    "år:",
    "aar:",
    "tema:",
    "nivå:",
    "nivaa:",
    "kapittel:",
    "ord:",
    "finnesikke:",
    "-parti:",
]
MOST_PIECES = 14


def keys_read() -> list[str]:
    """Return every key of a query or form that the code of the site and of the desk names."""
    rooms = [Path(settings.BASE_DIR) / room for room in ("programmes/site", "ingest/desk")]
    files = [file for room in rooms for file in room.rglob("*.py")]
    found = {name for file in files for pair in READ.findall(file.read_text()) for name in pair if name}
    return sorted(found | set(KEYS.values()) | set(AlertForm.base_fields) | {PLACE})


def odd_headers(dice: Random) -> dict[str, str]:
    """Return headers of a request that no browser sends."""
    octal = "".join(f"\\{ord(letter):03o}" for letter in "\x00\x1f")
    return {
        "HTTP_REFERER": f"http://testserver/sok/?q={dice.choice(ODD)[:500]}",
        "HTTP_COOKIE": f'django_language="{octal}"; messages="{octal}"',
        "HTTP_ACCEPT_LANGUAGE": dice.choice(["\xff", "nn" * 500, ";q=NaN"]),
        "HTTP_IF_NONE_MATCH": dice.choice(["*", '"', 'W/"\xff"', "x" * 2000]),
        "HTTP_IF_MODIFIED_SINCE": dice.choice(["Infinity", "Mon, 99 Xxx 99999 99:99:99 GMT", "\xff"]),
        "HTTP_X_FORWARDED_FOR": dice.choice([",,,", "\xff", "1.2.3.4, " * 50]),
    }


def send(client: Client, method: str, path: str, pairs: str, headers: dict[str, str] | None = None) -> Any:
    """Send a request whose path, query and form are as they are given, byte for byte; return the answer, read."""
    in_query = method != "POST"
    extra: dict[str, Any] = {"QUERY_STRING": pairs if in_query else "", **(headers or {})}
    answer: Any = client.generic(method, path, b"" if in_query else pairs.encode(), content_type=FORM, **extra)
    if answer.streaming:
        b"".join(answer.streaming_content)
    return answer


@dataclass(frozen=True)
class Target:
    """What the requests of a run are made of: the archive's own addresses, names and values."""

    programmes: Sequence[Programme]
    passages: Sequence[Passage]
    values: Sequence[str]
    """Parties, branches, themes, years: what the filters take."""
    routes: Sequence[str] = field(default_factory=lambda: [each.route for each in public_addresses()])
    keys: Sequence[str] = field(default_factory=keys_read)


@dataclass(frozen=True)
class Request:
    """One request, as it is sent."""

    number: int
    route: str
    method: str
    path: str
    pairs: str
    """The query, or the form of a POST, percent-encoded."""
    headers: dict[str, str]


@dataclass(frozen=True)
class Outcome:
    """How a request ended."""

    request: Request
    status: int
    seconds: float
    failure: str = ""
    """For a failure, what there is to know of it; else empty."""


def target_of_archive() -> Target:
    """Return what to ask of the archive as it is: its first published programmes, and passages of each."""
    programmes = list(Programme.objects.with_branch().filter(publication="published").order_by("pk")[:40])
    passages = [passage for each in programmes for passage in each.passages.order_by("position")[:20]]
    values = {each.branch.party.slug for each in programmes} | {each.branch.slug for each in programmes}
    values |= {str(each.period_start) for each in programmes} | {"national", "local", "county", "list", "text", "alle"}
    return Target(programmes, passages, sorted(values))


def request_of(seed: int, number: int, target: Target) -> Request:
    """Return the request that a seed and a number stand for."""
    dice = Random(f"{seed}/{number}")  # noqa: S311 - no secret hangs on it
    route = dice.choice(target.routes)
    if dice.random() < 0.4:
        route = dice.choice([each for each in target.routes if each.startswith("sok")])
    programme = dice.choice(target.programmes)
    of_programme = [each for each in target.passages if each.programme_id == programme.pk]
    parts = public_path(route, programme, passage=dice.choice(of_programme) if of_programme else None).split("/")
    if dice.random() < 0.2 and len(parts) > 2:
        parts[dice.randrange(1, len(parts))] = dice.choice(ODD)
    pairs = [f"q={quote_plus(query(dice, target.values))}"] if dice.random() < 0.7 else []
    more = range(dice.choice((0, 1, 2, 3, 8)))
    pairs += [f"{dice.choice(target.keys)}={_value(dice, target.values)}" for _pair in more]
    dice.shuffle(pairs)
    headers = odd_headers(dice) if dice.random() < 0.2 else {}
    return Request(number, route, dice.choice(METHODS), "/".join(parts), "&".join(pairs), headers)


def query(dice: Random, values: Sequence[str]) -> str:
    """Return something typed into the search field: words, operators and fields in any order, right or wrong."""
    pieces: list[str] = []
    for _piece in range(dice.randrange(MOST_PIECES)):
        kind = dice.random()
        word = dice.choice(WORDS.split())
        if kind < 0.2:
            word = dice.choice(FIELDS) + dice.choice([dice.choice(values), word, ""])
        elif kind < 0.3:
            word = "".join(chr(dice.choice((dice.randrange(32, 127), dice.randrange(160, 0x2FFF)))) for _ in range(6))
        pieces.append(dice.choice(JOINTS) + word + dice.choice(JOINTS))
    return dice.choice([" ", "  ", ""]).join(pieces)


MEANT = {"helse/klar": HTTPStatus.SERVICE_UNAVAILABLE, "oembed/": HTTPStatus.NOT_IMPLEMENTED}
"""What these answer above 499 on purpose: what is not ready, and, as oEmbed has it, a format that is not given."""


def fuzz_site(
    seed: int, numbers: Iterable[int], target: Target, *, ask: Callable[..., Any] = send
) -> Iterator[Outcome]:
    """Send one request after another, each by a browser of its own, and yield how each ended."""
    for number in numbers:
        request = request_of(seed, number, target)
        started = time.monotonic()
        try:
            answer = ask(Client(), request.method, request.path, request.pairs, request.headers)
        except Exception:  # noqa: BLE001 - whatever it is, it would be a 500
            seconds = time.monotonic() - started
            yield Outcome(request, HTTPStatus.INTERNAL_SERVER_ERROR, seconds, traceback.format_exc())
            continue
        seconds = time.monotonic() - started
        is_meant = MEANT.get(request.route) == answer.status_code
        is_fault = answer.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR and not is_meant
        yield Outcome(request, answer.status_code, seconds, f"answered {answer.status_code}" if is_fault else "")


def _value(dice: Random, values: Sequence[str]) -> str:
    """Return a value for a key: one that the archive has, one that is odd, or something typed."""
    kind = dice.random()
    if kind < 0.4:
        return quote_plus(dice.choice(values))
    return dice.choice(ODD) if kind < 0.8 else quote_plus(query(dice, values))
