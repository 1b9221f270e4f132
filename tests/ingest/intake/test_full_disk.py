"""A full disk at every place that an upload writes: the editor reads what happened, and nothing half is left."""

from __future__ import annotations

import ctypes
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.test.utils import override_settings

from ingest.intake.files import DiskIsFull
from ingest.models import LogEntry, Upload
from tests.ingest.intake.test_bundle import MANIFEST, zipped
from tests.ingest.intake.test_uploads import TEXT

pytestmark = pytest.mark.django_db

SMALL = 256 * 1024
"""Bytes of the disk: room for folders and for small files."""
LONG = TEXT + b"Vi vil mer. " * 60_000
"""A file that the disk has no room for; Django keeps it in memory until it is stored."""


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of its own that is full at once."""
    folder = tmp_path / "disk"
    folder.mkdir()
    libc = ctypes.CDLL(None, use_errno=True)
    if os.geteuid() != 0 or libc.mount(b"tmpfs", str(folder).encode(), b"tmpfs", 0, f"size={SMALL}".encode()):
        pytest.skip("only root, where it may mount, has a disk that is small enough to fill")
    yield folder
    libc.umount2(str(folder).encode(), 2)


@pytest.fixture
def browser(desk: Client) -> Client:
    """A client that is answered as a browser is."""
    desk.raise_request_exception = False
    return desk


def left_on(folder: Path) -> list[str]:
    return [path.name for path in folder.rglob("*") if path.is_file()]


def test_no_room_for_the_original(browser: Client, small_disk: Path) -> None:
    with override_settings(MEDIA_ROOT=small_disk):
        answer = browser.post(
            "/redaksjon/opplasting/",
            {"files": [SimpleUploadedFile("lang.txt", LONG), SimpleUploadedFile("kort.txt", TEXT)]},
        )
        page = answer.content.decode()
        assert answer.status_code == 422
        assert f"<strong>lang.txt</strong>: {DiskIsFull.message}" in page
        assert [upload.filename for upload in Upload.objects.all()] == ["kort.txt"], (
            "what there is room for is received"
        )
        assert left_on(small_disk) == [Path(Upload.objects.get().file.name).name], "no half file is left"
        assert LogEntry.objects.count() == 1
        assert default_storage.exists(Upload.objects.get().file.name)


def test_no_room_to_receive_a_large_file(browser: Client, small_disk: Path) -> None:
    with override_settings(FILE_UPLOAD_TEMP_DIR=str(small_disk)):
        large = SimpleUploadedFile("stor.pdf", b"%PDF-1.7\n" + b"x" * 3_000_000)
        answer = browser.post("/redaksjon/opplasting/", {"files": large})
    assert answer.status_code == 507
    assert "Disken er full" in answer.content.decode()
    assert not Upload.objects.exists()
    assert not left_on(small_disk)


def test_no_room_to_unpack_a_zip_file(browser: Client, small_disk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(small_disk))
    bundle = zipped(**{"manifest.toml": MANIFEST, "storfjell.txt": os.urandom(2 * SMALL)})
    answer = browser.post("/redaksjon/opplasting/", {"files": SimpleUploadedFile("alt.zip", bundle)})
    assert answer.status_code == 422
    assert DiskIsFull.message in answer.content.decode()
    assert not Upload.objects.exists()
    assert not left_on(small_disk)
