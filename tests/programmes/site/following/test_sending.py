"""Sending alerts through a real mail server: each pledge once, what is new alone, and refusals that are counted."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import threading
from datetime import timedelta
from email.message import EmailMessage
from typing import Any

import pytest
from django.core import mail as django_mail
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.contrib.django.models import ProcrastinateJob

from programmes.models import Alert, Passage, Programme
from programmes.publishing import publish, refresh, withdraw
from programmes.site.following import jobs, sending
from programmes.site.following.sending import last_morning, send_due
from tests import builders
from tests.paths import ROOT
from tests.programmes.site.following.mailbox import Mailbox
from tests.programmes.site.following.test_alerts import OLA, confirmed
from tests.waiting import PATIENCE
from tools.servers import database_url

pytestmark = pytest.mark.django_db

BUS = "Gratis buss."


def run_jobs(*, periodic: bool = False) -> None:
    """Run every job of the queue of alerts as the worker does."""
    with app.replace_connector(DjangoConnector().get_worker_connector()) as worker_app:

        async def until_empty() -> None:
            async with worker_app.open_async():
                if periodic:
                    await worker_app.tasks["send_alerts"].defer_async(timestamp=0)
                await worker_app.run_worker_async(
                    queues=[jobs.QUEUE], wait=False, listen_notify=False, delete_jobs="always"
                )

        asyncio.run(until_empty())


def publish_pledges(*pledges: str, year: int = 2027, **more: Any) -> Programme:
    return builders.programme(year=year, parse=builders.parsed(pledges, **more))


def an_hour_later(alert: Alert) -> None:
    Alert.objects.filter(pk=alert.pk).update(mailed_at=timezone.now() - sending.BETWEEN_MAILS)


@pytest.mark.django_db(transaction=True)
def test_the_whole_way_from_the_page_to_the_mail_and_out_again(client: Client, mailbox: Mailbox) -> None:
    publish_pledges("Gratis buss for alle.", year=2019)
    client.post("/varsel/?q=buss", {"address": OLA, "often": "at_once"})
    run_jobs()
    client.post(mailbox.links("/bekreft/")[0])
    run_jobs(periodic=True)
    assert len(mailbox.mails) == 1, "nothing is new yet"
    programme = publish_pledges(BUS, "Bygge bru.", dissents=["Ingen buss."])
    Programme.objects.filter(pk=programme.pk).update(status="proposal")
    run_jobs(periodic=True)
    run_jobs(periodic=True)
    _link, news = mailbox.mails
    text = mailbox.texts()[1]
    assert news["Subject"] == "1 nytt løfte, 1 ny dissens: «buss»"
    assert f"{builders.LEAD_IN} {BUS}" in text and "Bygge bru" not in text and "for alle" not in text
    assert "Bygdelista: Program 2027–2031 [forslag]" in text
    assert f"Ingen buss. [dissens: {builders.DISSENT}]" in text
    pledge = programme.passages.get(text=BUS)
    assert f"http://testserver{pledge.get_absolute_url()}" in text
    (leave,) = mailbox.links("/slutt/")
    assert news["List-Unsubscribe"].strip() == f"<http://testserver{leave}>", "a long one begins on a line of its own"
    assert news["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    page = str(news.get_body(("html",)).get_content())
    assert f'<a href="http://testserver{pledge.get_absolute_url()}">{BUS}</a>' in page and leave in page
    client.post(leave, {"List-Unsubscribe": "One-Click"})
    assert not Alert.objects.exists()
    publish_pledges("Billig buss.", year=2031)
    run_jobs(periodic=True)
    assert len(mailbox.mails) == 2
    assert not ProcrastinateJob.objects.filter(queue_name=jobs.QUEUE).exists()


def test_each_pledge_is_told_once_and_told_again_when_it_changes(mailbox: Mailbox) -> None:
    alert = confirmed(often="at_once")
    programme = publish_pledges(BUS, "Billig buss.")
    assert send_due().sent == 1
    publish_pledges("Rask buss.", year=2031)
    Passage.objects.filter(text=BUS).update(corrected="Nesten gratis buss.")
    refresh(programme)
    assert send_due().sent == 0, "an editor corrects one thing at a time"
    an_hour_later(alert)
    assert [send_due().sent, send_due().sent] == [1, 0]
    text = mailbox.texts()[1]
    assert "Rask buss." in text and "(endret)" in text and "Nesten gratis buss." in text and "Billig" not in text
    assert text.index("Nesten gratis") < text.index("Rask buss"), "what changed last comes first"


def test_what_is_withdrawn_or_published_again_is_not_told(mailbox: Mailbox) -> None:
    alert = confirmed(often="at_once")
    programme = publish_pledges(BUS)
    withdraw(programme, reason="Feil utgave.")
    assert send_due().sent == 0
    publish(Programme.objects.get(pk=programme.pk))
    assert send_due().sent == 0, "it was told of as withdrawn, and is no news"
    publish_pledges("Billig buss.", year=2031)
    an_hour_later(alert)
    assert send_due().sent == 1 and BUS not in mailbox.texts()[0]


def test_what_was_public_before_one_followed_is_not_told(mailbox: Mailbox) -> None:
    publish_pledges(BUS)
    confirmed(often="at_once")
    publish_pledges("Bygge bru.", year=2031)
    assert send_due().sent == 0 and mailbox.mails == []


def test_a_daily_alert_comes_in_the_morning_with_all_of_the_day(
    mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    confirmed(often="daily")
    publish_pledges(BUS)
    publish_pledges("Billig buss.", year=2031)
    day, now = timedelta(days=1), timezone.now()
    monkeypatch.setattr(sending.timezone, "now", lambda: last_morning(now) + day - timedelta(minutes=1))
    assert send_due().sent == 0
    monkeypatch.setattr(sending.timezone, "now", lambda: last_morning(now) + day + timedelta(minutes=1))
    assert [send_due().sent, send_due().sent] == [1, 0]
    assert BUS in mailbox.texts()[0] and "Billig buss." in mailbox.texts()[0]


def test_any_place_chapter_party_and_theme_can_be_followed(mailbox: Mailbox) -> None:
    theme = builders.theme()
    queries = ("parti=bygdelista", "lag=bygdelista/nasjonalt", f"tema={theme.slug}", "", "parti=fjordpartiet", "sted=x")
    addresses = {query: f"leser{n}@leser.example" for n, query in enumerate(queries)}
    for query, address in addresses.items():
        confirmed(address, query, "at_once")
    publish_pledges(BUS, theme=theme.slug)
    assert send_due().sent == 4
    assert sorted(each for several in mailbox.recipients for each in several) == sorted(addresses.values())[:4]
    subjects = {str(mail["To"]): str(mail["Subject"]) for mail in mailbox.mails}
    assert subjects[addresses["parti=bygdelista"]] == "1 nytt løfte: Bygdelista"
    assert subjects[addresses[""]] == "1 nytt løfte: alt nytt"


def test_a_mail_has_so_many_pledges_and_says_how_many_more(mailbox: Mailbox) -> None:
    confirmed(often="at_once")
    publish_pledges(*(f"Buss nummer {n}." for n in range(sending.MOST_SHOWN + 7)))
    send_due()
    (text,) = mailbox.texts()
    assert text.count("* ") == sending.MOST_SHOWN
    assert "Og 7 til: http://testserver/sok/?q=buss" in text
    assert mailbox.mails[0]["Subject"] == f"{sending.MOST_SHOWN + 7} nye løfter: «buss»"
    assert text.index("Buss nummer 0.") < text.index("Buss nummer 9.")


def test_words_of_programmes_are_no_markup_in_the_mail(mailbox: Mailbox) -> None:
    confirmed(often="at_once")
    publish_pledges("Gratis <b>buss</b> & <script>x</script>.")
    send_due()
    page = str(mailbox.mails[0].get_body(("html",)).get_content())
    assert "&lt;script&gt;" in page and "<script>" not in page and "<b>" not in page


def test_by_the_console_backend_the_worker_writes_the_mail(settings: Any, capsys: pytest.CaptureFixture[str]) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    confirmed(often="at_once")
    publish_pledges(BUS)
    assert send_due().sent == 1
    assert BUS in capsys.readouterr().out
    assert django_mail.outbox == []


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_before_it_has_noted_sends_the_same_mail_again(mailbox: Mailbox, settings: Any) -> None:
    confirmed(often="at_once")
    publish_pledges(BUS)
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "archive.settings", "DATABASE_URL": database_url()}
    environment |= {"EMAIL_HOST": "127.0.0.1", "EMAIL_PORT": str(settings.EMAIL_PORT)}
    environment |= {"DATA_DIR": str(settings.DATA_DIR), "SEARCH_ENGINE": "postgres"}
    connection.close()
    send = "import django; django.setup(); from programmes.site.following.sending import send_due; send_due()"
    worker = subprocess.Popen([sys.executable, "-c", send], cwd=ROOT, env=environment)
    mailbox.on_mail = lambda: os.kill(worker.pid, signal.SIGKILL)
    assert worker.wait(PATIENCE) == -signal.SIGKILL
    mailbox.on_mail = lambda: None
    publish_pledges("Billig buss.", year=2031)
    assert send_due().sent == 1
    first, second = mailbox.mails
    assert first["Message-ID"] == second["Message-ID"], "most mailboxes show it once"
    assert mailbox.texts()[0] == mailbox.texts()[1]
    Alert.objects.update(mailed_at=None)
    assert [send_due().sent, send_due().sent] == [1, 0]
    assert "Billig buss." in mailbox.texts()[2] and BUS not in mailbox.texts()[2]


@pytest.mark.django_db(transaction=True)
def test_two_workers_send_each_mail_once(mailbox: Mailbox) -> None:
    confirmed(often="at_once")
    publish_pledges(BUS)
    is_taken, go_on = threading.Event(), threading.Event()

    def hold() -> None:
        is_taken.set()
        go_on.wait(PATIENCE)

    mailbox.on_mail = hold

    def other() -> None:
        try:
            send_due()
        finally:
            connection.close()

    worker = threading.Thread(target=other)
    worker.start()
    assert is_taken.wait(PATIENCE)
    assert send_due().sent == 0, "the other is at it"
    go_on.set()
    worker.join(PATIENCE)
    assert send_due().sent == 0
    assert len(mailbox.mails) == 1


def test_a_mail_is_dated_and_has_both_forms(mailbox: Mailbox) -> None:
    confirmed(often="at_once")
    publish_pledges(BUS)
    send_due()
    (mail,) = mailbox.mails
    assert isinstance(mail, EmailMessage) and mail["Date"]
    assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]


def test_the_worker_knows_the_jobs() -> None:
    call_command("check")
    assert {"send_alerts", "send_alert_link"} <= set(app.tasks)
