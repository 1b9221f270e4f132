"""Let two editors and a worker do thousands of things at the desk, and see that nothing fails and nothing is lost."""

from __future__ import annotations

import logging
import time
from typing import Any

import hypothesis
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection
from hypothesis import HealthCheck, Phase
from hypothesis.stateful import run_state_machine_as_test

from tools.fuzz.desk import DeskMachine
from tools.own_data import begin_archive, run_on_data_of_its_own

EXAMPLES, LENGTH = 10, 50
"""Programmes of a seed, and steps with each."""


class Command(BaseCommand):
    help = (
        "Lar to redaktører og en arbeider gjøre tusenvis av ting i redaksjonen, med gamle og nye sider. "
        "Ingenting skal svare med feil, og ingenting skal gå tapt."
    )
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--steps", type=int, default=10_000, help="antall steg (10 000)")
        parser.add_argument("--seed", type=int, default=1, help="første frø: samme frø gir samme steg (1)")
        parser.add_argument(
            "--inside", action="store_true", help="bruk DATA_DIR slik den er (brukes av kommandoen selv)"
        )

    def handle(self, *args: Any, steps: int, seed: int, inside: bool, **options: Any) -> None:
        if not inside:
            run_on_data_of_its_own("fuzz_desk", steps=steps, seed=seed)
            return
        begin_archive(stderr=self.stderr)
        settings.DEBUG = False  # every query is kept in memory else
        settings.ALLOWED_HOSTS = ["testserver"]  # the name that Django's test client asks for
        logging.getLogger("django.request").setLevel(logging.ERROR)  # a refusal is an answer like others here
        with connection.cursor() as cursor:
            cursor.execute("SET synchronous_commit TO off")  # nobody pulls the plug here
        began, first = time.monotonic(), seed
        while DeskMachine.steps < steps:
            self._run(seed)
            self.stdout.write(f"frø {seed}: {DeskMachine.steps} steg, {time.monotonic() - began:.0f} s")
            self.stdout.flush()
            seed += 1
        for answer, count in sorted(DeskMachine.answers.items()):
            self.stdout.write(f"{count:6}  {answer}")
        self.stdout.write(
            f"{DeskMachine.steps} steg, frø {first}–{seed - 1}: ingenting feilet, og ingenting gikk tapt."
        )

    def _run(self, seed: int) -> None:
        """Run the examples of a seed. Raises `CommandError` that says how to run them again."""
        how = hypothesis.settings(
            max_examples=EXAMPLES,
            stateful_step_count=LENGTH,
            phases=[Phase.generate],
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        )
        try:
            run_state_machine_as_test(hypothesis.seed(seed)(DeskMachine), settings=how)
        except Exception as error:
            told = "\n".join([repr(error), *getattr(error, "__notes__", [])])
            again = f"manage.py fuzz_desk --settings tools.settings --steps 1 --seed {seed}"
            raise CommandError(f"{told}\nGjenta: {again}") from error
