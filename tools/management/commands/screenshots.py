"""`manage.py screenshots`: the pictures of the main pages in docs/, taken of the invented sample archive.

The archive is set up anew in a temporary folder, with a database of its own, so the pictures are the same wherever
they are taken, and no real programme is ever in them.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from tools.day.browser import OPTIONS, chromium_path
from tools.servers import GUNICORN, served

FOLDER = Path(settings.BASE_DIR) / "docs" / "screenshots"
DESK, PHONE = 1280, 390
HEIGHT = {DESK: 900, PHONE: 844}
QUALITY = 72
MANIFEST = Path(settings.BASE_DIR) / "fixtures" / "programmes" / "manifest.toml"
SET_UP = (
    ("migrate", "--verbosity", "0", "--no-input"),
    ("load_registers", "--samples"),
    ("import_programmes", str(MANIFEST), "--new-branches"),
    ("rebuild_alike",),
    ("collectstatic", "--verbosity", "0", "--no-input"),
)


@dataclass(frozen=True, slots=True)
class Shot:
    """A picture of a page."""

    name: str
    address: str
    """Or a link of the page before it, as a selector that begins with `>`: it is pressed."""
    width: int = DESK
    scheme: str = "light"

    @property
    def file(self) -> Path:
        """Where it is kept."""
        return FOLDER / f"{self.name}-{self.width}{'-dark' if self.scheme == 'dark' else ''}.webp"


THEME = "/tema/helse-og-omsorg/"
SHOTS = (
    Shot("home", "/"),
    Shot("home", "/", PHONE),
    Shot("search", "/sok/?q=gratis buss"),
    Shot("search", "/sok/?q=gratis buss", PHONE),
    Shot("search", "/sok/?q=gratis buss", DESK, "dark"),
    Shot("pledge", "> .hit .pledge a"),
    Shot("pledge", "> .hit .pledge a", PHONE, "dark"),
    Shot("programme", "/program/folkets-by/nasjonalt/2025-2029/"),
    Shot("programme", "/program/folkets-by/nasjonalt/2025-2029/", PHONE),
    Shot("theme", THEME),
    Shot("compare", "/sammenlign/?tema=helse-og-omsorg"),
    Shot("compare", "/sammenlign/?tema=helse-og-omsorg", PHONE),
    Shot("quote-check", "/sitatsjekk/"),
    Shot("coverage", "/dekning/"),
)


class Command(BaseCommand):
    help = "Tar skjermbildene i docs/screenshots av eksempelarkivet; krever Chromium."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        path = chromium_path()
        if path is None:
            raise CommandError("Finner ingen Chromium (på Debian: apt install chromium).")
        FOLDER.mkdir(parents=True, exist_ok=True)
        with sample_archive() as port, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=path, args=OPTIONS)
            for shot in SHOTS:
                size = taken(browser, shot, f"http://127.0.0.1:{port}")
                self.stdout.write(f"{shot.file.relative_to(settings.BASE_DIR)}: {size / 1000:.0f} kB")
            browser.close()


@contextmanager
def sample_archive() -> Iterator[int]:
    """Serve the sample archive from a folder that is gone afterwards; give the port."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {key: value for key, value in os.environ.items() if key not in ("DATABASE_URL", "DEBUG")}
        environment |= {
            "DATA_DIR": folder,
            "SECRET_KEY": "of-pictures-alone",
            "SECURE": "0",
            "PORT": "0",
            "ACCESS_LOG": "0",
        }
        environment |= {"DJANGO_SETTINGS_MODULE": "archive.settings", "ALLOWED_HOSTS": "127.0.0.1"}
        try:
            for step in SET_UP:
                manage = [sys.executable, "manage.py", *step]
                subprocess.run(  # noqa: S603
                    manage, cwd=settings.BASE_DIR, env=environment, check=True, stdout=subprocess.DEVNULL
                )
            with served(GUNICORN, environment) as (port, _process):
                yield port
        except subprocess.CalledProcessError as error:
            raise CommandError(f"Eksempelarkivet ble ikke satt opp: {error}") from error


def taken(browser: Browser, shot: Shot, site: str) -> int:
    """Take a picture, keep it in its file, and return the bytes of that."""
    context = browser.new_context(
        viewport={"width": shot.width, "height": HEIGHT[shot.width]},
        color_scheme="dark" if shot.scheme == "dark" else "light",
        locale="nb-NO",
    )
    page = context.new_page()
    if shot.address.startswith("> "):
        page.goto(f"{site}/sok/?q=gratis buss")
        page.locator(shot.address.removeprefix("> ")).first.click()
        page.wait_for_load_state()
    else:
        page.goto(f"{site}{shot.address}")
    page.evaluate("document.fonts.ready")
    Image.open(BytesIO(page.screenshot())).save(shot.file, quality=QUALITY, method=6)
    context.close()
    return shot.file.stat().st_size
