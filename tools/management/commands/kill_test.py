"""Kill whatever runs, at random moments of all that an editor does, and see that nothing is lost."""

from __future__ import annotations

import random
import threading
import time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from ingest.intake import files
from programmes.search import owed
from tools.kill.counting import count_up, live_jobs, unended
from tools.kill.editor import Editor
from tools.kill.harness import PATIENCE, VICTIMS, Harness, NotBack, steady
from tools.kill.report import Kill, Report
from tools.own_data import begin_archive, run_on_data_of_its_own

COMMANDS = ("ny indeks", "sikkerhetskopi")
"""What is done by a command that can be killed itself."""
UNDISTURBED = 100_000
"""The number of the first thing that is done before anything is killed."""
OFTEN = {"opplasting": 2, "rettelse": 3, "publisering": 3, "tilbaketrekking": 2, "ny indeks": 1, "sikkerhetskopi": 1}


class Command(BaseCommand):
    help = (
        "Dreper arbeideren, nettsidene, PostgreSQL, vokteren dens og kommandoer på tilfeldige tidspunkter under "
        "opplasting, rettelse, publisering, tilbaketrekking, ny indeks og sikkerhetskopi, og teller opp etterpå."
    )
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--kills", type=int, default=300, help="antall forsøk på å drepe noe (300)")
        parser.add_argument("--seed", type=int, default=None, help="samme frø gir de samme drapene")
        parser.add_argument("--report", help="fil å samle flere kjøringer i; et frø fortsetter der det slapp")
        parser.add_argument(
            "--inside", action="store_true", help="bruk DATA_DIR slik den er (brukes av kommandoen selv)"
        )

    def handle(
        self, *args: Any, kills: int, seed: int | None, report: str | None, inside: bool, **options: Any
    ) -> None:
        if not inside:
            path = None if report is None else str(Path(report).absolute())
            run_on_data_of_its_own("kill_test", kills=kills, seed=seed, report=path)
            return
        seed = random.randrange(10**6) if seed is None else seed  # noqa: S311
        written = Report(None if report is None else Path(report))
        self._say(f"{kills} drap fra nr. {written.next_number(seed)}, frø {seed}, data i {settings.DATA_DIR}")
        begin_archive(stderr=self.stderr)
        harness = Harness()
        editor = Editor(harness, backups=settings.DATA_DIR / "backups")
        try:
            harness.insist(lambda: harness.ask("GET", "/helse/")[0] == 200 or None)
            self._rounds(editor, written, seed, kills)
            self._wait_until_all_have_ended(harness)
            counted, wrong = steady(lambda: count_up(editor))
        except NotBack as last:
            log = settings.DATA_DIR / "kill_test.log"
            raise CommandError(f"Noe som ble drept, kom ikke tilbake. Loggen: {log}\n{last}") from None
        finally:
            harness.stop()
        written.end(seed, wrong)
        for line in written.lines():
            self._say(line)
        self._say(counted)
        self._say(f"Halvskrevne filer som ble ryddet bort: {files.clear_incoming(older_than=0)}.")
        if any(wrong.values()):
            raise CommandError("\n".join(f"{sort}: {said}" for sort, all_said in wrong.items() for said in all_said))
        self._say("Ingenting er tapt, doblet, halvt eller borte fra søket.")

    def _say(self, sentence: str) -> None:
        self.stdout.write(sentence)
        self.stdout.flush()

    def _rounds(self, editor: Editor, report: Report, seed: int, kills: int) -> None:
        """Do all once undisturbed, to know how long it takes; then do one thing a kill."""
        takes = {what: _timed(editor, what, number=UNDISTURBED + n) for n, what in enumerate(editor.does)}
        first = report.next_number(seed)
        for number in range(first, first + kills):
            chance = random.Random(f"{seed} {number}")  # noqa: S311
            doing = [what for what in editor.does if editor.can(what)]
            what = chance.choices(doing, [OFTEN[each] for each in doing])[0]
            victim = chance.choice(VICTIMS if what in COMMANDS else VICTIMS[:-1])
            after, before = chance.random() * takes[what], editor.harness.cut_off
            killing = _Killing(editor.harness, victim, after, chance)
            killing.start()
            editor.does[what](chance, number)
            killing.join()
            back = editor.harness.time_back(victim, killing.at) if killing.back is None else killing.back
            if not killing.hit:
                self._say(f"{number:4} {what:16} {victim:9} var ferdig før den skulle drepes")
                continue
            report.add(
                Kill(seed, number, what, victim, round(after, 2), round(back, 2), editor.harness.cut_off - before)
            )
            self._say(f"{number:4} {what:16} {victim:9} etter {after:4.1f} s, tilbake etter {back:5.1f} s")

    def _wait_until_all_have_ended(self, harness: Harness) -> None:
        """Give uploads, jobs and the search index the time to come to their end."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            harness.start_what_is_gone()
            if not steady(lambda: unended().exists() or live_jobs().exists() or owed() != 0):
                return
            time.sleep(1)


def _timed(editor: Editor, what: str, *, number: int) -> float:
    """Do something; return how many seconds it took."""
    began = time.monotonic()
    editor.does[what](random.Random(number), number)  # noqa: S311
    return time.monotonic() - began


class _Killing(threading.Thread):
    """Kills something after a time, and watches until all is back."""

    def __init__(self, harness: Harness, victim: str, after: float, chance: random.Random) -> None:
        super().__init__(daemon=True)
        self.harness, self.victim, self.after = harness, victim, after
        self.chance = random.Random(chance.random())  # noqa: S311 - one for each thread
        self.at = 0.0
        self.back: float | None = None
        self.hit = False
        """Whether there was something to kill."""

    def run(self) -> None:
        """Kill, and note the time that it takes until all is ready again; none where it isn't in time."""
        time.sleep(self.after)
        self.at = time.monotonic()
        self.hit = self.harness.kill(self.victim, self.chance)
        try:
            self.back = self.harness.time_back(self.victim, self.at)
        except NotBack:
            self.back = None
