"""Answer language models over the Model Context Protocol: see docs/mcp.md."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from programmes.mcp.archive import Archive
from programmes.mcp.http import application, serve
from programmes.mcp.server import server_for


class Command(BaseCommand):
    help = "Answers language models (MCP): over stdio, or over HTTP where the installation has opened it."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--archive", metavar="URL", help="ask an archive elsewhere; needs no database")
        parser.add_argument("--http", metavar="HOST:PORT", help="answer streamable HTTP there; else stdio")

    def handle(self, *args: Any, archive: str | None, http: str | None, **options: Any) -> None:
        asked = self._archive(archive)
        server = server_for(asked)
        if http is None:
            server.run()
            return
        if not settings.MCP_HTTP:
            raise CommandError("MCP over HTTP is closed here: MCP_HTTP=1 opens it (docs/mcp.md).")
        host, _colon, port = http.rpartition(":")
        if not (host and port.isdecimal()):
            raise CommandError("--http takes an address and a port: 127.0.0.1:8090")
        hosts = [*settings.MCP_HOSTS, http]
        serve(application(server, hosts=hosts, origins=settings.MCP_ORIGINS), host=host.strip("[]"), port=int(port))

    def _archive(self, elsewhere: str | None) -> Archive:
        if elsewhere:
            return Archive(elsewhere)
        from programmes.mcp.in_process import own_archive  # only now: an archive elsewhere needs none of it

        return own_archive(settings.SITE_ADDRESS)
