"""A mail server for the tests of alerts, and the settings that lead to it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.programmes.site.following.mailbox import Mailbox, served


@pytest.fixture
def mailbox(settings: Any) -> Iterator[Mailbox]:
    with served() as (mailbox, port):
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        yield mailbox
