"""Many uploads confirmed on one page: each on its own, with what is in the way told row by row and nothing lost."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.test import Client

from ingest.desk.upload_forms import ConfirmForm, guess, mismatches
from ingest.intake import uploads
from ingest.models import LogEntry, Role, Upload
from ingest.parser.as_json import to_wire
from ingest.parser.parse import parse
from programmes.models import Branch, Programme
from tests import builders
from tests.ingest.desk import people
from tests.ingest.desk.test_upload_pages import FIELDS, storfjell
from tests.ingest.intake.test_uploads import TEXT

pytestmark = pytest.mark.django_db

PAGE = "/redaksjon/opplasting/samlet/"
GIVEN = {
    "title": "Program",
    "party": "BYGD",
    "branch": "Bygdelista",
    "level": "national",
    "kind": "parliamentary",
    "period_start": 2023,
    "period_end": 2027,
}


def read_upload(user: User, number: int = 1, **details: object) -> Upload:
    """Return an upload that has been read, with what a manifest said of it."""
    content = TEXT.replace(b"Vik", f"Vik {number}".encode())
    upload = uploads.receive(content, filename=f"program-{number}.txt", user=user, details=GIVEN | details)
    document = to_wire(parse(content, upload.filename))
    Upload.objects.filter(pk=upload.pk).update(state="ready", document=document, pages_total=1, pages_done=1)
    upload.refresh_from_db()
    return upload


def fields_of(*sent: Upload, **changed: object) -> dict[str, object]:
    """Return the page's form with all uploads chosen."""
    form: dict[str, object] = {name: [upload.pk for upload in sent] for name in ("shown", "upload")}
    for upload in sent:
        values = {name: value for name, value in guess(upload).items() if name in ConfirmForm.base_fields}
        form |= {f"u{upload.pk}-{name}": value for name, value in (values | changed).items()}
    return form


def test_all_are_confirmed_at_once_each_with_its_line_in_the_log(desk: Client, kari: User, themes: None) -> None:
    builders.national_branch()
    sent = [
        read_upload(kari, number, period_start=year, period_end=year + 4) for number, year in ((1, 2019), (2, 2023))
    ]
    page = desk.get(PAGE).content.decode()
    assert page.count('name="upload"') == page.count("checked") - page.count('type="radio"') // 3 == 2
    assert desk.get(f"{PAGE}?velg=ingen").content.decode().count('name="upload"') == 2
    answer = desk.post(PAGE, fields_of(*sent))
    assert answer["Location"] == "/redaksjon/opplasting/"
    assert sorted(Programme.objects.values_list("period_start", flat=True)) == [2019, 2023]
    assert LogEntry.objects.filter(action="upload.confirmed").count() == 2


def test_what_is_wrong_with_one_keeps_no_other_out_and_loses_nothing(desk: Client, kari: User, themes: None) -> None:
    builders.national_branch()
    good, bad = read_upload(kari, 1), read_upload(kari, 2, period_start=2019, period_end=2023)
    form = fields_of(good, bad) | {f"u{bad.pk}-period_end": "1900", f"u{bad.pk}-title": "Karis egne ord"}
    answer = desk.post(PAGE, form)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "1 fil er lagt inn: program-1.txt" in page
    assert "Perioden kan ikke slutte før den begynner." in page
    assert 'value="Karis egne ord"' in page
    assert f'id="row-{good.pk}"' not in page
    assert Programme.objects.get().uploads.get() == good


def test_those_that_are_not_chosen_keep_what_was_written(desk: Client, kari: User, themes: None) -> None:
    builders.national_branch()
    chosen, other = read_upload(kari, 1, title=""), read_upload(kari, 2)
    form = fields_of(chosen, other) | {"upload": [chosen.pk], f"u{other.pk}-title": "Ikke ennå"}
    form[f"u{chosen.pk}-title"] = ""
    page = desk.post(PAGE, form).content.decode()
    assert 'value="Ikke ennå"' in page
    assert "1 fil er ikke lagt inn ennå" in page
    assert not Programme.objects.exists()


def test_a_new_branch_is_asked_about_first_and_made_with_a_yes(desk: Client, kari: User, themes: None) -> None:
    storfjell()
    builders.national_branch()
    area = {"level": "municipality", "area": "9901", "branch": "Storfjell Bygdeliste", "kind": "municipal"}
    upload = read_upload(kari, **area)
    answer = f'value="{FIELDS["new_branch"]}"'
    asked = desk.get(PAGE).content.decode()
    assert "Det finnes ikke noe lag som heter «Storfjell Bygdeliste» i registeret for Bygdelista." in asked
    assert answer in asked
    assert desk.post(PAGE, fields_of(upload)).status_code == 422
    assert Branch.objects.count() == 1
    assert desk.post(PAGE, fields_of(upload, new_branch="BYGD|municipality9901|noe annet")).status_code == 422
    assert desk.post(PAGE, fields_of(upload, new_branch=FIELDS["new_branch"])).status_code == 302
    assert Branch.objects.get(level="municipality").name == "Storfjell Bygdeliste"


def test_near_names_and_another_partys_name_are_told(desk: Client, kari: User, themes: None) -> None:
    storfjell()
    builders.national_branch()
    builders.party(*people.OTHER)
    upload = read_upload(kari, branch="Storfjell Fjordparti", level="municipality", area="9901", kind="municipal")
    page = desk.get(PAGE).content.decode()
    assert (
        "Navnet «Storfjell Fjordparti» hører etter ordene til Fjordpartiet, men partiet er satt til Bygdelista." in page
    )
    Upload.objects.filter(pk=upload.pk).update(
        details=GIVEN | {"branch": "Bygdelisten", "level": "municipality", "area": "9901"}
    )
    assert "Mente du «Bygdelista» (Bygdelista)?" in desk.get(PAGE).content.decode()


def test_where_the_manifest_and_the_file_differ_is_told(kari: User, themes: None) -> None:
    builders.national_branch()
    upload = read_upload(kari, title="En annen tittel", language="nn")
    told = {each.label: (each.given, each.read) for each in mismatches(upload)}
    assert told["Språk"] == ("nynorsk", "bokmål")
    assert told["Tittel"] == ("En annen tittel", upload.document["meta"]["title"])


def test_others_uploads_are_not_on_a_contributors_page(client: Client, kari: User, themes: None) -> None:
    builders.national_branch()
    upload = read_upload(kari)
    client.force_login(people.person(Role.CONTRIBUTOR))
    assert upload.filename not in client.get(PAGE).content.decode()
    client.post(PAGE, fields_of(upload))
    assert not Programme.objects.exists()


def test_the_next_to_confirm_is_one_press_away(desk: Client, kari: User, themes: None) -> None:
    builders.national_branch()
    first, second = read_upload(kari, 1), read_upload(kari, 2, period_start=2019, period_end=2023)
    page = desk.get(f"/redaksjon/opplasting/{first.pk}/").content.decode()
    assert "Neste å bekrefte: program-2.txt" in page
    values = {name: value for name, value in guess(first).items() if name in ConfirmForm.base_fields}
    answer = desk.post(f"/redaksjon/opplasting/{first.pk}/", values | {"next": "1"})
    assert answer["Location"] == f"/redaksjon/opplasting/{second.pk}/"
