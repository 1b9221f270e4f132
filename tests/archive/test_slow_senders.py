"""Slow senders and readers against the site's own worker, by real sockets: they hold nobody up, and they end."""

from __future__ import annotations

import http.client
import io
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, suppress

import pytest
from django.test import Client

from archive.slow_senders import AHEAD, TooSlow
from tests.paths import ROOT
from tests.waiting import PATIENCE
from tools.servers import port_of, served

COMMAND = [
    *(sys.executable, "-m", "gunicorn", "-k", "archive.slow_senders.PatientWorker", "--bind", "127.0.0.1:0"),
    *("--threads", "4", "--log-level", "warning", "tests.archive.slow_app:application"),
]
MANY = 20
"""Connections of a kind; five times the threads."""
LARGE = 1_000_000
KINDS = {
    "says nothing": b"",
    "headers that stop": b"GET / HTTP/1.1\r\nHost: localhost\r\nX-A: ",
    "a form that stops": b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\nusername=",
    "a chunk that stops": b"POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab",
    "a large body that stops": b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n\r\n" % LARGE,
}


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    with served(COMMAND, {**os.environ, "PYTHONPATH": str(ROOT)}) as (number, _process):
        yield number


def connect(port: int) -> socket.socket:
    return socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)


def get(port: int, path: str = "/", body: bytes | None = None) -> bytes:
    client = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    client.request("POST" if body is not None else "GET", path, body)
    answer = client.getresponse().read()
    client.close()
    return answer


def ends(connection: socket.socket) -> bool:
    """Return whether the other end closes, within our patience."""
    try:
        while connection.recv(65_536):
            pass
    except TimeoutError:
        return False
    except OSError:
        return True
    return True


@pytest.mark.parametrize("kind", KINDS)
def test_slow_senders_hold_nobody_up_and_are_ended(port: int, kind: str) -> None:
    with ExitStack() as stack:
        slow = [stack.enter_context(connect(port)) for _each in range(MANY)]
        for connection in slow:
            connection.sendall(KINDS[kind])
        assert get(port) == b"GET 0", "while all of them are open"
        assert get(port, body=b"a=1") == b"POST 3"
        assert all(ends(connection) for connection in slow[:4])


def test_who_trickles_on_and_on_is_ended(port: int) -> None:
    with connect(port) as connection:
        connection.sendall(KINDS["headers that stop"])
        began = time.monotonic()
        with suppress(OSError):
            while time.monotonic() - began < PATIENCE:
                connection.sendall(b"a")
                connection.settimeout(0.05)
                with suppress(TimeoutError):
                    if not connection.recv(1):
                        break
        assert time.monotonic() - began < PATIENCE, "a byte now and then buys no more time"


def test_what_comes_in_pieces_is_read_whole(port: int) -> None:
    for size in (10, AHEAD - 1, AHEAD + 1, LARGE):
        head = b"POST / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: %d\r\n\r\n" % size
        with connect(port) as connection:
            for part in (head[:9], head[9:-2], head[-2:], b"x" * (size // 2), b"x" * (size - size // 2)):
                connection.sendall(part)
            said = b""
            while piece := connection.recv(65_536):
                said += piece
            assert said.endswith(b"POST %d" % size)


def test_a_kept_connection_asks_again_and_again(port: int) -> None:
    client = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    for size in (0, 3, AHEAD + 5, 0):
        client.request("POST", "/", b"x" * size)
        assert client.getresponse().read() == b"POST %d" % size
    client.close()
    with connect(port) as connection:  # several at once, one after the other
        connection.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\nX-A: %s\r\n\r\n" % (b"a" * 5000) * 4)
        said = b""
        while said.count(b"GET 0") < 4:
            said += connection.recv(65_536)


def test_a_reader_who_takes_nothing_is_ended(port: int) -> None:
    with ExitStack() as stack:
        slow = [stack.enter_context(connect(port)) for _each in range(4)]
        for connection in slow:
            connection.sendall(b"GET /?50000000 HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert get(port) == b"GET 0", "once the threads are free again"
        assert sum(len(connection.recv(65_536)) for connection in slow) > 0


class Ended(io.RawIOBase):
    """A body that has begun and is then ended for being too slow."""

    def __init__(self) -> None:
        self.parts = [b"username=a"]

    def read(self, size: int = -1) -> bytes:
        if self.parts:
            return self.parts.pop()
        raise TooSlow

    readline = read


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/redaksjon/logg-inn/", "/sprak/", "/sok/"])
@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "multipart/form-data; boundary=x"])
def test_the_site_answers_a_body_that_was_ended_in_plain_words(path: str, kind: str) -> None:
    client = Client(enforce_csrf_checks=True)
    answer = client.generic("POST", path, content_type=kind, CONTENT_LENGTH="500", **{"wsgi.input": Ended()})
    assert answer.status_code < 500


def test_a_worker_that_is_told_to_stop_waits_for_no_silent_connection() -> None:
    server = subprocess.Popen([*COMMAND[:-1], "--graceful-timeout", "60", COMMAND[-1]], cwd=ROOT)
    try:
        while (port := port_of(server.pid)) is None:
            time.sleep(0.05)
        assert get(port) == b"GET 0"
        with connect(port):
            server.terminate()
            server.wait(30)
    finally:
        server.kill()
        server.wait()
