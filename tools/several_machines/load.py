"""Readers and editors on the machines, each request noted: when, what, and whether it was answered well."""

from __future__ import annotations

import contextlib
import hashlib
import http.client
import itertools
import random
import secrets
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from tools.several_machines.configuration import HOST, SITE

SECONDS_TO_ANSWER = 30.0
"""A reader goes away after that."""
BETWEEN_READS = 0.25
BETWEEN_UPLOADS = 0.5
"""Seconds that each reader and editor pauses."""
READERS, EDITORS = 3, 2
PAGES = ("/", "/partier/", "/tema/", "/sok/?q=skole", "/sok/?q=buss+-gratis", "/sok/?q=omsorg&side=2", "/aar/")


@dataclass(frozen=True, slots=True)
class Asked:
    """A request that is over."""

    began: float
    ended: float
    """`time.monotonic()`."""
    is_upload: bool
    status: int
    """0 where there was no answer."""

    @property
    def is_good(self) -> bool:
        """Whether the caller has what was asked for."""
        return self.status in (http.HTTPStatus.OK, http.HTTPStatus.FOUND)


@dataclass
class Load:
    """What readers and editors ask of the site on a port, from `start` to `stop`."""

    port: int
    cookies: str
    token: str
    asked: list[Asked] = field(default_factory=list)
    acknowledged: dict[str, float] = field(default_factory=dict)
    """The SHA-256 of each file that the desk said it has, and when."""
    _over: threading.Event = field(default_factory=threading.Event)
    _threads: list[threading.Thread] = field(default_factory=list)

    def start(self) -> None:
        """Let readers and editors begin."""
        people: Sequence[Callable[[int], None]] = [self._read] * READERS + [self._edit] * EDITORS
        for number, person in enumerate(people):
            thread = threading.Thread(target=person, args=(number,), daemon=True)
            thread.start()
            self._threads.append(thread)

    def stop(self) -> None:
        """Let everybody end what they are at."""
        self._over.set()
        for thread in self._threads:
            thread.join()

    def good_since(self, moment: float, *, uploads: bool) -> bool:
        """Return whether something asked for after a moment has been answered well."""
        return any(each.is_good and each.is_upload == uploads and each.began >= moment for each in list(self.asked))

    def _read(self, number: int) -> None:
        chance = random.Random(number)  # noqa: S311
        while not self._over.wait(BETWEEN_READS):
            asked, _text = self._ask("GET", chance.choice(PAGES))
            self.asked.append(asked)

    def _edit(self, number: int) -> None:
        """Upload a new file now and then; one that was not acknowledged is sent again until it is."""
        for count in itertools.count():
            if self._over.wait(BETWEEN_UPLOADS):
                return
            content = f"Program {secrets.token_hex(8)}\n\nSkole\n\nVi vil:\n• bygge skole {number} {count}\n".encode()
            while not self._over.is_set():
                if self._uploaded(content):
                    self.acknowledged[hashlib.sha256(content).hexdigest()] = time.monotonic()
                    break
                self._over.wait(BETWEEN_UPLOADS)

    def _uploaded(self, content: bytes) -> bool:
        boundary = secrets.token_hex(16)
        head = f'--{boundary}\r\nContent-Disposition: form-data; name="files"; filename="program.txt"\r\n\r\n'
        body = head.encode() + content + f"\r\n--{boundary}--\r\n".encode()
        kind = f"multipart/form-data; boundary={boundary}"
        asked, text = self._ask("POST", "/redaksjon/opplasting/", body, kind)
        if "samme filen er allerede" in text:  # received before, when nobody could say so
            asked = replace(asked, status=http.HTTPStatus.FOUND)
        self.asked.append(asked)
        return asked.is_good

    def _ask(self, method: str, path: str, body: bytes = b"", kind: str = "") -> tuple[Asked, str]:
        headers = {"Host": SITE}
        if method == "POST":
            headers |= {"Content-Type": kind, "Cookie": self.cookies, "X-CSRFToken": self.token}
        client = http.client.HTTPConnection(HOST, self.port, timeout=SECONDS_TO_ANSWER)
        began, status, text = time.monotonic(), 0, ""
        with contextlib.suppress(OSError, http.client.HTTPException):
            client.request(method, path, body, headers)
            response = client.getresponse()
            text = response.read().decode(errors="replace")
            status = response.status
        client.close()
        return Asked(began, time.monotonic(), method == "POST", status), text
