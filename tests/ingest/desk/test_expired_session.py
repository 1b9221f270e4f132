"""What a person sends after their session has run out is not lost: they log in, and send it with one press."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.contrib.admin import site
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, RequestFactory

from ingest.desk.kept_form import KEPT
from ingest.desk.methods import can_be_gone_to
from ingest.models import Correction, Membership, Role
from programmes.models import Branch, Party, Programme
from tests import builders
from tests.ingest.desk import people
from tests.ingest.desk.routes import DESK
from tests.ingest.desk.test_correction_pages import SCHOOL, form
from tests.ingest.desk.test_matrix import MATRIX
from tests.ingest.parser.edits import sketch

pytestmark = pytest.mark.django_db

LOGIN = "/redaksjon/logg-inn/"
PASSWORD = "en hage full av epler"  # noqa: S105
HIDDEN = re.compile(r'<input type="hidden" name="([\w-]+)" value="([^"]*)"')


@pytest.fixture
def editor(settings) -> User:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    user = people.person(Role.EDITOR)
    user.set_password(PASSWORD)
    user.save()
    return user


@pytest.fixture
def programme(themes: None) -> Programme:
    return builders.programme(parse=sketch.programme(), published=False)


@pytest.fixture
def browser() -> Client:
    """A browser whose forms have to have their tokens."""
    return Client(enforce_csrf_checks=True)


def hidden(html: str) -> dict[str, str]:
    """Return the hidden fields of the form in the page's contents."""
    inside = html.partition('id="innhold"')[2].partition("</main>")[0]
    return {name: unescape(value) for name, value in HIDDEN.findall(inside)}


def token(browser: Client) -> str:
    """Return the token that a page shown before the session ended has in its forms."""
    return hidden(browser.get(LOGIN).content.decode())["csrfmiddlewaretoken"]


def correction(editor: User, programme: Programme) -> dict[str, str]:
    """Return the form of a correction as an editor's page has it, with their words in it."""
    desk = Client()
    desk.force_login(editor)
    return {**form(desk, programme, SCHOOL), "kind": "text", "text": "Bygge «ny» skole\ni Elvebyen"}


def log_in(browser: Client, page: str, password: str = PASSWORD):
    return browser.post(LOGIN, {**hidden(page), "username": "editor", "password": password})


def test_a_correction_sent_after_the_session_is_saved_with_one_press(
    browser: Client, editor: User, programme: Programme
) -> None:
    fields = {**correction(editor, programme), "csrfmiddlewaretoken": token(browser)}
    address = f"/redaksjon/program/{programme.pk}/rett/"
    answer = browser.post(address, fields, follow=True)
    page = answer.content.decode()
    assert answer.redirect_chain == [(f"{LOGIN}?sendt-til=%2Fredaksjon%2Fprogram%2F{programme.pk}%2Frett%2F", 307)]
    assert "tatt vare på" in page and "no-store" in answer["Cache-Control"]
    page = log_in(browser, page, "feil").content.decode()
    assert "er feil" in page and KEPT in hidden(page), "a wrong password loses nothing"
    page = log_in(browser, page).content.decode()
    assert "Lagre det nå" in page and f'action="{address}"' in page
    assert "Bygge «ny» skole<br>i Elvebyen" in page
    assert not Correction.objects.exists()
    assert browser.post(address, hidden(page)).status_code == 302
    stored = Correction.objects.get()
    assert (stored.made_by, stored.change["text"].split()) == (editor, fields["text"].split())


def test_a_correction_from_a_page_older_than_the_login_is_offered_again(
    browser: Client, editor: User, programme: Programme
) -> None:
    fields = {**correction(editor, programme), "csrfmiddlewaretoken": token(browser)}
    address = f"/redaksjon/program/{programme.pk}/rett/"
    log_in(browser, browser.get(LOGIN).content.decode())  # in another tab: the token of this one is no more
    answer = browser.post(address, fields)
    assert answer.status_code == 403 and "403" not in answer.content.decode(), "no Origin: it may be anybody's form"
    assert "Lagre det nå" not in answer.content.decode()
    assert "Lagre" not in browser.post(address, fields, HTTP_ORIGIN="https://ond.example").content.decode()
    page = browser.post(address, fields, HTTP_ORIGIN="http://testserver").content.decode()
    assert "Lagre det nå" in page
    assert browser.post(address, hidden(page)).status_code == 302
    assert Correction.objects.count() == 1


def test_a_stale_token_without_a_session_is_no_loss_either(browser: Client, editor: User, programme: Programme) -> None:
    fields = {**correction(editor, programme), "csrfmiddlewaretoken": token(browser)}
    browser.cookies.clear()
    browser.get(LOGIN)
    address = f"/redaksjon/program/{programme.pk}/rett/"
    page = browser.post(address, fields, HTTP_ORIGIN="http://testserver").content.decode()
    assert "Lagre det nå" in log_in(browser, page).content.decode()


def test_the_login_in_two_tabs_leads_to_the_desk(browser: Client, editor: User) -> None:
    first, second = (browser.get(LOGIN).content.decode() for _tab in range(2))
    assert log_in(browser, first).status_code == 302
    late = {**hidden(second), "username": "editor", "password": PASSWORD}
    answer = browser.post(LOGIN, late, HTTP_ORIGIN="http://testserver")
    assert (answer.status_code, answer["Location"]) == (302, LOGIN)
    assert browser.get(LOGIN)["Location"] == "/redaksjon/"


def test_no_password_goes_along_and_a_file_is_told_to_be_gone(browser: Client, editor: User) -> None:
    fields = {"old_password": PASSWORD, "new_password1": "x", "csrfmiddlewaretoken": token(browser)}
    page = browser.post("/redaksjon/passord/", fields, follow=True)
    assert PASSWORD not in log_in(browser, page.content.decode()).content.decode()
    browser.cookies.clear()
    fields = {"files": SimpleUploadedFile("program.txt", b"Tekst"), "csrfmiddlewaretoken": token(browser)}
    page = browser.post("/redaksjon/opplasting/", fields, follow=True)
    assert "må velges på nytt" in log_in(browser, page.content.decode()).content.decode()


def test_what_another_page_puts_into_the_login_is_not_carried_on(client: Client, editor: User) -> None:
    for kept in ("tull", '["/redaksjon/brukere/ny/", [["role", "administrator"]], false]'):
        answer = client.post(LOGIN, {"username": "editor", "password": PASSWORD, KEPT: kept})
        assert answer["Location"] == "/redaksjon/"
        client.logout()
    for elsewhere in ("https://ond.example/", "//ond.example/redaksjon/", "//ond.example/admin/", "/sprak/"):
        answer = client.post(f"{LOGIN}?sendt-til={elsewhere}", {"username": "editor", "password": PASSWORD})
        assert answer.status_code == 302 and answer["Location"] == "/redaksjon/"
        client.logout()


def test_addresses_that_only_take_forms_are_known(client: Client, editor: User) -> None:
    known = {address.route for address in DESK if getattr(address.view, "post_only", False)}
    assert known == {route for (route, method), row in MATRIX.items() if method == "GET" and row["editor"] == "405"}
    programme = people.programme()
    for target in (
        f"/redaksjon/program/{programme.pk}/rett/",
        "/sprak/",
        "/admin/logout/",
        "/redaksjon/%00",
        "/sok.csv",
    ):
        assert not can_be_gone_to(target)
        answer = client.post(LOGIN, {"username": "editor", "password": PASSWORD, "next": target})
        assert answer["Location"] == "/redaksjon/", target
        client.logout()
    assert can_be_gone_to(f"/redaksjon/program/{programme.pk}/?side=2#p-1") and can_be_gone_to("/admin/")


def test_a_form_of_the_django_admin_is_not_lost(browser: Client, editor: User) -> None:
    Membership.objects.filter(user=editor).update(role=Role.ADMINISTRATOR)
    fields = {"code": "NY", "slug": "nytt", "name_nb": "Nytt parti", "name_nn": "Nytt parti", "colour": "#123456"}
    fields |= {"also": "[]", "_save": "Lagre", "csrfmiddlewaretoken": token(browser)}
    answer = browser.post("/admin/programmes/party/add/", fields, follow=True)
    assert answer.redirect_chain == [(f"{LOGIN}?sendt-til=%2Fadmin%2Fprogrammes%2Fparty%2Fadd%2F", 307)]
    again = log_in(browser, answer.content.decode()).content.decode()
    assert not Party.objects.filter(code="NY").exists()
    assert browser.post("/admin/programmes/party/add/", hidden(again)).status_code == 302
    assert Party.objects.get(code="NY").name_nb == "Nytt parti"


def test_no_form_of_the_django_admin_takes_files(rf: RequestFactory, admin_user: User) -> None:
    request = rf.get("/admin/")
    request.user = admin_user
    changed = [page for page in site._registry.values() if page.has_change_permission(request)]
    assert {page.model for page in changed} >= {Party, Branch}
    for page in changed:
        assert not page.get_form(request)().is_multipart(), page
        for inline in page.get_inline_instances(request):
            assert not inline.get_formset(request).form().is_multipart(), inline
