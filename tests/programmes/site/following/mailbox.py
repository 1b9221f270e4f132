"""A real SMTP server on this machine, and the mails that it was given."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from socket import create_connection
from threading import Lock

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

LINK = re.compile(r"https?://\S+")


class Mailbox:
    """Takes every mail, but for what a test has it refuse."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.recipients: list[list[str]] = []
        self.answers: dict[str, str] = {}
        """Address → what the server answers instead of taking a mail to it; `*` for all."""
        self.answer_to_words = ""
        """What it answers to the words of any mail; empty, it takes them."""
        self.on_mail: Callable[[], None] = lambda: None
        """Done when a mail has been taken, before its sender is told so."""
        self._lock = Lock()

    async def handle_RCPT(  # noqa: N802 - the library's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if refusal := self.answers.get(address, self.answers.get("*", "")):
            return refusal
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        if self.answer_to_words:
            return self.answer_to_words
        with self._lock:
            self.mails.append(message_from_bytes(envelope.content, policy=policy.default))
            self.recipients.append(list(envelope.rcpt_tos))
        self.on_mail()
        return "250 OK"

    def texts(self) -> list[str]:
        """Return the plain texts of all mails."""
        return [str(mail.get_body(("plain",)).get_content()) for mail in self.mails]

    def links(self, within: str) -> list[str]:
        """Return the paths of the links with a part in them, in the mails that came last first."""
        found = [link for text in reversed(self.texts()) for link in LINK.findall(text)]
        return ["/" + link.split("/", 3)[3] for link in found if within in link]


class _AtAnyPort(Controller):
    """Listens where there is room, and says where that is."""

    def _trigger_server(self) -> None:
        self.port = self.server.sockets[0].getsockname()[1]
        create_connection((self.hostname, self.port), 10).close()


@contextmanager
def served() -> Iterator[tuple[Mailbox, int]]:
    """Serve a mailbox; yield it, and its port."""
    mailbox = Mailbox()
    controller = _AtAnyPort(mailbox, hostname="127.0.0.1", port=0)
    controller.start()
    try:
        yield mailbox, controller.port
    finally:
        controller.stop()
