"""The short form of `manage.py kill_test`: each of worker, web and PostgreSQL is killed once during uploads."""

from __future__ import annotations

import os
import subprocess
import sys

from tests.paths import ROOT


def test_nothing_is_lost_when_anything_is_killed() -> None:
    done = subprocess.run(
        [sys.executable, "manage.py", "kill_test", "--rounds", "1", "--seed", "1"],
        cwd=ROOT,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "tools.settings"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Ingenting er tapt" in done.stdout
