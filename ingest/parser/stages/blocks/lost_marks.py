"""List marks that came out as something else: a letter or figure for the sign of a symbol font, or no space behind.

The same sign before several lines in a row is a mark, whatever it is: `4 Beholde kommunen`, `ü Halda på skulane`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.parser.document import Piece
from ingest.parser.language.demands import Votes
from ingest.parser.language.lead_ins import can_introduce
from ingest.parser.language.markers import mark_of
from programmes.norwegian.lexicon import is_word

LED = 3
"""Lines that begin with one sign under a lead-in: with so many it is a mark. Chosen, as all here."""
UNLED = 5
"""… without a lead-in, if most of the lines ask for something."""
FURTHEST = 4
"""Lines from one such line to the next at most: entries may be wrapped."""
MOST = 0.5
"""Share of lines without a lead-in that ask for something."""

_SIGN = re.compile(r"(?![åÅiI]\s)(\w|[^\w\s]{1,3})\s+(?=\S)")
GLUED = "o"
"""The circle of a typewriter list, set without a space before its words."""
_GLUED = re.compile(r"o[a-zæøå]{2,}")


def lost_marks(pieces: Sequence[Piece]) -> dict[int, int]:
    """Return the pieces that begin with a mark that no rule knows, by index, with the mark's length."""
    found: dict[int, int] = {}
    runs: dict[str, list[int]] = {}
    for index, piece in enumerate(pieces):
        sign = _sign_of(piece)
        if not sign:
            continue
        run = runs.setdefault(sign, [])
        if run and index - run[-1] > FURTHEST:
            found.update(_accepted(pieces, run, sign))
            run.clear()
        run.append(index)
    for sign, run in runs.items():
        found.update(_accepted(pieces, run, sign))
    return found


def _sign_of(piece: Piece) -> str:
    """Return what a line begins with that may be a lost mark, GLUED where no space is behind it."""
    if piece.line.marker or piece.line.heading_level:
        return ""
    if (match := _SIGN.match(piece.text)) and not mark_of(piece.text):
        return match[1]
    return GLUED if _GLUED.match(piece.text) else ""


def _accepted(pieces: Sequence[Piece], run: Sequence[int], sign: str) -> dict[int, int]:
    """Return the marks of some lines that begin with one sign, none where it may be the words' own."""
    if len(run) < LED or (sign == GLUED and not all(_hides_word(pieces[index].text) for index in run)):
        return {}
    length = len(sign)
    led = run[0] > 0 and can_introduce(pieces[run[0] - 1].text)
    if led or (len(run) >= UNLED and Votes.of(pieces[index].text[length:].strip() for index in run).asks(MOST)):
        return dict.fromkeys(run, length)
    return {}


def _hides_word(text: str) -> bool:
    """Return whether a text begins with no word, but with one behind its first letter: `oinformasjon`."""
    word = text.split(maxsplit=1)[0].rstrip(",.:;").casefold()
    return not is_word(word) and is_word(word[1:])
