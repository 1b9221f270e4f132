"""The model learns what tells of errors, and the same each time."""

from __future__ import annotations

from tools.doubt.fitting import Example, fit

EXAMPLES: list[Example] = [
    *[(("alone", "marked"), True)] * 30,
    *[(("alone", "marked"), False)] * 10,
    *[(("marked",), False)] * 400,
    *[(("marked",), True)] * 4,
]


def test_a_sign_of_errors_weighs_much_and_one_of_all_weighs_little() -> None:
    weights = fit(EXAMPLES)
    assert weights["alone"] > 5 * abs(weights["marked"])
    assert weights["base"] < 0


def test_the_same_examples_give_the_same_weights() -> None:
    assert fit(EXAMPLES) == fit(list(EXAMPLES))


def test_no_errors_at_all_make_nothing_doubtful() -> None:
    assert fit([(("marked",), False)] * 100)["base"] < -2
