"""The short form of `manage.py kill_test`: something is killed a few times while an editor works."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.paths import ROOT


@pytest.mark.long
def test_nothing_is_lost_when_anything_is_killed(tmp_path: Path) -> None:
    report = tmp_path / "kills.jsonl"
    done = subprocess.run(
        [sys.executable, "manage.py", "kill_test", "--kills", "3", "--seed", "1", "--report", report],
        cwd=ROOT,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "tools.settings"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Ingenting er tapt" in done.stdout
    *kills, run = map(json.loads, report.read_text("utf-8").splitlines())
    assert [kill["number"] for kill in kills] == [0, 1, 2]
    assert not any(run["wrong"].values())
