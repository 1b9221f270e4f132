"""A backup is whole or it isn't there; a broken one is found; one that is put back has all that was in it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.contrib.auth.models import User
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection

from archive.database.keeper import programs
from ingest import readiness, schedule
from ingest.backup import scheduled
from ingest.backup.folder import DUMP, MANIFEST, SUMS, backups_in, faults_of, manifest_of
from programmes.models import Programme
from tests import builders
from tests.paths import ROOT
from tests.waiting import comes_true
from tools.servers import database_url

pytestmark = pytest.mark.django_db(transaction=True)

PICTURE = "pages/ab/abc/1.webp"


@pytest.fixture(autouse=True)
def _own_storage(settings: Any, tmp_path: Path) -> None:
    """Give every test a storage of its own, so that a backup has the test's files and no others."""
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def archive(kari: User) -> Programme:
    """Two programmes, one of them published, a picture of a page, and somebody who may log in."""
    builders.programme(year=2019, published=False)
    default_storage.save(PICTURE, ContentFile(b"a picture"))
    return builders.programme()


@pytest.fixture
def elsewhere() -> Iterator[str]:
    """The address of an empty database of its own on the tests' server."""
    name = f"{connection.settings_dict['NAME']}_elsewhere"
    address = database_url().rpartition("/")[0] + f"/{name}"
    with psycopg.connect(database_url(), autocommit=True) as server:
        server.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')  # of a run that was killed
        server.execute(f'CREATE DATABASE "{name}"')
        yield address
        server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def back_up(parent: Path, **options: Any) -> Path:
    call_command("backup", parent, stdout=StringIO(), **options)
    return backups_in(parent)[-1]


def manage(*command: object, path: Path | None = None, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a command as a person does, with the server's own programs first on the PATH, or with nothing but `path`."""
    found = str(path) if path else f"{programs()}:{os.environ['PATH']}"
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "archive.settings", "PATH": found, "DEBUG": "1", **environment}
    line = [sys.executable, "manage.py", *map(str, command)]
    return subprocess.run(line, cwd=ROOT, env=env, capture_output=True, encoding="utf-8", check=False)


def test_all_that_was_there_is_there_again(archive: Programme, elsewhere: str, tmp_path: Path) -> None:
    backup = back_up(tmp_path / "backups")
    new = {"DATABASE_URL": elsewhere, "DATA_DIR": str(tmp_path / "new")}
    done = manage("restore", backup, **new)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Alt som var i kopien, er på plass." in done.stdout
    with psycopg.connect(elsewhere) as there:
        row = there.execute("SELECT publication FROM programmes_programme ORDER BY period_start").fetchall()
        assert row == [("draft",), ("published",)]
        assert there.execute("SELECT count(*) FROM django_session").fetchone() == (0,)
    assert (tmp_path / "new" / "media" / PICTURE).read_bytes() == b"a picture"
    assert (tmp_path / "new" / "media" / str(archive.file.name)).read_bytes() == Path(archive.file.path).read_bytes()
    with psycopg.connect(elsewhere) as there:
        there.execute("DELETE FROM programmes_passagetheme")
        there.execute("CREATE TABLE of_a_later_version (id int)")
    replaced = manage("restore", backup, "--replace", **new)
    assert replaced.returncode == 0, replaced.stderr
    with psycopg.connect(elsewhere) as there:
        assert there.execute("SELECT to_regclass('of_a_later_version')").fetchone() == (None,)


def test_what_is_there_is_never_replaced_unasked_nor_while_it_is_used(archive: Programme, tmp_path: Path) -> None:
    backup = back_up(tmp_path / "backups")
    with pytest.raises(CommandError, match="Databasen er ikke tom"):
        call_command("restore", backup, stdout=StringIO())
    with psycopg.connect(database_url()), pytest.raises(CommandError, match="Databasen er i bruk"):
        call_command("restore", backup, replace=True, stdout=StringIO())
    with pytest.raises(CommandError, match="Velg én av kopiene"):
        call_command("restore", backup.parent, stdout=StringIO())
    assert Programme.objects.count() == 2


def test_what_is_left_out_can_be_made_again(archive: Programme, tmp_path: Path) -> None:
    manifest = manifest_of(back_up(tmp_path))
    assert manifest.counts["programmes_programme"] == 2
    assert {"django_session", "programmes_caller", "programmes_searchentry"}.isdisjoint(manifest.counts)
    assert manifest.files == 3
    assert manifest.problems == []


def test_only_its_owner_can_read_a_backup(archive: Programme, tmp_path: Path) -> None:
    backup = back_up(tmp_path / "backups")
    assert (backup.parent.stat().st_mode & 0o777, backup.stat().st_mode & 0o777) == (0o700, 0o700)
    files = [path for path in backup.rglob("*") if path.is_file()]
    assert {path.stat().st_mode & 0o777 for path in files} == {0o600}


def test_other_tools_can_check_it(archive: Programme, tmp_path: Path) -> None:
    backup = back_up(tmp_path)
    subprocess.run(["sha256sum", "--check", "--quiet", "--strict", SUMS], cwd=backup, check=True)


@pytest.mark.parametrize("name", [DUMP, MANIFEST, SUMS, "original"])
@pytest.mark.parametrize("fault", ["changed", "cut", "gone"])
def test_a_broken_backup_is_found_and_changes_nothing(
    archive: Programme, tmp_path: Path, name: str, fault: str
) -> None:
    backup = back_up(tmp_path / "backups")
    broken = backup / (f"storage/{archive.file.name}" if name == "original" else name)
    content = broken.read_bytes()
    if fault == "gone":
        broken.unlink()
    else:
        half = len(content) // 2
        broken.write_bytes(content[:half] + (b"" if fault == "cut" else b"\xff" + content[half + 1 :]))
    assert faults_of(backup)
    with pytest.raises(CommandError, match=r"skadet|ingen hel"):
        call_command("restore", backup, replace=True, stdout=StringIO())
    assert Programme.objects.count() == 2


@contextmanager
def waiting_backup(tmp_path: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A backup in a process of its own that gets no further than the dump until the block ends."""
    environment = {**os.environ, "DATABASE_URL": database_url(), "PATH": f"{programs()}:{os.environ['PATH']}"}
    with psycopg.connect(database_url()) as other:
        other.execute("LOCK TABLE ingest_upload IN ACCESS EXCLUSIVE MODE")  # pg_dump waits for it
        running = subprocess.Popen(
            [sys.executable, "manage.py", "backup", tmp_path / "backups"],
            cwd=ROOT,
            env={**environment, "DATA_DIR": str(tmp_path)},
            stdout=subprocess.DEVNULL,
        )
        assert comes_true(lambda: any(tmp_path.glob(f"backups/.unfinished-*/{DUMP}")))
        yield running


def test_a_backup_that_is_killed_leaves_nothing_that_looks_whole(archive: Programme, tmp_path: Path) -> None:
    parent = tmp_path / "backups"
    with waiting_backup(tmp_path) as running:
        running.kill()
        running.wait()
    assert backups_in(parent) == []
    backup = back_up(parent)
    assert {path.name for path in parent.iterdir()} == {backup.name}
    assert faults_of(backup) == []


def test_two_are_not_made_at_once(archive: Programme, tmp_path: Path) -> None:
    with waiting_backup(tmp_path) as first, pytest.raises(CommandError, match="En annen sikkerhetskopi lages"):
        back_up(tmp_path / "backups")
    assert first.wait() == 0
    assert len(backups_in(tmp_path / "backups")) == 1


def test_old_ones_go_and_share_their_files(archive: Programme, tmp_path: Path) -> None:
    first, second = back_up(tmp_path), back_up(tmp_path)
    original = f"storage/{archive.file.name}"
    assert (first / original).samefile(second / original)
    third = back_up(tmp_path, keep=2)
    assert backups_in(tmp_path) == [second, third]
    assert faults_of(third) == []


def test_a_damaged_file_of_an_older_backup_is_not_shared(archive: Programme, tmp_path: Path) -> None:
    first = back_up(tmp_path)
    original = f"storage/{archive.file.name}"
    (first / original).write_bytes(b"rot")
    assert faults_of(back_up(tmp_path)) == []


def test_nothing_old_goes_while_an_original_is_damaged(archive: Programme, tmp_path: Path) -> None:
    good = back_up(tmp_path / "backups")
    Path(archive.file.path).write_bytes(b"rot")
    with pytest.raises(CommandError, match="er skadet"):
        back_up(tmp_path / "backups", keep=1)
    assert backups_in(tmp_path / "backups")[0] == good
    assert len(backups_in(tmp_path / "backups")) == 2


def test_no_disk_for_it_is_said(archive: Programme, tmp_path: Path) -> None:
    (tmp_path / "a-file").write_text("")
    with pytest.raises(CommandError, match="kan ikke brukes"):
        back_up(tmp_path / "a-file")
    with pytest.raises(CommandError, match="står i lageret selv"):
        back_up(tmp_path / "media" / "backups")
    with pytest.raises(CommandError, match="Oppgi en mappe"):
        call_command("backup", stdout=StringIO())


def test_the_worker_makes_one_a_night_and_tells_of_it(
    archive: Programme, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.BACKUP_FOLDER = str(tmp_path / "backups")
    made = scheduled.back_up()
    assert made.is_ok
    assert made.figure.startswith(backups_in(tmp_path / "backups")[0].name)
    assert "3 filer" in made.figure
    assert scheduled.back_up().figure.endswith("er laget alt")
    monkeypatch.setattr(scheduled, "NEW_ENOUGH", timedelta(0))
    Path(archive.file.path).unlink()
    missing = scheduled.back_up()
    assert not missing.is_ok
    assert missing.details == (f"Originalen {archive.file.name} mangler.",)
    (tmp_path / "a-file").write_text("no folder")
    settings.BACKUP_FOLDER = str(tmp_path / "a-file")
    assert "kan ikke brukes" in scheduled.back_up().figure


def test_the_worker_looks_through_it_all(archive: Programme, settings: Any, tmp_path: Path) -> None:
    settings.BACKUP_FOLDER = str(tmp_path / "backups")
    scheduled.back_up()
    assert schedule.run("verify").figure.startswith("2 originaler, 2 avsnitt, ")
    (backups_in(tmp_path / "backups")[0] / DUMP).write_bytes(b"rot")
    assert schedule.run("verify").details == (
        f"{backups_in(tmp_path / 'backups')[0].name}: {DUMP} er endret eller skadet.",
    )


def test_nobody_forgets_to_choose_where_backups_go(settings: Any) -> None:
    said = {finding.name: finding for finding in readiness.findings_before_use()}["sikkerhetskopier"]
    assert (said.is_ready, said.figure) == (False, "lages ikke")
    settings.BACKUPS_ARE_CHOSEN = True
    said = {finding.name: finding for finding in readiness.findings_before_use()}["sikkerhetskopier"]
    assert (said.is_ready, said.figure) == (True, "lages av andre")


def test_missing_and_old_programs_are_said(archive: Programme, tmp_path: Path) -> None:
    (old := tmp_path / "old").mkdir()
    (old / "pg_dump").write_text("#!/bin/sh\necho 'pg_dump (PostgreSQL) 14.3'\n")
    (old / "pg_dump").chmod(0o755)
    for folder, said in ((tmp_path, "Fant ikke programmet pg_dump"), (old, "pg_dump er versjon 14, og databasen er")):
        done = manage("backup", tmp_path / "backups", path=folder, DATABASE_URL=database_url())
        assert done.returncode == 1
        assert said in done.stderr
        assert "postgresql-client-" in done.stderr
    assert not (tmp_path / "backups").exists()


def test_no_password_is_on_a_command_line(settings: Any) -> None:
    named = {**connection.settings_dict, "EMBEDDED_IN": "", "HOST": "db", "PASSWORD": "hemmelig", "OPTIONS": {}}
    command, environment = connection.client.settings_to_cmd_args_env(named, [])
    assert "hemmelig" not in " ".join(command)
    assert environment == {"PGPASSWORD": "hemmelig"}
