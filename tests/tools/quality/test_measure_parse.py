"""`manage.py measure_parse`: figures of documents, by kind, as a table and as JSON."""

from __future__ import annotations

import json
from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests.paths import SAMPLES
from tools.quality import reading
from tools.quality.cases import cases, differences
from tools.quality.documents import KINDS, documents, kind_of
from tools.quality.measuring import Measured, Summary, as_json, table
from tools.quality.scoring import score_parse


def printed(*args: str, **options: object) -> str:
    out = StringIO()
    call_command("measure_parse", *args, stdout=out, **options)
    return out.getvalue()


def test_a_table_has_a_line_a_document_a_line_a_kind_and_one_for_all() -> None:
    lines = printed("samples", only="nordvika").splitlines()
    assert [line.split()[0] for line in lines[1:]] == ["txt:", "md:", "md", "txt", "ALL", "100"]
    assert lines[-2].split()[1] == "2"


def test_the_figures_are_printed_as_json() -> None:
    found = json.loads(printed("samples", only="granvoll", json=True))["samples"]
    assert [one["name"] for one in found["documents"]] == ["granvoll-grenda-forst-2023-2027.txt"]
    assert found["kinds"].keys() == {"txt"}
    assert found["all"]["items_f1"] == 1
    assert found["all"]["documents"] == 1


def test_without_a_name_the_open_documents_are_measured() -> None:
    assert printed(only="01-").splitlines()[1].startswith("typed: 01-")


def test_what_is_not_here_is_said(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="no documents of gold"):
        printed("gold", shared=tmp_path)
    with pytest.raises(CommandError, match="no cases"):
        printed("cases", shared=tmp_path)


def test_cases_are_right_or_wrong(tmp_path: Path) -> None:
    folder = tmp_path / "cases" / "parse"
    folder.mkdir(parents=True)
    text = "Skole\n\nFjordpartiet vil:\n\n- Bygge skoler.\n- Male dem.\n"
    right = {"items": [{"lead_in": "Fjordpartiet vil:", "text": words} for words in ("Bygge skoler.", "Male dem.")]}
    wrong = {"items": [*right["items"], {"lead_in": "", "text": "Rive dem."}]}
    for name, expected in (("right", right), ("wrong", wrong)):
        (folder / f"{name}.txt").write_text(text, "utf-8")
        (folder / f"{name}.expected.json").write_text(json.dumps(expected), "utf-8")

    assert len(list(cases(folder))) == 2
    assert printed("cases", shared=tmp_path, show=3).splitlines() == [
        "right right.txt",
        "WRONG wrong.txt",
        "    - item ('', 'Rive dem.')",
        "1 of 2 cases right",
    ]


def test_a_case_says_what_is_missing_too_much_and_otherwise() -> None:
    item = {"lead_in": "Vi vil:", "text": "Male"}
    section = {"title": "Skole", "level": 1, "number": ""}
    found = {
        "items": [item],
        "sections": [section, {**section, "title": "Helse", "level": 2}],
        "meta": {"party": "FJORD"},
    }
    assert differences({"items": [item]}, found) == []
    assert differences({"items": [{**item, "text": "Mal", "text_variants": ["Male"]}]}, found) == []
    assert differences({"items": [item, {**item, "text": "Rive", "optional": True}]}, found) == []
    assert differences({"items": [{**item, "dissent": True}]}, found) == ["! item 'Male': dissent None"]
    assert differences({"items": [item], "sections": [{**section, "level": 2}]}, found) == [
        "+ section 'Helse'",
        "! section 'Skole': level 1, not 2",
    ]
    assert differences({"items": [], "same_level": [["Skole", "Helse"]]}, found) == [
        "! ['Skole', 'Helse']: levels [1, 2]"
    ]
    assert differences({"items": [item], "meta": {"party": ["FJORD", None]}}, found) == []
    assert differences({"items": [item], "meta": {"party": None}}, found) == ["! meta party 'FJORD', not None"]


def test_every_arrival_is_of_a_kind() -> None:
    assert {one.kind for one in documents("open")} == set(KINDS)
    assert kind_of("fax") == "fax"


def test_figures_of_several_are_means_and_false_items_are_counted_together() -> None:
    gold = {
        "sections": [],
        "items": [{"id": str(n), "text": text, "lead_in": "", "section": None} for n, text in enumerate("abcd")],
    }
    half = {**gold, "items": gold["items"][:2]}
    twice = {**gold, "items": [*gold["items"], *({**item, "text": f"{item['text']}x"} for item in gold["items"])]}
    measured = [
        Measured("half", "typed", score_parse(gold, half)),
        Measured("twice", "typed", score_parse(gold, twice)),
    ]
    summary = Summary.of(measured)
    assert summary.items_f1 == pytest.approx(2 / 3)
    assert (summary.recall, summary.false_items, summary.items_found) == (0.75, 0.4, 10)
    assert len(table(measured)) == 6
    assert as_json([])["all"] is None
    with pytest.raises(ValueError, match="no documents"):
        Summary.of([])


def test_what_a_reader_made_of_a_pdf_is_kept(tmp_path: Path) -> None:
    sample = next(
        one for one in documents("samples") if one.name.startswith("folkets-by") and one.name.endswith(".pdf")
    )
    first = reading.raw(sample, tmp_path)
    assert [path.suffix for path in tmp_path.iterdir()] == [".pickle"]
    assert reading.raw(sample, tmp_path) == first
    text = next(one for one in documents("samples") if one.name.endswith(".txt"))
    reading.raw(replace(text, path=None, content=(SAMPLES / text.name).read_bytes()), tmp_path)
    assert len(list(tmp_path.iterdir())) == 1
