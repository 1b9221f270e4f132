"""The second step of the login: set up, asked for, lost, and taken away; nothing is open before both are done."""

from __future__ import annotations

import re
import time
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from django_otp.oath import TOTP
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from ingest.desk import second_step
from ingest.models import Correction, LogEntry, Membership, Role
from programmes.models import Programme
from tests import builders
from tests.ingest.desk import people
from tests.ingest.desk.test_correction_pages import SCHOOL, form
from tests.ingest.desk.test_expired_session import HIDDEN, hidden
from tests.ingest.parser.edits import sketch

pytestmark = pytest.mark.django_db

LOGIN, CODE, SET_UP = "/redaksjon/logg-inn/", "/redaksjon/logg-inn/kode/", "/redaksjon/totrinn/sett-opp/"
PASSWORD = "en hage full av epler"  # noqa: S105


@pytest.fixture(autouse=True)
def _as_in_production(settings: Any) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.SECOND_STEP_REQUIRED = True
    settings.AXES_ENABLED = True


@pytest.fixture
def editor() -> User:
    return with_password(Role.EDITOR)


def with_password(role: str, name: str = "") -> User:
    user = people.person(role, name)
    user.set_password(PASSWORD)
    user.save()
    return user


def with_app(user: User) -> list[str]:
    """Give a user an app that is set up, and return the recovery codes."""
    second_step.app_of(user, second_step.new_key()).save()
    return second_step.new_recovery_codes(user)


def shown_by(app: TOTPDevice, steps: int = 0) -> str:
    """Return the code that an app shows so many half minutes from now."""
    totp = TOTP(app.bin_key, app.step, app.t0, app.digits)
    totp.time = time.time() + 30 * steps
    return f"{totp.token():06d}"


def code_of(user: User, steps: int = 0) -> str:
    return shown_by(TOTPDevice.objects.get(user=user), steps)


def wrong_code(user: User) -> str:
    """Return six digits that no app of the user's shows these minutes."""
    right = {code_of(user, steps) for steps in range(-3, 4)}
    return next(
        code
        for code in ("000000", "111111", "222222", "333333", "444444", "555555", "666666", "777777")
        if code not in right
    )


def password_step(browser: Client, name: str = "editor", **extra: str) -> Any:
    return browser.post(LOGIN, {"username": name, "password": PASSWORD, **extra})


def is_in(browser: Client) -> bool:
    return browser.get("/redaksjon/").status_code == 200


def actions() -> list[str]:
    return list(LogEntry.objects.order_by("pk").values_list("action", flat=True))


def test_a_first_login_sets_the_app_up_before_anything_else(client: Client, editor: User) -> None:
    assert password_step(client)["Location"] == "/redaksjon/"
    for path in ("/redaksjon/", "/redaksjon/program/", "/redaksjon/opplasting/"):
        assert client.get(path)["Location"] == SET_UP, path
    page = client.get(SET_UP)
    html = page.content.decode()
    assert "no-store" in page["Cache-Control"]
    assert "<svg" in html and "viewBox" in html
    assert "style=" not in html.partition('id="innhold"')[2], "the policy lets no style in"
    key = re.search(r'class="typed-key">([A-Z2-7 ]+)<', html)
    assert key
    app = second_step.app_of(editor, client.session["second_step_key"])
    assert second_step.typed_key(app) == key[1]
    before = client.session.session_key
    fields = {"code": shown_by(app), "password": PASSWORD}
    assert client.post(SET_UP, {**fields, "password": "feil"}).status_code == 422
    assert client.post(SET_UP, {**fields, "code": wrong_for(app)}).status_code == 422
    shown = client.post(SET_UP, fields).content.decode()
    codes = re.findall(r"<code>(\w{5}-\w{5})</code>", shown)
    assert len(set(codes)) == second_step.RECOVERY_CODES
    assert client.session.session_key != before, "what was known before the second step opens nothing"
    assert is_in(client)
    assert actions() == ["login", "second_step.set_up"]
    kept = set(StaticToken.objects.values_list("token", flat=True))
    assert len(kept) == len(codes) and not kept & {code.replace("-", "") for code in codes}, "sums alone are kept"
    assert codes[0] not in client.get("/redaksjon/totrinn/").content.decode()


def wrong_for(app: TOTPDevice) -> str:
    return f"{(int(shown_by(app)) + 500_000) % 1_000_000:06d}"


def test_the_password_alone_opens_nothing(client: Client, editor: User) -> None:
    with_app(editor)
    page = password_step(client, next="/redaksjon/program/")
    assert page.status_code == 200 and "Skriv koden" in page.content.decode()
    assert "_auth_user_id" not in client.session
    for path in ("/redaksjon/", "/redaksjon/totrinn/", SET_UP, "/redaksjon/passord/", "/admin/"):
        assert client.get(path)["Location"].startswith((LOGIN, "/admin/login/")), path
    before = client.session.session_key
    answer = client.post(CODE, {**hidden(page.content.decode()), "code": code_of(editor)})
    assert answer["Location"] == "/redaksjon/program/"
    assert client.session.session_key != before
    assert is_in(client)
    assert LogEntry.objects.get().details == {"second_step": "app"}


@pytest.mark.parametrize("target", ["https://ond.example/", "/redaksjon/totrinn/slaa-av/", "/redaksjon/logg-ut/"])
def test_the_code_leads_to_no_other_site_and_to_no_address_that_takes_forms(
    client: Client, editor: User, target: str
) -> None:
    with_app(editor)
    password_step(client, next=target)
    assert client.post(CODE, {"code": code_of(editor), "next": target})["Location"] == "/redaksjon/"


def test_a_code_is_good_once(client: Client, editor: User) -> None:
    with_app(editor)
    password_step(client)
    code = code_of(editor)
    assert client.post(CODE, {"code": f" {code[:3]} {code[3:]} "}).status_code == 302
    other = Client()
    password_step(other)
    assert "brukt før" in other.post(CODE, {"code": code}).content.decode()
    assert not is_in(other)


def test_wrong_codes_wait_longer_and_shut_the_name_out_where_they_came_from(client: Client, editor: User) -> None:
    with_app(editor)
    password_step(client)
    answers = [client.post(CODE, {"code": wrong_code(editor)}).status_code for _try in range(10)]
    assert answers == [200] * 9 + [429]
    assert client.post(CODE, {"code": code_of(editor)}).status_code == 429, "even with the right code"
    assert password_step(Client()).status_code == 429, "and the password is not looked at either"
    elsewhere = Client(REMOTE_ADDR="203.0.113.7")
    assert password_step(elsewhere).status_code == 200
    assert not is_in(elsewhere)
    last_wrong = TOTPDevice.objects.filter(user=editor, throttling_failure_count__gt=0)
    assert last_wrong.update(throttling_failure_timestamp=timezone.now(), throttling_failure_count=10), (
        "however slow this was"
    )
    assert "Vent" in elsewhere.post(CODE, {"code": code_of(editor)}).content.decode(), "the app itself rests"
    call_command("reset_second_step", "editor")
    assert password_step(Client()).status_code == 302, "the documented way out opens the login"


def test_a_recovery_code_is_good_once_and_says_how_many_are_left(client: Client, editor: User) -> None:
    code = with_app(editor)[3]
    password_step(client)
    page = client.post(CODE, {"code": code.upper().replace("-", " ")}, follow=True)
    assert "Du har 9 igjen" in page.content.decode() and is_in(client)
    other = Client()
    password_step(other)
    assert other.post(CODE, {"code": code}).status_code == 200
    assert not is_in(other)


def test_the_code_is_waited_for_ten_minutes_and_for_the_same_password(client: Client, editor: User) -> None:
    with_app(editor)
    password_step(client)
    session = client.session
    session["waits_for_code"] = [*session["waits_for_code"][:2], time.time() - 1]
    session.save()
    assert client.post(CODE, {"code": code_of(editor)})["Location"] == LOGIN
    password_step(client)
    editor.set_password("fjorden ligger stille nå")
    editor.save()
    assert client.post(CODE, {"code": code_of(editor)})["Location"] == LOGIN


def test_a_session_from_before_the_app_must_give_the_code_too(client: Client, editor: User) -> None:
    client.force_login(editor)
    with_app(editor)
    assert client.get("/redaksjon/")["Location"].startswith(LOGIN)
    assert "Skriv koden" in client.get(LOGIN).content.decode()
    assert client.get(SET_UP)["Location"].startswith(LOGIN), "nor may it put another app in its place"
    assert client.post(CODE, {"code": code_of(editor)}).status_code == 302
    assert is_in(client)


def test_a_new_app_ends_the_users_other_sessions(client: Client, editor: User) -> None:
    other = Client()
    with_app(editor)
    for browser, steps in ((other, 0), (client, 1)):
        password_step(browser)
        browser.post(CODE, {"code": code_of(editor, steps)})
    assert is_in(other) and is_in(client)
    client.get(SET_UP)
    app = second_step.app_of(editor, client.session["second_step_key"])
    client.post(SET_UP, {"code": shown_by(app), "password": PASSWORD})
    assert is_in(client) and not is_in(other)
    assert TOTPDevice.objects.get().key == app.key


def test_a_correction_goes_through_both_steps(themes: None, editor: User) -> None:
    with_app(editor)
    programme: Programme = builders.programme(parse=sketch.programme(), published=False)
    browser, desk = Client(enforce_csrf_checks=True), Client()
    password_step(desk)
    desk.post(CODE, {"code": code_of(editor, -1)})
    token = hidden(browser.get(LOGIN).content.decode())["csrfmiddlewaretoken"]
    fields = {**form(desk, programme, SCHOOL), "kind": "text", "text": "Bygge «ny» skole", "csrfmiddlewaretoken": token}
    address = f"/redaksjon/program/{programme.pk}/rett/"
    page = browser.post(address, fields, follow=True).content.decode()
    page = browser.post(LOGIN, {**hidden(page), "username": "editor", "password": PASSWORD}).content.decode()
    assert "fortsatt tatt vare på" in page
    page = browser.post(CODE, {**hidden(page), "code": wrong_code(editor)}).content.decode()
    assert "kept" in hidden(page), "a wrong code loses nothing"
    TOTPDevice.objects.update(throttling_failure_count=0, throttling_failure_timestamp=None)
    page = browser.post(CODE, {**hidden(page), "code": code_of(editor, 0)}).content.decode()
    assert "Lagre det nå" in page and not Correction.objects.exists()
    assert browser.post(address, hidden(page)).status_code == 302
    assert Correction.objects.get().made_by == editor


def test_what_was_sent_before_the_app_was_set_up_is_not_lost(editor: User) -> None:
    browser = Client(enforce_csrf_checks=True)
    fields = {"csrfmiddlewaretoken": hidden(browser.get(LOGIN).content.decode())["csrfmiddlewaretoken"]}
    browser.post(LOGIN, {**fields, "username": "editor", "password": PASSWORD})
    fields = {"csrfmiddlewaretoken": hidden(browser.get(SET_UP).content.decode())["csrfmiddlewaretoken"]}
    sent = browser.post("/redaksjon/program/1/rett/", {**fields, "text": "Bygge bru"}, follow=True)
    assert sent.redirect_chain[-1] == (f"{SET_UP}?sendt-til=%2Fredaksjon%2Fprogram%2F1%2Frett%2F", 307)
    app = second_step.app_of(editor, browser.session["second_step_key"])
    given = {**hidden(sent.content.decode()), "code": shown_by(app), "password": PASSWORD}
    page = browser.post(SET_UP, given).content.decode()
    assert "Bygge bru" in page and dict(HIDDEN.findall(page))["text"] == "Bygge bru"


def test_a_one_time_password_does_not_lose_it_either(editor: User) -> None:
    Membership.objects.filter(user=editor).update(one_time_until="2999-01-01T00:00:00Z")
    browser = Client()
    password_step(browser)
    page = browser.post("/redaksjon/program/1/rett/", {"text": "Bygge bru"}, follow=True).content.decode()
    new = {
        "old_password": PASSWORD,
        "new_password1": "fjorden ligger stille nå",
        "new_password2": "fjorden ligger stille nå",
    }
    page = browser.post("/redaksjon/passord/", {**hidden(page), **new}).content.decode()
    assert "Bygge bru" in page


def test_contributors_may_do_without_and_may_turn_it_off_again(client: Client) -> None:
    user = with_password(Role.CONTRIBUTOR)
    password_step(client, "contributor")
    assert is_in(client)
    client.get(SET_UP)
    app = second_step.app_of(user, client.session["second_step_key"])
    client.post(SET_UP, {"code": shown_by(app), "password": PASSWORD})
    assert client.post("/redaksjon/totrinn/slaa-av/", {"password": "feil"}).status_code == 422
    assert client.post("/redaksjon/totrinn/koder/", {"password": PASSWORD}).status_code == 200
    assert client.post("/redaksjon/totrinn/slaa-av/", {"password": PASSWORD}).status_code == 302
    assert not TOTPDevice.objects.exists() and not StaticToken.objects.exists()
    assert actions()[1:] == ["second_step.set_up", "second_step.codes", "second_step.off"]


def test_editors_may_not_turn_it_off(client: Client, editor: User) -> None:
    with_app(editor)
    password_step(client)
    client.post(CODE, {"code": code_of(editor)})
    assert client.post("/redaksjon/totrinn/slaa-av/", {"password": PASSWORD}).status_code == 403
    assert "Slå av" not in client.get("/redaksjon/totrinn/").content.decode()


def test_a_superuser_alone_resets_anothers_and_it_is_logged(editor: User) -> None:
    root = with_password(Role.ADMINISTRATOR, "root")
    User.objects.filter(pk=root.pk).update(is_superuser=True)
    administrator = with_password(Role.ADMINISTRATOR, "kari")
    browsers = {}
    for user in (root, administrator, editor):
        with_app(user)
        browsers[user.username] = Client()
        password_step(browsers[user.username], user.username)
        browsers[user.username].post(CODE, {"code": code_of(user)})
    page = f"/redaksjon/brukere/{editor.pk}/"
    assert browsers["kari"].post(f"{page}totrinn/").status_code == 403
    assert "Nullstill" not in browsers["kari"].get(page).content.decode()
    assert browsers["root"].post(f"/redaksjon/brukere/{root.pk}/totrinn/").status_code == 403, "not one's own"
    assert "Nullstill" in browsers["root"].get(page).content.decode()
    assert is_in(browsers["editor"])
    assert browsers["root"].post(f"{page}totrinn/").status_code == 302
    assert not is_in(browsers["editor"]), "what was open ends"
    entry = LogEntry.objects.first()
    assert (entry.user, entry.action, entry.subject) == (root, "user.second_step_reset", "editor")
    assert password_step(browsers["editor"])["Location"] == "/redaksjon/"
    assert browsers["editor"].get("/redaksjon/")["Location"] == SET_UP


def test_the_first_superuser_gets_in_and_so_does_one_who_lost_the_phone(client: Client) -> None:
    user = User.objects.create_superuser("kari", password=PASSWORD)
    for _time in range(2):
        password_step(client, "kari")
        assert client.get("/redaksjon/", follow=True).redirect_chain[-1][0] == SET_UP
        app = second_step.app_of(user, client.session["second_step_key"])
        client.post(SET_UP, {"code": shown_by(app), "password": PASSWORD})
        assert client.get("/admin/").status_code == 200
        call_command("reset_second_step", "kari")
        assert not is_in(client)
    assert LogEntry.objects.first().user is None


def test_an_administrators_one_time_password_is_no_way_around_the_code(client: Client, editor: User) -> None:
    with_app(editor)
    client.force_login(people.person(Role.ADMINISTRATOR))
    with_app(User.objects.get(username="administrator"))
    assert client.get(f"/redaksjon/brukere/{editor.pk}/")["Location"].startswith(LOGIN)
    client.post(CODE, {"code": ""})
    client.get(LOGIN)
    client.post(CODE, {"code": code_of(User.objects.get(username="administrator"))})
    TOTPDevice.objects.filter(user=editor).update(
        throttling_failure_count=20, throttling_failure_timestamp=timezone.now()
    )
    password = client.post(f"/redaksjon/brukere/{editor.pk}/passord/").context["password"]
    other = Client()
    page = other.post(LOGIN, {"username": "editor", "password": password})
    assert "Skriv koden" in page.content.decode() and not is_in(other)
    assert other.post(CODE, {"code": code_of(editor)}).status_code == 302, "but it ends the wait after wrong codes"
