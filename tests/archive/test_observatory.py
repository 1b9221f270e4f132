"""What Mozilla's HTTP Observatory would say of the site in its production settings: real gunicorn, real answers."""

from __future__ import annotations

import http.client
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from django.db import connection

from tests.archive.observatory import Answer, findings, score
from tests.paths import ROOT
from tools.servers import GUNICORN, database_url, served

ENOUGH = 125
PAGES = [
    *(
        "/",
        "/sok/?q=skole",
        "/partier/",
        "/om/",
        "/dekning/",
        "/finnes-ikke/",
        "/lofte/%00/",
        "/sok.json",
        "/robots.txt",
    ),
    *("/redaksjon/logg-inn/", "/redaksjon/nytt-passord/sendt/", "/redaksjon/", "/admin/", "STATIC"),
]
BONUSES = {
    "content_security_policy": 10,
    "referrer_policy": 5,
    "x_frame_options": 5,
    "cross_origin_resource_policy": 10,
}


@pytest.fixture(scope="module")
def port(django_db_setup: None, django_db_blocker: Any) -> Iterator[int]:
    """The port of gunicorn with the settings of a site that is reached by https."""
    with django_db_blocker.unblock():
        address = database_url()
        connection.close()
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "archive.settings", "DATABASE_URL": address, "PORT": "0"}
    environment |= {"SECURE": "1", "WEB_CONCURRENCY": "1", "EMAIL_HOST": "mail.invalid"}
    manage = [sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity=0"]
    subprocess.run(manage, cwd=ROOT, env=environment, check=True)
    with served(GUNICORN, environment) as (number, _process):
        yield number


def get(port: int, path: str, scheme: str) -> tuple[http.client.HTTPResponse, str]:
    """Ask as the proxy in front does for somebody who came by a scheme."""
    client = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    client.request("GET", path, headers={"Host": "localhost", "X-Forwarded-Proto": scheme})
    response = client.getresponse()
    body = response.read().decode(errors="replace")
    client.close()
    return response, body


def answer(port: int, path: str) -> Answer:
    if path == "STATIC":
        _response, home = get(port, "/", "https")
        path = next(part.split('"')[0] for part in home.split('src="')[1:] if ".js" in part.split('"')[0])
    response, html = get(port, path, "https")
    by_http, _body = get(port, path, "http")
    return Answer(
        headers={name.lower(): value for name, value in response.getheaders()},
        cookies=response.headers.get_all("Set-Cookie") or [],
        html=html if "html" in response.headers.get("Content-Type", "") else "",
        by_http=(by_http.status, by_http.headers.get("Location", "")),
    )


@pytest.mark.parametrize("path", PAGES)
def test_every_kind_of_answer_scores_high(port: int, path: str) -> None:
    found = findings(answer(port, path))
    assert {name: worth for name, worth in found.items() if worth > 0 and name != "cookies"} == BONUSES
    assert min(found.values()) == 0, found
    assert score(found) >= ENOUGH


def test_the_login_sets_its_cookie_safely(port: int) -> None:
    found = findings(answer(port, "/redaksjon/logg-inn/"))
    assert (found["cookies"], score(found)) == (5, 135)


SOUND = Answer(
    headers={
        "content-security-policy": "default-src 'none'; script-src 'self'; base-uri 'none'; form-action 'self'; "
        "frame-ancestors 'none'",
        "referrer-policy": "same-origin",
        "strict-transport-security": "max-age=31536000; includeSubDomains; preload",
        "x-content-type-options": "nosniff",
        "cross-origin-resource-policy": "same-origin",
    },
    cookies=["sessionid=x; HttpOnly; SameSite=Lax; Secure"],
    html='<script src="/static/a.js"></script>',
    by_http=(301, "https://localhost/"),
)


def without(name: str) -> dict[str, str]:
    return {each: value for each, value in SOUND.headers.items() if each != name}


@pytest.mark.parametrize(
    ("changed", "points"),
    [
        ({}, 135),
        ({"headers": without("content-security-policy")}, 55),  # frames are open too
        ({"headers": without("strict-transport-security")}, 80),
        ({"headers": without("x-content-type-options")}, 130),
        ({"headers": without("referrer-policy")}, 130),
        ({"headers": without("cross-origin-resource-policy")}, 125),
        ({"headers": {**SOUND.headers, "content-security-policy": "default-src 'self' 'unsafe-inline'"}}, 60),
        ({"headers": {**SOUND.headers, "strict-transport-security": "max-age=60"}}, 125),
        ({"headers": {**SOUND.headers, "access-control-allow-credentials": "true"}}, 50),
        ({"cookies": ["sessionid=x; HttpOnly; SameSite=Lax"]}, 60),
        ({"cookies": ["sessionid=x; Secure; SameSite=Lax"]}, 70),
        ({"cookies": ["csrftoken=x; Secure"]}, 80),
        ({"cookies": []}, 130),
        ({"html": '<script src="https://annet.example/a.js"></script>'}, 50),
        ({"html": '<script src="https://annet.example/a.js" integrity="sha384-x"></script>'}, 140),
        ({"by_http": (200, "")}, 80),
    ],
)
def test_the_rules_see_what_is_wrong(changed: dict[str, Any], points: int) -> None:
    assert score(findings(replace(SOUND, **changed))) == points
