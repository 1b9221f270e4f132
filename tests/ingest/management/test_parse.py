"""`manage.py parse`: JSON without a database, and in a sentence what is wrong."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests.paths import ROOT, SAMPLES

SAMPLE = SAMPLES / "storfjell-fjordparti-2019-2023.txt"


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command with a database that is not there: it must do without."""
    environment = {**os.environ, "DATABASE_URL": "postgres://nobody@127.0.0.1:1/nothing"}
    return subprocess.run(
        [sys.executable, "manage.py", "parse", *arguments], cwd=ROOT, env=environment, capture_output=True, text=True
    )


def test_json_on_stdout_without_a_database():
    result = run(str(SAMPLE))
    assert result.returncode == 0, result.stderr
    parsed = json.loads(result.stdout)
    assert set(parsed) == {
        "source", "meta", "sections", "passages", "items", "furniture", "problems", "coverage"
    }  # fmt: skip
    assert parsed["source"]["filename"] == SAMPLE.name
    assert parsed["coverage"]["unassigned"] == 0
    assert len(parsed["items"]) == 36


def test_pages_that_are_not_there_give_nothing():
    written = io.StringIO()
    call_command("parse", str(SAMPLE), "--pages", "2-3,7", stdout=written)
    parsed = json.loads(written.getvalue())
    assert parsed["items"] == []
    assert parsed["coverage"]["characters"] == 0


@pytest.mark.parametrize("pages", ["0", "en", "3-", ""])
def test_pages_that_are_no_pages_are_refused(pages: str):
    with pytest.raises(CommandError, match="--pages"):
        call_command("parse", str(SAMPLE), "--pages", pages)


def test_a_file_that_is_missing_or_empty_is_told_in_norwegian(tmp_path: Path):
    missing = run(str(tmp_path / "finnes-ikke.txt"))
    assert missing.returncode == 1
    assert "kunne ikke åpnes" in missing.stderr
    assert "Traceback" not in missing.stderr
    (tmp_path / "tom.txt").write_bytes(b"")
    with pytest.raises(CommandError, match="Filen er tom"):
        call_command("parse", str(tmp_path / "tom.txt"))
