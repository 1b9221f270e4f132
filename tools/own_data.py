"""A command run on data of its own, so that no real archive is touched."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError, OutputWrapper


def run_on_data_of_its_own(name: str, **options: int | str | None) -> None:
    """Run a command again, told by `--inside` that its folder is thrown away. Raises `CommandError` if it fails.

    `options` are those of the command that are passed on; one that is None is left out.
    """
    folder = Path(tempfile.mkdtemp(prefix=f"programarkivet-{name.partition('_')[0]}-"))
    environment = {**os.environ, "DATA_DIR": str(folder), "DEBUG": "1", "LOG_LEVEL": "WARNING"}
    environment.pop("DATABASE_URL", None)
    command = [sys.executable, "manage.py", name, "--inside"]
    command += [f"--{option}={value}" for option, value in options.items() if value is not None]
    done = subprocess.run(command, cwd=settings.BASE_DIR, env=environment, check=False)  # noqa: S603
    if done.returncode:
        raise CommandError(f"Prøven gikk ikke; dataene står i {folder}.")
    for data_dir in (folder, *(path.parent for path in folder.glob("*/postgres"))):
        shutil.rmtree((data_dir / "postgres").resolve(), ignore_errors=True)
    shutil.rmtree(folder, ignore_errors=True)


def begin_archive(*, stderr: OutputWrapper, samples: bool = True) -> None:
    """Make an archive in an empty folder: tables, registers (with those of the samples' branches) and static files."""
    call_command("migrate", verbosity=0)
    call_command("load_registers", samples=samples, verbosity=0, stdout=stderr)
    call_command("collectstatic", interactive=False, verbosity=0)
