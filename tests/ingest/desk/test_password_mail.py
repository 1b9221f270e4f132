"""A forgotten password mended by mail: told to nobody who has the address, sent by the worker, good once."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from procrastinate.contrib.django.models import ProcrastinateJob

from ingest.desk.password_mail import mail_links
from ingest.models import LogEntry, Membership, Role
from tests.ingest.desk import people

pytestmark = pytest.mark.django_db

ASK, ASKED, LOGIN = "/redaksjon/nytt-passord/", "/redaksjon/nytt-passord/sendt/", "/redaksjon/logg-inn/"
PASSWORD, NEW = "en hage full av epler", "fjorden ligger stille nå"
LINK = re.compile(r"https?://\S+")


@pytest.fixture(autouse=True)
def _quick_hashes(settings: Any) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.AXES_ENABLED = True


@pytest.fixture
def editor() -> User:
    user = people.person(Role.EDITOR)
    user.email = "ola@arkiv.example"
    user.set_password(PASSWORD)
    user.save()
    return user


def ask(client: Client, email: str, **extra: str) -> Any:
    return client.post(ASK, {"email": email}, **extra)


def deliver() -> list[str]:
    """Do what waits in the queue as the worker does, and return the mails' texts."""
    mail.outbox.clear()
    for job in ProcrastinateJob.objects.filter(task_name="send_password_mail", status="todo"):
        mail_links(**job.args)
    return [str(each.body) for each in mail.outbox]


def link_to(user: User, site: str = "http://testserver") -> str:
    """Return where the link in a mail to a user leads, as a path."""
    mail.outbox.clear()
    mail_links(email=user.email, language="nb", site=site)
    found = LINK.search(str(mail.outbox[0].body))
    assert found and found[0].startswith(site)
    return found[0].removeprefix(site)


def test_the_answer_and_the_work_are_the_same_for_all(client: Client, editor: User) -> None:
    people.person(Role.EDITOR, "stengt")
    User.objects.filter(username="stengt").update(email="stengt@arkiv.example", is_active=False)
    User.objects.create_user("leser", "leser@arkiv.example", PASSWORD)
    counts = []
    for email in ("ola@arkiv.example", "ingen@arkiv.example", "stengt@arkiv.example", "leser@arkiv.example"):
        with CaptureQueriesContext(connection) as queries:
            answer = ask(client, email)
        assert (answer.status_code, answer["Location"]) == (302, ASKED)
        counts.append(len(queries))
    assert len(set(counts)) == 1
    deliver()
    assert [each.to for each in mail.outbox] == [["ola@arkiv.example"]], "who is shut out or has no role gets none"
    assert [each.action for each in LogEntry.objects.all()] == ["password.asked"]


def test_the_link_is_good_once_and_opens_no_login_by_itself(client: Client, editor: User) -> None:
    open_before = Client()
    open_before.force_login(editor)
    path = link_to(editor)
    page = client.get(path, follow=True)
    assert page.status_code == 200 and "no-store" in page["Cache-Control"]
    form = page.redirect_chain[-1][0]
    assert path.split("/")[-2] not in form, "the token does not stand in the address that the page has"
    assert client.post(form, {"new_password1": "kort", "new_password2": "kort"}).status_code == 200
    assert client.post(form, {"new_password1": NEW, "new_password2": NEW})["Location"] == LOGIN
    assert client.get("/redaksjon/").status_code == 302
    assert open_before.get("/redaksjon/").status_code == 302, "what was open with the old password ends"
    for again in (path, form):
        assert "virker ikke lenger" in client.get(again).content.decode()
    assert client.post(LOGIN, {"username": "editor", "password": NEW}).status_code == 302
    assert list(LogEntry.objects.order_by("pk").values_list("action", flat=True)) == [
        "password.asked",
        "password.reset",
        "login",
    ]


def test_the_link_runs_out_and_another_login_ends_it(client: Client, editor: User, settings: Any) -> None:
    path = link_to(editor)
    client.post(LOGIN, {"username": "editor", "password": PASSWORD})
    assert "virker ikke lenger" in client.get(path, follow=True).content.decode()
    path = link_to(User.objects.get(pk=editor.pk))
    settings.PASSWORD_RESET_TIMEOUT = -1
    assert "virker ikke lenger" in client.get(path, follow=True).content.decode()


def test_it_ends_a_one_time_password_and_opens_a_login_that_is_shut(client: Client, editor: User) -> None:
    Membership.objects.filter(user=editor).update(one_time_until="2999-01-01T00:00:00Z")
    answers = [client.post(LOGIN, {"username": "editor", "password": "feil"}).status_code for _try in range(10)]
    assert answers[-1] == 429
    form = client.get(link_to(editor), follow=True).redirect_chain[-1][0]
    client.post(form, {"new_password1": NEW, "new_password2": NEW})
    assert client.post(LOGIN, {"username": "editor", "password": NEW}).status_code == 302
    assert client.get("/redaksjon/").status_code == 200


def test_one_address_gets_few_mails_and_one_caller_asks_for_few(client: Client, editor: User) -> None:
    for case in ("ola@arkiv.example", "OLA@arkiv.example", "ola@arkiv.example", "ola@arkiv.example"):
        assert ask(client, case).status_code == 302
    assert ProcrastinateJob.objects.filter(task_name="send_password_mail").count() == 3
    answers = [ask(client, f"navn{n}@arkiv.example", REMOTE_ADDR="203.0.113.7").status_code for n in range(11)]
    assert answers == [302] * 10 + [429]


@pytest.mark.parametrize(
    ("language", "words"), [("nb", "Velg det her"), ("nn", "Vel det her"), ("en", "Choose it here")]
)
def test_the_mail_speaks_the_readers_language(client: Client, editor: User, language: str, words: str) -> None:
    client.cookies["django_language"] = language
    ask(client, "ola@arkiv.example")
    (body,) = deliver()
    assert words in body and "http://testserver/redaksjon/nytt-passord/" in body
    assert "&" not in body and "<" not in body


def test_no_other_host_stands_in_the_link(client: Client, editor: User) -> None:
    assert ask(client, "ola@arkiv.example", HTTP_HOST="ond.example").status_code == 400
    assert not ProcrastinateJob.objects.filter(task_name="send_password_mail").exists()


def test_where_no_mail_is_sent_nothing_is_offered(client: Client, settings: Any) -> None:
    assert ASK in client.get(LOGIN).content.decode()
    settings.SENDS_MAIL = False
    assert ASK not in client.get(LOGIN).content.decode()
    assert client.get(ASK).status_code == 404
