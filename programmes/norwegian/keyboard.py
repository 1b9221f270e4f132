"""Words typed on a keyboard without æ, ø and å."""

from __future__ import annotations

import re
from itertools import product

from programmes.norwegian.characters import unaccented

UNFOLDED = {"ae": ("æ",), "oe": ("ø",), "aa": ("å",), "a": ("å",), "o": ("ø",)}
MAX_UNFOLDED = 7
"""Places in a word where æ, ø or å may have stood; a word with more is not worth 3⁷ guesses."""


def fold(word: str) -> str:
    """Return a word as a keyboard without æ, ø, å would type it: `bærum` → `baerum`, `grønn` → `gronn`."""
    return word.replace("æ", "ae").replace("ø", "o").replace("å", "a").replace("ä", "ae").replace("ö", "o")


def foldings(word: str) -> frozenset[str]:
    """Return every common way to type a word without æ, ø, å and accents: ø as o or oe, å as a or aa."""
    word = unaccented(word).replace("æ", "ae").replace("ä", "ae").replace("ö", "ø")
    return frozenset(word.replace("ø", o).replace("å", a) for o in ("o", "oe") for a in ("a", "aa"))


def unfoldings(form: str) -> frozenset[str]:
    """Return every word that a form typed without æ, ø, å may stand for, whether such a word exists or not."""
    pieces = re.split("(ae|oe|aa|a|o)", form)
    if len(pieces) > 2 * MAX_UNFOLDED + 1:
        return frozenset()
    choices = [(piece, *UNFOLDED.get(piece, ())) for piece in pieces]
    return frozenset("".join(choice) for choice in product(*choices)) - {form}
