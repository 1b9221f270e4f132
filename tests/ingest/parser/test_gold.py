"""The floors that the parser keeps on the real programmes, where they are at hand."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import pytest

from ingest.parser.as_json import as_dict
from ingest.parser.parse import interpret
from tests.ingest.parser.reading import raw
from tests.paths import GOLD, SHARED, needs_shared
from tools.quality.scoring import score_parse

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
    "nested": 0.9,
    "sections": 0.95,
    "levels": 0.92,
}
PDF = {"items": 0.98, "verbatim": 0.96, "placed": 0.97, "lead_in": 0.98, "nested": 0.9, "sections": 0.95, "levels": 0.9}
"""The floors of each sort of file."""

LATER = {
    "dni-2025-2029.md": {**TEXT, "items": 0.94},
    "generasjonspartiet-2025-2029.pdf": {**PDF, "lead_in": 0.92, "levels": 0.87},
    "velferd-og-innovasjonspartiet-2025-2029.md": {**TEXT, "items": 0.98, "placed": 0.98, "lead_in": 0.95},
}
"""Files that were annotated after the parser was made."""


def floors(name: str) -> dict[str, float]:
    if name in LATER:
        return LATER[name]
    if name.endswith(".pdf"):
        return PDF
    return DISPLACED if name.startswith("arbeiderpartiet") else RECOGNISED if "uttalelse" in name else TEXT


@needs_shared
@pytest.mark.parametrize("gold", FILES, ids=lambda path: path.stem)
def test_floors(gold: Path) -> None:
    parsed = as_dict(interpret(raw(SHARED / "programmes" / gold.stem)))
    score = score_parse(json.loads(gold.read_text(encoding="utf-8")), parsed)
    figures = {**asdict(score), "items": score.items.f1, "sections": score.sections.f1}
    reached = {name: figures[name] for name in TEXT}
    assert not {name: value for name, value in reached.items() if value < floors(gold.stem)[name]}, reached
