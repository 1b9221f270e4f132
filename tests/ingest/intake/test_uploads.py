"""An upload's way: received whole or not at all, read once, confirmed in one transaction."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.files.storage import default_storage
from django.db import connection
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.contrib.django.models import ProcrastinateJob

from ingest.intake import files, jobs, uploads
from ingest.intake.details import Details
from ingest.models import Upload
from ingest.parser.as_json import from_wire
from ingest.parser.errors import EmptyFile, FileTooLarge, IngestError, UnknownFormat
from programmes.models import Programme
from programmes.storage import INCOMING
from tests import builders

TEXT = """Program for Storfjell

Skole

Bygdelista vil:
• bygge ny skole i Vik
• ansette flere lærere

Miljø

Bygdelista vil:
• rense elva
""".encode()
DETAILS = Details(title="Program", kind="parliamentary", period_start=2023, period_end=2027)


def receive(user: User, content: bytes = TEXT, filename: str = "program.txt") -> Upload:
    return uploads.receive(content, filename=filename, user=user)


def jobs_of(upload: Upload) -> list[str]:
    return list(ProcrastinateJob.objects.filter(lock=f"upload-{upload.pk}").values_list("status", flat=True))


def test_a_received_file_lies_under_its_hash_and_has_a_job(kari: User) -> None:
    upload = receive(kari)
    sha256 = hashlib.sha256(TEXT).hexdigest()
    assert (upload.state, upload.sha256, upload.size, upload.filename) == ("waiting", sha256, len(TEXT), "program.txt")
    assert Path(default_storage.path(files.name_of(sha256))).read_bytes() == TEXT
    assert jobs_of(upload) == ["todo"]


@pytest.mark.parametrize(
    ("content", "filename", "error"),
    [
        pytest.param(b"", "tom.txt", EmptyFile, id="empty"),
        pytest.param(b" \n\n", "blank.txt", EmptyFile, id="only white space"),
        pytest.param(
            b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20, "program.pdf", UnknownFormat, id="a picture named pdf"
        ),
        pytest.param(b"\x7fELF" + bytes(4000), "program.txt", UnknownFormat, id="a program named txt"),
        pytest.param(
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500), "program.docx", UnknownFormat, id="old Word named docx"
        ),
        pytest.param(b"a" * (uploads.LARGEST_FILE + 1), "stor.txt", FileTooLarge, id="too large"),
    ],
)
def test_what_no_reader_takes_is_not_stored(
    kari: User, content: bytes, filename: str, error: type[IngestError]
) -> None:
    before = files.kept_hashes()
    with pytest.raises(error):
        receive(kari, content, filename)
    assert not Upload.objects.exists()
    assert files.kept_hashes() == before


def test_the_same_file_again_is_recognised_on_its_way_and_in_the_archive(kari: User) -> None:
    first = receive(kari)
    with pytest.raises(uploads.AlreadyUploaded) as raised:
        receive(kari, filename="annet navn.txt")
    assert raised.value.upload == first
    Upload.objects.update(state="failed", error="Leste ikke.")
    again = receive(kari)
    Upload.objects.filter(pk=again.pk).delete()
    programme = builders.programme()
    Programme.objects.filter(pk=programme.pk).update(sha256=hashlib.sha256(TEXT).hexdigest())
    with pytest.raises(uploads.AlreadyInArchive) as archived:
        receive(kari)
    assert archived.value.programme == programme


def test_a_worker_reads_what_waits(kari: User, work: Callable[[], None]) -> None:
    upload = receive(kari)
    work()
    upload.refresh_from_db()
    assert (upload.state, upload.error, upload.pages_done) == ("ready", "", 1)
    assert [item.text for item in from_wire(upload.document).items] == [
        "bygge ny skole i Vik",
        "ansette flere lærere",
        "rense elva",
    ]
    assert jobs_of(upload) == []


def test_what_cannot_be_read_fails_with_the_reason_and_the_file_kept(kari: User, work: Callable[[], None]) -> None:
    upload = receive(kari, b"%PDF-1.7\nikke en pdf likevel\n", "skadet.pdf")
    work()
    upload.refresh_from_db()
    assert upload.state == "failed"
    assert upload.error.endswith(".")
    assert Path(upload.file.path).read_bytes().startswith(b"%PDF")
    uploads.try_again(upload)
    assert (upload.state, upload.error, jobs_of(upload)) == ("waiting", "", ["todo"])


def test_a_cancelled_upload_has_no_job_and_is_not_read_by_one_that_runs(kari: User, work: Callable[[], None]) -> None:
    upload = receive(kari)
    uploads.cancel(upload)
    assert (upload.state, jobs_of(upload)) == ("cancelled", [])
    jobs.enqueue_parse(upload)  # as if the worker had fetched the job already
    work()
    upload.refresh_from_db()
    assert (upload.state, upload.document) == ("cancelled", None)
    with pytest.raises(uploads.NotNow):
        uploads.cancel(upload)


def test_a_job_that_runs_twice_changes_nothing_the_second_time(kari: User, work: Callable[[], None]) -> None:
    upload = receive(kari)
    jobs.enqueue_parse(upload)
    work()
    upload.refresh_from_db()
    programme = uploads.confirm(upload, branch=builders.national_branch(), details=DETAILS)
    jobs.enqueue_parse(upload)
    work()
    upload.refresh_from_db()
    assert (upload.state, upload.programme) == ("confirmed", programme)


def take_up_again() -> None:
    with app.replace_connector(DjangoConnector().get_worker_connector()) as worker_app:

        async def once() -> None:
            async with worker_app.open_async():
                await jobs.take_up_again()

        asyncio.run(once())


def test_a_dead_workers_job_is_taken_up_again(kari: User, work: Callable[[], None]) -> None:
    upload = receive(kari)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - interval '1 minute') RETURNING id"
        )
        (worker,) = cursor.fetchone()
        cursor.execute("SELECT id FROM procrastinate_fetch_job_v2(ARRAY['parse'], %s)", [worker])
    Upload.objects.update(state="working", step="read")
    assert jobs_of(upload) == ["doing"]
    take_up_again()
    assert jobs_of(upload) == ["todo"]
    work()
    upload.refresh_from_db()
    assert upload.state == "ready"


def test_an_upload_whose_job_is_gone_gets_another(kari: User, work: Callable[[], None]) -> None:
    upload = receive(kari)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")
    take_up_again()
    take_up_again()
    assert jobs_of(upload) == ["todo"]


def test_a_file_that_kills_every_worker_is_given_up(kari: User, work: Callable[[], None]) -> None:
    upload = receive(kari)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET attempts = %s", [jobs.MOST_ATTEMPTS])
    work()
    upload.refresh_from_db()
    assert (upload.state, upload.error) == ("failed", jobs.GIVEN_UP)


def test_confirming_makes_a_draft_and_only_once(kari: User, work: Callable[[], None]) -> None:
    old = builders.programme()
    upload = receive(kari)
    work()
    upload.refresh_from_db()
    branch = builders.national_branch()
    assert uploads.same_programme(branch=branch, details=DETAILS, document=upload.document or {}) == [old]
    programme = uploads.confirm(upload, branch=branch, details=DETAILS, replaces=old)
    assert (programme.publication, programme.replaces, programme.passages.pledges().count()) == ("draft", old, 3)
    assert (upload.state, upload.programme, upload.document) == ("confirmed", programme, None)
    with pytest.raises(uploads.AlreadyInArchive):
        uploads.confirm(upload, branch=branch, details=DETAILS)


def test_a_confirmation_that_fails_leaves_nothing(kari: User, work: Callable[[], None]) -> None:
    upload = receive(kari)
    work()
    upload.refresh_from_db()
    assert upload.document is not None
    upload.document["entries"][0][1]["text"] = ""  # what the database refuses
    upload.save()
    with pytest.raises(Exception, match="passage_has_text"):
        uploads.confirm(upload, branch=builders.national_branch(), details=DETAILS)
    upload.refresh_from_db()
    assert upload.state == "ready"
    assert not Programme.objects.exists()


def test_half_a_file_left_under_a_hash_is_mended(kari: User) -> None:
    place = Path(default_storage.path(files.name_of(hashlib.sha256(TEXT).hexdigest())))
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(TEXT[:10])
    receive(kari)
    assert place.read_bytes() == TEXT


def test_what_a_killed_process_left_half_written_is_cleared_away() -> None:
    incoming = Path(default_storage.path(INCOMING))
    incoming.mkdir(parents=True, exist_ok=True)
    (incoming / "halv").write_bytes(b"halv")
    assert files.clear_incoming() == 0
    assert files.clear_incoming(older_than=0) == 1
