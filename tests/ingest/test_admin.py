"""The Django admin of programmes: what the parse gave, details to change, and nothing that is the desk's."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.test import Client

from programmes.models import Area, GonePledge, Programme
from tests import builders

LIST = "/admin/programmes/programme/"


@pytest.fixture
def admin(client: Client, kari: User) -> Client:
    client.force_login(kari)
    return client


def test_a_programme_shows_what_the_parse_found(admin: Client) -> None:
    programme = builders.programme()
    page = admin.get(f"{LIST}{programme.pk}/change/").content.decode()
    assert "1 kapitler, 1 punkter, 0 reparert; 100 tegn, 0 ikke plassert" in page
    assert f'href="/redaksjon/program/{programme.pk}/"' in page
    assert "Kultur" in page


def test_facts_are_changed_at_the_desk_alone(admin: Client) -> None:
    programme = builders.programme()
    fields = {"branch": programme.branch.pk, "title": "Nytt program", "kind": "parliamentary", "language": "nn"}
    fields |= {"period_start": 2023, "period_end": 2027, "status": "adopted"}
    sections = {f"sections-{name}": 0 for name in ("TOTAL_FORMS", "INITIAL_FORMS")}
    assert admin.post(f"{LIST}{programme.pk}/change/", {**fields, **sections}).status_code == 403
    programme.refresh_from_db()
    assert (programme.title, programme.language, programme.sections.count()) == ("Program", "nb", 1)
    assert 'name="title"' not in admin.get(f"{LIST}{programme.pk}/change/").content.decode()


@pytest.mark.parametrize("model", ["party", "branch", "area", "theme"])
def test_what_is_part_of_addresses_is_never_changed(admin: Client, model: str) -> None:
    branch = builders.national_branch()
    area = Area.objects.create(
        code="9901", name="Storfjell", slug="storfjell", level="municipality", valid_from="1999-01-01"
    )
    made = {"party": branch.party, "branch": branch, "area": area, "theme": builders.theme()}
    row = made[model]
    form = admin.get(f"/admin/programmes/{model}/{row.pk}/change/").content.decode()
    assert row.slug in form
    assert 'name="slug"' not in form
    assert 'name="slug"' in admin.get(f"/admin/programmes/{model}/add/").content.decode()


def test_programmes_come_in_and_go_at_the_desk_alone(admin: Client) -> None:
    programme = builders.programme()
    assert admin.get(f"{LIST}add/").status_code == 403
    assert admin.get(f"{LIST}{programme.pk}/delete/").status_code == 403
    assert f"{LIST}add/" not in admin.get(LIST).content.decode()
    assert Programme.objects.exists()


def test_passages_are_for_looking_up(admin: Client) -> None:
    passage = builders.programme().passages.get()
    GonePledge.objects.create(public_id="borte234", programme=passage.programme, text="Bygge bru.")
    address = f"/admin/programmes/passage/{passage.pk}/change/"
    assert passage.text in admin.get(address).content.decode()
    assert admin.post(address, {"text": "Noe annet."}).status_code == 403
    assert "Bygge bru." in admin.get("/admin/programmes/gonepledge/").content.decode()
