"""Connections that trickle: whoever sends a request, or takes its answer, too slowly is ended and stops nobody else.

gunicorn's own threads wait for headers and bodies without any limit of time: eight connections that send a byte a
minute stop a site of two workers with four threads each. Here no thread is given to a request before its headers and a
small body have come; a large body has at most half of the threads, and a pace to keep. A proxy in front takes whole
requests before it passes them on, if it is told to (docs/operation.md).
"""

from __future__ import annotations

import errno
import re
import selectors
import socket
import time
from collections import deque
from functools import partial
from typing import Any

from gunicorn.workers.gthread import STOP_KEEPALIVE_LINGER, TConn, ThreadWorker

from archive.noting_pool import NotingPool

HEADER_SECONDS = 10.0
"""For a request's line and headers and a small body, from the connection's first word or the answer before."""
BODY_SECONDS = 20.0
"""For a large body, and for each piece of an answer, beside what its bytes have at the slowest pace."""
SLOWEST = 16_000
"""Bytes a second, over the whole of a body; a form of 3 MB has three and a half minutes."""
AHEAD = 64 * 1024
"""Bytes of a request that are taken before a thread is given to it: the headers, and the body of most forms."""
_END_OF_HEADERS = b"\r\n\r\n"
_LENGTH = re.compile(rb"\r\ncontent-length:[ \t]*(\d{1,18})[ \t]*\r\n", re.IGNORECASE)


class TooSlow(ConnectionResetError):
    """The other end is too slow; gunicorn ends the connection as if that end had."""

    def __init__(self) -> None:
        super().__init__(errno.ECONNRESET, "The other end is too slow")


class TimedSocket(socket.socket):
    """A connection that has only so long for what is waited for, and whose first bytes are taken ahead."""

    def __init__(self, connection: socket.socket) -> None:
        super().__init__(connection.family, connection.type, connection.proto, fileno=connection.detach())
        self.has_large_body = False
        self._ahead = b""
        self._until: float | None = None
        self._received = 0

    def begin(self) -> None:
        """Forget the request before."""
        self.has_large_body, self._until, self._received = False, None, 0

    def take_ahead(self) -> bool:
        """Take what has come, without waiting; return whether a thread has all that it needs to begin."""
        try:
            data = super().recv(AHEAD)
        except BlockingIOError:
            return False
        except OSError:
            return True  # a thread finds out what is wrong
        self._ahead += data
        head, end, body = self._ahead.partition(_END_OF_HEADERS)
        if not data or len(head) >= AHEAD:
            return True
        length = _LENGTH.search(head + b"\r\n")
        wanted = int(length[1]) if length else 0
        is_chunked = b"\r\ntransfer-encoding:" in head.lower()
        self.has_large_body = bool(end) and (is_chunked or wanted > AHEAD)
        return bool(end) and (self.has_large_body or len(body) >= wanted)

    @property
    def holds_more(self) -> bool:
        """Whether something was taken ahead that nobody has read: the next request, sent along with the last."""
        return bool(self._ahead)

    def recv(self, size: int, flags: int = 0) -> bytes:
        """Return what has come, as soon as something has. Raises `TooSlow` where it comes below the slowest pace."""
        if self._ahead:
            data, self._ahead = self._ahead[:size], self._ahead[size:]
            return data
        now = time.monotonic()
        self._until = self._until or now + BODY_SECONDS
        left = self._until + self._received / SLOWEST - now
        if left <= 0:
            raise TooSlow
        self.settimeout(left)
        try:
            data = super().recv(size, flags)
        except TimeoutError:
            raise TooSlow from None
        finally:
            self.settimeout(None)
        self._received += len(data)
        return data

    def sendall(self, data: Any, flags: int = 0) -> None:
        """Send a piece of an answer. Raises `TooSlow` where it isn't taken in time."""
        self.settimeout(BODY_SECONDS + len(data) / SLOWEST)
        try:
            super().sendall(data, flags)
        except TimeoutError:
            raise TooSlow from None
        finally:
            self.settimeout(None)


class PatientWorker(ThreadWorker):
    """gunicorn's worker with threads, which gives none of them to a request that has not come yet."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._large: set[TConn] = set()
        """Connections whose large bodies threads are reading, half of the threads at most."""
        self._large_waiting: deque[TConn] = deque()
        self._stopped_at: float | None = None

    def get_thread_pool(self) -> NotingPool:
        """Return the pool that requests are served by, which notes how long each has waited."""
        return NotingPool(max_workers=self.cfg.threads)

    def enqueue_req(self, conn: TConn) -> None:
        """Wait for a new connection's request; give one that has come to a thread."""
        if not isinstance(conn.sock, TimedSocket):
            conn.sock = TimedSocket(conn.sock)
            self._wait_for(conn)
        elif not conn.sock.has_large_body:
            super().enqueue_req(conn)
        elif len(self._large) < max(1, self.cfg.threads // 2):
            self._large.add(conn)
            super().enqueue_req(conn)
        else:
            self._large_waiting.append(conn)

    def on_pending_socket_readable(self, conn: TConn, client: Any) -> None:
        """Take what has come of a request."""
        if conn.sock.take_ahead():
            super().on_pending_socket_readable(conn, client)

    def on_client_socket_readable(self, conn: TConn, client: Any) -> None:
        """Take what has come of the next request of a connection that was kept open."""
        conn.sock.begin()
        if conn.sock.take_ahead():
            super().on_client_socket_readable(conn, client)
            return
        self.poller.unregister(client)
        self.keepalived_conns.remove(conn)
        self._wait_for(conn)

    def finish_request(self, conn: TConn, fs: Any) -> None:
        """End or keep a connection that has been answered, and let the next large body in."""
        if conn in self._large:
            self._large.discard(conn)
            if self._large_waiting:
                self.enqueue_req(self._large_waiting.popleft())
        is_kept = not fs.cancelled() and fs.exception() is None and fs.result() is True
        if is_kept and conn.sock.holds_more:  # the poller would not see it
            conn.sock.begin()
            self.enqueue_req(conn)
        else:
            super().finish_request(conn, fs)

    def murder_pending(self) -> None:
        """End the connections whose request did not come in time; once we are to stop, those soon."""
        if not self.alive:
            self._stopped_at = self._stopped_at or time.monotonic()
            for conn in self.pending_conns:
                conn.timeout = min(conn.timeout, self._stopped_at + STOP_KEEPALIVE_LINGER)
        super().murder_pending()

    def _wait_for(self, conn: TConn) -> None:
        """Let a connection's request come, without a thread."""
        conn.sock.setblocking(False)
        conn.timeout = time.monotonic() + HEADER_SECONDS
        self.pending_conns.append(conn)
        when_readable = partial(self.on_pending_socket_readable, conn)
        self.poller.register(conn.sock, selectors.EVENT_READ, when_readable)
