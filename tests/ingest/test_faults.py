"""What people get when something breaks (docs/faults.md): a full disk, an original that is damaged or gone."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from ingest.models import Upload
from programmes.site.away import DatabaseAwayMiddleware
from programmes.site.full_disk import FullDiskMiddleware
from tests import builders

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def small_disk(tmp_path: Path, settings: Any) -> Iterator[Path]:
    """A storage of 1 MB."""
    place = tmp_path / "media"
    place.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "none", place], capture_output=True, check=False)
    if mounted.returncode:
        pytest.skip(f"no mounting here: {mounted.stderr.decode().strip()}")
    settings.MEDIA_ROOT = place
    yield place
    subprocess.run(["umount", "--lazy", place], check=True)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can mount a small disk")
def test_a_full_disk_is_told_and_the_next_file_comes_in_when_there_is_room(desk: Client, small_disk: Path) -> None:
    def send(size: int) -> HttpResponse:
        file = SimpleUploadedFile("program.txt", b"VI VIL\n\n- rense fjorden\n".ljust(size))
        return desk.post("/redaksjon/opplasting/", {"files": file})  # type: ignore[return-value]

    full = send(2_000_000)
    assert full.status_code == 507
    assert "Disken til arkivet er full" in full.content.decode()
    assert "ble ikke lagret" in full.content.decode()
    assert not Upload.objects.exists()
    assert not [path for path in small_disk.rglob("*") if path.is_file()], "nothing half is left"
    assert send(1000).status_code == 302
    assert Upload.objects.count() == 1


def test_a_full_disk_of_the_database_is_not_called_away() -> None:
    def view(_request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    problem = OperationalError("could not extend file")
    problem.__cause__ = psycopg.errors.DiskFull("could not extend file")
    answer = FullDiskMiddleware(view).process_exception(RequestFactory().post("/"), problem)
    assert answer is not None
    assert answer.status_code == 507
    away = OperationalError("no answer")
    assert FullDiskMiddleware(view).process_exception(RequestFactory().post("/"), away) is None


def test_it_is_asked_before_what_would_call_it_away(settings: Any) -> None:
    full, away = (f"{each.__module__}.{each.__name__}" for each in (FullDiskMiddleware, DatabaseAwayMiddleware))
    assert settings.MIDDLEWARE.index(full) > settings.MIDDLEWARE.index(away)


def test_a_reader_is_told_that_an_original_is_away(client: Client) -> None:
    programme = builders.programme()
    Path(programme.file.path).unlink()
    answer = client.get(f"{programme.get_absolute_url()}original/")
    assert answer.status_code == 503
    assert "Originalfilen er ikke tilgjengelig" in answer.content.decode()
    assert client.get(programme.get_absolute_url()).status_code == 200


def test_a_damaged_original_is_never_read_into_what_the_public_reads(themes: None) -> None:
    programme = builders.programme()
    Path(programme.file.path).write_text("VI VIL\n\n- noe helt annet\n")
    out = StringIO()
    with pytest.raises(CommandError):
        call_command("read_again", "--all", stdout=out, stderr=StringIO())
    assert "Originalfilen er endret eller skadet" in out.getvalue()
    assert programme.passages.get().text == "Utrede behov for en byantikvar."
