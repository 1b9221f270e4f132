"""Ask the public site thousands of odd questions, and report how each kind of address answered."""

from __future__ import annotations

import itertools
import logging
import time
from collections import Counter
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from tools.fuzz.site import Outcome, fuzz_site, target_of_archive
from tools.own_data import begin_archive, run_on_data_of_its_own

SLOWEST = 5
TOLD_AFTER = 250


class Command(BaseCommand):
    help = (
        "Spør alle offentlige adresser med tilfeldige søk og parametre, gale og riktige. Ingen skal svare med feil "
        "(5xx). Går på egne data: eksempelprogrammene. SEARCH_ENGINE=postgres prøver den andre søkemotoren."
    )
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--requests", type=int, default=10_000, help="antall spørsmål (10 000)")
        parser.add_argument("--seed", type=int, default=1, help="frø: samme frø gir samme spørsmål (1)")
        parser.add_argument("--first", type=int, default=0, help="nummeret på det første spørsmålet (0)")
        parser.add_argument("--minutes", type=int, help="stopp etter så mange minutter")
        parser.add_argument(
            "--inside", action="store_true", help="bruk DATA_DIR slik den er (brukes av kommandoen selv)"
        )

    def handle(
        self, *args: Any, requests: int, seed: int, first: int, minutes: int | None, inside: bool, **options: Any
    ) -> None:
        if not inside:
            run_on_data_of_its_own("fuzz_site", requests=requests, seed=seed, first=first, minutes=minutes)
            return
        self._make_archive()
        outcomes: list[Outcome] = []
        began = time.monotonic()
        deadline = began + 60 * minutes if minutes else float("inf")
        numbers = itertools.takewhile(lambda _: time.monotonic() < deadline, range(first, first + requests))
        for outcome in fuzz_site(seed, numbers, target_of_archive()):
            outcomes.append(outcome)
            if outcome.failure:
                asked = outcome.request
                self.stdout.write(f"nr. {asked.number}: {asked.method} {asked.path[:200]}?{asked.pairs[:500]}")
                self.stdout.write(outcome.failure)
            if len(outcomes) % TOLD_AFTER == 0:
                self.stdout.write(f"{len(outcomes)} spørsmål, {time.monotonic() - began:.0f} s")
                self.stdout.flush()
        self._report(outcomes)
        if failures := sum(bool(outcome.failure) for outcome in outcomes):
            again = f"manage.py fuzz_site --settings tools.settings --seed {seed} --first NR --requests 1"
            raise CommandError(f"{failures} av {len(outcomes)} spørsmål endte galt. Gjenta: {again}")

    def _make_archive(self) -> None:
        """Make an archive of the sample programmes, and let the site answer as it does to strangers."""
        begin_archive(stderr=self.stderr)
        manifest = settings.BASE_DIR / "fixtures" / "programmes" / "manifest.toml"
        call_command("import_programmes", manifest, stdout=self.stderr, stderr=self.stderr)
        call_command("rebuild_index", interactive=False, verbosity=0)
        settings.DEBUG = False  # every query is kept in memory else
        settings.ALLOWED_HOSTS = ["testserver"]  # the name that Django's test client asks for
        logging.getLogger("django").setLevel(logging.CRITICAL)  # what fails is reported here
        with connection.cursor() as cursor:
            cursor.execute("SET synchronous_commit TO off")  # nobody pulls the plug here

    def _report(self, outcomes: list[Outcome]) -> None:
        """Write a table of addresses and how they answered, and the slowest requests."""
        counts = Counter((outcome.request.route, outcome.status) for outcome in outcomes)
        statuses = sorted({outcome.status for outcome in outcomes})
        routes = sorted({outcome.request.route for outcome in outcomes})
        width = max(map(len, routes))
        self.stdout.write("  ".join([" " * width, *(f"{status:>5}" for status in statuses)]))
        for route in routes:
            cells = [f"{counts[route, status] or '':>5}" for status in statuses]
            self.stdout.write("  ".join([f"{route:{width}}", *cells]))
        totals = Counter(outcome.status for outcome in outcomes)
        self.stdout.write("  ".join([f"{len(outcomes):<{width}}", *(f"{totals[status]:>5}" for status in statuses)]))
        for slow in sorted(outcomes, key=lambda outcome: -outcome.seconds)[:SLOWEST]:
            asked = slow.request
            self.stdout.write(f"{slow.seconds:6.2f} s  nr. {asked.number}  {asked.method} {asked.path[:80]}")
