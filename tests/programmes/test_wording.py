"""Differences between two wordings."""

from __future__ import annotations

import pytest

from programmes.wording import differences


@pytest.mark.parametrize(
    ("earlier", "later", "expected"),
    [
        ("", "", []),
        ("Bygge skole.", "Bygge skole.", [("same", "Bygge skole.")]),
        ("Bygge skole.", "Bygge ny skole.", [("same", "Bygge"), ("added", "ny"), ("same", "skole.")]),
        ("Bygge ny skole.", "Bygge skole.", [("same", "Bygge"), ("removed", "ny"), ("same", "skole.")]),
        (
            "Øke bemanningen i barnehagene.",
            "Øke grunnbemanningen i barnehagene.",
            [("same", "Øke"), ("removed", "bemanningen"), ("added", "grunnbemanningen"), ("same", "i barnehagene.")],
        ),
    ],
)
def test_differences(earlier: str, later: str, expected: list[tuple[str, str]]) -> None:
    assert [(stretch.kind, stretch.text) for stretch in differences(earlier, later)] == expected
