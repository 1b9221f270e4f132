"""Time every kind of page over HTTP: real gunicorn, the archive's own data, the fullest page of each kind."""

from __future__ import annotations

import http.client
import os
import statistics
import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection
from django.db.models import Count

from programmes.models import Branch, Party, Passage, Pledge, Programme, Section, Theme
from tools.servers import GUNICORN, served

BUDGET_MS = 100
"""What a page may take at the median, see issue and README."""


class Command(BaseCommand):
    help = "Måler hvor lang tid hver slags side tar over HTTP, og skriver en tabell."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--requests", type=int, default=20, help="målinger av hver side (standard 20)")
        parser.add_argument("--search", default="skole", help="ordet det søkes etter")

    def handle(self, *args: Any, requests: int, search: str, **options: Any) -> None:
        pages = fullest_pages(search)
        connection.close()
        self.stdout.write(f"{'side':<12}{'median ms':>10}{'p95 ms':>9}{'kB':>8}  adresse")
        environment = os.environ | {"PORT": "0", "ALLOWED_HOSTS": "127.0.0.1", "SECURE": "0"}
        with served(GUNICORN, environment) as (port, _process):
            for name, path in pages.items():
                times, size = timed(port, path, requests)
                median, p95 = statistics.median(times), sorted(times)[int(len(times) * 0.95) - 1]
                mark = "" if median <= BUDGET_MS else f"  over {BUDGET_MS} ms"
                self.stdout.write(f"{name:<12}{median:>10.1f}{p95:>9.1f}{size / 1000:>8.0f}  {path}{mark}")


def fullest_pages(search: str) -> dict[str, str]:
    """Return the address of the page of each kind that has the most on it."""
    published = Programme.objects.published()
    programme = published.with_branch().order_by("-pledge_count").first()
    if programme is None:
        raise CommandError("Arkivet har ingen publiserte programmer å måle på. Kjør import_programmes først.")
    section = (
        Section.objects.filter(programme=programme)
        .exclude(title="")
        .annotate(size=Count("passages"))
        .order_by("-size")[0]
    )
    section.programme = programme
    parent = Passage.objects.published().exclude(parent=None).first()
    branch = Branch.objects.with_published().order_by("-programme_count", "-pledge_count")[0]
    return {
        "hjem": "/",
        "søk": f"/sok/?q={search}",
        "søk, alt": "/sok/",
        "partier": "/partier/",
        "parti": Party.objects.with_published().order_by("-programme_count")[0].get_absolute_url(),
        "lagliste": "/lag/",
        "lag": branch.get_absolute_url(),
        "årsliste": "/aar/",
        "år": f"/aar/{published.by_year()[0]['year']}/",
        "temaer": "/tema/",
        "tema": Theme.objects.main().with_pledge_counts().order_by("-pledge_count")[0].get_absolute_url(),
        "program": programme.get_absolute_url(),
        "kapittel": section.get_absolute_url(),
        "løfte": (parent or Pledge.objects.published()[0]).get_absolute_url(),
    }


def timed(port: int, path: str, requests: int) -> tuple[list[float], int]:
    """Return milliseconds for each request of a page after one to warm up, and the page's size in bytes."""
    times, size = [], 0
    for count in range(requests + 1):
        client = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        start = time.perf_counter()
        client.request("GET", path)
        response = client.getresponse()
        size = len(response.read())
        elapsed = (time.perf_counter() - start) * 1000
        client.close()
        if response.status != http.client.OK:
            raise CommandError(f"{path} svarte {response.status}.")
        if count:
            times.append(elapsed)
    return times, size
