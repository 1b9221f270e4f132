"""The whole desk running on data of its own, to be killed at will: web, worker and PostgreSQL as separate processes."""

from __future__ import annotations

import http.client
import os
import random
import secrets
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from typing import TypeVar
from urllib.parse import urlencode

import psutil
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.models import User
from django.contrib.sessions.backends.db import SessionStore
from django.db import InterfaceError, OperationalError, connection

from tools.servers import GUNICORN, port_of

VICTIMS = ("worker", "web", "postgres")
PATIENCE = 120.0
"""Seconds in which what was killed must be back."""
BETWEEN_TRIES = 0.2
SECONDS_TO_ANSWER = 20.0

Answer = TypeVar("Answer")


class NotBack(Exception):
    """Something that was killed did not come back in time."""


class Harness:
    """Gunicorn, a worker and the embedded PostgreSQL of settings.DATA_DIR, and a client that is logged in."""

    def __init__(self) -> None:
        self.processes: dict[str, subprocess.Popen[bytes]] = {}
        self.cut_off = 0
        """Requests that ended without an answer, or with a useless one."""
        self._cookies = self._log_in()
        self.log = (settings.DATA_DIR / "kill_test.log").open("ab")

    def _log_in(self) -> str:
        """Return the cookies of a session of an administrator made for this."""
        user, _created = User.objects.get_or_create(username="kill-test", is_superuser=True)
        session = SessionStore()
        session[SESSION_KEY] = str(user.pk)
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[-1]
        session[HASH_SESSION_KEY] = user.get_session_auth_hash()
        session.save()
        self.csrf = secrets.token_hex(16)
        return f"{settings.SESSION_COOKIE_NAME}={session.session_key}; {settings.CSRF_COOKIE_NAME}={self.csrf}"

    def start_what_is_gone(self) -> None:
        """Start web and worker where they don't run, as systemd or `make demo` would."""
        commands = {"web": GUNICORN, "worker": [sys.executable, "manage.py", "work"]}
        for name, command in commands.items():
            process = self.processes.get(name)
            if process is None or process.poll() is not None:
                self.processes[name] = subprocess.Popen(  # noqa: S603
                    command,
                    cwd=settings.BASE_DIR,
                    env={**os.environ, "PORT": "0", "SECURE": "0", "WEB_CONCURRENCY": "1"},
                    stdout=self.log,
                    stderr=self.log,
                )

    def kill(self, name: str) -> None:
        """SIGKILL the worker, gunicorn or one of its own workers, or PostgreSQL's postmaster or a backend."""
        with suppress(psutil.Error, OSError, ValueError):
            if name == "postgres":
                mark = settings.DATA_DIR / "postgres" / "postmaster.pid"
                process = psutil.Process(int(mark.read_text().splitlines()[0]))
            else:
                process = psutil.Process(self.processes[name].pid)
            members = [process] if name == "worker" else [process, *process.children()]
            random.choice(members).send_signal(signal.SIGKILL)  # noqa: S311
        for started in self.processes.values():
            started.poll()

    def stop(self) -> None:
        """End what was started."""
        for process in self.processes.values():
            process.terminate()
        for process in self.processes.values():
            try:
                process.wait(30)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        self.log.close()

    def ask(self, method: str, path: str, body: bytes = b"", content_type: str = "") -> tuple[int, str, str]:
        """Return status, location and text of an answer. Raises `OSError` or `HTTPException` where there is none."""
        port = port_of(self.processes["web"].pid)  # another one each time that the web was killed
        if port is None:
            raise ConnectionRefusedError
        client = http.client.HTTPConnection("127.0.0.1", port, timeout=SECONDS_TO_ANSWER)
        headers = {"Cookie": self._cookies, "X-CSRFToken": self.csrf}
        if content_type:
            headers["Content-Type"] = content_type
        try:
            client.request(method, path, body, headers)
            response = client.getresponse()
            text = response.read().decode(errors="replace")
            return response.status, response.getheader("Location") or "", text
        finally:
            client.close()

    def insist(self, ask: Callable[[], Answer | None]) -> Answer:
        """Ask again, as a person does, until there is a good answer. Raises `NotBack`."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            self.start_what_is_gone()
            with suppress(OSError, http.client.HTTPException):
                answer = ask()
                if answer is not None:
                    return answer
            self.cut_off += 1
            time.sleep(BETWEEN_TRIES)
        raise NotBack

    def upload(self, content: bytes, filename: str) -> None:
        """Upload a file until the desk says that it has it."""
        boundary = secrets.token_hex(16)
        head = f'--{boundary}\r\nContent-Disposition: form-data; name="files"; filename="{filename}"\r\n\r\n'
        body = head.encode() + content + f"\r\n--{boundary}--\r\n".encode()
        kind = f"multipart/form-data; boundary={boundary}"

        def received() -> bool | None:
            status, _location, text = self.ask("POST", "/redaksjon/opplasting/", body, kind)
            if status == http.HTTPStatus.FOUND or "samme filen er allerede" in text:
                return True
            return None

        self.insist(received)

    def confirm(self, upload_id: int, fields: dict[str, str]) -> None:
        """Confirm an upload until the desk says that it is done, or that it can't be any more."""
        path = f"/redaksjon/opplasting/{upload_id}/"

        def confirmed() -> bool | None:
            status, _location, text = self.ask("GET", path)
            if status == http.HTTPStatus.OK and 'name="period_start"' not in text:
                return True
            body = urlencode(fields).encode()
            status, _location, _text = self.ask("POST", path, body, "application/x-www-form-urlencoded")
            return True if status == http.HTTPStatus.FOUND else None

        self.insist(confirmed)


def steady(query: Callable[[], Answer]) -> Answer:
    """Return what a query gives, asked again while the database is being killed. Raises `NotBack`."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        try:
            return query()
        except (OperationalError, InterfaceError):
            connection.close()
            time.sleep(BETWEEN_TRIES)
    raise NotBack
