"""Time every door for programs over HTTP, beside the page that tells a reader the same, in the same run."""

from __future__ import annotations

import http.client
import json
import os
import statistics
import sys
import time
from argparse import ArgumentParser
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import anyio
import psutil
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from mcp import Client, StdioServerParameters, stdio_client

from programmes.search import engine_named
from tools.door_bench.asking import Asked, Door, doors
from tools.search_bench import corpus, servers
from tools.servers import port_of

SEED = 15
PATIENCE = 120
"""Seconds."""
TOOLS: Mapping[str, Mapping[str, Any]] = {"search": {"query": "skole"}, "coverage": {}}
"""A tool for language models → what it is asked for; each calls the API once."""


class Command(BaseCommand):
    help = (
        "Måler hva hver dør for programmer koster over HTTP (API-et, kort, oEmbed, MCP), ved siden av siden som sier "
        "det samme. Svarene lages på nytt hver gang. ms fra spørsmål til siste byte."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--pledges", type=int, default=200_000, help="løfter i et oppdiktet arkiv (200 000); 0: arkivet som er her"
        )
        parser.add_argument("--requests", type=int, default=30, help="spørsmål til hver dør (30)")
        parser.add_argument("--only", help="bare dørene med dette i navnet")
        parser.add_argument("--engine", default="whoosh", choices=sorted(settings.SEARCH_ENGINES), help="søkemotor")

    def handle(self, *, pledges: int, requests: int, only: str | None, engine: str, **options: Any) -> None:
        with _archive(pledges, engine) as folder, servers.our_site(engine, folder) as (_ask, process):
            port = port_of(process.pid)
            if port is None:
                raise CommandError("The server listens nowhere.")
            asked = [door for door in doors(SEED, f"127.0.0.1:{port}") if (only or "") in door.name]
            self._measure(asked, process, port, requests)

    def _measure(self, asked: list[Door], process: psutil.Process, port: int, requests: int) -> None:
        load = os.getloadavg()[0]
        self.stdout.write(f"{os.cpu_count()} prosessorer som har {load:.1f} prosesser å kjøre")
        self.stdout.write(f"{'dør':<26}{'p50':>7}{'p95':>7}{'kB':>8}{'siden p50':>12}{'p95':>7}{'kB':>8}")
        for door in asked:  # what every process reads once
            _answer(port, door.ask())
        before = servers.memory_mb(process)
        for door in asked:
            times: list[tuple[float, int]] = []
            pages: list[tuple[float, int]] = []
            for _turn in range(requests):
                asked_now = door.ask()
                times.append(_answer(port, asked_now))
                if asked_now.page:
                    pages.append(_answer(port, Asked(asked_now.page)))
            self.stdout.write(f"{door.name:<26}{_figures(times)}{'':5}{_figures(pages) if pages else ''}")
        after = servers.memory_mb(process)
        self.stdout.write(f"minne i den største prosessen: {before:.0f} MB før, {after:.0f} MB etter")
        anyio.run(self._measure_tools, f"http://127.0.0.1:{port}", requests)

    async def _measure_tools(self, archive: str, requests: int) -> None:
        """Time two tools of an MCP server that knows the archive by its API alone, and weigh it."""
        arguments = [str(settings.BASE_DIR / "manage.py"), "mcp", "--archive", archive]
        server = StdioServerParameters(command=sys.executable, args=arguments, env=dict(os.environ))
        async with Client(stdio_client(server)) as client:
            for tool, asked in TOOLS.items():
                await client.call_tool(tool, dict(asked))
                times = []
                for _turn in range(requests):
                    began = time.perf_counter()
                    answer = await client.call_tool(tool, dict(asked))
                    times.append((1000 * (time.perf_counter() - began), len(str(answer.structured_content))))
                    if answer.is_error:
                        raise CommandError(str(answer.content))
                self.stdout.write(f"{f'MCP {tool}':<26}{_figures(times)}")
            weighed = [one for one in psutil.Process().children() if arguments[0] in one.cmdline()]
            for process in weighed:
                self.stdout.write(f"minne i MCP-tjeneren: {process.memory_info().rss / 1e6:.0f} MB")


@contextmanager
def _archive(pledges: int, engine: str) -> Iterator[Path]:
    """Give the folder of a made-up archive of so many pledges, or of the one that is here."""
    if not pledges:
        yield Path(settings.DATA_DIR)
        return
    with corpus.own_archive(f"doors_{pledges}") as folder:
        corpus.fill(corpus.real_pledges(), pledges)
        engine_named(engine).rebuild()
        yield folder


def _answer(port: int, asked: Asked) -> tuple[float, int]:
    """Return the milliseconds and bytes of an answer made anew. Raises `CommandError` for any but a good one."""
    client = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    began = time.perf_counter()
    if asked.article is None:
        client.request("GET", asked.path, headers=servers.ANEW)
    else:
        client.request("POST", asked.path, json.dumps({"text": asked.article}), {"Content-Type": "application/json"})
    response = client.getresponse()
    size = len(response.read())
    taken = 1000 * (time.perf_counter() - began)
    client.close()
    if response.status not in (200, 301):
        raise CommandError(f"{asked.path} ble besvart med {response.status}.")
    return taken, size


def _figures(times: list[tuple[float, int]]) -> str:
    taken = [each for each, _size in times]
    p95 = statistics.quantiles(taken, n=20)[-1]
    return f"{statistics.median(taken):>7.0f}{p95:>7.0f}{max(size for _taken, size in times) / 1000:>8.1f}"
