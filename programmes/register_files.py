"""The files of the registers in `fixtures/registers/`: where they are, and how their rows are read.

The parser asks here too, so nothing in this file knows Django.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures"
REGISTERS = FIXTURES / "registers"
"""The real registers: `parties.toml`, `areas.toml`, `themes.toml`."""
LOS_WORDS = REGISTERS / "los_words.json"
"""The words that Los leads to a sub-theme by, those left out that lead astray; `manage.py derive_los` writes it."""
AREAS = REGISTERS / "areas.toml"
PARTIES = REGISTERS / "parties.toml"
SAMPLE_REGISTERS = FIXTURES / "programmes" / "registers.toml"
"""Invented parties and areas, which only the demo and the tests load."""

Row = dict[str, Any]


def read_rows(paths: Iterable[Path]) -> dict[str, list[Row]]:
    """Return the rows of several register files by table: `party`, `area`, `theme`."""
    rows: dict[str, list[Row]] = {"party": [], "area": [], "theme": []}
    for path in paths:
        for table, more in tomllib.loads(path.read_text(encoding="utf-8")).items():
            rows[table] += more
    return rows


def read_los_words() -> dict[str, list[str]]:
    """Return the words that lead to each sub-theme of Los, by its slug."""
    words: dict[str, list[str]] = json.loads(LOS_WORDS.read_text(encoding="utf-8"))
    return words
