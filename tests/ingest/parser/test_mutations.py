"""The changes that show whether a rule works: each reaches all that is built from the rule, and is undone."""

from __future__ import annotations

from ingest.parser import profile
from ingest.parser.language import markers, rules
from ingest.parser.stages import rejoin
from tests.ingest.parser.traces import shown_by
from tools.quality.mutations import Mutation, applied, rows, signs, thresholds


def test_a_change_that_changes_nothing_is_seen_by_nobody() -> None:
    assert shown_by(Mutation(rejoin.__name__, "REACH", "as it is", rejoin.REACH)) == ""


def test_a_row_is_taken_out_of_all_that_is_compiled_from_it() -> None:
    star = next(row for row in rows() if row.name == "MARKS" and "«star»" in row.what)
    with applied(star):
        assert markers.mark_of("* bygge") is None
    assert markers.mark_of("* bygge") is not None


def test_a_sign_is_taken_out_of_the_rows_that_hold_it() -> None:
    before = rules.MARKS
    with applied(next(sign for sign in signs() if "•" in sign.what)):
        assert markers.mark_of("• bygge") is None
        assert markers.mark_of("● bygge") is not None
    assert rules.MARKS is before


def test_a_threshold_is_moved_wherever_it_is_imported() -> None:
    less, more = (moved for moved in thresholds() if moved.place == "profile.SHORT")
    with applied(less):
        assert profile.SHORT == rejoin.SHORT == less.value
    assert profile.SHORT == rejoin.SHORT
    assert less.value < profile.SHORT < more.value


def test_whole_thresholds_move_by_one_at_least() -> None:
    assert {moved.value for moved in thresholds() if moved.place == "stages.headings.MIN_TAGGED"} == {1, 3}
