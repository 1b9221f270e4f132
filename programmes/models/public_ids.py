"""Permanent ids, as they stand in the addresses of passages and headings."""

from __future__ import annotations

import secrets

PUBLIC_ID_LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"
"""Letters and digits that nobody confuses when reading an address aloud."""


def new_public_id() -> str:
    """Return a new random public id of eight characters (31⁸, about 10¹², possible)."""
    return "".join(secrets.choice(PUBLIC_ID_LETTERS) for _letter in range(8))
