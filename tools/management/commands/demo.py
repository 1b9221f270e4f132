"""Set the archive up with its sample programmes and serve it on this machine, until Ctrl-C."""

from __future__ import annotations

import contextlib
import functools
import http.client
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection

from archive.database.processes import end_with_parent
from programmes.models import Pledge
from programmes.search import search

HOST = "127.0.0.1"
SECONDS_TO_ANSWER = 120
SECONDS_TO_STOP = 5
"""What runs at Ctrl-C gets so long, and is then cut off; an upload that was being read is taken up again next time."""
SECONDS_BETWEEN_LOOKS = 0.5
ADMINISTRATOR = "admin"


class Command(BaseCommand):
    help = "Setter opp arkivet med eksempelprogrammer og viser det på denne maskinen, til du trykker Ctrl-C."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        port = _free_port(os.environ.get("PORT") or "8000")
        _make_secret_key()
        for sentence, step in (
            ("Starter databasen", self._start_database),
            ("Lager tabellene", self._migrate),
            ("Laster partier, kommuner, fylker og temaer", self._load_registers),
            ("Importerer eksempelprogrammene", self._import_samples),
            ("Ser til søkeindeksen", self._index),
            ("Samler stilark og skript", self._collect_static),
        ):
            self._say(f"{sentence} …")
            step()
        password = _make_administrator()
        self._serve(port, password)

    def _say(self, sentence: str) -> None:
        self.stdout.write(sentence)
        self.stdout.flush()

    def _start_database(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SHOW server_version")
            (version,) = cursor.fetchone()
        owned = "arkivets egen" if connection.settings_dict.get("EMBEDDED_IN") else "den som DATABASE_URL peker på"
        self._say(f"  PostgreSQL {version}, {owned}")

    def _migrate(self) -> None:
        call_command("migrate", verbosity=0, interactive=False)

    def _load_registers(self) -> None:
        call_command("load_registers", samples=True, stdout=self.stdout)

    def _import_samples(self) -> None:
        manifest = settings.BASE_DIR / "fixtures" / "programmes" / "manifest.toml"
        call_command("import_programmes", manifest, new_branches=True, stdout=self.stdout, stderr=self.stderr)

    def _index(self) -> None:
        """Build the index anew where it doesn't hold just what is published, as after a disk was full."""
        published = Pledge.objects.published().count()
        if search("", per_page=1).total != published:
            call_command("rebuild_index", interactive=False, verbosity=0)
        self._say(f"  {published} løfter")

    def _collect_static(self) -> None:
        call_command("collectstatic", interactive=False, verbosity=0)

    def _serve(self, port: int, password: str | None) -> None:
        """Run gunicorn, and the worker that reads uploads, until gunicorn ends or a signal ends us."""
        for name in (signal.SIGTERM, signal.SIGHUP):
            signal.signal(name, _as_keyboard_interrupt)
        connection.close()
        server = _start(
            port, sys.executable, "-m", "gunicorn", "-c", "archive/gunicorn_conf.py", "--log-level", "warning"
        )
        work = (sys.executable, "manage.py", "work")
        worker = _start(port, *work)
        try:
            _wait_until_it_answers(server, port)
            self.stdout.write(self._greeting(port, password))
            self.stdout.flush()
            while (status := server.poll()) is None:
                time.sleep(SECONDS_BETWEEN_LOOKS)
                if worker.poll() is not None:  # uploads wait for it, whatever ended it
                    worker = _start(port, *work)
        except KeyboardInterrupt:
            self.stdout.write("\nStopper …")
            self.stdout.flush()
            return
        finally:
            _end(server, worker)
        raise SystemExit(f"Tjeneren stoppet av seg selv (kode {status}); meldingene står over.")

    def _greeting(self, port: int, password: str | None) -> str:
        address = f"http://{HOST}:{port}"
        lines = ["", f"Arkivet er åpent: {address}", f"Administrasjon:   {address}/admin/"]
        if password:
            lines += [
                f"                  bruker {ADMINISTRATOR}, passord {password}",
                f"                  (vises bare denne ene gangen; bytt det på {address}/admin/password_change/)",
            ]
        return "\n".join([*lines, "Ctrl-C stopper alt.", ""])


def _free_port(wanted: str) -> int:
    """Return the port as a number, or say in a sentence why it can't be had."""
    if not wanted.isdigit() or not 0 < int(wanted) < 65536:
        raise SystemExit(f"PORT={wanted} er ikke et portnummer (1–65535).")
    port = int(wanted)
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except PermissionError:
            raise SystemExit(f"Port {port} krever root. Velg en port over 1023: make demo PORT=8001") from None
        except OSError:
            raise SystemExit(f"Port {port} er opptatt. Velg en annen: make demo PORT={port % 65535 + 1}") from None
    return port


def _make_secret_key() -> None:
    """Give this data folder a secret key of its own, readable by its owner alone, which settings.py then reads."""
    path = settings.DATA_DIR / "secret-key"
    if not path.exists() or not path.stat().st_size:
        path.parent.mkdir(parents=True, exist_ok=True)
        with open(path, "w", opener=lambda name, flags: os.open(name, flags, 0o600)) as file:
            file.write(secrets.token_urlsafe(50))


def _make_administrator() -> str | None:
    """Make the first administrator and return the password, kept nowhere in clear; None where there is one already."""
    users = get_user_model()
    if users.objects.filter(is_superuser=True).exists():
        return None
    password = secrets.token_urlsafe(12)
    users.objects.create_superuser(ADMINISTRATOR, password=password)
    return password


def _wait_until_it_answers(server: subprocess.Popen[bytes], port: int) -> None:
    """Return when the site answers a request, also with an error; that it listens doesn't mean that it is ready."""
    deadline = time.monotonic() + SECONDS_TO_ANSWER
    while time.monotonic() < deadline:
        if server.poll() is not None:
            raise SystemExit(f"Tjeneren startet ikke (kode {server.returncode}); meldingene står over.")
        client = http.client.HTTPConnection(HOST, port, timeout=SECONDS_TO_ANSWER)
        try:
            client.request("GET", "/helse/")
            client.getresponse()
            return
        except (OSError, http.client.HTTPException):
            time.sleep(0.05)
        finally:
            client.close()
    raise SystemExit(f"Tjeneren svarte ikke på port {port} i løpet av {SECONDS_TO_ANSWER} sekunder.")


def _start(port: int, *command: str) -> subprocess.Popen[bytes]:
    """Start a process that serves the demo and ends with us.

    It has a session of its own, so that Ctrl-C reaches us alone: gunicorn replaces workers that end before it does, and
    the new ones would miss its word to stop.
    """
    return subprocess.Popen(  # noqa: S603
        command,
        cwd=settings.BASE_DIR,
        env={"SECURE": "0", "ACCESS_LOG": "0", **os.environ, "PORT": str(port)},
        start_new_session=True,
        preexec_fn=functools.partial(end_with_parent, signal.SIGTERM),
    )


def _end(*processes: subprocess.Popen[bytes]) -> None:
    """Stop gunicorn with its workers, and the worker; a second Ctrl-C while they finish changes nothing."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for process in processes:
        process.terminate()
    deadline = time.monotonic() + SECONDS_TO_STOP
    for process in processes:
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(max(0, deadline - time.monotonic()))
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)  # and whatever it left behind
        process.wait()


def _as_keyboard_interrupt(*_signal: object) -> None:
    raise KeyboardInterrupt
