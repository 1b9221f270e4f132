"""The archive of this process: its API is called as a web server would call it, with no network between."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import httpx2
from django.core.wsgi import get_wsgi_application
from django.db import connections

from programmes.mcp.archive import Archive
from programmes.mcp.http import CALLER


def own_archive(address: str) -> Archive:
    """Return this installation's archive, which readers find at `address`."""
    return Archive(address, transport=httpx2.WSGITransport(app=_counted(get_wsgi_application())))


def _counted(site: Callable[..., Iterable[bytes]]) -> Callable[..., Iterable[bytes]]:
    """Return the site as an application that knows who calls, and leaves no connection behind in a thread."""

    def answered(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        caller = CALLER.get()
        environ["REMOTE_ADDR"] = caller.address
        if caller.forwarded:
            environ["HTTP_X_FORWARDED_FOR"] = caller.forwarded
        response = site(environ, start_response)
        try:
            return [b"".join(response)]
        finally:
            getattr(response, "close", lambda: None)()
            connections.close_all()  # calls are answered in threads that come and go

    return answered
