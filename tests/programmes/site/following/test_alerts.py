"""Asking for an alert, confirming it and leaving: told to nobody, and nothing kept of who has left."""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import Any

import pytest
from django.core import signing
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from ingest.schedule import all_checks
from programmes.models import Alert
from programmes.site.following import alerts
from programmes.site.following.followed import Followed
from programmes.site.following.sending import send_confirming_mail
from tests import builders
from tests.programmes.site.following.mailbox import Mailbox

pytestmark = pytest.mark.django_db

FOLLOW = "/varsel/?q=buss&parti=bygdelista"
OLA = "ola@leser.example"


def ask(client: Client, address: str = OLA, page: str = FOLLOW, often: str = "daily", **extra: Any) -> Any:
    return client.post(page, {"address": address, "often": often}, **extra)


def deliver_links() -> None:
    """Do what waits in the queue as the worker does."""
    for job in ProcrastinateJob.objects.filter(task_name="send_alert_link", status="todo").order_by("id"):
        assert set(job.args) == {"alert_id", "often"}, "no address: the queue logs what its jobs are given"
        send_confirming_mail(job.args["alert_id"], often=job.args["often"])
    ProcrastinateJob.objects.all().delete()


def confirmed(address: str = OLA, query: str = "q=buss", often: str = "daily") -> Alert:
    """Return an alert that is sent from now on."""
    followed = Followed.of_query_string(query)
    pk = alerts.ask(address=address, followed=followed, often=often, language="nb", site="http://testserver")
    alert = Alert.objects.get(pk=pk)
    assert alerts.confirm(alert, often=often)
    alert.refresh_from_db()
    return alert


def test_the_page_tells_what_is_followed_and_offers_both_ways(client: Client, settings: Any) -> None:
    builders.programme()
    page = client.get(FOLLOW).content.decode()
    assert "«buss», Bygdelista" in page
    assert "http://testserver/sok.atom?q=buss&amp;parti=bygdelista" in page
    assert 'name="address"' in page and "no-store" in client.get(FOLLOW)["Cache-Control"]
    assert "alt nytt" in client.get("/varsel/").content.decode()
    settings.SENDS_MAIL = False
    page = client.get(FOLLOW).content.decode()
    assert 'name="address"' not in page and "/sok.atom" in page
    assert ask(client).status_code == 404


def test_the_link_confirms_by_a_button_and_begins_the_alert(client: Client, mailbox: Mailbox) -> None:
    assert ask(client, "Ola@Leser.example", often="at_once")["Location"] == "/varsel/sendt/"
    assert client.get("/varsel/sendt/").status_code == 200
    deliver_links()
    (mail,) = mailbox.mails
    assert (mail["To"], mail["Auto-Submitted"], mailbox.recipients) == (OLA, "auto-generated", [[OLA]])
    (text,) = mailbox.texts()
    assert "«buss», bygdelista (med én gang)" in text
    (link,) = mailbox.links("/bekreft/")
    assert OLA not in client.get(link).content.decode()
    assert Alert.objects.get().confirmed_at is None, "what looks through mail opens every link"
    page = client.post(link).content.decode()
    alert = Alert.objects.get()
    assert (alert.address, alert.often, bool(alert.confirmed_at)) == (OLA, "at_once", True)
    assert f"/varsel/slutt/{alert.key}/" in page and OLA not in page
    assert client.post(link).status_code == 200, "pressed twice"


def test_the_answer_and_the_work_are_the_same_for_all(client: Client, mailbox: Mailbox) -> None:
    confirmed(query="q=buss&parti=bygdelista")
    counts, answers = [], []
    for address in (OLA, "ny@leser.example", OLA):
        with CaptureQueriesContext(connection) as queries:
            answer = ask(client, address)
        answers.append((answer.status_code, answer["Location"], answer.content))
        counts.append([query["sql"].split()[0] for query in queries])
    assert len(set(answers)) == 1
    assert counts[0] == counts[1] == counts[2]
    deliver_links()
    assert len(mailbox.mails) == 3


def test_who_has_the_alert_already_keeps_it_until_they_confirm_another_pace(client: Client, mailbox: Mailbox) -> None:
    alert = confirmed(query="q=buss&parti=bygdelista")
    ask(client, often="at_once")
    deliver_links()
    assert Alert.objects.get().often == "daily"
    client.post(mailbox.links("/bekreft/")[0])
    changed = Alert.objects.get()
    assert (changed.pk, changed.often, changed.told_until) == (alert.pk, "at_once", alert.told_until)


def test_a_link_that_is_changed_old_or_of_somebody_who_left_is_no_good(
    client: Client, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask(client)
    deliver_links()
    (link,) = mailbox.links("/bekreft/")
    token = link.split("/")[-2]
    head, stamp, signature = token.split(":")
    others = signing.dumps({"key": Alert.objects.get().key, "often": "daily"}, salt="another")
    changed = (
        token[:-1] + ("A" if token[-1] != "A" else "B"),
        head + "x" + token[len(head) :],
        f"{head}:{stamp}",
        others,
    )
    for wrong in (*changed, f"{head}:1{stamp}:{signature}", "x", ":", "%00", "a" * 5000):
        for answer in (client.get(f"/varsel/bekreft/{wrong}/"), client.post(f"/varsel/bekreft/{wrong}/")):
            assert answer.status_code in (400, 410), wrong
    monkeypatch.setattr(alerts, "LINK_HOLDS", timedelta(seconds=-1))
    assert client.post(link).status_code == 410
    monkeypatch.undo()
    assert Alert.objects.get().confirmed_at is None
    Alert.objects.all().delete()
    assert client.post(link).status_code == 410 and not Alert.objects.exists()


def test_leaving_takes_one_press_here_or_in_the_mail_program(mailbox: Mailbox) -> None:
    client = Client(enforce_csrf_checks=True)
    alert = confirmed()
    other = confirmed("kari@leser.example")
    link = f"/varsel/slutt/{alert.key}/"
    page = client.get(link)
    assert page.status_code == 200 and OLA not in page.content.decode()
    assert Alert.objects.count() == 2
    answer = client.post(link, "List-Unsubscribe=One-Click", content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 200
    assert [each.address for each in Alert.objects.all()] == [other.address]
    for again in (client.get(link), client.post(link), client.post("/varsel/slutt/x/")):
        assert again.status_code == 200 and "avsluttet" in again.content.decode()
    assert Alert.objects.count() == 1


def test_all_of_an_address_are_left_at_once(client: Client) -> None:
    first, _second, _other = confirmed(), confirmed(query="tema=helse"), confirmed("kari@leser.example")
    client.post(f"/varsel/slutt/{first.key}/", {"every": "1"})
    assert [each.address for each in Alert.objects.all()] == ["kari@leser.example"]


def test_what_is_not_confirmed_is_forgotten(client: Client) -> None:
    confirmed("kari@leser.example")
    ask(client)
    look = all_checks()["forget_unconfirmed"].look
    assert look().figure == "1 varsler, 0 blir avvist, 0 ubekreftede er slettet"
    Alert.objects.update(asked_at=timezone.now() - alerts.LINK_HOLDS - timedelta(minutes=1))
    assert look().figure == "1 varsler, 0 blir avvist, 1 ubekreftede er slettet"
    assert [each.address for each in Alert.objects.all()] == ["kari@leser.example"]


def test_somebody_who_asks_us_is_forgotten(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    confirmed(), confirmed(query="tema=helse"), confirmed("kari@leser.example")
    monkeypatch.setattr("builtins.input", lambda _asked: " OLA@leser.example")
    call_command("forget_address")
    assert Alert.objects.count() == 1
    assert "2 varsler" in capsys.readouterr().out


def test_nobodys_mailbox_is_filled(client: Client, mailbox: Mailbox) -> None:
    answers = [ask(client, address, f"/varsel/?q=ord{n}") for n, address in enumerate([OLA, OLA.upper()] * 4)]
    assert {answer.status_code for answer in answers} == {302}
    deliver_links()
    assert len(mailbox.mails) == 5
    answers = [ask(client, f"navn{n}@leser.example", REMOTE_ADDR="203.0.113.7").status_code for n in range(12)]
    assert answers == [302] * 10 + [429] * 2
    assert "varsler" in ask(client, OLA, REMOTE_ADDR="203.0.113.7").content.decode()


def test_one_address_has_so_many_alerts(client: Client, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(alerts, "MOST_OF_ADDRESS", 1)
    confirmed(query="tema=helse")
    ask(client)
    deliver_links()
    assert client.post(mailbox.links("/bekreft/")[0]).status_code == 409
    assert Alert.objects.filter(confirmed_at__isnull=False).count() == 1


def test_an_address_that_takes_no_mail_is_not_kept(client: Client, mailbox: Mailbox) -> None:
    mailbox.answers[OLA] = "550 5.1.1 No such user"
    ask(client)
    deliver_links()
    assert not Alert.objects.exists()


@pytest.mark.parametrize(
    "address",
    [
        "ola@leser.example\nBcc: alle@leser.example",
        "ola@leser.example\r\nSubject: x\r\n\r\nx",
        "ola@leser.example, kari@leser.example",
        "Ola <ola@leser.example>",
        "ola@leser.example%0aBcc:x@y.example",
        "ola\x00@leser.example@",
        "a" * 300 + "@leser.example",
        "",
        "ola",
    ],
)
def test_what_is_no_address_is_refused(client: Client, address: str) -> None:
    answer = ask(client, address)
    assert answer.status_code == 422
    assert 'aria-invalid="true"' in answer.content.decode()
    assert not Alert.objects.exists()


def test_a_search_puts_nothing_into_the_head_of_a_mail(client: Client, mailbox: Mailbox) -> None:
    ask(client, page="/varsel/?q=buss%0D%0ABcc:+alle@leser.example&tema=x%0AX-Ond:+1")
    deliver_links()
    (mail,) = mailbox.mails
    assert (mail["Bcc"], mail["X-Ond"], mailbox.recipients) == (None, None, [[OLA]])
    assert Alert.objects.get().followed == "q=buss%20Bcc%3A%20alle%40leser.example&tema=x%20X-Ond%3A%201"


@pytest.mark.parametrize("words", ["Kjøp på https://ond.example", "ond.example", "www ond", "skriv til a@b"])
def test_strangers_send_no_links_by_our_mails(client: Client, mailbox: Mailbox, words: str) -> None:
    ask(client, page=f"/varsel/?q={words}")
    deliver_links()
    (text,) = mailbox.texts()
    assert words not in text and "et søk" in text


@pytest.mark.parametrize("query", ["q=" + "a" * 501, "q=" + "å" * 500, "&".join(f"lag={n}" for n in range(31))])
def test_nobody_follows_so_much(client: Client, query: str) -> None:
    assert client.get(f"/varsel/?{query}").status_code == 400
    assert ask(client, page=f"/varsel/?{query}").status_code == 400
    assert not Alert.objects.exists()


def test_no_other_host_stands_in_the_link_and_no_other_site_sends_the_form(client: Client) -> None:
    assert ask(client, HTTP_HOST="ond.example").status_code == 400
    assert ask(Client(enforce_csrf_checks=True)).status_code == 403
    assert not Alert.objects.exists()


def test_a_form_larger_than_any_of_ours_is_not_read(client: Client) -> None:
    assert ask(client, "a" * 20_000).status_code == 413
    assert client.post("/varsel/slutt/x/", {"a": "b" * 2000}).status_code == 413


def test_the_log_has_neither_addresses_nor_keys(
    client: Client, caplog: pytest.LogCaptureFixture, settings: Any
) -> None:
    settings.ACCESS_LOG = True
    with caplog.at_level(logging.INFO, "archive.access"):
        client.get("/varsel/slutt/hemmelig/")
        client.get("/varsel/bekreft/hemmelig/")
        ask(client)
    said = [record.getMessage() for record in caplog.records if record.name == "archive.access"]
    assert said == ["GET /varsel/slutt/<str:key>/ 200", "GET /varsel/bekreft/<str:token>/ 410", "POST /varsel/ 302"]


def test_an_alert_names_no_address_when_it_is_shown_or_logged() -> None:
    assert OLA not in f"{confirmed()} {confirmed()!r}"


@pytest.mark.parametrize(("language", "words"), [("nn", "Stadfest"), ("en", "Confirm")])
def test_the_mail_speaks_the_readers_language(client: Client, mailbox: Mailbox, language: str, words: str) -> None:
    client.cookies["django_language"] = language
    ask(client)
    deliver_links()
    assert words in str(mailbox.mails[0]["Subject"]) and words in mailbox.texts()[0]


def test_the_privacy_page_says_what_is_kept(client: Client, settings: Any) -> None:
    page = client.get("/personvern/").content.decode()
    assert 'id="varsler"' in page and "etter 4 dager" in page
    settings.BACKUP_FOLDER, settings.BACKUPS_KEPT = "/backup", 14
    assert "de 14 siste kopiene" in client.get("/personvern/").content.decode()
    assert 'href="/personvern/"' in client.get("/").content.decode()
