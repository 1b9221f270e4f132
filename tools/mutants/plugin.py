"""The plugin that pytest loads in the copy, before it imports anything of the product."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tools.mutants.covering import Measuring
from tools.mutants.plan import PLAN, Plan

_importing = Measuring(Path.cwd())
_importing.begin()


def pytest_runtestloop(session: pytest.Session) -> bool:
    """Try mutants, where pytest would run the tests."""
    from haystack import connections

    from tools.mutants.session import Session

    connections["default"]  # every test has an index: its engine is imported once, and not in every fork
    imported = _importing.end()
    Session(Plan.read(Path(os.environ[PLAN]), root=session.config.rootpath), session, imported).run()
    return True
