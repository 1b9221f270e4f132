"""The floors that the parser keeps on the real programmes, where they are at hand."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from ingest.parser.as_json import as_dict
from ingest.parser.parse import interpret
from tests.ingest.parser.reading import raw
from tests.paths import GOLD, SHARED, needs_shared

FILES = sorted((GOLD / "parse").glob("*.json"))

TEXT = {
    "items": 0.995,
    "verbatim": 0.99,
    "placed": 0.99,
    "lead_in": 0.99,
    "nested": 0.95,
    "sections": 0.97,
    "levels": 0.9,
}
RECOGNISED = {**TEXT, "items": 0.99, "placed": 1.0, "lead_in": 0.95, "sections": 1.0, "levels": 0.8}
DISPLACED = {
    **TEXT,
    "items": 0.99,
    "verbatim": 0.98,
    "placed": 0.93,
    "lead_in": 0.97,
    "nested": 0.8,
    "sections": 0.95,
    "levels": 0.75,
}
PDF = {"items": 0.98, "verbatim": 0.96, "placed": 0.97, "lead_in": 0.98, "nested": 0.9, "sections": 0.95, "levels": 0.9}
"""The floors of each sort of file."""


def floors(name: str) -> dict[str, float]:
    if name.endswith(".pdf"):
        return PDF
    return DISPLACED if name.startswith("arbeiderpartiet") else RECOGNISED if "uttalelse" in name else TEXT


@needs_shared
@pytest.mark.parametrize("gold", FILES, ids=lambda path: path.stem)
def test_floors(gold: Path, tmp_path: Path) -> None:
    parsed = tmp_path / "parsed.json"
    parsed.write_text(json.dumps(as_dict(interpret(raw(SHARED / "programmes" / gold.stem)))), encoding="utf-8")
    result = subprocess.run(
        [sys.executable, str(SHARED / "tools" / "score_parse.py"), str(gold), str(parsed), "--json"],
        capture_output=True,
        text=True,
        check=True,
    )
    score = json.loads(result.stdout)
    reached = {key: score[key]["f1"] if isinstance(score[key], dict) else score[key] for key in TEXT}
    assert not {key: value for key, value in reached.items() if value < floors(gold.stem)[key]}, reached
