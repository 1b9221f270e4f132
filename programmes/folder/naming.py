"""In which file of a folder the page at an address lies: names that any disk takes, and not too many in one place."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable
from urllib.parse import unquote
from zlib import crc32

NOT_ON_WINDOWS = frozenset(
    ["con", "prn", "aux", "nul", *(f"{name}{number}" for name in ("com", "lpt") for number in range(10))]
)
"""Names that Windows keeps for its own, with any ending."""
LONGEST = 60
"""Signs of a name: a path of five such stays below the 260 that Windows takes."""
SPREAD = frozenset({"lofte", "avsnitt", "kapittel"})
"""Folders with a page for each of many ids, spread over `PARTS` folders by a sum of the id."""
PARTS = 256
START = "index.html"
SEARCH = "sok.html"


def file_of(path: str, query: Iterable[tuple[str, str]] = ()) -> str:
    """Return the file of the page at an address of the site (`/tema/helse/`), with a query of another than its first.

    That is a later page of a list, a later part of a long chapter, or a programme by themes.
    """
    parts = [safe(unquote(part)) for part in path.strip("/").split("/") if part]
    if not parts:
        return START
    if len(parts) == 2 and parts[0] in SPREAD:
        return f"{parts[0]}/{part_of(parts[1])}/{parts[1]}.html"
    asked = "_".join(f"{key}-{value}" for key, value in query)
    return "/".join((*parts, f"{safe(asked)}.html" if asked else START))


def part_of(name: str) -> str:
    """Return the folder among `PARTS` that a name lies in."""
    return f"{crc32(name.encode()) % PARTS:02x}"


def safe(name: str) -> str:
    """Return a part of an address as a name that every disk takes, the same for the same part alone."""
    plain = "".join(sign if sign.isascii() and (sign.isalnum() or sign in "-_.") else "_" for sign in name).rstrip(".")
    is_changed = plain != name or plain != plain.lower() or len(plain) > LONGEST
    if plain.partition(".")[0].lower() in NOT_ON_WINDOWS:
        return f"{plain.lower()[:LONGEST]}_"
    return f"{plain.lower()[: LONGEST - 9]}-{crc32(name.encode()):08x}" if is_changed or not plain else plain


def way(source: str, target: str) -> str:
    """Return how one file of the folder names another."""
    return posixpath.relpath(target, posixpath.dirname(source) or ".")
