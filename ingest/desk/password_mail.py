"""The mail with a link to choose a new password, sent by the worker.

The page that asks for it answers alike whether anybody has the address, and after the same work: it puts a job in the
queue, and only the worker looks who that is.
"""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.forms import PasswordResetForm
from django.contrib.auth.models import User
from django.contrib.auth.tokens import default_token_generator
from django.core.mail import EmailMessage
from django.db import connection
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import gettext as _
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from ingest.desk.log import record
from ingest.desk.permissions import role_of
from ingest.intake.jobs import HOUSEKEEPING

RETRY = RetryStrategy(max_attempts=5, exponential_wait=4)
"""A mail server that is away for a while loses no mail."""


def enqueue_password_mail(*, email: str, language: str, site: str) -> None:
    """Let the worker send what `email` is to get, if anything; `site` is our own address, without a path."""
    send_password_mail.defer(email=email, language=language, site=site)


@app.task(name="send_password_mail", queue=HOUSEKEEPING, retry=RETRY)
def send_password_mail(*, email: str, language: str, site: str) -> None:
    """Do in the worker what `mail_links` does."""
    try:
        mail_links(email=email, language=language, site=site)
    finally:
        connection.close()  # the worker's thread may have no other job for long, or end


def mail_links(*, email: str, language: str, site: str) -> None:
    """Send a link to each user at the desk who has this address, in the language that was asked in."""
    for user in PasswordResetForm().get_users(email):
        if role_of(user) is not None:
            _send(user, language=language, site=site)


def _send(user: User, *, language: str, site: str) -> None:
    uid, token = urlsafe_base64_encode(force_bytes(user.pk)), default_token_generator.make_token(user)
    with translation.override(language):
        link = site + reverse("password_reset_confirm", kwargs={"uidb64": uid, "token": token})
        context = {"user": user, "link": link, "minutes": settings.PASSWORD_RESET_TIMEOUT // 60}
        subject = _("Nytt passord i Programarkivet")
        body = render_to_string("redaksjon/mail/password.txt", context)
    EmailMessage(subject, body, to=[user.email]).send()
    record(user=user, action="password.asked", subject=str(user))
