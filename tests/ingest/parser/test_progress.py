"""Following a parse in the sandbox: what is told, and that who follows can stop it."""

from __future__ import annotations

import io
import json
from pathlib import Path

import psutil
import pytest

from ingest.parser.progress import Progress
from ingest.parser.sandbox.child import _reporter
from ingest.parser.sandbox.parent import Limits, parse_in_sandbox
from tests.paths import SAMPLES


@pytest.fixture
def programme(tmp_path: Path) -> Path:
    path = tmp_path / "program.txt"
    path.write_text("Skole\n\nFjordpartiet vil:\n- bygge ny skole\n", encoding="utf-8")
    return path


def test_the_steps_are_told_in_their_order(programme: Path) -> None:
    told: list[Progress] = []
    parsed = parse_in_sandbox(programme, follow=told.append)
    steps = [progress.step for progress in told if progress.step]
    assert list(dict.fromkeys(steps)) == ["read", "interpret"]
    assert told[-1].pages_total == parsed.source.pages == 1


def test_the_pages_of_a_pdf_are_counted_as_they_are_read() -> None:
    told: list[Progress] = []
    path = SAMPLES / "fjordpartiet-2025-2029.pdf"
    parsed = parse_in_sandbox(path, limits=Limits(progress_seconds=0), follow=told.append)
    read = [progress for progress in told if progress.step == "read" and progress.pages_total]
    done = [progress.pages_done for progress in read]  # the same number again where a page takes more than a second
    assert done == sorted(done)
    assert list(dict.fromkeys(done)) == list(range(1, parsed.source.pages + 1))
    assert {progress.pages_total for progress in read} == {parsed.source.pages}


def test_pages_that_follow_fast_are_told_now_and_then_and_a_new_step_at_once() -> None:
    seconds, answers = 100.0, io.BytesIO()
    report = _reporter(answers, between=0.25, now=lambda: seconds)
    for page in range(1, 31):
        report(Progress("read", page, 30))
        seconds += 0.0625
    report(Progress("interpret", 30, 30))
    told = [json.loads(line)["progress"] for line in answers.getvalue().splitlines()]
    assert [pages for step, pages, _total in told if step == "read"] == [1, 5, 9, 13, 17, 21, 25, 29]
    assert told[-1] == ["interpret", 30, 30]


def test_who_follows_can_stop_it_and_nothing_runs_on(tmp_path: Path) -> None:
    path = tmp_path / "stor.txt"
    path.write_text("Fjordpartiet vil bygge vei og skole i Storfjell.\n" * 400_000, encoding="utf-8")

    def stop(progress: Progress) -> None:
        raise InterruptedError

    before = {child.pid for child in psutil.Process().children()}
    with pytest.raises(InterruptedError):
        parse_in_sandbox(path, follow=stop)
    assert {child.pid for child in psutil.Process().children()} <= before
