"""A release is for good: its migrations stay as they are, and its archive is brought to what is here now."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.db import connection
from psycopg import sql

from tests.paths import ROOT
from tools.release import example, kept, parts
from tools.servers import GUNICORN, database_url, served

RELEASES = sorted(kept.RELEASES.iterdir())


@pytest.mark.parametrize("release", RELEASES, ids=lambda path: path.name)
def test_no_released_migration_is_changed_or_gone(release: Path) -> None:
    assert len((release / kept.MIGRATIONS).read_text().splitlines()) >= 18
    assert kept.broken_promises(release) == []


def test_a_migration_that_is_changed_is_told(tmp_path: Path) -> None:
    kept.keep_migrations(tmp_path)
    lines = (tmp_path / kept.MIGRATIONS).read_text().splitlines()
    (tmp_path / kept.MIGRATIONS).write_text("\n".join([f"0{lines[0][1:]}x", *lines[1:]]))
    assert [line.split("/")[0][-6:] for line in kept.broken_promises(tmp_path)] == ["ingest"]


def test_the_changelog_tells_of_this_version() -> None:
    assert "### " in parts.notes_of(kept.version())


@pytest.mark.long
def test_the_bill_of_materials_names_what_the_lock_names_and_the_sums_hold(tmp_path: Path) -> None:
    made = [parts.write_sources(tmp_path, "it"), parts.write_bill_of_materials(tmp_path, "it")]
    parts.write_sums(tmp_path, made)
    subprocess.run(["sha256sum", "--check", "--strict", "SHA256SUMS"], cwd=tmp_path, check=True, capture_output=True)
    bill = json.loads(made[1].read_text())
    locked = set(re.findall(r"^([a-z0-9.-]+)==", (ROOT / "requirements.lock").read_text(), re.MULTILINE))
    assert {each["name"] for each in bill["components"]} == locked
    assert bill["metadata"]["component"]["version"] == kept.version()
    listed = subprocess.run(["tar", "-tzf", made[0]], check=True, capture_output=True, text=True).stdout
    assert "it/manage.py" in listed.splitlines()


@pytest.fixture
def restored(request: pytest.FixtureRequest, transactional_db: None, tmp_path: Path) -> Iterator[dict[str, str]]:
    """A release's archive in a database and a folder of its own: the environment of processes that use it."""
    release: Path = request.param
    shutil.copytree(release / kept.MEDIA, tmp_path / "media")
    name = sql.Identifier(f"upgrade_{os.getpid()}")
    ours = database_url()
    with psycopg.connect(ours, autocommit=True) as session:
        session.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8'").format(name))
    connection.close()
    theirs = re.sub(r"/[^/]*$", f"/upgrade_{os.getpid()}", ours)
    with psycopg.connect(theirs) as session:
        session.execute(kept.dump(release).encode())
    environment = {"DJANGO_SETTINGS_MODULE": "archive.settings", "DATABASE_URL": theirs, "DATA_DIR": str(tmp_path)}
    yield {**os.environ, **environment, "ALLOWED_HOSTS": "127.0.0.1", "PORT": "0", "WEB_CONCURRENCY": "1"}
    with psycopg.connect(ours, autocommit=True) as session:
        session.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(name))


def manage(environment: dict[str, str], *words: str) -> str:
    command = [sys.executable, "manage.py", *words]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def status_of(address: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(address) as answer:  # noqa: S310
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, ""


@pytest.mark.long
@pytest.mark.parametrize("restored", RELEASES, indirect=True, ids=lambda path: path.name)
def test_a_released_archive_is_upgraded_by_what_operation_md_says(restored: dict[str, str]) -> None:
    for words in (["migrate"], ["load_registers"], ["collectstatic", "--noinput"]):
        manage(restored, *words)
    report = json.loads(manage(restored, "read_again", "--all", "--force", "--dry-run", "--json"))
    assert len(report["programmes"]) == len(example.TAKEN)
    with served(GUNICORN, restored) as (port, _process):
        site = f"http://127.0.0.1:{port}"
        asked = {
            "/": 200,
            "/partier/": 200,
            "/program/folkets-by/nordvika/2023-2027/": 200,
            "/program/ny-dag/elvebyen/2024-2028/": 200,
            "/program/grenda-forst/granvoll/2023-2027/": 410,
            "/redaksjon/": 200,
            "/sok/?q=oppgradering": 200,
        }
        pages = {path: status_of(site + path) for path in asked}
        assert {path: status for path, (status, _body) in pages.items()} == asked
        assert example.ADDED.split()[1] in pages["/program/folkets-by/nordvika/2023-2027/"][1]
        found = pages["/sok/?q=oppgradering"][1]
        pledge = re.search(r'href="(/lofte/[a-z0-9]+/)', found).group(1)
        assert status_of(site + pledge)[0] == 200
        moved = urllib.request.urlopen(f"{site}/program/ny-dag/elvebyen/2023-2027/")  # noqa: S310
        assert moved.url.endswith("/2024-2028/"), "its old address leads on"
