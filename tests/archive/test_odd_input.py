"""Odd bytes, characters and numbers at every address that the site has: an answer in plain words, and never a 5xx."""

from __future__ import annotations

import random
import re
import zlib
from http import HTTPStatus
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client

from ingest.models import Role
from programmes.models import Programme
from programmes.site.numbers import MOST, whole_number
from programmes.site.odd_input import cleaned
from tests import builders
from tests.ingest.desk import people
from tests.ingest.desk.routes import ADMIN, DESK, PUBLIC, admin_path, desk_path
from tests.paths import ROOT
from tools.fuzz.addresses import Address, public_path
from tools.fuzz.site import FORM, ODD, SOUND, keys_read, odd_headers, send

pytestmark = pytest.mark.django_db

TRIES = 12
"""Requests for each address; each draws other values for other keys. `manage.py fuzz_site` asks thousands."""


def keys() -> list[str]:
    """Return every key of a query or form that the site's code names, or the Django admin's pages take."""
    of_models = {field.name for model in admin.site._registry for field in model._meta.fields}
    lists = {"o", "p", "all", "e", "action", "_selected_action", "programme__id__exact", "year", "app_label"}
    return sorted({*keys_read()} | of_models | lists)


NAMES = keys()


def test_the_keys_are_found() -> None:
    assert {"side", "place", "programme", "q", "revision"} <= set(keys_read())


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
    headers = odd_headers(dice) if dice.random() < 0.3 else {}
    return dice.choice(["GET", "POST"]), "/".join(parts), pairs, headers


PAGES = [address for address in (*PUBLIC, *DESK, *ADMIN) if not address.route.startswith("api/")]
"""The API is asked oddly by its own description (`tests/programmes/site/api`)."""


@pytest.mark.parametrize("address", PAGES, ids=lambda address: address.route)
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
        "programmes/site/shortcuts.py": "four digits that it has matched",
        "programmes/site/quality.py": "a file",
        "programmes/site/kept_pages.py": "the time",
        "programmes/site/documents/markdown.py": "a character of a text",
        "programmes/site/following/alerts.py": "a key that the database gave",
        "programmes/site/callers.py": "a number that the database gave",
        "programmes/site/share_picture.py": "measures of our own",
        "ingest/desk/doubts/queue.py": "a place that we have stored",
        "ingest/desk/second_step.py": "six digits that it has matched",
    }
    assert found == {"programmes/site/numbers.py", *of_our_own}


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
