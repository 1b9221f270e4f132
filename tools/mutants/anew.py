"""Asks tests about a fault in a process of its own, which imports it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from tools.mutants.forking import Failed, GivenUp
from tools.mutants.making import Mutant
from tools.mutants.warm_up import DATABASE

TESTS_FAILED = 1
NOT_IMPORTED = "the import"
"""What has noticed where no test was reached."""
A_TEST = "a test"
"""What has noticed where its name can't be read."""


def ask_anew(root: Path, mutant: Mutant, tests: Sequence[str], *, seconds: float) -> str:
    """Return the first of some tests that fails with a fault, empty for none. Raises `GivenUp` or `Failed`."""
    module = root / mutant.path
    module.write_text(mutant.source)
    try:
        done = _run(root, tests, seconds)
    finally:
        module.write_text(mutant.before)
    if done.returncode == 0:
        return ""
    if done.returncode == TESTS_FAILED:
        failed = [line.split()[1] for line in done.stdout.splitlines() if line.startswith(("FAILED ", "ERROR "))]
        return next((test for test in failed if test in tests), A_TEST)
    check = _run(root, tests[:1], seconds)
    if check.returncode != 0:
        raise Failed(check.stdout[-2000:] + check.stderr[-2000:])
    return NOT_IMPORTED


def _run(root: Path, tests: Sequence[str], seconds: float) -> subprocess.CompletedProcess[str]:
    """Run tests in a new process on the database that this session has made. Raises `GivenUp`."""
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-rfE", "--reuse-db", "-p", "no:cacheprovider", *tests]
    environment = {**os.environ, "DATABASE_URL": os.environ.get(DATABASE, "")}
    environment.pop("PYTEST_CURRENT_TEST", None)
    try:
        return subprocess.run(  # noqa: S603
            command, cwd=root, env=environment, capture_output=True, text=True, timeout=seconds, check=False
        )
    except subprocess.TimeoutExpired as late:
        raise GivenUp from late
