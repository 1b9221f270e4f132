"""`manage.py train_themes`: the product has the weights of the gold, and they reach their aim."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from ingest.parser.themes.classifier import decide, kept_weights
from tests.paths import GOLD, needs_shared
from tools.management.commands.train_themes import Tally, fit_to, read_gold


def test_training_needs_labels(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="fewer than two"):
        call_command("train_themes", gold=tmp_path)


@needs_shared
def test_every_programme_left_out_in_turn_reaches_the_aim() -> None:
    programmes = [read_gold(path, GOLD / "parse" / path.name) for path in sorted((GOLD / "themes").glob("*.json"))]
    tally = Tally()
    for left_out in programmes:
        weights = fit_to([programme for programme in programmes if programme is not left_out])
        tally.add(left_out, {id_: decide(left_out.evidence[id_], weights) for id_ in left_out.labels})

    items = tally.by_programme["all", "items"]
    assert tally.by_programme["all", "main"] / items >= 0.86
    assert tally.by_programme["all", "fair"] / items >= 0.96
    assert fit_to(programmes) == kept_weights()


@needs_shared
def test_the_training_command_prints_its_figures() -> None:
    out = StringIO()
    call_command("train_themes", gold=GOLD, stdout=out)

    assert "main or also" in out.getvalue()
    assert "neighbours" in out.getvalue()
