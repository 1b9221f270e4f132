"""Sending the mails of alerts, in the worker: what is due, what the mail server answers, and what comes of that.

Up to where a mail tells is settled before it is sent, and noted as told after. A worker that is killed in between
leaves a mail that may or may not have gone out, and **it is sent again**, with the same pledges and the same Message-ID
(but for what has been withdrawn or changed meanwhile): who follows something would rather see a mail twice than never
learn of what it told. In all other cases each pledge is told once.
"""

from __future__ import annotations

import logging
import re
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from smtplib import (
    SMTPAuthenticationError,
    SMTPException,
    SMTPRecipientsRefused,
    SMTPResponseException,
    SMTPSenderRefused,
)

from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import DatabaseError, transaction
from django.db.models import Q
from django.utils import timezone

from programmes.models import Alert
from programmes.news import newest_moment
from programmes.search import News
from programmes.search.engine import IndexBeingBuilt
from programmes.search.own_writes import reading_own_writes
from programmes.search.state import current_state
from programmes.site.following.followed import Followed
from programmes.site.following.mails import MOST_SHOWN, confirming_mail, news_mail

logger = logging.getLogger(__name__)

BETWEEN_MAILS = timedelta(hours=1)
"""What is published or corrected in the hour after a mail comes in the next: editors correct one thing at a time."""
MORNING = 6
"""The hour, in our own time, at which daily alerts tell of all that is new until then."""
AFTER_REFUSAL = timedelta(days=1)
MOST_REFUSALS = 3
"""Mails in a row that an address refuses for good (5xx), a day apart, before it is forgotten."""
AFTER_TROUBLE = timedelta(minutes=30)
"""Until another try where the server asks for patience (4xx), or where a mail can't be made."""
PERMANENT = 500
_OF_OTHERS = re.compile(rb"^5\.[03-9]\.")
"""Enhanced status codes (RFC 3463) that blame the server or us (`5.7.1 Relaying denied`), and not the address."""
KEPT_NEWS = 200
"""What is new in a search is looked up once for all who follow it, for so many searches."""


class MailServerAway(Exception):
    """The mail server can't be reached, or takes no mail of ours; it says nothing of any address."""


class Refused(Exception):
    """The mail server does not take a mail to an address, for now or for good."""

    def __init__(self, *, for_good: bool) -> None:
        super().__init__("for good" if for_good else "for now")
        self.for_good = for_good


@dataclass
class Round:
    """What came of one look at all alerts."""

    sent: int = 0
    refused: int = 0
    ended: int = 0
    """Alerts whose address has refused too many mails, and that are gone."""
    _news: dict[tuple[object, ...], News] = field(default_factory=dict)

    def news_of(self, alert: Alert, until: datetime) -> News:
        """Return what is new for an alert; looked up once for all who were told up to the same moment.

        Looked up anew when the archive changes: what has been withdrawn is not told.
        """
        key = (alert.followed, alert.told_until, until, current_state())
        if key not in self._news:
            if len(self._news) >= KEPT_NEWS:
                self._news.clear()
            followed = Followed.of_query_string(alert.followed)
            self._news[key] = followed.news(most=MOST_SHOWN, after=alert.told_until, until=until)
        return self._news[key]


def send_confirming_mail(alert_id: int, *, often: str) -> None:
    """Send an address the link to confirm an alert; forget one that does not take it. Raises `MailServerAway`."""
    alert = Alert.objects.filter(pk=alert_id).first()
    if alert is None:
        return
    with closing(get_connection()) as server:
        try:
            deliver(confirming_mail(alert, often=often), server)
        except Refused as refusal:
            if not refusal.for_good:
                raise MailServerAway("asks for patience") from None
            Alert.objects.filter(pk=alert_id, confirmed_at=None).delete()


def send_due() -> Round:
    """Send every alert that has something to tell. Raises `MailServerAway`; what was not sent is due the next time."""
    done = Round()
    now = timezone.now()
    with reading_own_writes(), closing(get_connection()) as server:
        for pk in due(now):
            try:
                _send(pk, now, done, server)
            except (MailServerAway, IndexBeingBuilt, DatabaseError):
                raise
            except Exception:  # one alert that can't be sent must not keep all others from being sent
                logger.exception("Alert %s could not be sent", pk)
                Alert.objects.filter(pk=pk).update(wait_until=now + AFTER_TROUBLE)
    return done


def due(now: datetime) -> list[int]:
    """Return the keys of the alerts that may have something to tell, who has waited longest first."""
    newest = newest_moment()
    if newest is None:
        return []
    morning = last_morning(now)
    waited = Q(mailed_at=None) | Q(mailed_at__lte=now - BETWEEN_MAILS)
    at_once = Q(often=Alert.Often.AT_ONCE, told_until__lt=newest) & waited
    daily = Q(often=Alert.Often.DAILY, told_until__lt=min(newest, morning))
    found = (
        Alert.objects.filter(confirmed_at__isnull=False)
        .filter(at_once | daily | Q(telling_until__isnull=False))
        .filter(Q(wait_until=None) | Q(wait_until__lte=now))
    )
    return list(found.order_by("told_until", "pk").values_list("pk", flat=True))


def last_morning(now: datetime) -> datetime:
    """Return the last time that it was morning."""
    morning = timezone.localtime(now).replace(hour=MORNING, minute=0, second=0, microsecond=0)
    return morning if morning <= now else morning - timedelta(days=1)


def _send(pk: int, now: datetime, done: Round, server: BaseEmailBackend) -> None:
    """Settle what an alert tells, send it, and note that it is told; another worker at the same alert goes on."""
    with transaction.atomic():
        alert = _held(pk)
        if alert is None or not _settle(alert, now, done):
            return
    with transaction.atomic():
        alert = _held(pk)
        if alert is None or alert.telling_until is None:  # left meanwhile, or sent by another worker
            return
        _deliver_news(alert, done.news_of(alert, alert.telling_until), now, done, server)


def _held(pk: int) -> Alert | None:
    return Alert.objects.select_for_update(skip_locked=True).filter(pk=pk, confirmed_at__isnull=False).first()


def _settle(alert: Alert, now: datetime, done: Round) -> bool:
    """Note up to where an alert's next mail tells, and return whether there is anything to tell.

    All that a later moment will bring is committed later (`programmes.news`): nothing is missed in between.
    """
    if alert.telling_until is not None:  # one that was cut off
        return True
    newest = newest_moment()
    if newest is None:
        return False
    until = newest if alert.often == Alert.Often.AT_ONCE else min(newest, last_morning(now))
    if alert.told_until is None or until <= alert.told_until:
        return False
    news = done.news_of(alert, until)
    if news.is_behind:  # the index lacks the last changes: another time
        return False
    if news.total:
        alert.telling_until = until
    else:
        alert.told_until = until
    alert.save(update_fields=["telling_until", "told_until"])
    return bool(news.total)


def _deliver_news(alert: Alert, news: News, now: datetime, done: Round, server: BaseEmailBackend) -> None:
    """Send a mail and note what came of it; one whose pledges have been withdrawn meanwhile is not sent."""
    if news.total:
        try:
            deliver(news_mail(alert, news), server)
        except Refused as refusal:
            _note_refusal(alert, now, done, for_good=refusal.for_good)
            return
        alert.mailed_at, alert.refusals, alert.wait_until = now, 0, None
        done.sent += 1
    alert.told_until, alert.telling_until = alert.telling_until, None
    alert.save(update_fields=["told_until", "telling_until", "mailed_at", "refusals", "wait_until"])


def _note_refusal(alert: Alert, now: datetime, done: Round, *, for_good: bool) -> None:
    done.refused += 1
    alert.refusals += for_good
    alert.wait_until = now + (AFTER_REFUSAL if for_good else AFTER_TROUBLE)
    if alert.refusals >= MOST_REFUSALS and _takes_mail(now, but=alert):
        alert.delete()
        done.ended += 1
    else:
        alert.save(update_fields=["refusals", "wait_until"])


def _takes_mail(now: datetime, *, but: Alert) -> bool:
    """Return whether the mail server has taken mail to anybody else of late: one that takes none ends no alert."""
    since = now - MOST_REFUSALS * AFTER_REFUSAL
    return Alert.objects.filter(mailed_at__gte=since).exclude(address=but.address).exists()


def deliver(mail: EmailMessage, server: BaseEmailBackend) -> None:
    """Hand a mail to the mail server. Raises `Refused` and `MailServerAway`, neither of which tells the address."""
    try:
        server.open()  # once for all mails
        server.send_messages([mail])
    except SMTPRecipientsRefused as problem:
        answers = list(problem.recipients.values())
        for_good = all(code >= PERMANENT and not _OF_OTHERS.match(said) for code, said in answers)
        raise Refused(for_good=for_good) from None
    except (SMTPSenderRefused, SMTPAuthenticationError) as problem:
        raise MailServerAway(f"takes no mail of ours ({problem.smtp_code})") from None
    except SMTPResponseException:  # it doesn't like the words, which are no fault of the address
        raise Refused(for_good=False) from None
    except (SMTPException, OSError) as problem:
        raise MailServerAway(f"can't be reached ({type(problem).__name__})") from None
