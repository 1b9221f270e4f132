"""A small run of what `manage.py measure_exports` measures, against the site's real gunicorn."""

from __future__ import annotations

from urllib.parse import urlsplit

import psutil

from programmes.search import engine_named
from tests import builders
from tools.export_load.reading import read_files


def test_many_readers_of_files_get_whole_ones_or_are_asked_back(live_gunicorn: str) -> None:
    builders.programme(parse=builders.parsed([f"Gratis buss nummer {number}." for number in range(40)]))
    engine_named("whoosh").rebuild()
    port = urlsplit(live_gunicorn).port
    assert port
    server = next(
        each
        for each in psutil.Process().children(recursive=True)
        if any(known.laddr.port == port and known.status == psutil.CONN_LISTEN for known in each.net_connections("tcp"))
    )
    measured = read_files(
        port, server, ["/sok.json?q=*", "/sok.csv?q=buss"], readers=16, seconds=1, page="/sok/?q=buss"
    )
    assert +measured.answers == {status: n for status, n in measured.answers.items() if status in (200, 503) and n}
    assert measured.answers[200] > 0 and measured.page_seconds
    assert measured.bytes_read > 40 * len("Gratis buss nummer 1.")
    assert measured.peak >= measured.before > 1_000_000
