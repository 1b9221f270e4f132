"""Which lines begin a list entry or carry a number: bullets by their shape, numbers by their order."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence

from ingest.parser.document import Piece
from ingest.parser.language import rules
from ingest.parser.language.joining import is_open

SHORT_LEAD_IN = 40
"""Characters of a lead-in that has a line of its own."""
AHEAD = 60
"""Candidates: how far ahead the next number of an order is looked for."""

MIN_TIGHT = 3
"""Dashes with no space after them: fewer begin no entries …"""
SHARE_OF_TIGHT = 0.8
"""… and so many of them must stand where an entry can begin."""

_TIGHT_DASH = re.compile(r"[-–—](?=[^\W\d_])")
_ORDER = re.compile(r"\(?(\w{1,3})[.)]")


def marks(pieces: Sequence[Piece]) -> dict[int, int]:
    """Return the length of the mark of each piece that begins a list entry or a numbered heading."""
    found: dict[int, int] = {}
    candidates: list[tuple[int, re.Match[str], str]] = []
    before: Piece | None = None
    dashed = False
    for index, piece in enumerate(pieces):
        tagged_heading = piece.line.opens_paragraph and piece.line.heading_level  # its number is part of it
        match = None if tagged_heading else rules.MARK.match(piece.text)
        if piece.line.marker and piece.text.startswith(piece.line.marker):
            found[index] = len(piece.line.marker)
            if match and _ORDER.match(match[0]):
                candidates.append((index, match, ""))
        elif match is None:
            dashed = dashed and not piece.gap
        elif (match[0][0] not in "-–—*(" and not match[0][0].isalnum()) or match[0].startswith("(cid"):
            found[index] = match.end()
        elif match[0] in {"-", "–", "—", "*", "o"}:
            # A dash may also stand within a sentence that wraps just before it, but then in lower case.
            capital = piece.text[match.end() :].lstrip()[:1].isupper()
            if (
                before is None
                or _opens(piece)
                or dashed
                or _may_end(before.text)
                or (capital and not is_open(before.text))
                or _is_lead_in_line(before.text)
            ):
                found[index] = match.end()
                dashed = True
        else:
            candidates.append((index, match, before.text if before else ""))
        before = piece
    found.update(_numbered(pieces, candidates))
    found.update(dict.fromkeys(_tight_dashes(pieces), 1))
    return found


def _tight_dashes(pieces: Sequence[Piece]) -> list[int]:
    """Return the pieces that begin with a dash and no space after it, as in `-bygge skole`, if they are entries.

    One may be the rest of a word (`og -|lagring`): most must stand where an entry can begin.
    """
    tight = [index for index, piece in enumerate(pieces) if _TIGHT_DASH.match(piece.text)]
    found = list[int]()
    for index in tight:
        before = pieces[index - 1] if index else None
        if before is None or _opens(pieces[index]) or _may_end(before.text) or (found and found[-1] == index - 1):
            found.append(index)
    return found if len(found) >= MIN_TIGHT and len(found) >= SHARE_OF_TIGHT * len(tight) else []


def _numbered(pieces: Sequence[Piece], candidates: Sequence[tuple[int, re.Match[str], str]]) -> dict[int, int]:
    """Return the numbers and letters that count: each follows on one before it, or another follows on it."""
    found: dict[int, int] = {}
    values = [_order(match[0]) for _, match, _ in candidates]
    last: dict[str, Counter[int]] = {}
    following: dict[int, list[int]] = {}
    for place, value in enumerate(values):
        following.setdefault(value, []).append(place)
    for place, (index, match, before) in enumerate(candidates):
        shape = match[0].strip("0123456789abcdefghijklmnopqrstuvwxyzæøå")
        value = values[place]
        known = last.setdefault(shape, Counter())
        if pieces[index].line.marker:  # the reader has seen that it is a mark
            known[value] += 1
            continue
        opens = bool(_opens(pieces[index]) or not before or _may_end(before))
        continued = known[value - 1] > 0
        later = following.get(value + 1, [])
        at = bisect_right(later, place)
        leads = at < len(later) and later[at] <= place + AHEAD
        if not (opens or continued) or not (continued or leads or (value == 1 and before.endswith(":"))):
            continue
        # "12. svangerskapsuke" or "1. mai" within a sentence, unless the list has come just so far.
        ordinal = rules.NO_NUMBER.match(pieces[index].text) and not (opens and (continued or (leads and value == 1)))
        if ordinal and (not continued or before.rpartition(" ")[2].casefold() in rules.OPEN_ENDS):
            continue
        found[index] = match.end()
        if continued:
            known[value - 1] -= 1
        known[value] += 1
    return found


def _order(mark: str) -> int:
    """Return the place of a number or letter in its order, from 1; `aa` follows `z`."""
    match = _ORDER.match(mark)
    sign = match[1] if match else ""
    if sign.isdigit():
        return int(sign)
    places = [ord(letter) - 96 for letter in sign] or [0]
    if len(places) == 1 or places[0] == places[1]:
        return 26 * (len(places) - 1) + places[0]  # aa, bb, cc after z
    return 26 * places[0] + places[1]  # aa, ab, ac after z


def _may_end(text: str) -> bool:
    """Return whether a line can be the last of its sentence."""
    return text[-1] in ".:!?…»)" or text[-1] == "”"


def _is_lead_in_line(text: str) -> bool:
    """Return whether a short line is a lead-in with no colon, and no part of a sentence that a dash goes on with."""
    return len(text) <= SHORT_LEAD_IN and text[0].isupper() and bool(rules.BARE_LEAD_IN.search(text))


def _opens(piece: Piece) -> bool:
    """Return whether a line begins a paragraph, as far as white space, frames and tags tell."""
    return bool(piece.gap) or piece.frame or piece.line.opens_paragraph
