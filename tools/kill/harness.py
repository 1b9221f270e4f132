"""The whole desk running on data of its own, to be killed at will: web, worker and PostgreSQL as separate processes."""

from __future__ import annotations

import http.client
import json
import os
import random
import re
import secrets
import signal
import subprocess
import sys
import threading
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

VICTIMS = ("worker", "web", "postgres", "keeper", "command")
"""What can be killed: `keeper` is what keeps the embedded server, `command` a rebuild or a backup that is running."""
PATIENCE = 300.0
"""Seconds in which what was killed must be back."""
BETWEEN_TRIES = 0.2
AS_IN_PRODUCTION = {"DEBUG": "0", "SECURE": "0", "PORT": "0", "WEB_CONCURRENCY": "1"}
SECONDS_TO_ANSWER = 20.0

Answer = TypeVar("Answer")


class NotBack(Exception):
    """Something that was killed did not come back in time; the message is what was answered last, if anything."""


class Harness:
    """Gunicorn, a worker and the embedded PostgreSQL of settings.DATA_DIR, and a client that is logged in."""

    def __init__(self) -> None:
        self.processes: dict[str, subprocess.Popen[bytes]] = {}
        self.cut_off = 0
        """Requests that ended without an answer, or with a useless one."""
        self.command: subprocess.Popen[bytes] | None = None
        """The rebuild or backup that is running."""
        self._starting = threading.Lock()
        self.cookies = self._log_in()
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
        with self._starting:
            for name, command in commands.items():
                process = self.processes.get(name)
                if process is None or process.poll() is not None:
                    self.processes[name] = self._start(command)

    def _start(self, command: list[str]) -> subprocess.Popen[bytes]:
        return subprocess.Popen(  # noqa: S603
            command,
            cwd=settings.BASE_DIR,
            env={**os.environ, **AS_IN_PRODUCTION, "SECRET_KEY": settings.SECRET_KEY},
            stdout=self.log,
            stderr=self.log,
        )

    def kill(self, name: str, chance: random.Random) -> bool:
        """SIGKILL a victim, or one of its own processes; return whether there was one to kill."""
        try:
            members = self._members(name)
            chance.choice(members).send_signal(signal.SIGKILL)
        except (psutil.Error, OSError, ValueError, IndexError):  # it has just ended, or isn't there yet
            return False
        with self._starting:
            for started in self.processes.values():
                started.poll()
        return True

    def _members(self, name: str) -> list[psutil.Process]:
        if name in ("postgres", "keeper"):
            mark = settings.DATA_DIR / "postgres" / "postmaster.pid"
            server = psutil.Process(int(mark.read_text().splitlines()[0]))
            return [server, *server.children()] if name == "postgres" else [server.parent() or server]
        if name == "command":
            return [psutil.Process(self.command.pid)] if self.command and self.command.poll() is None else []
        process = psutil.Process(self.processes[name].pid)
        return [process] if name == "worker" else [process, *process.children()]

    def time_back(self, victim: str, began: float) -> float:
        """Return the seconds from `began` (monotonic) until all is ready again, the index too. Raises `NotBack`."""
        text = ""
        while (took := time.monotonic() - began) < PATIENCE:
            self.start_what_is_gone()
            with suppress(OSError, ValueError, http.client.HTTPException):
                status, _location, text = self.ask("GET", "/helse/klar")
                figures = {each["navn"]: each["tall"] for each in json.loads(text)["sjekker"]}
                beat = re.search(r"\d+", figures.get("arbeider", ""))
                # A dead worker's last sign of life counts for a while: the new one's is wanted.
                is_new = victim != "worker" or (beat is not None and int(beat[0]) < took)
                if status == http.HTTPStatus.OK and is_new:
                    return time.monotonic() - began
            time.sleep(BETWEEN_TRIES)
        raise NotBack(text)

    def run(self, *command: str) -> None:
        """Run a command of manage.py until it ends well. Raises `NotBack`."""

        def ended() -> bool | None:
            self.command = self._start([sys.executable, "manage.py", *command])
            try:
                return True if self.command.wait(PATIENCE) == 0 else None
            except subprocess.TimeoutExpired:
                self.command.kill()
                return None

        self.insist(ended)

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
        headers = {"Cookie": self.cookies, "X-CSRFToken": self.csrf}
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

    def send(self, path: str, fields: dict[str, str]) -> int:
        """Send a form once; return the status of the answer."""
        body = urlencode(fields).encode()
        return self.ask("POST", path, body, "application/x-www-form-urlencoded")[0]


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
