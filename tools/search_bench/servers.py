"""Our own site and Datasette over HTTP, serving the same pledges."""

from __future__ import annotations

import http.client
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import cycle, islice
from pathlib import Path
from urllib.parse import urlencode

import psutil
from django.conf import settings

from programmes.site.facets import KEYS
from tools.search_bench.questions import Question
from tools.search_bench.yardsticks import FACETS, Ask, fts_query
from tools.servers import GUNICORN, database_url, served

DATASETTE_SETTINGS = {
    "suggest_facets": "off",  # a help that costs it time
    "sql_time_limit_ms": "60000",  # or it gives up on common words, and answers without what was asked for
    "facet_time_limit_ms": "60000",
}


ANEW = {"Cache-Control": "no-cache"}
"""What a browser's forced reload says: our site then makes a page that it keeps anew."""


@contextmanager
def our_site(engine: str, data_dir: Path) -> Iterator[tuple[Ask, psutil.Process]]:
    """Serve the database in use with gunicorn as in production; give what asks `/sok/`, and the server."""
    environment = {
        **os.environ,
        "DATABASE_URL": database_url(),
        "DATA_DIR": str(data_dir),
        "SEARCH_ENGINE": engine,
        "SECRET_KEY": "only-for-measuring-" + "0123456789" * 4,
        "SECURE": "0",
        "DEBUG": "0",
        "ALLOWED_HOSTS": "127.0.0.1",
        "PORT": "0",
    }
    collect = [sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity=0"]
    subprocess.run(collect, cwd=settings.BASE_DIR, env=environment, check=True)  # noqa: S603 - a command of our own
    with served(GUNICORN, environment) as (port, process):
        yield _asking(port, path_of_ours), process


@contextmanager
def datasette(database: Path) -> Iterator[Ask]:
    """Serve a file of `yardsticks.sqlite_fts5` with Datasette; give what asks for a page of its table."""
    options = [option for name, value in DATASETTE_SETTINGS.items() for option in ("--setting", name, value)]
    command = [sys.executable, "-m", "datasette", "serve", "--immutable", str(database), "--port", "0", *options]
    with served(command, dict(os.environ)) as (port, _process):
        yield _asking(port, lambda question: _path_of_datasette(question, database.stem))


def memory_mb(server: psutil.Process) -> float:
    """Return the memory of the largest process that a server has started, shared pages counted whole."""
    return max(child.memory_info().rss for child in server.children(recursive=True)) / 1e6


def path_of_ours(question: Question) -> str:
    """Return the address of a question's search page."""
    filters = [(KEYS[facet], value) for facet in FACETS for value in question.filters.of(facet)]
    return f"/sok/?{urlencode([('q', question.query), *filters])}"


def _path_of_datasette(question: Question, database: str) -> str:
    """Return the page of 20 rows with four facets, in the words of FTS5."""
    options = [("_facet", facet) for facet in FACETS] + [("_facet_size", "max"), ("_size", "20")]
    if question.query:
        options += [("_search", fts_query(question.query)), ("_searchmode", "raw")]
    for facet in FACETS:
        if wanted := question.filters.of(facet):
            options.append((f"{facet}__in", json.dumps(wanted)))
    return f"/{database}/pledge?{urlencode(options)}"


def _asking(port: int, path_of: Callable[[Question], str]) -> Ask:
    """Return what fetches the page for a question, on a connection of its own, and gives its size in bytes."""

    def ask(question: Question) -> int:
        client = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        size = _fetched(client, path_of(question), anew=True)
        client.close()
        return size

    return ask


def _fetched(client: http.client.HTTPConnection, path: str, *, anew: bool) -> int:
    """Return the bytes of a page, made `anew` or as it is kept. Raises ValueError for any but a good answer."""
    client.request("GET", path, headers={"Accept-Encoding": "gzip", **(ANEW if anew else {})})
    response = client.getresponse()
    body = response.read()
    if response.status != http.client.OK:
        raise ValueError(f"{path} was answered by {response.status}")
    return len(body)


def timed(port: int, path: str, *, anew: bool) -> float:
    """Return the milliseconds that a page takes on a connection of its own, made anew or as it is kept."""
    began = time.perf_counter()
    client = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    _fetched(client, path, anew=anew)
    client.close()
    return (time.perf_counter() - began) * 1000


def together(port: int, paths: Sequence[str], readers: int, seconds: float, *, anew: bool) -> tuple[float, list[float]]:
    """Return the pages a second that several readers get at once, and the milliseconds of each page."""
    end = time.perf_counter() + seconds

    def read(first: int) -> list[float]:
        client = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        times: list[float] = []
        for path in islice(cycle(paths), first, None):
            began = time.perf_counter()
            if began > end:
                client.close()
                return times
            _fetched(client, path, anew=anew)
            times.append((time.perf_counter() - began) * 1000)
        return times

    with ThreadPoolExecutor(readers) as pool:
        times = [taken for each in pool.map(read, range(0, readers * 5, 5)) for taken in each]
    return len(times) / seconds, times
