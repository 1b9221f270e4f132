"""A PostgreSQL that has frozen: who reads or edits is told so in time, and all is well when it thaws."""

from __future__ import annotations

import json
import os
import secrets
import shutil
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from urllib.error import HTTPError

import psutil
import pytest

from tests.paths import ROOT
from tests.waiting import PATIENCE, comes_true
from tools.servers import GUNICORN, served

MADE = """
import django
django.setup()
from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import Client
call_command("migrate", verbosity=0)
browser = Client()
browser.force_login(User.objects.create_superuser("kari"))
print(browser.cookies["sessionid"].value)
"""
PUBLIC = ("/", "/sok/?q=skole", "/partier/", "/aar/", "/sok.json?q=skole", "/finnes-ikke/")
DESK = ("/redaksjon/", "/redaksjon/program/")


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    text: str


@dataclass(frozen=True)
class Site:
    """A site with a database of its own."""

    address: str
    session: str
    cluster: Path

    def ask(self, path: str, *, data: bytes | None = None) -> Answer:
        headers = {"Cookie": f"sessionid={self.session}"} if "redaksjon" in path else {}
        request = urllib.request.Request(self.address + path, headers=headers, data=data)  # noqa: S310
        try:
            with urllib.request.urlopen(request, timeout=PATIENCE) as answer:  # noqa: S310
                return Answer(answer.status, dict(answer.headers), answer.read().decode())
        except HTTPError as answer:
            with answer:
                return Answer(answer.code, dict(answer.headers), answer.read().decode())

    def signal(self, number: signal.Signals) -> None:
        """Send a signal to every process of the database."""
        for process in psutil.process_iter(["name"]):
            if process.info["name"] == "postgres" and Path(process.cwd()) == self.cluster.resolve():
                process.send_signal(number)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("frosset")
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("PYTEST")},
        "DJANGO_SETTINGS_MODULE": "archive.settings",
        "DATA_DIR": str(folder),
        "DATABASE_URL": "embedded",
        "SECRET_KEY": secrets.token_hex(32),
        "SECURE": "0",
        "PORT": "0",
        "WEB_CONCURRENCY": "1",
        "KEPT_PAGES_SECONDS": "60",
        "DATABASE_STATEMENT_SECONDS": "1",
        "DATABASE_CONNECT_SECONDS": "2",
    }
    made = subprocess.run([sys.executable, "-c", MADE], cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE)
    collect = [sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity=0"]
    subprocess.run(collect, cwd=ROOT, env=environment, check=True)
    with served(GUNICORN, environment) as (port, _process):
        there = Site(f"http://127.0.0.1:{port}", made.stdout.decode().strip(), folder / "postgres")
        yield there
        there.signal(signal.SIGCONT)
    shutil.rmtree((folder / "postgres").resolve(), ignore_errors=True)


def test_nobody_waits_for_a_frozen_database(site: Site) -> None:
    assert [site.ask(path).status for path in (*PUBLIC, *DESK)] == [200] * 5 + [404] + [200] * 2
    site.signal(signal.SIGSTOP)
    try:
        with ThreadPoolExecutor(20) as readers:  # more than the site has threads
            alive = readers.submit(site.ask, "/helse/")
            ready = readers.submit(site.ask, "/helse/klar")
            sent = readers.submit(site.ask, "/redaksjon/passord/", data=b"a=b")
            answers = list(readers.map(site.ask, (*PUBLIC[:-1], *DESK) * 3))
        assert alive.result().status == 200
        assert ready.result().status == 503
        checks = {each["navn"]: each["ok"] for each in json.loads(ready.result().text)["sjekker"]}
        assert checks == {"disk": True, "database": False}
        for answer in answers:
            assert (answer.status, answer.headers["Retry-After"]) == (503, "15")
            assert "Databasen svarer ikke" in answer.text
            assert "Vi vet ikke om det du sendte" not in answer.text
        assert sent.result().status in (403, 503)  # refused for want of a token, or told that nothing answers
        assert site.ask("/finnes-ikke/").status == 404
    finally:
        site.signal(signal.SIGCONT)
    assert comes_true(lambda: [site.ask(path).status for path in (*PUBLIC[:-1], *DESK)] == [200] * 7)
