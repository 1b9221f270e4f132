"""Kill the worker, the web and PostgreSQL at random moments during uploads, and see that nothing is lost."""

from __future__ import annotations

import hashlib
import random
import threading
import time
from collections import Counter
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db.models import Count, QuerySet
from procrastinate.contrib.django.models import ProcrastinateJob

from ingest.intake import files
from ingest.intake.jobs import LIVE, QUEUE
from ingest.models import StoredParse, Upload
from programmes.models import Programme
from tools.kill.harness import VICTIMS, Harness, NotBack, steady
from tools.own_data import run_on_data_of_its_own

SAMPLES = ("*.txt", "*.md", "*.html")
LONGEST_WAIT = 2.5
"""Seconds after a round's beginning in which its kill falls: an upload is received, read and confirmed in them."""
LONGEST_FILE = 12
"""Times that a sample is repeated, at most, so that some files take longer to read."""
SECONDS_TO_END = 300.0
YEARS = 200
"""So many periods the programmes are for, in turn: the form takes no year far from ours."""
ENDED = (Upload.State.READY, Upload.State.FAILED, Upload.State.CANCELLED, Upload.State.CONFIRMED)


class Command(BaseCommand):
    help = (
        "Dreper arbeideren, nettsidene og PostgreSQL på tilfeldige tidspunkter under opplasting, og teller opp etterpå."
    )
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--rounds", type=int, default=100, help="drap av hver av de tre")
        parser.add_argument("--seed", type=int, default=None, help="gjenta en tidligere kjøring")
        parser.add_argument(
            "--inside", action="store_true", help="bruk DATA_DIR slik den er (brukes av kommandoen selv)"
        )

    def handle(self, *args: Any, rounds: int, seed: int | None, inside: bool, **options: Any) -> None:
        if not inside:
            run_on_data_of_its_own("kill_test", rounds=rounds, seed=seed)
            return
        seed = random.randrange(10**6) if seed is None else seed  # noqa: S311
        random.seed(seed)
        self.stdout.write(f"{rounds} drap av hver, frø {seed}, data i {settings.DATA_DIR}")
        call_command("migrate", verbosity=0)
        call_command("load_registers", samples=True, verbosity=0, stdout=self.stderr)
        call_command("collectstatic", interactive=False, verbosity=0)
        harness = Harness()
        try:
            harness.insist(lambda: harness.ask("GET", "/helse/")[0] == 200 or None)
            harness.cut_off = 0
            given = self._rounds(harness, rounds)
            self._wait_until_all_have_ended(harness)
            counted, wrong = steady(
                lambda: _count_up(given)
            )  # PostgreSQL may still be on its way up from the last kill
        except NotBack:
            raise CommandError(
                f"Noe som ble drept, kom ikke tilbake. Loggen: {settings.DATA_DIR / 'kill_test.log'}"
            ) from None
        finally:
            harness.stop()
        self.stdout.write(counted)
        self.stdout.write(f"Halvskrevne filer som ble ryddet bort: {files.clear_incoming(older_than=0)}.")
        if wrong:
            raise CommandError("\n".join(["Dette stemmer ikke:", *wrong]))
        self.stdout.write("Ingenting er tapt, ingenting er halvt, og alle opplastinger har fått en slutt.")

    def _rounds(self, harness: Harness, rounds: int) -> dict[str, str]:
        """Upload a file a round and kill something meanwhile; return the files that were received, by hash."""
        folder = settings.BASE_DIR / "fixtures" / "programmes"
        samples = sorted(path for pattern in SAMPLES for path in folder.glob(pattern))
        given: dict[str, str] = {}
        kills: Counter[str] = Counter()
        cut_off: Counter[str] = Counter()
        slowest: dict[str, float] = dict.fromkeys(VICTIMS, 0.0)
        for number in range(rounds * len(VICTIMS)):
            victim = VICTIMS[number % len(VICTIMS)]
            sample = random.choice(samples)  # noqa: S311
            content = sample.read_bytes() * random.randint(1, LONGEST_FILE)  # noqa: S311
            content += f"\n\nRunde {number} {random.random()}\n".encode()  # noqa: S311
            killer = threading.Timer(random.uniform(0, LONGEST_WAIT), harness.kill, [victim])  # noqa: S311
            began, before = time.monotonic(), harness.cut_off
            killer.start()
            harness.upload(content, sample.name)
            given[hashlib.sha256(content).hexdigest()] = sample.name
            self._confirm_one(harness, number)
            killer.join()
            kills[victim] += 1
            cut_off[victim] += harness.cut_off - before
            slowest[victim] = max(slowest[victim], time.monotonic() - began)
        self.stdout.write(f"{'drept':10} {'drap':>6} {'avbrutte forespørsler':>22} {'lengste runde':>14}")
        for victim in VICTIMS:
            self.stdout.write(f"{victim:10} {kills[victim]:6} {cut_off[victim]:22} {slowest[victim]:12.1f} s")
        return given

    def _confirm_one(self, harness: Harness, number: int) -> None:
        """Confirm the oldest upload that has been read, so that programmes too are made while things are killed."""
        ready = steady(lambda: Upload.objects.filter(state=Upload.State.READY).order_by("pk").defer("document").first())
        if ready is None:
            time.sleep(LONGEST_WAIT / 2)  # the kill may then fall in the reading
            return
        year = 1900 + number % YEARS
        harness.confirm(
            ready.pk,
            {
                "title": f"Program {number}",
                "party": "A",
                "level": "national",
                "branch": "Arbeiderpartiet",
                "kind": "parliamentary",
                "period_start": str(year),
                "period_end": str(year + 4),
                "language": "nb",
                "status": "adopted",
                "same": "both",
            },
        )

    def _wait_until_all_have_ended(self, harness: Harness) -> None:
        """Give every upload the time to end, and every job to leave the queue, which it does a moment later."""
        deadline = time.monotonic() + SECONDS_TO_END
        while time.monotonic() < deadline:
            harness.start_what_is_gone()
            if not steady(lambda: _unended().exists() or _live_jobs().exists()):
                return
            time.sleep(1)


def _unended() -> QuerySet[Upload]:
    return Upload.objects.exclude(state__in=ENDED).defer("document")


def _live_jobs() -> QuerySet[ProcrastinateJob]:
    return ProcrastinateJob.objects.filter(status__in=LIVE, queue_name=QUEUE)


def _count_up(given: dict[str, str]) -> tuple[str, list[str]]:
    """Return a sentence on what there is, and what is wrong with it; changes nothing."""
    wrong: list[str] = []
    states = Counter(Upload.objects.values_list("state", flat=True))
    wrong += [f"Opplasting {upload.pk} er {upload.state}." for upload in _unended()]
    known = set(Upload.objects.values_list("sha256", flat=True))
    wrong += [f"«{name}» ble mottatt og er borte." for sha256, name in given.items() if sha256 not in known]
    for sha256, count in Counter(Upload.objects.values_list("sha256", flat=True)).items():
        if count > 1:
            wrong.append(f"Filen {sha256} har {count} opplastinger.")
    for sha256 in known | set(Programme.objects.values_list("sha256", flat=True)):
        kept = Path(default_storage.path(files.name_of(sha256)))
        if not kept.is_file() or hashlib.sha256(kept.read_bytes()).hexdigest() != sha256:
            wrong.append(f"Filen {sha256} er ikke på plass.")
    wrong += [f"Filen {sha256} hører ikke til noe." for sha256 in files.kept_hashes() - known]
    programmes = Programme.objects.annotate(
        texts=Count("passages", distinct=True), ways=Count("uploads", distinct=True)
    )
    for programme in programmes:
        pledges = programme.passages.pledges_in_any_form().count()
        parsed = StoredParse.objects.filter(programme=programme).exists()
        if not programme.texts or programme.ways != 1 or programme.pledge_count != pledges or not parsed:
            wrong.append(f"Programmet {programme.pk} er halvt.")
    confirmed = states[Upload.State.CONFIRMED]
    if confirmed != len(programmes):
        wrong.append(f"{confirmed} opplastinger er bekreftet, men det er {len(programmes)} programmer.")
    if live := _live_jobs().count():
        wrong.append(f"{live} jobber står igjen i køen.")
    ended = ", ".join(f"{count} {state}" for state, count in sorted(states.items()))
    return f"Opplastinger: {ended}. Programmer: {len(programmes)}.", wrong
