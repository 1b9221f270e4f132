"""The upload pages: what is received and what isn't, how reading is followed, and what confirming asks for."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from ingest.desk.upload_forms import ConfirmForm, guess
from ingest.desk.views.uploads import MOST_BYTES
from ingest.intake import uploads
from ingest.models import LogEntry, Role, Upload
from ingest.parser.as_json import to_wire
from ingest.parser.parse import parse
from programmes.models import Area, Branch, Programme
from programmes.site.links import PER_PAGE
from tests import builders
from tests.ingest.desk import people
from tests.ingest.intake.test_bundle import MANIFEST, zipped
from tests.ingest.intake.test_uploads import TEXT

pytestmark = pytest.mark.django_db

FIELDS = {
    "title": "Program for Storfjell",
    "party": "BYGD",
    "level": "municipality",
    "branch": "Storfjell Bygdeliste",
    "area": "Storfjell",
    "kind": "municipal",
    "period_start": "2023",
    "period_end": "2027",
    "language": "nb",
    "status": "adopted",
    "new_branch": "BYGD|municipality9901|storfjell bygdeliste",
}


def file(content: bytes = TEXT, name: str = "program.txt") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def storfjell() -> Area:
    return Area.objects.create(
        code="9901", name="Storfjell", slug="storfjell", level="municipality", valid_from="2020-01-01"
    )


@pytest.fixture
def ready(kari: User, themes: None) -> Upload:
    """An upload that has been read."""
    upload = uploads.receive(TEXT, filename="program.txt", user=kari)
    parsed = parse(TEXT, "program.txt")
    Upload.objects.filter(pk=upload.pk).update(state="ready", document=to_wire(parsed), pages_total=1, pages_done=1)
    upload.refresh_from_db()
    builders.party()
    storfjell()
    return upload


def test_one_file_leads_to_its_page(desk: Client) -> None:
    answer = desk.post("/redaksjon/opplasting/", {"files": file()})
    upload = Upload.objects.get()
    assert answer["Location"] == f"/redaksjon/opplasting/{upload.pk}/"
    page = desk.get(answer["Location"]).content.decode()
    assert "1 fil er mottatt: program.txt" in page
    assert '<noscript><meta http-equiv="refresh" content="3"></noscript>' in re.sub(r">\s+<", "><", page)
    assert LogEntry.objects.get(action="upload.received").subject == "program.txt"


def test_what_is_wrong_with_one_file_keeps_no_other_out(desk: Client) -> None:
    answer = desk.post(
        "/redaksjon/opplasting/", {"files": [file(), file(b"", "tom.txt"), file(b"\x00" * 500, "bilde.png")]}
    )
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "<title>Feil:" in page
    assert "<strong>tom.txt</strong>: Filen er tom." in page
    assert "<strong>bilde.png</strong>: Filtypen kan ikke leses." in page
    assert [upload.filename for upload in Upload.objects.all()] == ["program.txt"]


def test_no_file_is_a_fault_too(desk: Client) -> None:
    assert "Velg minst én fil, eller lim inn en tekst." in desk.post("/redaksjon/opplasting/").content.decode()


def test_the_same_file_leads_to_the_one_that_is_there(desk: Client) -> None:
    desk.post("/redaksjon/opplasting/", {"files": file()})
    page = desk.post("/redaksjon/opplasting/", {"files": file(name="kopi.txt")}).content.decode()
    assert "Den samme filen er allerede lastet opp" in page
    assert f'href="/redaksjon/opplasting/{Upload.objects.get().pk}/"' in page


PASTED = "<h2>Skole</h2><p>Fjordpartiet vil:</p><ul><li>bygge skole</li><li>ansette lærere</li></ul>"


def read_of(upload: Upload) -> list[tuple[str, str]]:
    """Return the marks and texts of the items of what was received."""
    with upload.file.open() as stored:
        return [(item.marker, item.text) for item in parse(stored.read(), upload.filename).items]


def test_what_is_pasted_is_received_with_its_marks_and_headings(desk: Client) -> None:
    rich = SimpleUploadedFile("innlimt.html", PASTED.encode(), "text/html")
    fields = {
        "pasted": "Skole\r\nFjordpartiet vil:\r\nbygge skole",
        "pasted_html": rich,
        "pasted_name": "../Vårt: program",
    }
    assert desk.post("/redaksjon/opplasting/", fields).status_code == 302
    upload = Upload.objects.get()
    assert upload.filename == "Vårt program.html"
    assert read_of(upload) == [("•", "bygge skole"), ("•", "ansette lærere")]
    rich.seek(0)
    assert "Den samme filen er allerede lastet opp" in desk.post("/redaksjon/opplasting/", fields).content.decode()


def test_what_is_pasted_without_script_is_received_as_plain_text(desk: Client) -> None:
    text = TEXT.decode()
    desk.post("/redaksjon/opplasting/", {"pasted": text.replace("\n", "\r\n"), "pasted_name": ""})
    upload = Upload.objects.get()
    assert upload.filename == "Limt inn.txt"
    with upload.file.open() as stored:
        assert stored.read() == TEXT


def test_what_was_pasted_is_not_lost_where_a_file_is_at_fault(desk: Client) -> None:
    fields = {"files": file(b"", "tom.txt"), "pasted": "   ", "pasted_name": "Vårt program"}
    page = desk.post("/redaksjon/opplasting/", fields).content.decode()
    assert 'value="Vårt program"' in page and not Upload.objects.exists()


def test_a_zip_file_brings_what_its_manifest_says(desk: Client) -> None:
    content = zipped(**{"manifest.toml": MANIFEST, "storfjell.txt": TEXT})
    page = desk.post("/redaksjon/opplasting/", {"files": file(content, "samling.zip")}).content.decode()
    assert "borte.txt" in page
    upload = Upload.objects.get()
    assert upload.filename == "storfjell.txt"
    assert upload.details["branch"] == "Storfjell Bygdeliste"
    assert guess(upload)["title"] == "Program for Storfjell"


def test_an_address_is_fetched_only_where_that_is_allowed(desk: Client, settings: Any) -> None:
    address = "http://127.0.0.1/program.txt"
    assert 'name="address"' not in desk.get("/redaksjon/opplasting/").content.decode()
    page = desk.post("/redaksjon/opplasting/", {"address": address}).content.decode()
    assert "Denne installasjonen henter ikke filer fra nettet." in page
    settings.ALLOW_FETCH = True
    page = desk.post("/redaksjon/opplasting/", {"address": address}).content.decode()
    assert "ikke en vanlig, offentlig nettadresse" in page
    assert f'value="{address}"' in page  # what was given is not lost


def test_progress_is_told_to_the_script(desk: Client, ready: Upload) -> None:
    Upload.objects.filter(pk=ready.pk).update(state="working", step="read", pages_done=3, pages_total=10)
    assert desk.get(f"/redaksjon/opplasting/{ready.pk}/status/").json() == {
        "state": "working",
        "label": "leses",
        "step": "Leser sidene",
        "pages": "side 3 av 10",
        "pages_done": 3,
        "pages_total": 10,
    }
    assert "side 3 av 10" in desk.get(f"/redaksjon/opplasting/{ready.pk}/").content.decode()


def test_the_list_tells_how_far_each_has_come_and_what_is_wrong(desk: Client, ready: Upload) -> None:
    Upload.objects.filter(pk=ready.pk).update(state="working", step="read", pages_done=3, pages_total=10)
    page = desk.get("/redaksjon/opplasting/").content.decode()
    assert "Leser sidene side 3 av 10" in page
    assert 'http-equiv="refresh"' in page
    Upload.objects.filter(pk=ready.pk).update(state="failed", error="Filen er låst med passord.", document=None)
    page = desk.get("/redaksjon/opplasting/").content.decode()
    assert "Filen er låst med passord." in page
    assert 'http-equiv="refresh"' not in page


def test_a_failure_shows_the_reason_and_the_ways_out(desk: Client, ready: Upload) -> None:
    Upload.objects.filter(pk=ready.pk).update(state="failed", error="Filen er låst med passord.", document=None)
    page = desk.get(f"/redaksjon/opplasting/{ready.pk}/").content.decode()
    assert "Filen er låst med passord." in page
    desk.post(f"/redaksjon/opplasting/{ready.pk}/igjen/")
    ready.refresh_from_db()
    assert ready.state == "waiting"


def test_cancelling_is_a_post(desk: Client, ready: Upload) -> None:
    assert desk.get(f"/redaksjon/opplasting/{ready.pk}/avbryt/").status_code == 405
    desk.post(f"/redaksjon/opplasting/{ready.pk}/avbryt/")
    ready.refresh_from_db()
    assert ready.state == "cancelled"
    page = desk.post(f"/redaksjon/opplasting/{ready.pk}/avbryt/", follow=True).content.decode()
    assert "har endret tilstand" in page


def test_the_file_is_sent_as_an_attachment_that_no_browser_runs(desk: Client, ready: Upload) -> None:
    answer = desk.get(f"/redaksjon/opplasting/{ready.pk}/fil/")
    assert b"".join(answer.streaming_content) == TEXT
    assert answer["Content-Disposition"] == 'attachment; filename="program.txt"'
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"


def test_confirming_makes_the_branch_and_the_draft(desk: Client, ready: Upload) -> None:
    desk.post(f"/redaksjon/opplasting/{ready.pk}/", FIELDS)
    programme = Programme.objects.get()
    assert (str(programme.branch), programme.branch.area.name, programme.publication) == (
        "Storfjell Bygdeliste",
        "Storfjell",
        "draft",
    )
    assert programme.passages.pledges().count() == 3
    ready.refresh_from_db()
    assert (ready.state, ready.programme) == ("confirmed", programme)
    assert LogEntry.objects.get(action="upload.confirmed").programme == programme


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"title": ""}, "title"),
        ({"party": "UKJENT"}, "party"),
        ({"area": "Ingensteds"}, "area"),
        ({"area": ""}, "area"),
        ({"level": "national"}, "area"),
        ({"period_end": "2019"}, "period_end"),
        ({"period_start": "23"}, "period_start"),
        ({"adopted_on": "i fjor"}, "adopted_on"),
        ({"source_url": "javascript:alert(1)"}, "source_url"),
    ],
)
def test_a_fault_keeps_all_that_was_filled_in(desk: Client, ready: Upload, changed: dict[str, str], field: str) -> None:
    answer = desk.post(f"/redaksjon/opplasting/{ready.pk}/", {**FIELDS, **changed})
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    page = answer.content.decode()
    assert f'href="#id_{field}"' in page
    for name, value in {**FIELDS, **changed}.items():
        assert answer.context["form"][name].value() == value
    assert not Programme.objects.exists()
    assert not Branch.objects.filter(name="Storfjell Bygdeliste").exists()


def test_the_same_programme_in_another_file_asks_what_to_do(desk: Client, ready: Upload) -> None:
    first = {**FIELDS, "level": "national", "area": "", "branch": "Bygdelista", "kind": "parliamentary"}
    old = builders.programme(published=False)
    answer = desk.post(f"/redaksjon/opplasting/{ready.pk}/", first)
    assert answer.status_code == 422
    assert "erstatter «Program» (kladd)" in answer.content.decode()
    assert Programme.objects.count() == 1
    desk.post(f"/redaksjon/opplasting/{ready.pk}/", {**first, "same": str(old.pk)})
    assert Programme.objects.exclude(pk=old.pk).get().replaces == old


def test_others_drafts_are_not_told_of(client: Client, ready: Upload) -> None:
    contributor = people.person(Role.CONTRIBUTOR)
    Upload.objects.filter(pk=ready.pk).update(uploaded_by=contributor)
    Programme.objects.filter(pk=people.programme(own=False).pk).update(title="Hemmelig utkast", kind="parliamentary")
    client.force_login(contributor)
    fields = {**FIELDS, "party": "FJORD", "level": "national", "area": "", "branch": "Fjordpartiet"}
    page = client.post(f"/redaksjon/opplasting/{ready.pk}/", {**fields, "kind": "parliamentary"}).content.decode()
    assert "Du kan bare legge inn programmer for dine egne lag." in page
    assert "Hemmelig utkast" not in page


def test_both_may_be_kept(desk: Client, ready: Upload) -> None:
    builders.programme(published=False)
    fields = {
        **FIELDS,
        "level": "national",
        "area": "",
        "branch": "Bygdelista",
        "kind": "parliamentary",
        "same": "both",
    }
    desk.post(f"/redaksjon/opplasting/{ready.pk}/", fields)
    assert list(Programme.objects.values_list("replaces", flat=True)) == [None, None]


def test_a_replacement_must_be_one_of_the_same_programmes(desk: Client, ready: Upload) -> None:
    builders.programme(published=False)
    other = builders.programme(year=2019, published=False)
    fields = {**FIELDS, "level": "national", "area": "", "branch": "Bygdelista", "kind": "parliamentary"}
    assert desk.post(f"/redaksjon/opplasting/{ready.pk}/", {**fields, "same": str(other.pk)}).status_code == 422


def test_what_is_confirmed_cannot_be_again(desk: Client, ready: Upload) -> None:
    for _time in range(2):
        answer = desk.post(f"/redaksjon/opplasting/{ready.pk}/", FIELDS)
    assert answer.status_code == 422
    assert Programme.objects.count() == 1


def test_a_known_branch_needs_no_area(desk: Client, ready: Upload) -> None:
    desk.post(f"/redaksjon/opplasting/{ready.pk}/", FIELDS)
    form = ConfirmForm({**FIELDS, "area": "", "same": ""})
    assert form.is_valid(), form.errors
    assert form.place == Area.objects.get(name="Storfjell")


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        pytest.param({"branch": "Storfjell Bygdeliste"}, ("municipality", "9901 Storfjell", "municipal"), id="area"),
        pytest.param({"level": "national"}, ("national", "", "parliamentary"), id="national"),
        pytest.param({"doc_type": "statement"}, ("", "", "statement"), id="statement"),
        pytest.param({"branch": "Bygdelista", "party": "BYGD"}, ("national", "", "parliamentary"), id="known branch"),
    ],
)
def test_what_the_form_begins_with(kari: User, known: dict[str, str], expected: tuple[str, str, str]) -> None:
    storfjell()
    builders.national_branch()
    initial = guess(Upload(details=known))
    assert (initial["level"], initial["area"], initial["kind"]) == expected


@pytest.mark.parametrize(
    ("address", "values"),
    [
        ("/redaksjon/oppslag/omrade/?q=stor", ["9901 Storfjell"]),
        ("/redaksjon/oppslag/omrade/?q=99&niva=municipality", ["9901 Storfjell"]),
        ("/redaksjon/oppslag/omrade/?q=stor&niva=county", []),
        ("/redaksjon/oppslag/lag/?q=lista", ["Bygdelista"]),
        ("/redaksjon/oppslag/lag/?q=lista&parti=ANNET", []),
    ],
)
def test_places_are_looked_up(desk: Client, address: str, values: list[str]) -> None:
    storfjell()
    builders.national_branch()
    assert [entry["value"] for entry in desk.get(address).json()["found"]] == values


@pytest.mark.parametrize("path", ["", "1/", "1/status/", "1/fil/"])
def test_nobody_comes_in_without_logging_in(client: Client, path: str) -> None:
    assert client.get(f"/redaksjon/opplasting/{path}").status_code == 302


def test_the_list_asks_no_more_of_the_database_with_more_uploads(desk: Client, kari: User) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert desk.get("/redaksjon/opplasting/").status_code == 200
        return len(queries)

    uploads.receive(b"En.", filename="en.txt", user=kari)
    few = count()
    for number in range(3):
        uploads.receive(f"Nr. {number}.".encode(), filename="flere.txt", user=kari)
    assert count() == few


def test_the_list_has_pages(desk: Client, kari: User) -> None:
    Upload.objects.bulk_create(
        Upload(file="x", filename=f"fil-{n}.txt", sha256=f"{n:064}", size=1, uploaded_by=kari, state="cancelled")
        for n in range(PER_PAGE + 1)
    )
    first, second = (desk.get(f"/redaksjon/opplasting/{query}").content.decode() for query in ("", "?side=2"))
    assert first.count('<th scope="row">') == PER_PAGE
    assert 'href="/redaksjon/opplasting/?side=2"' in first
    assert second.count('<th scope="row">') == 1


def test_a_request_that_is_too_large_is_refused_before_it_is_read(desk: Client) -> None:
    answer = desk.generic(
        "POST",
        "/redaksjon/opplasting/",
        b"--x\r\n",
        content_type="multipart/form-data; boundary=x",
        CONTENT_LENGTH=str(MOST_BYTES + 1),
    )
    assert answer.status_code == 413
    assert "for stort" in answer.content.decode()


def test_a_typed_name_is_never_silently_another_branch(desk: Client, ready: Upload) -> None:
    area = Area.objects.get(code="9901")
    there = Branch.objects.create(
        party=builders.party(), level="municipality", area=area, name="Storfjell Bygdeliste", slug="storfjell"
    )
    page = f"/redaksjon/opplasting/{ready.pk}/"
    asked = desk.post(page, {**FIELDS, "branch": "Elvebyen Bygdeliste"})
    assert asked.status_code == 422
    assert "Arkivet kaller laget her «Storfjell Bygdeliste»" in asked.content.decode()
    other = Area.objects.create(
        code="9902", name="Elvebyen", slug="elvebyen", level="municipality", valid_from="2020-01-01"
    )
    Branch.objects.create(party=there.party, level="municipality", area=other, name=there.name, slug="elvebyen")
    asked = desk.post(page, {**FIELDS, "area": ""})
    assert asked.status_code == 422
    assert "flere lag med dette navnet (9901 Storfjell, 9902 Elvebyen)" in asked.content.decode()
    assert not Programme.objects.exists()
    assert desk.post(page, {**FIELDS, "branch": "storfjell bygdeliste"}).status_code == 302
    assert Programme.objects.get().branch == there
