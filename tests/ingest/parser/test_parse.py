"""The table of stages: it stands in the docs as it is, and no stage forgets what those before it found."""

from __future__ import annotations

import re
from dataclasses import fields

from ingest.parser.draft import Draft
from ingest.parser.parse import STAGES
from tests.ingest.parser.sketches import document
from tests.paths import ROOT

DOCS = (ROOT / "docs" / "parsing.md").read_text(encoding="utf-8")


def test_the_docs_have_the_table_of_stages() -> None:
    table = DOCS.split("| stage | where |")[1].split("\n\n")[0]
    assert re.findall(r"^\| ([\w ]+) \|", table, re.M) == [stage.name for stage in STAGES]


def test_each_stage_gives_the_document_back_and_no_poorer() -> None:
    draft = Draft(document("Skole\n\nBygdelista vil:\n\n• ansette lærere\n\nKultur\n\nKorpsene samler bygda.\n"))
    for stage in STAGES:
        before, draft = draft, stage.do(draft)
        assert draft.raw is before.raw
        for field in fields(Draft):
            assert bool(getattr(draft, field.name)) >= bool(getattr(before, field.name)), (stage.name, field.name)
    assert [section.title for section in draft.sections] == ["Skole", "Kultur"]
