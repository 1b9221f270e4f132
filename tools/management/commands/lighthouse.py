"""`manage.py lighthouse`: what Lighthouse says of the main pages, served by real gunicorn from the archive in use.

Lighthouse is fetched from npm into the temporary folder, outside the repository, and runs in the machine's Chromium.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from programmes.models import Area, Passage, Programme, Theme, is_current
from programmes.models.passages import ADDRESSED_AS_PLEDGES
from tools.day.browser import OPTIONS, chromium_path
from tools.servers import GUNICORN, served

PACKAGE = "lighthouse@12"
FOLDER = Path(tempfile.gettempdir()) / "programarkivet-lighthouse"
LEAST = 95
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
NOT_FOR_MACHINES = {"søk": ("seo",), "sammenlign": ("seo",)}
"""Pages that search engines are asked to leave alone."""
TRIES = 3
SECONDS = 180


class Command(BaseCommand):
    help = "Måler hovedsidene med Lighthouse (fra npm) og skriver poengene; krever node, npm og Chromium."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--search", default="skole", help="ordet det søkes etter")
        parser.add_argument("--folder", type=Path, default=FOLDER, help="hvor Lighthouse legges")
        parser.add_argument("--desktop", action="store_true", help="som på en stor skjerm, ikke en telefon")

    def handle(self, *args: Any, search: str, folder: Path, desktop: bool, **options: Any) -> None:
        program, browser = installed(folder), chromium_path()
        if browser is None:
            raise CommandError("Finner ingen Chromium (på Debian: apt install chromium).")
        pages = main_pages(search)
        connection.close()
        self.stdout.write(f"{'side':<12}" + "".join(f"{category:>16}" for category in CATEGORIES))
        environment = os.environ | {"PORT": "0", "ALLOWED_HOSTS": "127.0.0.1", "SECURE": "0", "ACCESS_LOG": "0"}
        low = 0
        with served(GUNICORN, environment) as (port, _process):
            for name, path in pages.items():
                report = measured(program, browser, f"http://127.0.0.1:{port}{path}", desktop=desktop)
                points = {category: round(100 * report["categories"][category]["score"]) for category in CATEGORIES}
                wanted = [each for each in CATEGORIES if each not in NOT_FOR_MACHINES.get(name, ())]
                low += any(points[category] < LEAST for category in wanted)
                self.stdout.write(f"{name:<12}" + "".join(f"{points[category]:>16}" for category in CATEGORIES))
                for said in failings(report, wanted):
                    self.stdout.write(f"    {said}")
        if low:
            raise CommandError(f"{low} sider har under {LEAST} poeng.")


def installed(folder: Path) -> Path:
    """Return the program of Lighthouse, fetched from npm the first time; raises CommandError where it can't be had."""
    program = folder / "node_modules" / ".bin" / "lighthouse"
    if not (shutil.which("node") and shutil.which("npm")):
        raise CommandError("Lighthouse krever node og npm (på Debian: apt install nodejs npm).")
    if not program.exists():
        folder.mkdir(parents=True, exist_ok=True)
        fetch = ["npm", "install", "--no-audit", "--no-fund", "--prefix", str(folder), PACKAGE]
        if subprocess.run(fetch, check=False, stdout=subprocess.DEVNULL).returncode:  # noqa: S603
            raise CommandError(f"npm fikk ikke hentet {PACKAGE}.")
    return program


def main_pages(search: str) -> dict[str, str]:
    """Return the addresses of the pages that are measured, the fullest of each kind."""
    programme = Programme.objects.current().with_branch().order_by("-pledge_count").first()
    if programme is None:
        raise CommandError("Arkivet har ingen publiserte programmer å måle på.")
    pledges = Passage.objects.filter(programme=programme, kind__in=ADDRESSED_AS_PLEDGES)
    place = Area.objects.filter(is_current("branches__programmes__")).order_by("slug").first()
    theme = Theme.objects.main().with_pledge_counts().order_by("-pledge_count")[0]
    pages = {
        "hjem": "/",
        "søk": f"/sok/?q={search}",
        "program": programme.get_absolute_url(),
        "løfte": pledges.earliest("position").get_absolute_url(),
        "sammenlign": f"/sammenlign/?tema={theme.slug}",
        "tema": theme.get_absolute_url(),
    }
    return pages | ({"sted": place.get_absolute_url()} if place else {})


def measured(program: Path, browser: str, url: str, *, desktop: bool) -> Mapping[str, Any]:
    """Return Lighthouse's report of a page; raises CommandError where it makes none, however often it is asked."""
    command = [
        *(str(program), url, "--output=json", "--output-path=stdout", "--quiet"),
        f"--only-categories={','.join(CATEGORIES)}",
        f"--chrome-flags=--headless=new {' '.join(OPTIONS)}",
        *(["--preset=desktop"] if desktop else []),
    ]
    environment = os.environ | {"CHROME_PATH": browser}
    for _try in range(TRIES):  # now and then its browser records nothing (NO_NAVSTART), which says nothing of the page
        done = subprocess.run(  # noqa: S603
            command, env=environment, capture_output=True, text=True, timeout=SECONDS, check=False
        )
        if not done.returncode:
            break
    else:
        raise CommandError(f"Lighthouse målte ikke {url}: {done.stderr[-500:]}")
    report: Mapping[str, Any] = json.loads(done.stdout)
    return report


def failings(report: Mapping[str, Any], categories: list[str]) -> list[str]:
    """Return what a page lost points on, a line for each."""
    lost = {
        each["id"]
        for category in categories
        for each in report["categories"][category]["auditRefs"]
        if each["weight"] and (report["audits"][each["id"]]["score"] or 0) < 0.9
        if report["audits"][each["id"]]["scoreDisplayMode"] not in ("notApplicable", "manual", "informative")
    }
    audits = report["audits"]
    return [f"{key}: {audits[key]['title']} {audits[key].get('displayValue', '')}".rstrip() for key in sorted(lost)]
