"""The mails of alerts: one that asks for an alert to be confirmed, and those that tell what is new."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from email.utils import format_datetime
from itertools import groupby
from urllib.parse import urlsplit

from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from programmes.models import Alert, Programme
from programmes.search import NewPledge, News
from programmes.site.following.alerts import LINK_HOLDS, confirming_token
from programmes.site.following.followed import Followed
from programmes.standing import cautions, cautions_of, in_brackets

MOST_SHOWN = 50
"""Pledges that one mail has; of more, it says how many there are, and where."""
SUBJECT_LENGTH = 60
"""Characters of what is followed in a subject."""
_LEADS_ELSEWHERE = re.compile(r"://|\bwww\b|\w\.\w|@")
"""What looks like an address in words that a stranger may have chosen: mail programs make links of it."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A pledge as a mail shows it."""

    introductions: tuple[str, ...]
    words: str
    caution: str
    """What must be known of it beside what is said of its programme, in brackets; empty for nothing."""
    is_change: bool
    url: str


@dataclass(frozen=True, slots=True)
class Group:
    """The new pledges of a programme."""

    title: str
    """Whose it is, and what must be known of it."""
    url: str
    language: str
    entries: Sequence[Entry]


def confirming_mail(alert: Alert, *, often: str) -> EmailMultiAlternatives:
    """Return the mail that asks an address whether it wants an alert.

    Anybody may have it sent to anybody, so it shows nothing that looks like an address of somebody else's.
    """
    followed = Followed.of_query_string(alert.followed)
    with translation.override(alert.language):
        label = followed.label or _("alt nytt")
        context = {
            "what": _("et søk") if _LEADS_ELSEWHERE.search(label) else label,
            "often": Alert.Often(often).label,
            "link": alert.site + reverse("alert_confirm", args=[confirming_token(alert, often=often)]),
            "days": LINK_HOLDS.days,
            "site": alert.site,
        }
        body = render_to_string("varsel/mail/confirm.txt", context)
        return _mail(alert, _("Bekreft varsel fra Programarkivet"), body, {})


def news_mail(alert: Alert, news: News) -> EmailMultiAlternatives:
    """Return the mail that tells of what is new up to `alert.telling_until`; the same mail whenever it is made."""
    followed = Followed.of_query_string(alert.followed)
    leave_url = alert.site + reverse("alert_leave", args=[alert.key])
    with translation.override(alert.language):
        label = followed.label or _("alt nytt")
        number = _number(news)
        context = {
            "label": label,
            "number": number,
            "groups": _groups(news.pledges, alert.site),
            "more": news.total - len(news.pledges),
            "page_url": alert.site + followed.page_url,
            "leave_url": leave_url,
            "often": alert.get_often_display(),
            "language": alert.language,
        }
        subject = f"{number}: {Truncator(label).chars(SUBJECT_LENGTH)}"
        headers = {
            "List-Unsubscribe": f"<{leave_url}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "Message-ID": _message_id(alert),
        }
        mail = _mail(alert, subject, render_to_string("varsel/mail/news.txt", context), headers)
        mail.attach_alternative(render_to_string("varsel/mail/news.html", context), "text/html")
        return mail


def _mail(alert: Alert, subject: str, body: str, headers: dict[str, str]) -> EmailMultiAlternatives:
    ours = {"Auto-Submitted": "auto-generated", "Date": format_datetime(timezone.localtime())}
    return EmailMultiAlternatives(" ".join(subject.split()), body, to=[alert.address], headers={**ours, **headers})


def _message_id(alert: Alert) -> str:
    """Return the id of the mail that tells up to a moment: one that is sent again after a kill has the same.

    Most mailboxes then show it once.
    """
    said = f"{alert.key} {alert.telling_until}"
    host = urlsplit(alert.site).hostname or "localhost"
    return f"<{hashlib.sha256(said.encode()).hexdigest()[:32]}@{host}>"


def _groups(pledges: Sequence[NewPledge], site: str) -> list[Group]:
    """Return new pledges by programme, the programme that changed last first, in the order of the programme."""
    groups = []
    ordered = sorted(pledges, key=lambda each: _place_of_programme(each, pledges))
    for programme, some in groupby(ordered, key=lambda each: each.passage.programme):
        entries = sorted(some, key=lambda each: each.passage.position)
        groups.append(
            Group(
                f"{programme.branch.name}: {programme.title}{_period(programme)}{in_brackets(cautions(programme))}",
                site + programme.get_absolute_url(),
                programme.language,
                [_entry(each, site) for each in entries],
            )
        )
    return groups


def _place_of_programme(pledge: NewPledge, pledges: Sequence[NewPledge]) -> int:
    programme = pledge.passage.programme_id
    return next(place for place, each in enumerate(pledges) if each.passage.programme_id == programme)


def _entry(pledge: NewPledge, site: str) -> Entry:
    passage = pledge.passage
    of_programme = cautions(passage.programme)
    own = [each for each in cautions_of(passage) if each not in of_programme]
    return Entry(
        passage.introductions,
        passage.readable_text,
        in_brackets(own),
        pledge.is_change,
        site + passage.get_absolute_url(),
    )


def _number(news: News) -> str:
    """Return how many pledges are new, and how many dissents beside them, which are none of the party's."""
    own = news.total - news.dissents
    pledges = ngettext("%(count)s nytt løfte", "%(count)s nye løfter", own) % {"count": own}
    if not news.dissents:
        return pledges
    dissents = ngettext("%(count)s ny dissens", "%(count)s nye dissenser", news.dissents) % {"count": news.dissents}
    return f"{pledges}, {dissents}" if own else dissents


def _period(programme: Programme) -> str:
    return "" if programme.period in programme.title else f" {programme.period}"
