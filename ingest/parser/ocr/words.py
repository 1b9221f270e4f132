"""Where the words of a text are: shared by the repair and by the counting of contexts."""

from __future__ import annotations

import re

CHUNK = re.compile(r"(?:[^\W_]|[@&|])+|[^\w\s]")
"""A word with the signs that may stand for its letters, or one other sign."""

ADDRESS = re.compile(r"\S+@\S+\.\w{2,}|https?://\S+|www\.\S+|\S+\.(?:no|com|org|net|eu)\b(?:/\S*)?")
"""E-mail and web addresses, which nothing may be repaired in."""

_PARAGRAPH = re.compile(r"\n[ \t\r]*\n|\f")


def breaks(gap: str) -> bool:
    """Return whether the white space between two words ends a paragraph."""
    return ("\n" in gap and _PARAGRAPH.search(gap) is not None) or "\f" in gap
