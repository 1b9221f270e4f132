"""Odd bytes, characters and numbers at every address that the site has: an answer in plain words, and never a 5xx."""

from __future__ import annotations

import random
import re
import zlib
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client

from ingest.models import Role
from programmes.models import Programme
from programmes.site.facets import KEYS
from programmes.site.numbers import MOST, whole_number
from programmes.site.odd_input import cleaned
from tests import builders
from tests.ingest.desk import people
from tests.ingest.desk.routes import ADMIN, DESK, PUBLIC, Address, admin_path, desk_path, public_path
from tests.paths import ROOT

pytestmark = pytest.mark.django_db

ODD_PLACE = '{"page": %s, "line": %s, "quote": "%s", "before": "", "after": "\\ud800"}'
ODD = [
    *(
        "%00",
        "a%00b",
        "%1F",
        "%0C",
        "%7F",
        "%C2%85",
        "%EF%BF%BE",
        "%F4%8F%BF%BF",
        "%EF%B7%90",
        "%E2%80%AE",
        "%EF%BB%BF",
    ),
    *("%FF", "%C3", "%ED%A0%80", "%C0%80", "sk%F8le", "%", "%zz", "", "+", "%2F..%2F..%2Fetc", "%22", "%27", "%5B%5D"),
    *("-1", "0", "1e400", "Infinity", "NaN", "9" * 5000, "9" * 400, "9" * 20, "9" * 10, "%D9%A3", "%C2%B2", "1.5"),
    *(f"1-{'9' * 5000}", f"H{'9' * 5000}", f"{'9' * 5000}-1", "2026-02-31", "9999-12-31", "0000-00-00"),
    *(
        "%28" * 300,
        "a" * 20_000,
        "%F0%9F%98%80" * 50,
        "a+OR+" * 200,
        "NOT+NOT+NOT",
        "%2A",
        "%22%22",
        "aar%3A9999999999",
    ),
    quote(ODD_PLACE % ("Infinity", "1", "x")),
    quote(ODD_PLACE % ("9" * 5000, "1", "x")),
    quote(ODD_PLACE % ("1", "1", "\\u0000")),
]
"""Percent-encoded, so that bytes can be what no text is."""
SOUND = ["1", "skole", "text", "parti", "2023", "publiser", "draft", "csv"]
TRIES = 24
"""Requests for each address; each draws other values for other keys."""
READ = re.compile(r'(?:GET|POST|data)\.get(?:list)?\(\s*"(\w+)"|(?:said|text|number|entry|heading|values?)\("(\w+)"\)')
FORM = "application/x-www-form-urlencoded"


def keys_read() -> list[str]:
    """Return every key of a query or form that the site's code names."""
    files = [file for room in ("programmes/site", "ingest/desk") for file in (ROOT / room).rglob("*.py")]
    found = {name for file in files for pair in READ.findall(file.read_text()) for name in pair if name}
    assert {"side", "place", "programme", "q", "revision"} <= found
    of_models = {field.name for model in admin.site._registry for field in model._meta.fields}
    lists = {"o", "p", "all", "e", "action", "_selected_action", "programme__id__exact", "year", "app_label"}
    return sorted(found | set(KEYS.values()) | of_models | lists)


NAMES = keys_read()


def path_for(address: Address, whose: User) -> str:
    """Return an address of a route."""
    if address in ADMIN:
        return admin_path(address.route)
    if address in DESK:
        return desk_path(address.route, own=True, whose=whose)
    builders.theme("trafikk-og-transport", "Trafikk og transport")
    programme = builders.programme(branch=people.branch(own=True))
    return public_path(address.route, programme)


def draw(dice: random.Random, path: str) -> tuple[str, str, str, dict[str, str]]:
    """Return a method, a path, a query or form, and headers, some of them odd."""
    parts = path.split("/")
    if dice.random() < 0.3 and len(parts) > 3:
        parts[dice.randrange(2, len(parts) - 1)] = dice.choice(ODD)
    chosen = dice.sample(NAMES, 8)
    pairs = "&".join(f"{name}={dice.choice(ODD if dice.random() < 0.7 else SOUND)}" for name in chosen)
    headers = {}
    if dice.random() < 0.3:
        octal = "".join(f"\\{ord(letter):03o}" for letter in "\x00\x1f")
        headers = {
            "HTTP_REFERER": f"http://testserver/sok/?q={dice.choice(ODD)[:500]}",
            "HTTP_COOKIE": f'django_language="{octal}"; messages="{octal}"',
            "HTTP_ACCEPT_LANGUAGE": dice.choice(["\xff", "nn" * 500, ";q=NaN"]),
            "HTTP_IF_NONE_MATCH": dice.choice(["*", '"', 'W/"\xff"', "x" * 2000]),
            "HTTP_IF_MODIFIED_SINCE": dice.choice(["Infinity", "Mon, 99 Xxx 99999 99:99:99 GMT", "\xff"]),
            "HTTP_X_FORWARDED_FOR": dice.choice([",,,", "\xff", "1.2.3.4, " * 50]),
        }
    return dice.choice(["GET", "POST"]), "/".join(parts), pairs, headers


@pytest.mark.parametrize("address", [*PUBLIC, *DESK, *ADMIN], ids=lambda address: address.route)
def test_no_odd_input_breaks_a_page(address: Address, settings: Any) -> None:
    settings.KEPT_PAGES_SECONDS = 60  # as the site does
    who = people.person(Role.ADMINISTRATOR)
    who.is_superuser = True
    who.save()
    path = path_for(address, who)
    dice = random.Random(zlib.crc32(address.route.encode()))
    for turn in range(TRIES):
        method, asked, pairs, headers = draw(dice, path)
        client = Client()
        if turn % 4:
            client.force_login(who)
        with transaction.atomic():
            answer = send(client, method, asked, pairs, headers)
            transaction.set_rollback(True)
        tells_faults = address.route == "helse/klar" and answer.status_code == HTTPStatus.SERVICE_UNAVAILABLE
        assert answer.status_code < 500 or tells_faults, (method, asked[:300], pairs[:3000], headers)


def send(client: Client, method: str, path: str, pairs: str, headers: dict[str, str] | None = None) -> Any:
    """Send a request whose path, query and form are as they are given, byte for byte; return the answer, read."""
    in_query = method == "GET"
    answer = client.generic(
        method,
        path,
        b"" if in_query else pairs.encode(),
        content_type=FORM,
        QUERY_STRING=pairs if in_query else "",
        **(headers or {}),
    )
    if answer.streaming:
        b"".join(answer.streaming_content)
    return answer


@pytest.mark.parametrize(
    ("path", "query"),
    [
        ("/sok/", "q=sk%F8le"),
        ("/sok/", "q=%ED%A0%80"),
        ("/lofte/%00/", ""),
        ("/partier/a%EF%BF%BEb/", ""),
        ("/redaksjon/%1F", ""),
    ],
)
def test_what_is_no_text_is_refused_in_plain_norwegian(client: Client, path: str, query: str) -> None:
    answer = send(client, "GET", path, query)
    assert answer.status_code == 400
    assert "Forespørselen kunne ikke leses" in answer.content.decode()
    assert send(client, "GET", "/lofte/%FF/", "").status_code == 404


def test_a_form_in_another_encoding_is_refused(client: Client) -> None:
    for kind in (f"{FORM}; charset=utf-16", "multipart/form-data; boundary=x; charset=hex", f"{FORM}; charset=idna"):
        assert client.generic("POST", "/redaksjon/logg-inn/", b"username=a", content_type=kind).status_code == 400
    assert send(client, "POST", "/redaksjon/logg-inn/", "username=%FF").status_code == 400


def test_odd_characters_are_dropped_from_what_people_paste(client: Client) -> None:
    builders.programme(parse=builders.parsed(["Bygge skole og bru."]))
    page = send(client, "GET", "/sok/", "q=sko%00le%0Cbru").content.decode()
    assert 'value="skole bru"' in page
    assert "Bygge" in page


def test_what_is_odd_and_what_is_not() -> None:
    assert cleaned("a\x00b\x0cc\x85d\ufffe\U0010ffff\ud800\ufdd0") == "ab c d"
    sound = "æøå é e\u0301 \u00ad \u200d😀 \ufeff\tlinje\r\n«sitat» – 日本語"
    assert cleaned(sound) == sound


def test_an_address_in_capitals_leads_to_the_one_in_small_letters(client: Client) -> None:
    programme = builders.programme()
    passage, section = programme.passages.get(), programme.sections.get()
    for path in (passage.get_absolute_url(), section.get_permanent_url(), programme.get_absolute_url()):
        head, _slash, parts = path.strip("/").partition("/")
        answer = client.get(f"/{head}/{parts.upper()}/?q=skole")
        assert (answer.status_code, answer["Location"]) == (301, f"{path}?q=skole")
        assert client.get(answer["Location"]).status_code in (200, 302)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        *(("12", 12), (str(MOST), MOST), (str(MOST + 1), 0), ("9" * 5000, 0), ("0" * 5000, 0), ("-1", 0), ("1.0", 0)),
        *(("", 0), (" 1", 0), ("Infinity", 0), ("²", 0), ("1e9", 0)),
    ],
)
def test_numbers_from_outside(text: str, number: int) -> None:
    assert whole_number(text) == number


def test_numbers_from_outside_are_read_in_one_place() -> None:
    readers = re.compile(r"\bint\(|\bfloat\(|isdecimal|isdigit|isnumeric")
    rooms = [*(ROOT / "programmes/site").rglob("*.py"), *(ROOT / "ingest/desk").rglob("*.py")]
    found = {str(file.relative_to(ROOT)) for file in rooms if readers.search(file.read_text())}
    of_our_own = {
        "shortcuts.py": "four digits that it has matched",
        "quality.py": "a file",
        "kept_pages.py": "the time",
    }
    assert found == {"programmes/site/numbers.py", *(f"programmes/site/{name}" for name in of_our_own)}


def test_an_address_receives_no_more_than_it_needs(client: Client) -> None:
    def status(client: Client, path: str, length: int) -> int:
        kind = "multipart/form-data; boundary=x"
        answer = client.generic("POST", path, b"--x--\r\n", content_type=kind, CONTENT_LENGTH=str(length))
        return int(answer.status_code)

    programme: Programme = builders.programme()
    for path in ("/redaksjon/logg-inn/", "/sok/", "/admin/login/"):
        assert status(client, path, 4_000_000) == 413
    assert status(client, "/redaksjon/opplasting/", 4_000_000) == 302, "to the login, and nothing is read"
    client.force_login(people.person(Role.EDITOR))
    large = SimpleUploadedFile("stor.bin", bytes(4_000_000))
    assert client.post("/redaksjon/opplasting/", {"files": large}).status_code == 422, "let in, and told why not"
    assert status(client, "/redaksjon/opplasting/", 600 * 1024 * 1024) == 413
    assert status(client, f"/redaksjon/program/{programme.pk}/rett/", 4_000_000) == 413
    assert status(client, "/sprak/", 2000) == 413
    for length in ("-1", "Infinity", "9" * 5000):
        answer = client.generic("POST", "/redaksjon/logg-inn/", b"", content_type=FORM, CONTENT_LENGTH=length)
        assert answer.status_code == 413
