"""Originals and page pictures in an object store: moto's S3 on loopback, and what is said when it is gone."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import boto3
import pytest
from django.contrib.auth.models import User
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client
from moto.server import ThreadedMotoServer

from ingest.intake import files, jobs, uploads
from ingest.intake.details import Details
from ingest.intake.page_images import page_image
from ingest.intake.store import create_programme
from ingest.models import Upload
from ingest.parser.sandbox.parent import parse_in_sandbox
from programmes.models import Programme
from programmes.publishing import publish
from programmes.registers import load_registers
from programmes.storage import StorageOutOfReach
from tests import builders
from tests.paths import SAMPLES

pytestmark = pytest.mark.django_db

TEXT = (SAMPLES / "gamlevik-bygdelista-2015-2019.txt").read_bytes()
PDF = SAMPLES / "havsund-fjordparti-2023-2027.pdf"
BUCKET = "arkivet"


@pytest.fixture
def store(settings: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[ThreadedMotoServer]:
    """An S3 server with an empty bucket that the settings point at."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "invented")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "invented")
    address = f"http://{host}:{port}"
    boto3.client("s3", endpoint_url=address, region_name="us-east-1").create_bucket(Bucket=BUCKET)
    settings.MEDIA_ROOT = tmp_path / "nothing-is-kept-here"
    settings.STORAGES = settings.STORAGES | {
        "default": {
            "BACKEND": "programmes.object_storage.ObjectStorage",
            "OPTIONS": {"bucket_name": BUCKET, "endpoint_url": address, "region_name": "us-east-1"},
        }
    }
    yield server
    server.stop()
    assert not settings.MEDIA_ROOT.exists()


def test_a_file_is_received_read_and_confirmed_from_the_store(store: ThreadedMotoServer) -> None:
    kari = User.objects.create_user("kari", is_superuser=True)
    upload = uploads.receive(TEXT, filename="gamlevik.txt", user=kari)
    assert files.kept_hashes() == {hashlib.sha256(TEXT).hexdigest()}
    jobs._read(upload.pk)
    upload.refresh_from_db()
    assert (upload.state, upload.error) == (Upload.State.READY, "")
    with default_storage.open(upload.file.name) as kept:
        assert kept.read() == TEXT
    assert files.clear_incoming(older_than=0) == 0


def test_a_damaged_object_is_written_anew(store: ThreadedMotoServer) -> None:
    sha256 = hashlib.sha256(TEXT).hexdigest()
    default_storage.save(files.name_of(sha256), ContentFile(b"something else"))
    name = files.keep(TEXT, sha256)
    with default_storage.open(name) as kept:
        assert kept.read() == TEXT


def stored_pdf() -> Programme:
    load_registers()  # its themes
    programme = create_programme(
        branch=builders.national_branch(),
        parsed=parse_in_sandbox(PDF),
        content=PDF.read_bytes(),
        details=Details(title="Program", kind="parliamentary", period_start=2023, period_end=2027),
    )
    publish(programme)
    return programme


def test_originals_and_page_pictures_are_sent_from_the_store_and_503_without_it(
    store: ThreadedMotoServer, client: Client
) -> None:
    programme = stored_pdf()
    path = f"{programme.get_absolute_url()}original/"
    assert b"".join(client.get(path).streaming_content) == PDF.read_bytes()
    drawn = page_image(programme, 1)
    assert drawn is not None
    with default_storage.open(drawn.name) as picture:
        assert picture.read(4) == b"RIFF"
    assert page_image(programme, 1) == drawn, "kept, and not drawn again"

    store.stop()
    client.raise_request_exception = False
    gone = client.get(path)
    assert (gone.status_code, gone["Retry-After"]) == (503, "30")
    assert "Lageret for originalfiler" in gone.content.decode()
    assert client.get(programme.get_absolute_url()).status_code == 200
    with pytest.raises(StorageOutOfReach):
        default_storage.exists("originals")


def test_without_the_store_nothing_is_received_and_reading_is_tried_again(store: ThreadedMotoServer) -> None:
    kari = User.objects.create_user("kari", is_superuser=True)
    upload = uploads.receive(TEXT, filename="gamlevik.txt", user=kari)
    store.stop()
    with pytest.raises(files.NoStorage):
        uploads.receive(TEXT + b" ", filename="annet.txt", user=kari)
    assert Upload.objects.count() == 1
    with pytest.raises(files.NoStorage):
        jobs._read(upload.pk)
    upload.refresh_from_db()
    assert upload.state == Upload.State.WORKING, "its job is run again"
    assert files.NoStorage in jobs.RETRY.retry_exceptions
