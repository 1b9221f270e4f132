"""The rules that tools keep: format, lint, types, which room may know which, migrations, safe settings."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command

from tests.paths import ROOT

BIN = Path(sys.executable).parent
TOOLS = {
    "format": [sys.executable, "-m", "ruff", "format", "--check", "."],
    "lint": [sys.executable, "-m", "ruff", "check", "."],
    "types": [sys.executable, "-m", "mypy"],
    "imports": [str(BIN / "lint-imports")],
    "templates": [sys.executable, "-m", "djlint", "templates", "--check"],
}
LONGEST_LINE = 200
"""Characters of a line of a template; djlint breaks at 120 where it can."""


@pytest.mark.long
@pytest.mark.parametrize("command", TOOLS.values(), ids=TOOLS)
def test_tool(command):
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_templates_have_no_long_lines():
    long = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in sorted((ROOT / "templates").rglob("*.html"))
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if len(line) > LONGEST_LINE
    ]
    assert long == []


@pytest.mark.django_db
def test_models_and_migrations_agree():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_the_settings_for_production_are_safe(tmp_path):
    environment = {
        "PATH": os.environ["PATH"],
        "SECRET_KEY": "Zq3-" * 15 + "0aB7xLm9",
        "DATA_DIR": str(tmp_path),
        "DATABASE_URL": "embedded",
    }
    done = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level=WARNING"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert not (tmp_path / "postgres").exists(), "a check needs no database and must not start one"
