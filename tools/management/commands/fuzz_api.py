"""Ask the API thousands of questions made from its own description, and have a client made from it call the API."""

from __future__ import annotations

import os
import time
from collections import Counter
from typing import Any

import requests
import schemathesis
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from tools.fuzz.api import SETTINGS, Asked, fuzz_api, known_of
from tools.fuzz.api_client import called_by_a_client
from tools.own_data import begin_archive, run_on_data_of_its_own
from tools.servers import GUNICORN, database_url, served

TOLD_AFTER = 250
PATIENCE = 120
"""Seconds."""


class Command(BaseCommand):
    help = (
        "Spør API-et etter dets egen beskrivelse, rett og galt (schemathesis), mot en kjørende tjener. Ingen svar skal "
        "bryte med beskrivelsen. Lager også en klient av beskrivelsen og kaller med den. Går på egne data."
    )
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--cases", type=int, default=1000, help="antall spørsmål (1000)")
        parser.add_argument("--seed", type=int, default=1, help="frø: samme frø gir samme spørsmål (1)")
        parser.add_argument(
            "--inside", action="store_true", help="bruk DATA_DIR slik den er (brukes av kommandoen selv)"
        )

    def handle(self, *args: Any, cases: int, seed: int, inside: bool, **options: Any) -> None:
        if not inside:
            run_on_data_of_its_own("fuzz_api", cases=cases, seed=seed)
            return
        begin_archive(stderr=self.stderr)
        manifest = settings.BASE_DIR / "fixtures" / "programmes" / "manifest.toml"
        call_command("import_programmes", manifest, stdout=self.stderr, stderr=self.stderr)
        call_command("rebuild_index", interactive=False, verbosity=0)
        environment = {**os.environ, "PORT": "0", "DATABASE_URL": database_url(), "SECURE": "0", "ACCESS_LOG": "0"}
        environment |= {"DJANGO_SETTINGS_MODULE": "archive.settings", "DEBUG": "0", "SECRET_KEY": "fuzz " * 12}
        environment |= {"DATABASE_STATEMENT_SECONDS": str(PATIENCE)}  # the machine may be busy with other things
        with served(GUNICORN, environment) as (port, _process):
            base_url = f"http://127.0.0.1:{port}"
            found = self._ask(base_url, cases, seed)
            called = called_by_a_client(f"{base_url}/api/v1/openapi.json", base_url)
        self.stdout.write(f"En klient laget av beskrivelsen kalte {len(called)} adresser: {', '.join(called)}")
        if failures := sum(bool(each.failure) for each in found):
            raise CommandError(f"{failures} av {len(found)} spørsmål ble besvart galt.")

    def _ask(self, base_url: str, cases: int, seed: int) -> list[Asked]:
        requests.get(f"{base_url}/api/v1/search?q=skole", timeout=PATIENCE).raise_for_status()  # loads its dictionaries
        config = schemathesis.Config.from_dict(SETTINGS)
        schema = schemathesis.openapi.from_url(f"{base_url}/api/v1/openapi.json", config=config, timeout=PATIENCE)
        known = known_of(lambda path: requests.get(base_url + path, timeout=PATIENCE).json())
        found: list[Asked] = []
        began = time.monotonic()
        for asked in fuzz_api(schema, known, cases=cases, seed=seed, base_url=base_url):
            found.append(asked)
            if asked.failure:
                self.stdout.write(f"nr. {len(found)}: {asked.operation}\n{asked.failure}\n")
            if len(found) % TOLD_AFTER == 0:
                self.stdout.write(f"{len(found)} spørsmål, {time.monotonic() - began:.0f} s")
                self.stdout.flush()
        self._report(found)
        return found

    def _report(self, found: list[Asked]) -> None:
        """Write how each address answered, and the sum."""
        counts = Counter((each.operation, each.status) for each in found)
        statuses = sorted({each.status for each in found})
        operations = sorted({each.operation for each in found})
        width = max(map(len, operations))
        self.stdout.write("  ".join([" " * width, *(f"{status:>5}" for status in statuses)]))
        for operation in operations:
            cells = [f"{counts[operation, status] or '':>5}" for status in statuses]
            self.stdout.write("  ".join([f"{operation:{width}}", *cells]))
        right, failures = sum(each.is_right for each in found), sum(bool(each.failure) for each in found)
        self.stdout.write(f"{len(found)} spørsmål, {right} rette og {len(found) - right} gale; {failures} gale svar.")
