"""The MCP server over streamable HTTP, for whom an installation opens it: who may call, and from which pages."""

from __future__ import annotations

from collections.abc import Sequence
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

import uvicorn
from mcp.server.mcpserver import MCPServer
from mcp.server.transport_security import TransportSecuritySettings
from starlette.types import ASGIApp, Receive, Scope, Send

PATH = "/mcp"
MOST_BYTES = 300_000
"""Of a call: the longest text whose quotations are checked, escaped."""


@dataclass(frozen=True, slots=True)
class Caller:
    """Who calls, as the connection and the proxies before us say."""

    address: str = "127.0.0.1"
    forwarded: str = ""
    """`X-Forwarded-For` as it came: the archive believes of it what its settings say."""


THIS_MACHINE = Caller()
CALLER: ContextVar[Caller] = ContextVar("caller", default=THIS_MACHINE)
"""Who made the call that is answered: the archive counts callers, whatever door they come by."""


class NotedCaller:
    """Note who makes a call, for the archive in this process to count."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a call."""
        if scope["type"] == "http":
            headers = dict(scope["headers"])
            host = (scope.get("client") or ("",))[0]
            CALLER.set(Caller(host, headers.get(b"x-forwarded-for", b"").decode("latin-1")))
        await self.app(scope, receive, send)


def application(server: MCPServer[Any], *, hosts: Sequence[str], origins: Sequence[str]) -> ASGIApp:
    """Return the server as an ASGI application that answers under `hosts`, and calls from pages of `origins` alone.

    Each call is answered by itself: no session is kept, so it may run in as many processes as one likes.
    """
    security = TransportSecuritySettings(
        enable_dns_rebinding_protection=True, allowed_hosts=list(hosts), allowed_origins=list(origins)
    )
    return NotedCaller(
        server.streamable_http_app(
            streamable_http_path=PATH,
            json_response=True,
            stateless_http=True,
            max_request_body_size=MOST_BYTES,
            transport_security=security,
        )
    )


def serve(app: ASGIApp, *, host: str, port: int) -> None:
    """Answer calls until the process is ended."""
    uvicorn.run(app, host=host, port=port, log_level="warning", proxy_headers=False, server_header=False)
