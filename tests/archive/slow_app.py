"""A small application under the site's worker, with little patience: what the tests of slow senders talk to."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from archive import slow_senders

slow_senders.HEADER_SECONDS = 2.0
slow_senders.BODY_SECONDS = 2.0


def application(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
    """Answer with how many bytes came; with as many as the query says, if it does."""
    try:
        came = len(environ["wsgi.input"].read())
    except OSError:
        came = -1
    answer = f"{environ['REQUEST_METHOD']} {came}".encode()
    wanted = environ.get("QUERY_STRING", "")
    pieces = [b"x" * 65_536] * (int(wanted) // 65_536) if wanted else [answer]
    start("200 OK", [("Content-Length", str(sum(map(len, pieces)))), ("Content-Type", "text/plain")])
    return pieces
