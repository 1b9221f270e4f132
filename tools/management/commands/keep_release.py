"""Keep what a release promises: its migrations, and an archive of it that later versions are upgraded from."""

from __future__ import annotations

import shutil
import subprocess
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from tools.own_data import run_on_data_of_its_own
from tools.release.example import make_example
from tools.release.kept import CHECKOUT, RELEASES, keep_dump, keep_migrations, version


class Command(BaseCommand):
    help = "Tar vare på migrasjonene og et lite arkiv av versjonen i pyproject.toml, i fixtures/releases/."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--inside", action="store_true", help="bruk DATA_DIR slik den er (brukes av kommandoen selv)"
        )

    def handle(self, *args: Any, inside: bool, **options: Any) -> None:
        if not inside:
            run_on_data_of_its_own("keep_release")
            return
        tag = f"v{version()}"
        if subprocess.run(["git", "tag", "--list", tag], cwd=CHECKOUT, capture_output=True, check=False).stdout:  # noqa: S603, S607
            raise CommandError(f"{tag} er gitt ut: det som er tatt vare på av den, endres ikke.")
        folder = RELEASES / version()
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        call_command("migrate", verbosity=0)
        call_command("load_registers", samples=True, stdout=self.stderr)
        make_example()
        count = keep_migrations(folder)
        size = keep_dump(folder, settings.DATA_DIR)
        self.stdout.write(f"{folder.relative_to(CHECKOUT)}: {count} migrasjoner, et arkiv på {size / 1000:.0f} kB")
