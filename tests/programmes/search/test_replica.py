"""Searches can go to a replica: a real standby of the tests' own server, and what happens when it is gone."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connection

from archive.database import embedded
from archive.database.keeper import Server
from programmes.search import engine_named
from tests import builders
from tests.paths import ROOT
from tests.waiting import comes_true
from tools.servers import database_url

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        not settings.DATABASES[DEFAULT_DB_ALIAS].get("EMBEDDED_IN"), reason="a standby is made of the embedded server"
    ),
]


@pytest.fixture
def standby() -> Iterator[Path]:
    """The data folder of a copy of the tests' server, which follows it once it is started."""
    primary = (settings.DATA_DIR / "postgres").resolve()
    owner = primary.stat()
    data_dir = Path(tempfile.mkdtemp(dir=primary.parent))  # where the server's user can get at it
    cluster = data_dir / "postgres"
    parameters = connection.get_connection_params()
    address = ["-h", parameters["host"], "-p", str(parameters["port"]), "-U", parameters["user"]]
    copy = [Server(settings.DATA_DIR).programs / "pg_basebackup", "--write-recovery-conf", "--checkpoint=fast"]
    subprocess.run([*copy, *address, "-D", cluster], check=True, capture_output=True)
    (cluster / f".s.PGSQL.{embedded.PORT}.lock").unlink(missing_ok=True)  # the primary's, if its socket stands there
    for path in (data_dir, cluster, *cluster.rglob("*")):
        os.chown(path, owner.st_uid, owner.st_gid)
    yield data_dir
    embedded.leave(data_dir)
    shutil.rmtree(data_dir)


def published(*pledges: str, year: int) -> None:
    """Publish a programme, and put it into PostgreSQL's index."""
    branch = builders.national_branch("FJORD", "Fjordpartiet")
    builders.programme(branch=branch, year=year, parse=builders.parsed(list(pledges)))
    engine_named("postgres").rebuild()


def searched(replica: str) -> tuple[int, str]:
    """Return the hits for `skole` of a process whose searches go to a replica, and what it logged."""
    environment = {**os.environ, "DATABASE_URL": database_url(), "SEARCH_DATABASE_URL": replica}
    command = [sys.executable, "manage.py", "search", "skole", "--json", "--engine", "postgres"]
    done = subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True, encoding="utf-8")
    return json.loads(done.stdout)["total"], done.stderr


def asked_by(replica: str, *cookies: str) -> list[str]:
    """Return what a reader, or who has some cookies, is told of `skole` by a web whose searches go to a replica.

    The hits, whether the page may be kept for the next reader, and whether it says that it is behind.
    """
    script = (
        "import re; from django.test import Client; from programmes.search import is_behind; client = Client()\n"
        f"client.cookies.load({dict.fromkeys(cookies, 'invented')!r})\n"
        "found = re.findall('/lofte/([a-z0-9]+)/', client.get('/sok/?q=skole').content.decode())\n"
        "print(len(set(found)), is_behind())"
    )
    environment = {**os.environ, "DATABASE_URL": database_url(), "SEARCH_DATABASE_URL": replica}
    environment |= {"SEARCH_ENGINE": "postgres", "ALLOWED_HOSTS": "testserver", "SECURE": "0"}
    command = [sys.executable, "manage.py", "shell", "--no-imports", "-c", script]
    done = subprocess.run(command, cwd=ROOT, env=environment, check=False, capture_output=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


def stop_replaying(replica: str) -> None:
    """Leave the replica as it is as soon as it has all that is written now."""
    with psycopg.connect(replica, autocommit=True) as session, connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_wal_insert_lsn()")
        written = cursor.fetchone()
        replayed = "SELECT pg_last_wal_replay_lsn() >= %s::pg_lsn"
        assert comes_true(lambda: session.execute(replayed, written).fetchone() == (True,)), "the replica lags behind"
        session.execute("SELECT pg_wal_replay_pause()")


@pytest.mark.long
def test_searches_are_answered_by_the_replica_and_without_it_by_the_archive(standby: Path) -> None:
    published("Gratis skole.", "Gratis ferge til skolen.", year=2019)
    replica = database_url(embedded.join(standby))
    stop_replaying(replica)
    published("Flere skoler.", year=2023)
    total, _log = searched(replica)
    assert total == 2, "the archive has three: the replica was not asked"
    embedded.leave(standby)
    total, log = searched(replica)
    assert total == 3
    assert "asking the archive's own" in log


@pytest.mark.long
def test_who_has_a_session_reads_their_own_writes_and_no_late_page_is_kept(standby: Path) -> None:
    published("Gratis skole.", year=2019)
    replica = database_url(embedded.join(standby))
    stop_replaying(replica)
    assert asked_by(replica) == ["1", "False"]
    published("Flere skoler.", year=2023)
    assert asked_by(replica) == ["1", "True"], "the replica lags behind, and that is known"
    assert asked_by(replica, "sessionid") == ["2", "False"]
