"""What the preview says of the source."""

from __future__ import annotations

import pytest

from ingest.desk.correct import present_parse
from ingest.desk.preview import LINE_NUMBER, WHY, view_of
from ingest.intake.sheets import sheets_of
from ingest.parser.parse import parse
from ingest.parser.readers.flowing.html import REASONS
from tests.ingest.desk.test_correction_browser import stored
from tests.paths import SAMPLES

CHAPTERS = b"""# Oppvekst

## Skole

Fjordpartiet vil:

- bygge ny skole
- male den

## Barnehage

Barna leker ute hver dag.
"""


@pytest.mark.parametrize("kind", ["pdf", "txt", "md", "html", "docx"])
def test_every_reason_for_furniture_has_its_words(kind: str) -> None:
    parses = [parse(path.read_bytes(), path.name) for path in sorted(SAMPLES.glob(f"*.{kind}"))[:2]]
    reasons = {line.why for parsed in parses for line in parsed.furniture}
    assert reasons - {LINE_NUMBER} <= WHY.keys()


def test_web_pages_give_no_other_reasons() -> None:
    assert REASONS.keys() <= WHY.keys()


@pytest.mark.django_db
def test_a_chapter_without_text_of_its_own_is_shown_before_its_first_section(themes: None) -> None:
    programme = stored(CHAPTERS, "program.md")
    applied = present_parse(programme)
    rows = view_of(programme, applied, sheets_of(applied.parsed)[0]).rows
    assert [row.parsed.title if row.is_heading else row.passage.text for row in rows] == [
        "Oppvekst",
        "Skole",
        "bygge ny skole",
        "male den",
        "Barnehage",
        "Barna leker ute hver dag.",
    ]
