"""Readable cases: a title, an input, and what the parser must make of it (see `cases/README.md`)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ingest.parser.parse import interpret
from tests.ingest.parser.sketches import document, sketch

CASES = Path(__file__).parent / "cases"
_CASE = re.compile(r"^=== (?P<title>[^\n]+)\n(?P<input>.*?)^--- expected\n(?P<expected>.*?)(?=^=== |\Z)", re.M | re.S)


def cases() -> list:
    return [
        pytest.param(match["input"], match["expected"], id=f"{path.stem}: {match['title']}")
        for path in sorted(CASES.glob("*.txt"))
        for match in _CASE.finditer(path.read_text(encoding="utf-8"))
    ]


@pytest.mark.parametrize(("source", "expected"), cases())
def test_case(source: str, expected: str) -> None:
    programme = interpret(document(source))
    assert sketch(programme) == expected.strip()
    assert programme.coverage.unassigned == 0
