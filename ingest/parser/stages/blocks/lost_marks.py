"""List marks that came out as something else: a letter or figure for the sign of a symbol font, or no space behind.

The same sign before several lines in a row is a mark, whatever it is: `4 Beholde kommunen`, `ü Halda på skulane`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.parser.document import Piece
from ingest.parser.language.demands import Votes, is_demand
from ingest.parser.language.lead_ins import can_introduce
from ingest.parser.language.markers import mark_of
from ingest.parser.language.sentences import ends_sentence
from programmes.norwegian.lexicon import is_word

LED = 3
"""Lines that begin with one sign under a lead-in: with so many it is a mark. Chosen, as all here."""
UNLED = 5
"""… without a lead-in, if most of the lines ask for something."""
FURTHEST = 4
"""Lines from one such line to the next at most: entries may be wrapped."""
MOST = 0.5
"""Share of lines without a lead-in that ask for something, and of those with a glued sign that go on with a word."""

_SIGN = re.compile(r"(?![åÅiI]\s)(\w|[^\w\s]{1,3})\s+(?=\S)")
_DECIMAL = re.compile(r"(\d{1,2}(?:\.\d{1,2})+)\.?(?=\s|$)")
_NUMBER = re.compile(r"(\d{1,2})\s+(?=[^\W\d])")
GLUED = "o"
"""The circle of a typewriter list, set without a space before its words."""
_GLUED = re.compile(r"o(?!g\b|m\b|ver\b|pp|gså\b|ffentl|mr|rd|fte\b|mfatt|msorg)[A-ZÆØÅa-zæøå]{2,}")


def lost_marks(pieces: Sequence[Piece]) -> dict[int, int]:
    """Return the pieces that begin with a mark that no rule knows, by index, with the mark's length.

    A sign that is a mark in one list of a document is one in its other lists too.
    """
    runs: dict[str, list[list[int]]] = {}
    for index, piece in enumerate(pieces):
        if sign := _sign_of(piece):
            stretches = runs.setdefault(sign, [[]])
            if stretches[-1] and index - stretches[-1][-1] > FURTHEST:
                stretches.append([])
            stretches[-1].append(index)
    found = _bare_numbers(pieces) | _decimals(pieces)
    for sign, stretches in runs.items():
        if sign == GLUED:
            if not any(_may_be_glued(pieces, run) for run in stretches):
                continue
            stretches = [[index for index in run if not _is_whole(pieces[index].text)] for run in stretches]
        if any(_lists(pieces, run, sign) for run in stretches):
            chosen = (index for run in stretches if len(run) > 1 for index in run)
            found.update(dict.fromkeys(chosen, len(sign)))
    return found


def _bare_numbers(pieces: Sequence[Piece]) -> dict[int, int]:
    """Return the numbers with no stop behind them that count the entries of a list, `1 Sykehjemmet åpnes`.

    Headings are numbered so, too: the lines must stand close, in unbroken order, and mostly ask for something.
    """
    found: dict[int, int] = {}
    run: list[int] = []
    for index, piece in enumerate(pieces):
        match = _NUMBER.match(piece.text)
        if match is None or piece.line.heading_level or piece.line.marker:
            continue
        if not run or int(match[1]) != len(run) + 1 or index - run[-1] > FURTHEST:
            found.update(_counted(pieces, run))
            run = []
        if int(match[1]) == len(run) + 1:
            run.append(index)
    found.update(_counted(pieces, run))
    return found


def _counted(pieces: Sequence[Piece], run: Sequence[int]) -> dict[int, int]:
    texts = [pieces[index].text for index in run]
    words = [text.lstrip("0123456789").strip() for text in texts]
    if len(run) < LED or not Votes.of(words).asks(MOST):
        return {}
    return {index: len(str(number)) for number, index in enumerate(run, start=1)}


def _decimals(pieces: Sequence[Piece]) -> dict[int, int]:
    """Return the decimal numbers that count entries, `1.2 Kommunen skal …`, and no headings.

    Those of one depth are alike in a whole document: most of what they count are sentences that say what shall be.
    """
    depths: dict[int, dict[int, int]] = {}
    for index, piece in enumerate(pieces):
        if piece.text[:1].isdigit() and not piece.line.tag and (match := _DECIMAL.match(piece.text)):
            depths.setdefault(match[1].count("."), {})[index] = match.end()
    found: dict[int, int] = {}
    for numbered in depths.values():
        entries = {index: size for index, size in numbered.items() if _is_sentence(pieces, index, size)}
        if len(entries) >= LED and len(entries) > MOST * len(numbered):
            found.update(entries)
    return found


def _is_sentence(pieces: Sequence[Piece], index: int, size: int) -> bool:
    """Return whether what stands behind a number is a sentence that asks for something, and ends as one."""
    words = pieces[index].text[size:].strip()
    lines = [words] if words else []
    for below in pieces[index + 1 : index + 1 + FURTHEST]:
        if lines and (below.gap or _DECIMAL.match(below.text) or ends_sentence(lines[-1])):
            break
        lines.append(below.text)
    return bool(lines) and is_demand(lines[0]) and ends_sentence(lines[-1])


def _sign_of(piece: Piece) -> str:
    """Return what a line begins with that may be a lost mark, GLUED where no space is behind it."""
    if piece.line.marker or piece.line.heading_level:
        return ""
    if (match := _SIGN.match(piece.text)) and not mark_of(piece.text):
        return match[1]
    return GLUED if _GLUED.match(piece.text) else ""


def _may_be_glued(pieces: Sequence[Piece], run: Sequence[int]) -> bool:
    """Return whether to ask a dictionary: lines under a lead-in, or with a capital behind their first letter."""
    if len(run) < LED:
        return False
    led = any(index and can_introduce(pieces[index - 1].text) for index in run[:2])
    return led or sum(pieces[index].text[1].isupper() for index in run) >= LED


def _lists(pieces: Sequence[Piece], run: Sequence[int], sign: str) -> bool:
    """Return whether some lines that begin with one sign are a list: it may be the words' own."""
    if len(run) < LED:
        return False
    texts = [pieces[index].text for index in run]
    if sign == GLUED:
        if sum(text[1].isupper() for text in texts) >= UNLED:
            return True
        if sum(_is_whole(text[1:]) for text in texts) < MOST * len(run):
            return False
    led = run[0] > 0 and can_introduce(pieces[run[0] - 1].text)
    return led or (len(run) >= UNLED and Votes.of(text[len(sign) :].strip() for text in texts).asks(MOST))


def _is_whole(text: str) -> bool:
    """Return whether a text begins with a word, and with no capital within it: `oinformasjon` and `oBygge` do not."""
    word = text.split(maxsplit=1)[0].rstrip(",.:;")
    return is_word(word.casefold()) and (word[1:] == word[1:].lower() or word.isupper())
