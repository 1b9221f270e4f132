"""What an installation lacks is said before it is taken into use, and to what watches over it."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.utils import timezone

from ingest import readiness, schedule
from ingest.models import Upload
from ingest.schedule import Outcome
from programmes.models import Programme
from programmes.search import engine_named
from tests import builders
from tests.ingest.desk import people
from tests.paths import ROOT

pytestmark = pytest.mark.django_db(transaction=True)


def beat(seconds_ago: float = 0) -> None:
    """Give a sign of life of a worker."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_workers")
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (%s)",
            [timezone.now() - timedelta(seconds=seconds_ago)],
        )


@pytest.fixture
def installation() -> Programme:
    """One that lacks nothing but what the settings of the tests do."""
    programme = builders.programme()
    call_command("load_registers", stdout=StringIO())
    engine_named().rebuild()
    beat()
    return programme


def missing() -> set[str]:
    return {finding.name for finding in readiness.findings() if not finding.is_ready}


def test_one_that_lacks_nothing_is_ready(installation: Programme, client: Client) -> None:
    answer = client.get("/helse/klar")
    assert (answer.status_code, answer.json()["status"]) == (200, "klar")
    figures = {each["navn"]: each["tall"] for each in answer.json()["sjekker"]}
    assert figures["søkeindeks"] == "skylder 0 programmer"
    assert figures["database"].startswith("PostgreSQL 1")
    assert figures["replikaer"] == "ingen"
    vital = {"disk", "database", "migrasjoner", "registre", "søkeindeks", "kø", "arbeider", "replikaer"}
    assert set(figures) == vital | {check.label for check in schedule.all_checks().values()}
    values = {each["navn"]: each.get("verdi") for each in answer.json()["sjekker"]}
    assert (values["søkeindeks"], values["kø"]) == (0, 0)
    assert values["disk"] > readiness.LEAST_FREE


def test_what_a_check_found_is_told_and_the_site_is_ready_all_the_same(
    installation: Programme, client: Client, kari: User
) -> None:
    schedule.note("check_index", Outcome(False, "3 mangler", ("innslag 7",)))
    answer = client.get("/helse/klar")
    assert (answer.status_code, answer.json()["status"]) == (200, "klar med merknader")
    assert "innslag 7" not in answer.content.decode()
    client.force_login(kari)
    assert "3 mangler" in client.get("/redaksjon/").content.decode()
    page = client.get("/redaksjon/drift/").content.decode()
    assert "3 mangler" in page
    assert "innslag 7" in page
    schedule.note("check_index", Outcome(True, "alt stemmer"))
    assert "må ses på" not in client.get("/redaksjon/").content.decode()


@pytest.mark.parametrize(
    ("lags", "is_ready", "figure"),
    [
        ([], True, "ingen"),
        ([0.0, 2.5], True, "den som er lengst bak, er 2.5 s bak"),
        ([0.0, 31.0], False, "den som er lengst bak, er 31.0 s bak"),
        ([0.0, None], False, "1 henter ikke, eller brukeren mangler rollen pg_monitor"),
    ],
)
def test_replicas_that_lag_are_told(
    monkeypatch: pytest.MonkeyPatch, lags: list[float | None], is_ready: bool, figure: str
) -> None:
    monkeypatch.setattr(readiness, "_lags_told_by_primary", lambda: lags)
    found = readiness._replicas()
    assert (found.is_ready, found.figure) == (is_ready, figure)


def test_a_worker_that_is_dead_is_told(installation: Programme, client: Client) -> None:
    beat(seconds_ago=60)
    answer = client.get("/helse/klar")
    assert (answer.status_code, answer.json()["status"]) == (503, "ikke klar")
    assert missing() == {"arbeider"}


def test_an_index_that_owes_something_is_told(installation: Programme) -> None:
    engine_named().clear()  # type: ignore[attr-defined]
    assert missing() == {"søkeindeks"}


def test_a_full_disk_is_told(installation: Programme, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readiness, "LEAST_FREE", 10**18)
    assert missing() == {"disk"}


def test_missing_registers_and_originals_are_told(settings: Any) -> None:
    programme = builders.programme()
    Path(programme.file.path).unlink()
    found = {finding.name: finding for finding in readiness.findings_before_use()}
    assert not found["originaler"].is_ready
    assert found["originaler"].figure == "1 av 1 mangler"
    assert not found["registre"].is_ready


def test_preflight_says_what_to_do_and_fails(installation: Programme) -> None:
    beat(seconds_ago=60)
    out = StringIO()
    with pytest.raises(CommandError):
        call_command("preflight", stdout=out)
    assert "MANGLER arbeider: siste livstegn for 6" in out.getvalue()
    assert "python manage.py work" in out.getvalue()
    assert "ok     database: PostgreSQL" in out.getvalue()


def run(*command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    env = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "DEBUG", "SECURE")}
    env["DJANGO_SETTINGS_MODULE"] = "archive.settings"
    return subprocess.run(
        [sys.executable, *command], cwd=ROOT, env=env | environment, capture_output=True, encoding="utf-8", check=False
    )


def test_a_database_out_of_reach_is_told_and_nothing_below_it() -> None:
    done = run("manage.py", "preflight", DATABASE_URL="postgresql://nobody@127.0.0.1:1/none")
    assert done.returncode == 1
    assert "MANGLER database" in done.stdout
    assert "søkeindeks" not in done.stdout


@pytest.mark.parametrize(("chosen", "is_served"), [("", False), ("embedded", True)])
def test_nothing_is_served_from_an_embedded_database_that_nobody_asked_for(chosen: str, is_served: bool) -> None:
    done = run("-c", "import archive.wsgi", SECURE="1", DATABASE_URL=chosen)
    assert (done.returncode == 0) is is_served, done.stderr
    assert ("DATABASE_URL er ikke satt" in done.stderr) is not is_served


def test_editors_are_told_that_nobody_reads_their_files(client: Client, kari: User) -> None:
    client.force_login(kari)
    people.upload(kari, "waiting")
    said = "Ingen leser filene akkurat nå"
    beat(seconds_ago=60)
    assert said in client.get("/redaksjon/opplasting/").content.decode()
    beat()
    assert said not in client.get("/redaksjon/opplasting/").content.decode()
    Upload.objects.all().delete()
    beat(seconds_ago=60)
    assert said not in client.get("/redaksjon/opplasting/").content.decode()
