"""A person's day at the desk: the real programmes from upload to published, every doubt opened, and how long it is."""

from __future__ import annotations

import json
import os
import secrets
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError, CommandParser
from playwright.sync_api import Page, sync_playwright

from ingest.desk import correct as editing
from ingest.intake.manifest import ManifestEntry, read_manifest
from ingest.models import Membership, Role, Upload
from programmes.models import Programme
from tools.day.browser import OPTIONS, chromium_path
from tools.day.doubts import go_through
from tools.day.editor import Judge
from tools.day.intake import bundle, confirm, confirm_all, log_in, upload
from tools.day.person import Person
from tools.own_data import begin_archive, run_on_data_of_its_own
from tools.quality.documents import SHARED
from tools.servers import GUNICORN, database_url, served

PROGRAMMES = SHARED / "programmes"
PATIENCE = 900_000
"""Milliseconds that a page may take: the person is counted apart, and the machine may be busy."""
SECONDS_TO_READ = 1200.0
BETWEEN_LOOKS = 0.5


class Command(BaseCommand):
    help = (
        "Gjør det en redaktør gjør med de virkelige programmene i ../shared, fra opplasting til publisert, i en "
        "nettleser: alt som er i tvil åpnes og leses. Skriver hvor lang tid det tar, og hva som er riktig etterpå."
    )
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--only", help="bare filen med dette navnet, lastet opp uten manifest")
        parser.add_argument(
            "--inside", action="store_true", help="bruk DATA_DIR slik den er (brukes av kommandoen selv)"
        )

    def handle(self, *args: Any, only: str | None, inside: bool, **options: Any) -> None:
        if not PROGRAMMES.is_dir():
            self.stdout.write(f"De virkelige programmene er ikke her ({PROGRAMMES}): ingenting er målt.")
            return
        if (executable := chromium_path()) is None:
            raise CommandError("Det trengs en Chromium.")
        if not inside:
            run_on_data_of_its_own("editors_day", only=only)
            return
        entries = [entry for entry in read_manifest(PROGRAMMES / "manifest.toml") if isinstance(entry, ManifestEntry)]
        if only:
            entries = [entry for entry in entries if entry.path.name == only]
        if not entries:
            raise CommandError(f"{only} står ikke i manifestet.")
        begin_archive(stderr=self.stderr, samples=False)
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright runs an event loop in this thread
        environment = {**os.environ, "DATABASE_URL": database_url(), "PORT": "0", "SECURE": "0", "DEBUG": "0"}
        environment |= {"SECRET_KEY": secrets.token_hex(32), "DJANGO_SETTINGS_MODULE": "archive.settings"}
        with served(GUNICORN, environment) as (port, _server), _working(environment), sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=executable, args=OPTIONS)
            context = browser.new_context(locale="nb-NO", viewport={"width": 1280, "height": 900})
            context.set_default_timeout(PATIENCE)
            self._day(context.new_page(), f"http://127.0.0.1:{port}", entries, alone=only is not None)
            browser.close()

    def _day(self, page: Page, site: str, entries: list[ManifestEntry], *, alone: bool) -> None:
        person = Person(page)
        password = secrets.token_hex(8)
        Membership.objects.create(user=User.objects.create_user("kari", password=password), role=Role.EDITOR)
        with person.at("logge inn"):
            log_in(person, site, "kari", password)
        given = entries[0].path
        if not alone:
            given = bundle(entries, PROGRAMMES / "manifest.toml", settings.DATA_DIR / "programmer.zip")
        with person.at("laste opp"):
            upload(person, given)
            _wait_until_read()
        with person.at("bekrefte hva det er"):
            if alone:
                page.get_by_role("heading", name="Hva er dette?").wait_for()
                confirm(person, entries[0])
            else:
                confirm_all(person, site, len(entries))
        for entry in entries:
            self._programme(person, site, entry)
        self._tell(person)

    def _programme(self, person: Person, site: str, entry: ManifestEntry) -> None:
        programme = Programme.objects.get(filename=entry.path.name)
        gold = SHARED / "gold" / "parse" / f"{entry.path.name}.json"
        judge = Judge(json.loads(gold.read_text("utf-8"))) if gold.exists() else None
        with person.at(entry.path.name):
            given = go_through(person, site, programme, judge)
            person.follow(person.page.get_by_role("button", name="Publiser"))
        programme.refresh_from_db()
        if programme.publication != Programme.Publication.PUBLISHED:
            raise CommandError(f"{programme} ble ikke publisert.")
        said = ", ".join(f"{count} {answer}" for answer, count in sorted(given.items())) or "ingen spørsmål"
        found = "uten fasit"
        if judge is not None:
            items = judge.score(editing.present_parse(programme).parsed).items
            found = f"F1 {items.f1:.4f} ({items.hits} av {items.asked}, {items.found - items.hits} for mange)"
        self.stdout.write(f"{entry.path.name}: {said}; {found}")
        self.stdout.flush()

    def _tell(self, person: Person) -> None:
        """Write the table of what each part took."""
        self.stdout.write(f"\n{'':45}{'ord':>7}{'valg':>6}{'person':>10}{'maskin':>10}")
        for part in person.parts:
            self.stdout.write(
                f"{part.name:45}{part.words:7}{part.decisions:6}{part.person / 60:8.2f} m{part.machine:8.1f} s"
            )
        minutes = sum(part.person for part in person.parts) / 60
        words, decisions = (sum(getattr(part, name) for part in person.parts) for name in ("words", "decisions"))
        machine = sum(part.machine for part in person.parts)
        self.stdout.write(f"{'i alt':45}{words:7}{decisions:6}{minutes:8.2f} m{machine:8.1f} s")


def _wait_until_read() -> None:
    """Wait until the worker has read all that was uploaded. Raises `CommandError` where that takes too long."""
    unread = Upload.objects.filter(state__in=(Upload.State.WAITING, Upload.State.WORKING))
    deadline = time.monotonic() + SECONDS_TO_READ
    while unread.exists():
        if time.monotonic() > deadline:
            raise CommandError("Filene er ikke lest ennå.")
        time.sleep(BETWEEN_LOOKS)


@contextmanager
def _working(environment: dict[str, str]) -> Iterator[None]:
    """Let a worker read uploads until the block ends."""
    worker = subprocess.Popen(
        [sys.executable, "manage.py", "work"], cwd=settings.BASE_DIR, env=environment, stdout=subprocess.DEVNULL
    )
    try:
        yield
    finally:
        worker.terminate()
        worker.wait(PATIENCE / 1000)
