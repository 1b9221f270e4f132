"""The same programme in two files: known for that, asked about, kept and compared."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.test import Client

from ingest.desk.format_differences import compare, with_other_files
from ingest.desk.upload_forms import ConfirmForm, guess
from ingest.intake import uploads
from ingest.intake.other_files import alike_in_contents, other_files
from ingest.models import LogEntry, Upload
from ingest.parser.as_json import to_wire
from ingest.parser.parse import parse
from programmes.models import Programme
from tests import builders
from tests.ingest.desk.test_confirm_many import GIVEN

pytestmark = pytest.mark.django_db

FIRST = """Program for Storfjell

Skole

Skolen er hjertet i bygda og skal ligge der folk bor, i alle grender.

Bygdelista vil:
• bygge en ny og større ungdomsskole i Elvebyen sentrum
• ansette flere lærere og gi alle elever gratis skolemat hver dag
• styrke skolehelsetjenesten med flere helsesykepleiere
• bevare alle grendeskolene i kommunen så lenge folk vil ha dem

Kultur

Bygdelista vil:
• utrede behovet for en egen byantikvar i kommunen
• holde kulturskolen åpen for alle som vil, uten ventelister
• bevare trehusbebyggelsen langs elva for dem som kommer etter

Natur

Bygdelista vil:
• verne fjellet mot hyttefelt og veier som ingen i bygda har bedt om
• rense elva så fisken kommer tilbake til alle kulpene ovenfor fossen
• merke flere stier for dem som går på tur uten kart og kompass
• la skogen stå urørt rundt de gamle setrene innerst i dalen
• plante trær langs skoleveien der det før var åpen åker
"""
SECOND = (
    FIRST.replace("større", "storre")
    .replace("lærere og gi", "lærere og\n• gi")
    .replace("• bevare alle", "bevare alle")
    .replace("kulturskolen åpen", "kultur skolen åpen")
    .replace("\n• bevare trehusbebyggelsen langs elva for dem som kommer etter", "")
)
"""As another format is read: a letter is lost, an entry cut in two, two run together, a word cut, an entry lost."""


def read_upload(user: User, text: str, filename: str, **details: object) -> Upload:
    content = text.encode()
    upload = uploads.receive(content, filename=filename, user=user, details=GIVEN | details)
    Upload.objects.filter(pk=upload.pk).update(state="ready", document=to_wire(parse(content, filename)))
    upload.refresh_from_db()
    return upload


def answer_of(upload: Upload, **answers: str) -> dict[str, object]:
    return {name: value for name, value in guess(upload).items() if name in ConfirmForm.base_fields} | answers


@pytest.fixture
def programme(desk: Client, kari: User, themes: None) -> Programme:
    """The draft of the first file."""
    builders.national_branch()
    upload = read_upload(kari, FIRST, "program.txt")
    desk.post(f"/redaksjon/opplasting/{upload.pk}/", answer_of(upload))
    return Programme.objects.get()


def test_differences_have_their_kinds_and_places() -> None:
    found = compare(parse(FIRST.encode(), "a.txt"), parse(SECOND.encode(), "b.txt"))
    told = [(each.differs.value, each.line, len(each.here), len(each.there)) for each in found.differences]
    assert told == [
        ("words", 8, 1, 1),
        ("parted", 9, 1, 2),
        ("parted", 10, 2, 1),
        ("spaces", 17, 1, 1),
        ("only here", 18, 1, 0),
    ]
    assert found.differences[0].here[0].id
    [gone, new] = [each for each in found.differences[0].stretches if each.kind != "same"]
    assert (gone.text, new.text) == ("storre", "større")


def test_a_file_has_no_differences_from_itself() -> None:
    parsed = parse(FIRST.encode(), "a.txt")
    assert compare(parsed, parsed).differences == ()
    assert compare(parsed, parsed).share_same == 100


def test_the_second_file_is_asked_about_kept_and_compared(desk: Client, kari: User, programme: Programme) -> None:
    upload = read_upload(kari, SECOND, "program2.txt")
    page = f"/redaksjon/opplasting/{upload.pk}/"
    asked = desk.post(page, answer_of(upload))
    assert asked.status_code == 422
    assert f'value="other-{programme.pk}"' in asked.content.decode()
    before = desk.get(f"{page}sammenlign/?program={programme.pk}").content.decode()
    assert "5 forskjeller" in before
    answer = desk.post(page, answer_of(upload, same=f"other-{programme.pk}"))
    assert answer["Location"] == f"/redaksjon/program/{programme.pk}/sammenlign/"
    assert "<del>storre</del>" in desk.get(answer["Location"]).content.decode()
    assert Programme.objects.get() == programme
    assert LogEntry.objects.filter(action="upload.other_file", programme=programme).count() == 1
    assert list(other_files(programme)) == [upload]
    [(file, comparison)] = with_other_files(programme)
    assert (file, len(comparison.differences)) == (upload, 5)
    assert "annen fil av" in desk.get(page).content.decode()
    with pytest.raises(uploads.AlreadyInArchive):
        uploads.receive(SECOND.encode(), filename="igjen.txt", user=kari)


def test_the_same_words_are_known_whatever_is_said_of_them(desk: Client, kari: User, programme: Programme) -> None:
    upload = read_upload(kari, SECOND, "program2.txt", period_start=2015, period_end=2019)
    assert alike_in_contents(upload.document) == [programme]
    asked = desk.post(f"/redaksjon/opplasting/{upload.pk}/", answer_of(upload))
    assert f'value="other-{programme.pk}"' in asked.content.decode()
    stranger = read_upload(kari, FIRST.replace("a", "e"), "fremmed.txt")
    assert alike_in_contents(stranger.document) == []


def test_the_other_file_is_read_again_and_stays_the_other(desk: Client, kari: User, programme: Programme) -> None:
    upload = read_upload(kari, SECOND, "program2.txt")
    uploads.keep_as_other_file(upload, programme=programme)
    desk.post(f"/redaksjon/opplasting/{upload.pk}/igjen/")
    upload.refresh_from_db()
    assert (upload.state, upload.programme) == ("waiting", programme)


def test_a_deleted_draft_lets_its_other_file_go(desk: Client, kari: User, programme: Programme) -> None:
    upload = read_upload(kari, SECOND, "program2.txt")
    uploads.keep_as_other_file(upload, programme=programme)
    assert desk.post(f"/redaksjon/program/{programme.pk}/slett/").status_code == 302
    upload.refresh_from_db()
    assert (upload.state, upload.programme) == ("ready", None)
    assert not Programme.objects.exists()
