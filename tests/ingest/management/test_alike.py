"""`manage.py alike`: pairs, lists and editions as JSON."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from tests import builders

OLDER = """Storfjell Bygdeliste

Kultur

Bygdelista vil:
- bevare skøytebanen på Torvmyra
- bygge ny svømmehall på Elvestad
"""
NEWER = """Storfjell Bygdeliste

Kultur

Bygdelista vil:
- bevare skøytebanen på Torvmyra
- støtte folkehøgskolene
"""


def said(option: str, rows: list[dict[str, Any]], folder: Path, **options: Any) -> dict[str, Any]:
    path = folder / "rows.json"
    path.write_text(json.dumps(rows), "utf-8")
    out = StringIO()
    call_command("alike", f"--{option}", str(path), stdout=out, **options)
    return json.loads(out.getvalue())


@pytest.mark.django_db
def test_pairs(tmp_path: Path) -> None:
    side = {"source": "a.txt", "lead_in": "Bygdelista vil:", "section": "Kultur"}
    rows = [
        {"id": "p1", "a": {**side, "text": "Bevare skøytebanen."}, "b": {**side, "text": "Avvikle skøytebanen."}},
        {"id": "p2", "a": {**side, "text": "Gratis skolemat."}, "b": {**side, "text": "gratis skulemat"}},
    ]
    answer = said("pairs", rows, tmp_path)
    assert {key: each["label"] for key, each in answer.items()} == {"p1": "opposite", "p2": "same"}
    assert set(answer["p1"]) == {"label", "score", "differs"}


@pytest.mark.django_db
def test_queries_list_each_wording_once_and_never_the_pledge_itself(tmp_path: Path) -> None:
    for code in "ABC":
        branch = builders.national_branch(code, f"Partiet {code}")
        texts = ["Bevare skøytebanen på Torvmyra.", "Ta vare på skøytebanen.", f"Støtte kunst nummer {code}."]
        builders.programme(branch=branch, parse=builders.parsed(texts))
    query = {"source": "storfjell.txt", "text": "Bevare skøytebanen på Torvmyra."}
    answer = said("queries", [{"id": "q1", "query": query}], tmp_path, limit=3)
    assert next(row["text"] for row in answer["q1"]) == "Ta vare på skøytebanen."
    assert len({row["text"] for row in answer["q1"]}) == len(answer["q1"])
    assert query["text"] not in {row["text"] for row in answer["q1"]}
    assert answer["q1"][0]["url"].startswith("/lofte/")


@pytest.mark.django_db
def test_editions(tmp_path: Path) -> None:
    (tmp_path / "older.txt").write_text(OLDER, "utf-8")
    (tmp_path / "newer.txt").write_text(NEWER, "utf-8")
    items = [
        ("older.txt", "old", "bevare skøytebanen på Torvmyra"),
        ("older.txt", "old", "bygge ny svømmehall på Elvestad"),
    ]
    items.append(("newer.txt", "new", "støtte folkehøgskolene"))
    rows = [
        {
            "id": text[:6],
            "side": side,
            "item": {"source": source, "text": text},
            "other": "newer.txt" if side == "old" else "older.txt",
        }
        for source, side, text in items
    ]
    answer = said("editions", rows, tmp_path, sources=tmp_path)
    assert [each["status"] for each in answer.values()] == ["kept", "gone", "new"]
    rows[0]["remove"] = {"source": "newer.txt", "text": "bevare skøytebanen på Torvmyra"}
    assert said("editions", rows[:1], tmp_path, sources=tmp_path)["bevare"]["status"] == "gone"


@pytest.mark.django_db
def test_what_can_not_be_read_is_told(tmp_path: Path) -> None:
    (tmp_path / "rows.json").write_text("not JSON", "utf-8")
    with pytest.raises(CommandError, match=r"rows\.json kunne ikke leses"):
        call_command("alike", "--pairs", str(tmp_path / "rows.json"))
