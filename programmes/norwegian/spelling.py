"""How a word sounds: misspellings that sound like a word most likely stand for it."""

from __future__ import annotations

import re
from functools import lru_cache

from programmes.norwegian.characters import unaccented
from programmes.norwegian.tables import SLIPS

_SLIPS = {written: heard for written, heard, _example in SLIPS}
_ANY = re.compile("|".join(sorted(map(re.escape, _SLIPS), key=len, reverse=True)))
_DOUBLED = re.compile(r"(.)\1+")


@lru_cache(maxsize=100_000)
def sound(word: str) -> str:
    """Return a word as it sounds, so that slips sound like what was meant: `barneværn`, `komune`, `integrasjion`."""
    heard = _ANY.sub(lambda match: _SLIPS[match[0]], unaccented(word))
    return _DOUBLED.sub(r"\1", heard)
