"""What a mail server answers, and what comes of it: nothing lost, nobody told of, and few refusals before an end."""

from __future__ import annotations

import logging
from typing import Any

import pytest

from programmes.models import Alert
from programmes.site.following import sending
from programmes.site.following.sending import MailServerAway, send_due
from tests.programmes.site.following.mailbox import Mailbox
from tests.programmes.site.following.test_alerts import OLA, confirmed
from tests.programmes.site.following.test_sending import BUS, publish_pledges

pytestmark = pytest.mark.django_db


def logged(caplog: pytest.LogCaptureFixture) -> str:
    """Return what was logged, tracebacks too, but for what the mail server of the tests says of itself."""
    return "\n".join(logging.Formatter().format(each) for each in caplog.records if each.name != "mail.log")


def test_a_server_that_is_away_loses_no_mail_and_tells_no_address(
    mailbox: Mailbox, settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    confirmed(often="at_once")
    publish_pledges(BUS)
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, 1
    with pytest.raises(MailServerAway, match="ConnectionRefusedError"):
        send_due()
    settings.EMAIL_PORT = port
    assert send_due().sent == 1
    assert OLA not in logged(caplog)


@pytest.mark.parametrize("answer", ["450 4.2.0 Greylisted", "452 4.2.2 Mailbox full", "554 5.7.1 Relay access denied"])
def test_what_is_no_fault_of_the_address_only_waits(mailbox: Mailbox, answer: str) -> None:
    alert = confirmed(often="at_once")
    publish_pledges(BUS)
    mailbox.answers[OLA] = answer
    for _try in range(2 * sending.MOST_REFUSALS):
        assert send_due().refused == 1
        assert send_due().refused == 0, "not before it has waited"
        Alert.objects.update(wait_until=None)
    alert.refresh_from_db()
    assert alert.refusals == 0
    mailbox.answers.clear()
    assert send_due().sent == 1 and len(mailbox.mails) == 1


def test_an_address_that_refuses_again_and_again_is_forgotten(
    mailbox: Mailbox, caplog: pytest.LogCaptureFixture
) -> None:
    confirmed(often="at_once")
    confirmed("kari@leser.example", often="at_once")
    publish_pledges(BUS)
    mailbox.answers[OLA] = "550 5.1.1 No such user here"
    with caplog.at_level(logging.DEBUG):
        for number in range(1, sending.MOST_REFUSALS + 1):
            done = send_due()
            assert (done.refused, done.ended) == (1, number == sending.MOST_REFUSALS)
            Alert.objects.update(wait_until=None)
    assert [alert.address for alert in Alert.objects.all()] == ["kari@leser.example"]
    assert OLA not in logged(caplog)


def test_a_server_that_takes_no_mail_at_all_ends_no_alert(mailbox: Mailbox) -> None:
    confirmed(often="at_once")
    confirmed("kari@leser.example", often="at_once")
    publish_pledges(BUS)
    mailbox.answers["*"] = "550 No"
    for _try in range(2 * sending.MOST_REFUSALS):
        assert send_due().ended == 0
        Alert.objects.update(wait_until=None)
    mailbox.answers.clear()
    assert send_due().sent == 2
    assert set(Alert.objects.values_list("refusals", flat=True)) == {0}


def test_words_that_the_server_does_not_like_end_no_alert(mailbox: Mailbox) -> None:
    confirmed(often="at_once")
    publish_pledges(BUS)
    mailbox.answer_to_words = "554 5.6.0 Looks like spam"
    assert (send_due().refused, Alert.objects.get().refusals) == (1, 0)


def test_one_that_can_not_be_sent_keeps_no_other_from_being_sent(
    mailbox: Mailbox, caplog: pytest.LogCaptureFixture
) -> None:
    broken = confirmed(often="at_once")
    Alert.objects.filter(pk=broken.pk).update(site="http://[broken")
    confirmed("kari@leser.example", often="at_once")
    publish_pledges(BUS)
    assert send_due().sent == 1
    assert mailbox.recipients == [["kari@leser.example"]]
    assert f"Alert {broken.pk} could not be sent" in caplog.text and OLA not in logged(caplog)
