"""Numbers that come from outside, read in one place."""

from __future__ import annotations

MOST = 2**31 - 1
"""The largest number that a column of whole numbers holds."""


def whole_number(text: str, *, default: int = 0, most: int = MOST) -> int:
    """Return the number that a form or an address gives in digits; `default` for anything else, and for more than most.

    Python takes no more than 4,300 digits, and the database far fewer.
    """
    if not text.isdecimal() or len(text) > len(str(most)):
        return default
    number = int(text)
    return number if number <= most else default
