"""Pages read by several processes: the same results and errors as in one, and no process left behind."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import psutil
import pytest

from tests.ingest.parser.readers.pdf.sharing import PAGES
from tests.paths import ROOT

SQUARES = [place * place for place in range(PAGES)]


def command(scenario: str) -> list[str]:
    return [sys.executable, "-m", "tests.ingest.parser.readers.pdf.sharing", scenario]


def outcome(scenario: str) -> Any:
    """Return what came of sharing out some work in a process of its own."""
    done = subprocess.run(command(scenario), cwd=ROOT, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def test_two_workers_share_the_work_and_each_result_is_told() -> None:
    found = outcome("work")

    assert len(set(found["results"])) == 2
    assert found["here"] not in found["results"]
    assert found["told"] == list(range(1, PAGES + 1))
    assert found["left"] == 0


def test_results_come_in_the_order_of_the_pages_however_many_there_are() -> None:
    assert outcome("many")["results"] == list(range(4321))


@pytest.mark.parametrize("scenario", ["few pages", "one core", "a thread"])
def test_all_is_done_here_where_sharing_would_not_pay_or_is_not_safe(scenario: str) -> None:
    found = outcome(scenario)

    assert set(found["results"]) == {found["here"]}
    assert found["told"] == list(range(1, len(found["results"]) + 1))


@pytest.mark.parametrize("scenario", ["killed", "time"])
def test_a_worker_that_was_killed_has_reached_a_limit(scenario: str) -> None:
    found = outcome(scenario)

    assert found["error"] == "ParseLimitReached"
    assert found["left"] == 0


@pytest.mark.parametrize("scenario", ["memory", "left", "crashed"])
def test_what_a_worker_leaves_is_done_here(scenario: str) -> None:
    found = outcome(scenario)

    assert found["results"] == SQUARES
    assert found["left"] == 0


def test_an_error_is_that_of_one_process() -> None:
    assert outcome("error")["error"] == "ZeroDivisionError"


def test_the_workers_share_what_the_limits_have_left() -> None:
    found = outcome("limits")

    for seconds, memory in found["results"]:
        assert 45 <= seconds <= 50
        assert memory < 1 << 30
    assert found["after"][1] == 1 << 30
    assert found["after"][0] < 100  # what they used is taken off


def test_who_follows_can_stop_it_and_nothing_runs_on() -> None:
    assert outcome("stopped") == {"left": 0}


def test_workers_die_with_their_parent() -> None:
    with subprocess.Popen(command("waiting"), cwd=ROOT, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        try:
            workers = [psutil.Process(int(parent.stdout.readline())) for _ in range(2)]
        finally:
            parent.kill()
    gone, alive = psutil.wait_procs(workers, timeout=60)

    assert len(gone) == 2
    assert not alive


def test_each_page_is_the_one_that_one_process_reads() -> None:
    found = outcome("pages")

    assert found["pages"] == PAGES + 5
    assert all(found["same"])
    assert found["damaged"] == [7]
