"""Servers for tests and for measuring. Each takes the port that the system gives it, so no two can want the same."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil
from django.conf import settings
from django.db import connection

GUNICORN = [sys.executable, "-m", "gunicorn", "-c", "archive/gunicorn_conf.py", "--log-level", "warning"]
"""The site as it is served in production; PORT=0 lets the system choose its port."""
START_SECONDS = 120
STOP_SECONDS = 120


@contextmanager
def served(command: list[str], environment: dict[str, str]) -> Iterator[tuple[int, psutil.Process]]:
    """Run a server that was asked to take port 0 until the block ends; give the port that it got, and its process.

    Raises `TimeoutError` if it listens on none.
    """
    server = subprocess.Popen(command, cwd=settings.BASE_DIR, env=environment, stdout=subprocess.DEVNULL)  # noqa: S603
    try:
        deadline = time.monotonic() + START_SECONDS
        while (port := port_of(server.pid)) is None:
            if time.monotonic() > deadline or server.poll() is not None:
                raise TimeoutError(f"{command[2]} listens on no port; exit code {server.poll()}")
            time.sleep(0.05)
        yield port, psutil.Process(server.pid)
    finally:
        server.terminate()
        server.wait(STOP_SECONDS)


def port_of(pid: int) -> int | None:
    """Return the port on which a process of ours listens, None while it has none."""
    with suppress(psutil.Error):
        for socket in psutil.Process(pid).net_connections("tcp"):
            if socket.status == psutil.CONN_LISTEN:
                return int(socket.laddr.port)
    return None


def database_url(host: Path | None = None) -> str:
    """Return the address of the database in use, at the socket in another folder if one is given."""
    connection.ensure_connection()
    database = connection.get_connection_params()
    place = str(host or database.get("host") or "localhost").replace("/", "%2F")
    user = f"{database.get('user', '')}:{database.get('password', '')}"
    return f"postgresql://{user}@{place}:{database.get('port') or 5432}/{database['dbname']}"
