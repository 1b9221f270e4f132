"""How lines become words: the one place that joins, folds and never rewords."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

from ingest.parser.document import Piece

LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "ft", "ﬆ": "st"})
INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\x01\x07"))
"""Deleted: zero-width characters, and two that PDF fonts leave behind bullets."""

SOFT_HYPHEN = "\u00ad"
COORDINATORS = frozenset({"og", "eller", "samt", "men", "til", "kontra"})
"""A hyphen before one of these is real: `vare-|og tungtransport`."""

_ODD = re.compile(f"[{''.join(map(chr, (*LIGATURES, *INVISIBLE)))}]")
_HYPHENATED = re.compile(r"\w+-\w+")
_FIRST_WORD = re.compile(r"[\w]+")


def plain(text: str) -> str:
    """Return a text in NFC with ligatures spelt out, invisible characters gone and white space collapsed."""
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
        if _ODD.search(text):
            text = text.translate(LIGATURES).translate(INVISIBLE)
    return " ".join(text.split())


class Joiner:
    """Joins the lines of one document, knowing the hyphenated words that it writes within lines."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._hyphenated = {word.casefold() for line in lines if "-" in line for word in _HYPHENATED.findall(line)}

    def join(self, pieces: Sequence[Piece]) -> str:
        """Return the words of some pieces as one text, broken words mended."""
        parts: list[str] = []
        for piece in pieces:
            if line := plain(piece.text):
                if parts:
                    parts[-1], joint = self._joint(parts[-1], line)
                    parts.append(joint)
                parts.append(line)
        text = "".join(parts)
        return " ".join(text.replace(SOFT_HYPHEN, "").split()) if SOFT_HYPHEN in text else text

    def _joint(self, above: str, line: str) -> tuple[str, str]:
        """Return a line as it stands before the next, and what comes between the two."""
        last = above[-1]
        if last == SOFT_HYPHEN:
            return above[:-1], ""
        if last == "/" and above[-2:-1].isalnum():
            return above, ""
        if last == "–" and above[-2:-1].isdigit() and line[0].isdigit():
            return above, ""
        if last != "-":
            return above, " "
        word = above[:-1].rpartition(" ")[2]
        following = _FIRST_WORD.match(line)
        if not following or following[0] in COORDINATORS:
            return above, " "
        if not word:
            # "karbonfangst og -|lagring": the hyphen belongs to the line that follows, after a space.
            return above, "" if above[-2:-1] == " " else " "
        stem = word.rpartition("/")[2]
        real = (
            not line[0].islower()
            or len(stem) == 1
            or not stem[-1:].isalpha()
            or stem[-1:].isupper()
            or f"{stem}-{following[0]}".casefold() in self._hyphenated
        )
        return (above, "") if real else (above[:-1], "")
