"""The documents that the parser has not been made with are whole, each with a right result that holds together."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest

UNSEEN = Path(__file__).parent / "unseen"
PARTS = ("open", "closed", "fresh")
DOCUMENTS = [
    pytest.param(UNSEEN / part / document["file"], id=f"{part}/{document['file']}")
    for part in PARTS
    for document in tomllib.loads((UNSEEN / part / "manifest.toml").read_text("utf-8"))["document"]
]


@pytest.mark.parametrize("path", DOCUMENTS)
def test_the_right_result_holds_together(path: Path) -> None:
    gold = json.loads(path.with_name(f"{path.name}.gold.json").read_text("utf-8"))
    sections = {section["id"] for section in gold["sections"]}
    items = {item["id"] for item in gold["items"]}

    assert path.stat().st_size
    assert len(sections) == len(gold["sections"])
    assert len(items) == len(gold["items"]) > 10
    assert {section.get("parent") for section in gold["sections"]} <= {*sections, None}
    assert {item.get("parent") for item in gold["items"]} <= {*items, None}
    assert {item.get("section") for item in gold["items"]} <= {*sections, None}


@pytest.mark.parametrize("part", PARTS)
def test_every_document_stands_in_the_manifest(part: str) -> None:
    listed = {path.values[0].name for path in DOCUMENTS if path.values[0].parent.name == part}
    there = {path.name for path in (UNSEEN / part).iterdir()} - {"manifest.toml"}
    assert there == listed | {f"{name}.gold.json" for name in listed}
