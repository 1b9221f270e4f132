"""The benchmark of the parser: what counts as an entry of another reader's text, and that it runs."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import call_command

from tests.paths import SAMPLES
from tools.parse_bench import invented
from tools.parse_bench.entries import entries, recall
from tools.parse_bench.runs import run

MARKDOWN = """# Skole

Fjordpartiet vil:

- bygge ny skole
  på **Nes**
* ansette lærere
• kjøpe bøker

Mer om dette senere.
1. åpne biblioteket
## Helse
2) flere senger
"""


def test_lines_with_a_mark_are_entries_and_those_below_go_with_them() -> None:
    assert entries(MARKDOWN) == [
        "bygge ny skole på **Nes**",
        "ansette lærere",
        "kjøpe bøker",
        "åpne biblioteket",
        "flere senger",
    ]


@pytest.mark.parametrize(
    ("found", "share"),
    [
        pytest.param(["Bygge ny skole på **Nes**", "ansette lære-re"], 1.0, id="letters and digits count alone"),
        pytest.param(["bygge ny skole på nes", "bygge ny skole på nes"], 0.5, id="one is found once"),
        pytest.param(["ansette flere"], 0.5, id="another fair answer"),
        pytest.param(["kjøpe bøker"], 0.0, id="not asked for"),
    ],
)
def test_recall_is_the_share_of_items_among_the_entries(found: list[str], share: float) -> None:
    items = [
        {"text": "bygge ny skole på Nes."},
        {"text": "ansette lærere", "text_variants": ["ansette flere"]},
        {"text": "eller ikke", "optional": True},
    ]
    assert recall({"items": items}, found) == share


def test_the_invented_text_is_of_its_size_and_the_same_each_time() -> None:
    text = invented.text(20_000)
    assert 20_000 <= len(text) < 22_000
    assert text == invented.text(20_000)


def test_a_run_tells_what_was_found_and_what_it_took() -> None:
    path = SAMPLES / "folkets-by-2025-2029.pdf"
    ours, theirs = run("ours", path), run("pdfminer.six", path)
    assert ours.pages == theirs.pages == 3
    assert len(ours.entries) > len(theirs.entries)
    assert ours.memory > 0
    assert ours.start > 0


@pytest.mark.long
def test_the_command_prints_a_row_for_each_file() -> None:
    printed = StringIO()
    names = ("folkets-by-2025-2029.pdf", "nordvika-folkets-by-2023-2027.md")
    files = [SAMPLES / name for name in names]
    call_command("bench_parse", *files, rounds=1, no_text=True, no_memory=True, stdout=printed)
    lines = printed.getvalue().splitlines()
    assert [sum(line.startswith(name) for line in lines) for name in names] == [1, 1]
