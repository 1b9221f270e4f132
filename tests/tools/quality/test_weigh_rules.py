"""`manage.py weigh_rules`: what a rule gains and loses in each document, and which rules need a reason."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from ingest.parser.language import rules
from tools.quality.documents import Document, documents
from tools.quality.mutations import Mutation
from tools.quality.weighing import Weighed, mutations, samples_of, samples_of_cases, verdicts, weigh, weigh_all

TEXT = b"Skole\n\nFjordpartiet vil:\n\n1. Bygge skoler.\n2. Male dem.\n"
GOLD = {
    "sections": [{"id": "s1", "title": "Skole", "parent": None}],
    "items": [
        {"id": words, "text": words, "lead_in": "Fjordpartiet vil:", "section": "s1", "parent": None}
        for words in ("Bygge skoler.", "Male dem.")
    ],
}
SCHOOL = Document("skole.txt", "typed", GOLD, content=TEXT)
NO_PLEDGES = Document("annet.txt", "typed", {"sections": GOLD["sections"], "items": []}, content=TEXT)


def number() -> Mutation:
    return next(one for one in mutations("MARKS") if "«number»" in str(one))


def test_a_rule_gains_where_its_document_is_read_worse_without_it_and_loses_where_better() -> None:
    found = weigh(number(), samples_of([SCHOOL, NO_PLEDGES], pdf=False))
    assert [one.document for one in found] == ["typed: skole.txt", "typed: annet.txt"]
    assert {"- Bygge skoler.", "- Male dem."} <= set(found[0].gains)
    assert {"+ Bygge skoler.", "+ Male dem."} <= set(found[1].losses)
    assert found[0].losses == ()


def test_a_rule_that_changes_nothing_is_not_told_of() -> None:
    as_it_is = Mutation(rules.__name__, "MARKS", "as it is", rules.MARKS)
    assert weigh(as_it_is, samples_of([SCHOOL], pdf=False)) == []


def test_several_processes_find_the_same() -> None:
    samples = samples_of([SCHOOL, NO_PLEDGES], pdf=False)
    every = mutations("MARKS")[:6]
    assert list(weigh_all(every, samples, 2)) == list(weigh_all(every, samples))


def test_pdfs_are_read_when_asked_for_and_rules_of_their_reader_are_not_weighed() -> None:
    pdfs = [one for one in documents("samples") if one.name.startswith("tverrdal")]
    assert samples_of(pdfs, pdf=False) == []
    (sample,) = samples_of(pdfs, pdf=True)
    assert sample.wrong() == sample.wrong()
    assert not [one for one in mutations() if one.place.startswith("readers.pdf")]


def test_cases_are_weighed_too(tmp_path: Path) -> None:
    (tmp_path / "tall.txt").write_bytes(TEXT)
    items = [{"text": item["text"], "lead_in": item["lead_in"]} for item in GOLD["items"]]
    (tmp_path / "tall.expected.json").write_text(json.dumps({"items": items}), "utf-8")
    (one,) = weigh(number(), samples_of_cases(tmp_path, pdf=False))
    assert one.document == "case: tall.txt"
    assert len([line for line in one.gains if line.startswith("- item")]) == 2


def test_verdicts_take_a_threshold_as_one_rule() -> None:
    less, more, other, idle = (
        Mutation("ingest.parser.profile", name, what, 0)
        for name, what in (("SHORT", "× 0.75"), ("SHORT", "× 1.25"), ("WIDE", "× 0.75"), ("IDLE", "× 0.75"))
    )
    weighed = [
        Weighed(str(less), "en.txt", ("- a",), ()),
        Weighed(str(more), "to.txt", ("- a", "- b"), ("+ c",)),
        Weighed(str(other), "en.txt", ("- a",), ()),
        Weighed(str(other), "to.txt", (), ("- a", "- b")),
    ]
    assert verdicts(weighed, [less, more, other, idle]) == {
        "gain in one document alone": ["profile.WIDE (en.txt)"],
        "lose more than they gain": ["profile.WIDE (-1)"],
        "change nothing here": ["profile.IDLE"],
    }


def test_the_command_prints_rules_documents_and_verdicts() -> None:
    out = StringIO()
    call_command("weigh_rules", "samples", only="MARKS without «number»", show=1, stdout=out)
    lines = out.getvalue().splitlines()
    assert lines[0].startswith("language.rules.MARKS without «number»: +")
    assert any("gained - " in line for line in lines)
    assert "Rules that change nothing here: 0" in lines

    out = StringIO()
    call_command("weigh_rules", "samples", only="MARKS without «number»", json=True, stdout=out)
    assert json.loads(out.getvalue())["rules"][0]["gains"]
    with pytest.raises(CommandError, match="no such rule"):
        call_command("weigh_rules", "samples", only="FAX")
