"""Readable cases: a title, an input, and what the parser must make of it (see `cases/README.md`)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ingest.document import Item, ParsedProgramme
from ingest.parse import parse

CASES = Path(__file__).parent / "cases"
_CASE = re.compile(r"^=== (?P<title>[^\n]+)\n(?P<input>.*?)^--- expected\n(?P<expected>.*?)(?=^=== |\Z)", re.M | re.S)


def cases() -> list:
    return [
        pytest.param(match["input"], match["expected"], id=f"{path.stem}: {match['title']}")
        for path in sorted(CASES.glob("*.txt"))
        for match in _CASE.finditer(path.read_text(encoding="utf-8"))
    ]


def sketch(programme: ParsedProgramme) -> str:
    """Return a parse as the cases write it: one line for each heading, lead-in, item and passage."""
    lines = []
    entries = list(programme.entries)
    depth: dict[str, int] = {}
    for section in programme.sections:
        if section.level:
            lines.append(" ".join(filter(None, ("#" * section.level, section.number, section.title))))
        lead_in = None
        for entry in entries:
            if entry.section != section.id:
                continue
            if not isinstance(entry, Item):
                lines.append(f"{'>' if entry.kind == 'prose' else '>>'} {entry.text}")
                continue
            if entry.lead_in != lead_in:
                lead_in = entry.lead_in
                lines.append(f": {lead_in}")
            depth[entry.id] = depth[entry.parent] + 1 if entry.parent else 1
            lines.append(f"{'?' if entry.kind == 'question' else '-' * depth[entry.id]} {entry.text}")
    return "\n".join(lines)


@pytest.mark.parametrize(("source", "expected"), cases())
def test_case(source: str, expected: str) -> None:
    assert sketch(parse(source.encode(), "case.txt")) == expected.strip()
