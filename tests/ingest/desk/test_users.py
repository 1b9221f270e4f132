"""Users: made, given roles and branches, shut out; an administrator can't shut themselves out."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.test import Client

from ingest.desk.permissions import Action, may
from ingest.models import LogEntry, Role
from tests.ingest.desk import people

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _quick_hashes(settings) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def administrator() -> User:
    return people.person(Role.ADMINISTRATOR)


@pytest.fixture
def desk(client: Client, administrator: User) -> Client:
    client.force_login(administrator)
    return client


def test_a_new_user_logs_in_once_with_the_password_shown(desk) -> None:
    fields = {"username": "ola", "role": "contributor", "is_active": "on"}
    response = desk.post("/redaksjon/brukere/ny/", fields)
    password = response.context["password"]
    assert password in response.content.decode()
    assert "no-store" in response["Cache-Control"]
    user = User.objects.get(username="ola")
    assert user.check_password(password)
    assert user.membership.one_time_until is not None
    entry = LogEntry.objects.get()
    assert (entry.action, entry.subject) == ("user.created", "ola")
    assert password not in str(entry.details)


def test_a_branch_is_found_given_and_taken_away(desk) -> None:
    contributor = people.person(Role.CONTRIBUTOR)
    other = people.branch(own=False)
    page = f"/redaksjon/brukere/{contributor.pk}/"
    assert "Fjordpartiet" in desk.get(f"{page}?lag=fjord").content.decode()
    desk.post(f"{page}lag/", {"add": other.pk})
    assert may(User.objects.get(pk=contributor.pk), Action.CONFIRM, other)
    desk.post(f"{page}lag/", {"remove": other.pk})
    assert not may(User.objects.get(pk=contributor.pk), Action.CONFIRM, other)
    assert [entry.details for entry in LogEntry.objects.all()] == [
        {"key": contributor.pk, "removed": f"Fjordpartiet ({other.pk})"},
        {"key": contributor.pk, "added": f"Fjordpartiet ({other.pk})"},
    ]


def test_a_role_is_changed_and_a_user_shut_out(desk) -> None:
    editor = people.person(Role.EDITOR)
    desk.post(f"/redaksjon/brukere/{editor.pk}/", {"username": "editor", "role": "contributor"})
    editor = User.objects.get(pk=editor.pk)
    assert (editor.membership.role, editor.is_active) == ("contributor", False)
    assert LogEntry.objects.get().details["role"] == "contributor"


@pytest.mark.parametrize(("role", "active"), [("editor", "on"), ("administrator", "")])
def test_an_administrator_cannot_shut_themselves_out(desk, administrator, role, active) -> None:
    page = f"/redaksjon/brukere/{administrator.pk}/"
    fields = {"username": "administrator", "role": role, "is_active": active}
    assert desk.post(page, fields).status_code == 422
    administrator.refresh_from_db()
    assert administrator.is_active
    assert not LogEntry.objects.exists()


def test_who_set_the_archive_up_is_out_of_reach_of_administrators(desk) -> None:
    root = User.objects.create(username="root", is_superuser=True)
    page = f"/redaksjon/brukere/{root.pk}/"
    assert desk.post(page, {"username": "root", "role": "administrator"}).status_code == 422
    assert desk.post(f"{page}passord/").status_code == 403


def test_what_is_changed_in_the_admin_stands_in_the_log(desk) -> None:
    fields = {"code": "GRENDA", "slug": "grenda", "name_nb": "Grenda Først", "name_nn": "Grenda Først"}
    assert desk.post("/admin/programmes/party/add/", {**fields, "colour": "#123456"}).status_code == 302
    entry = LogEntry.objects.get()
    assert (entry.action, entry.subject) == ("admin.added", "parti: Grenda Først")


def test_signs_that_nobody_sees_come_into_no_name(desk: Client) -> None:
    fields = {"username": "ola\u202enemhcam", "role": "editor", "is_active": "on"}
    assert desk.post("/redaksjon/brukere/ny/", fields).status_code == 422
    assert not User.objects.filter(username__startswith="ola").exists()
    names = {"first_name": "O\u200bla\u2067", "last_name": "Nord\u00admann"}
    desk.post("/redaksjon/brukere/ny/", fields | names | {"username": "ola"})
    assert User.objects.get(username="ola").get_full_name() == "Ola Nordmann"
