"""Put faults into the product one at a time, and report which of them no test notices."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from tools.mutants.explaining import explained, why
from tools.mutants.groups import GROUPS, SAMPLE, TESTS, WITHOUT_DATABASE, mutants_for, tracked
from tools.mutants.making import Mutant
from tools.mutants.plan import PLAN, Plan
from tools.mutants.results import Kept, sum_of, survivors, table

WARM_UP = "tests/warm_up.py"


class Command(BaseCommand):
    help = (
        "Setter inn én feil om gangen i rettigheter, rettelser, overganger og sitering (og i et utvalg av resten), og "
        "viser hvilke feil ingen prøve oppdager. Arbeider i en kopi. Det som er prøvd, huskes i .data/mutants, så en "
        "kjøring kan avbrytes og tas opp igjen."
    )
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        every = [*GROUPS, SAMPLE]
        parser.add_argument("--of", action="append", choices=every, help="bare dette (flere ganger for flere)")
        parser.add_argument("--limit", type=int, help="så mange tilfeldige feil fra hver gruppe (sample: 200)")
        parser.add_argument("--seed", type=int, default=1, help="frø for utvalget: samme frø gir de samme feilene (1)")
        parser.add_argument("--report", action="store_true", help="prøv ingenting, bare vis det som er kjent")
        parser.add_argument("--anew", action="store_true", help="glem hva som er prøvd før")

    def handle(
        self, *args: Any, of: list[str] | None, limit: int | None, seed: int, report: bool, anew: bool, **options: Any
    ) -> None:
        root, folder = Path(settings.BASE_DIR), Path(settings.BASE_DIR) / ".data" / "mutants"
        if anew:
            shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True, exist_ok=True)
        groups = {name: mutants_for(name, root, limit=limit, seed=seed) for name in of or [*GROUPS, SAMPLE]}
        verdicts = folder / "verdicts.jsonl"
        if not report:
            for name, mutants in groups.items():
                self._try(name, Kept(verdicts), mutants, folder)
        kept, explanations = Kept(verdicts), explained()
        for mutants in groups.values():
            for told in survivors(mutants, kept, explanations):
                self.stdout.write(told)
        for line in table(groups, kept, explanations):
            self.stdout.write(line)

    def _try(self, group: str, kept: Kept, mutants: list[Mutant], folder: Path) -> None:
        """Try the mutants of a group that nothing is known of. Raises `CommandError` where that can't be done."""
        root = Path(settings.BASE_DIR)
        files = tracked(root)
        tests = sum_of(root, [path for path in files if path.startswith("tests/")])
        explanations = explained()
        asked_once = {each.key for each in mutants if kept.fate(each) and why(each, explanations)}
        missing = [each for each in kept.missing(mutants, tests=tests) if each.key not in asked_once]
        if not missing:
            return
        self.stderr.write(f"{group}: {len(missing)} av {len(mutants)} feil skal prøves.")
        shared = [path for path in files if path.startswith(("archive/", "ingest/", "programmes/", "tests/"))]
        product = sum_of(root, [path for path in shared if not Path(path).name.startswith("test_")])
        with tempfile.TemporaryDirectory(prefix="programarkivet-mutants-") as name:
            copy = Path(name).resolve() / "copy"
            for path in files:
                (copy / path).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(root / path, copy / path)
            shutil.copy2(copy / "tools/mutants/warm_up.py", copy / WARM_UP)
            plan = Path(name) / "plan.json"
            Plan(missing, folder / "verdicts.jsonl", folder / "coverage.json", tests, product, WARM_UP).write(plan)
            where = [*([] if group in WITHOUT_DATABASE else [WARM_UP]), *TESTS[group]]
            command = [sys.executable, "-m", "pytest", "-q", "-s", "-p", "tools.mutants.plugin"]
            command += ["-p", "no:cacheprovider", f"--basetemp={name}/temporary", *where]
            ours = ("DATABASE_URL", "DJANGO_SETTINGS_MODULE")  # the tests have their own
            environment = {name: value for name, value in os.environ.items() if name not in ours} | {PLAN: str(plan)}
            done = subprocess.run(command, cwd=copy, env=environment, stdout=sys.stderr, check=False)  # noqa: S603
        if done.returncode:
            raise CommandError("Prøvene lot seg ikke kjøre. Det som ble prøvd før det, er husket.")
