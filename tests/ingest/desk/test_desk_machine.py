"""A short run of `manage.py fuzz_desk`: whatever two editors and a worker do, nothing fails and nothing is lost."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tools.fuzz.desk import DeskMachine

EXAMPLES, LENGTH = 3, 30


@pytest.mark.django_db(transaction=True)
def test_two_editors_and_a_worker_lose_nothing(themes: None) -> None:
    before = DeskMachine.steps
    few = settings(
        max_examples=EXAMPLES,
        stateful_step_count=LENGTH,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(DeskMachine, settings=few)
    assert DeskMachine.steps - before >= EXAMPLES * LENGTH / 2
