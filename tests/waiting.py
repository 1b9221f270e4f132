"""Waiting for what must come: until it is there, never for a number of seconds."""

from __future__ import annotations

import time
from collections.abc import Callable

PATIENCE = 120
"""Seconds that something which must come may take: a busy machine makes everything slow, and nothing wrong."""
BETWEEN_LOOKS = 0.05


def comes_true(condition: Callable[[], bool]) -> bool:
    """Return whether the condition comes true in time."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(BETWEEN_LOOKS)
    return condition()
