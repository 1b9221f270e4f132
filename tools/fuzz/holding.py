"""What the machines of the fuzz share: what must hold, and choices by number."""

from __future__ import annotations

from typing import Any


class Wrong(Exception):
    """Something does not hold that must."""


def insist(holds: bool, otherwise: str) -> None:
    """Raise `Wrong` with what is wrong unless something holds."""
    if not holds:
        raise Wrong(otherwise)


def pick(choices: Any, number: int) -> Any:
    """Return one of some choices by a number of any size."""
    return choices[number % len(choices)]
