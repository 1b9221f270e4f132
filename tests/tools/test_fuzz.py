"""A short run of `manage.py fuzz_parse`: no crash, no hang, no loss."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from django.core.management import call_command

from ingest.parser.readers import READERS
from tests.paths import SAMPLES
from tools.fuzz.hostile import HOSTILE
from tools.fuzz.run import fuzz, fuzz_input, samples_in

FILES = samples_in([SAMPLES])
HEAVY = ("pdf flate twice", "line of 100 megabytes", "pdf scattered letters")
"""Kinds that take seconds each: for the long run."""
COUNT = 120


def test_every_format_has_a_sample() -> None:
    assert {sample.suffix for sample in FILES} == {".pdf", ".txt", ".md", ".html", ".docx", ".odt", ".rtf"}
    assert len(READERS) == 7


def test_an_input_is_known_by_its_seed_and_number() -> None:
    assert fuzz_input(7, 3, FILES) == fuzz_input(7, 3, FILES)
    assert fuzz_input(7, 3, FILES) != fuzz_input(7, 4, FILES)


@pytest.mark.long
def test_each_input_ends_in_a_result_or_a_named_error() -> None:
    numbers = (number for number in range(10 * COUNT) if fuzz_input(1, number, FILES)[0] not in HEAVY)
    outcomes = list(fuzz(1, [next(numbers) for _ in range(COUNT)], FILES))

    assert [(outcome.number, outcome.kind, outcome.failure) for outcome in outcomes if outcome.failure] == []
    assert len({outcome.kind for outcome in outcomes}) > 40
    assert len({outcome.result for outcome in outcomes}) > 3


def test_the_command_reports_what_it_did(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# Skole\n\nFjordpartiet vil:\n\n- bygge\n", encoding="utf-8")
    written = io.StringIO()
    call_command("fuzz_parse", str(tmp_path), "--count", "5", "--seed", "4", stdout=written)
    table = written.getvalue()

    assert "resultat" in table.splitlines()[0]
    assert "\n5 " in table
    assert " s  nr. " in table

    call_command("fuzz_parse", str(tmp_path), "--count", "2", "--keep", str(tmp_path / "kept"), stdout=written)
    assert len(list((tmp_path / "kept").iterdir())) == 2


@pytest.mark.parametrize("suffix", [".pdf", ".docx", ".odt", ".rtf", ".html", ".md", ".txt"])
def test_every_format_is_attacked(suffix: str) -> None:
    assert any(row[0] == suffix for row in HOSTILE)
