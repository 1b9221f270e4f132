"""The login: its limits, one-time passwords, sessions, and what the desk shows those who may not come in."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from ingest.desk.auth import give_one_time_password
from ingest.models import LogEntry, Membership, Role
from programmes.site.callers import address_of
from tests.ingest.desk import people

pytestmark = pytest.mark.django_db

LOGIN = "/redaksjon/logg-inn/"
PASSWORD = "en hage full av epler"  # noqa: S105


@pytest.fixture(autouse=True)
def _quick_hashes(settings) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def limits(settings) -> None:
    """Turn the limits on, as on the site."""
    settings.AXES_ENABLED = True


def with_password(role: str, name: str = "") -> User:
    user = people.person(role, name)
    user.set_password(PASSWORD)
    user.save()
    return user


def log_in(client: Client, name: str, password: str = PASSWORD, **extra: str):
    return client.post(LOGIN, {"username": name, "password": password, "next": "/redaksjon/program/"}, **extra)


def test_a_login_leads_on_and_stands_in_the_log(client, limits) -> None:
    user = with_password(Role.EDITOR)
    assert log_in(client, "editor")["Location"] == "/redaksjon/program/"
    assert LogEntry.objects.values_list("user", "action").get() == (user.pk, "login")


def test_a_login_leads_nowhere_else(client) -> None:
    with_password(Role.EDITOR)
    response = client.post(LOGIN, {"username": "editor", "password": PASSWORD, "next": "https://ond.example/"})
    assert response["Location"] == "/redaksjon/"


def test_ten_wrong_passwords_shut_the_name_out_where_they_came_from(client, limits) -> None:
    with_password(Role.EDITOR)
    with_password(Role.EDITOR, "kari")
    answers = [log_in(client, "editor", "feil").status_code for _try in range(10)]
    assert answers == [200] * 9 + [429]
    assert log_in(client, "editor").status_code == 429, "even with the right password"
    assert log_in(Client(), "kari").status_code == 302, "others at the same address work on"
    assert log_in(Client(), "editor", REMOTE_ADDR="203.0.113.7").status_code == 302, "nobody is shut out from afar"


def test_a_one_time_password_is_the_way_out_and_so_is_a_command(client, limits) -> None:
    user = with_password(Role.EDITOR)
    password = PASSWORD
    for _turn in range(2):
        assert [log_in(client, "editor", "feil").status_code for _try in range(10)][-1] == 429
        if password == PASSWORD:
            password = give_one_time_password(user)
        else:
            call_command("axes_reset_username", "editor")
        assert log_in(Client(), "editor", password).status_code == 302


def test_one_address_tries_many_names_for_a_while_only(client, limits) -> None:
    answers = [log_in(client, f"navn{n}", "feil", REMOTE_ADDR="203.0.113.7").status_code for n in range(41)]
    assert answers == [200] * 40 + [429]
    assert client.get(LOGIN, REMOTE_ADDR="203.0.113.7").status_code == 200
    assert log_in(client, "navn", "feil", REMOTE_ADDR="203.0.113.8").status_code == 200


def test_the_address_is_what_our_own_proxy_saw(rf, settings) -> None:
    request = rf.get("/", HTTP_X_FORWARDED_FOR="198.51.100.1, 203.0.113.7", REMOTE_ADDR="127.0.0.1")
    assert address_of(request) == "127.0.0.1"
    settings.TRUSTED_PROXIES = 1
    assert address_of(request) == "203.0.113.7"


def test_those_without_a_role_are_told_so(client) -> None:
    user = User.objects.create(username="ola")
    user.set_password(PASSWORD)
    user.save()
    assert "ingen rolle" in log_in(client, "ola").content.decode()
    assert not client.session.get("_auth_user_id")


def test_a_one_time_password_opens_nothing_but_the_choice_of_ones_own(client) -> None:
    user = with_password(Role.ADMINISTRATOR)
    Membership.objects.filter(user=user).update(one_time_until=timezone.now() + timedelta(days=1))
    log_in(client, "administrator")
    for path in ("/redaksjon/", "/redaksjon/brukere/", "/admin/", "/admin/programmes/party/"):
        assert client.get(path, follow=True).redirect_chain[-1][0] == "/redaksjon/passord/", path
    new = "fjorden ligger stille nå"
    fields = {"old_password": PASSWORD, "new_password1": new, "new_password2": new}
    assert client.post("/redaksjon/passord/", fields)["Location"] == "/redaksjon/"
    assert client.get("/redaksjon/brukere/").status_code == 200
    assert list(LogEntry.objects.values_list("action", flat=True)) == ["password.changed", "login"]


def test_a_one_time_password_runs_out(client) -> None:
    user = with_password(Role.EDITOR)
    Membership.objects.filter(user=user).update(one_time_until=timezone.now() - timedelta(minutes=1))
    assert "gått ut" in log_in(client, "editor").content.decode()


def test_short_and_common_passwords_are_refused(client) -> None:
    with_password(Role.EDITOR)
    log_in(client, "editor")
    for bad in ("kort", "123456789012", "password1234"):
        fields = {"old_password": PASSWORD, "new_password1": bad, "new_password2": bad}
        assert client.post("/redaksjon/passord/", fields).status_code == 200, bad


def test_a_session_ends_when_its_user_is_shut_out_or_gets_a_new_password(client) -> None:
    administrator, editor = people.person(Role.ADMINISTRATOR), with_password(Role.EDITOR)
    client.force_login(administrator)
    theirs = Client()
    log_in(theirs, "editor")
    assert theirs.get("/redaksjon/").status_code == 200
    client.post(f"/redaksjon/brukere/{editor.pk}/passord/")
    assert theirs.get("/redaksjon/").status_code == 302
    log_in(theirs, "editor")
    again = Client()
    again.force_login(User.objects.get(pk=editor.pk))
    User.objects.filter(pk=editor.pk).update(is_active=False)
    assert again.get("/redaksjon/").status_code == 302


def test_the_session_cookie_is_out_of_reach_of_scripts_and_of_other_sites(client) -> None:
    with_password(Role.EDITOR)
    cookie = log_in(client, "editor").cookies["sessionid"]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")
