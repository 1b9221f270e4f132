"""Which lines begin a list entry or carry a number: bullets by their shape, numbers by their order."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from itertools import pairwise

from ingest.parser.document import Piece
from ingest.parser.language import rules
from ingest.parser.language.lead_ins import can_introduce, is_lead_in_line
from ingest.parser.language.markers import is_date_or_ordinal, mark_of, place_in_order
from ingest.parser.language.sentences import breaks_off, is_complete, may_end_sentence
from ingest.parser.stages.blocks.lost_marks import lost_marks
from ingest.parser.values import replace

MIN_TIGHT = 3
"""Dashes with no space after them: fewer begin no entries … Measured on the Markdown of converters."""
SHARE_OF_TIGHT = 0.8
"""… and so many of them must stand where an entry can begin."""

FURTHER_IN = 8.0
"""Points that the dash of an inner entry stands further in than the line above. Chosen."""
CLOSE = 3
"""Lines from one mark to the next in a list that nothing else shows to be one. Chosen."""
LED_DASHES = 2
"""Dashes so close below a lead-in that are a list. Chosen."""
MIN_INNER = 2
"""Bullets in a paragraph: with fewer those within its lines begin no entries. Chosen."""

_INNER_BULLET = re.compile(rf"\s(?=[{rules.BULLETS}](?:\s*\w|$))")
_DASH = re.compile(rf"[{rules.DASHES}*]\s+\S")
_TIGHT_DASH = re.compile(rf"[{rules.DASHES}](?=[^\W\d_])")


def split_at_marks(pieces: Sequence[Piece]) -> Sequence[Piece]:
    """Return the pieces, cut at bullets within lines where several stand in one paragraph: `Vi vil: • bygge • verne`.

    What stands before the first bullet must be a whole sentence or a lead-in: `Skole • Helse • Kultur` is a menu.
    """
    cuts = {index: found for index, piece in enumerate(pieces) if (found := _inner_bullets(piece.text))}
    if not cuts:
        return pieces
    result: list[Piece] = []
    start = 0
    while start < len(pieces):
        end = start + 1
        while end < len(pieces) and not (pieces[end].gap or pieces[end].frame):
            end += 1
        listed = _lists_within(pieces[start:end], [cuts.get(index, []) for index in range(start, end)])
        for index in range(start, end):
            result += _cut_at(pieces[index], cuts[index]) if listed and index in cuts else [pieces[index]]
        start = end
    return result


def _inner_bullets(text: str) -> list[int]:
    return [match.start() + 1 for match in _INNER_BULLET.finditer(text)]


def _lists_within(pieces: Sequence[Piece], cuts: Sequence[Sequence[int]]) -> bool:
    """Return whether the bullets within the lines of a paragraph begin entries."""
    first = next((place for place, inner in enumerate(cuts) if inner), None)
    if first is None:
        return False
    marked = [mark_of(piece.text) for piece in pieces]
    bullets = sum(map(len, cuts)) + sum(mark is not None and mark.sort == "bullet" for mark in marked)
    head = pieces[first].text[: cuts[first][0]].rstrip()
    return bullets >= MIN_INNER and (is_complete(head) or can_introduce(head) or any(marked[: first + 1]))


def _cut_at(piece: Piece, cuts: Sequence[int]) -> list[Piece]:
    """Return a line in parts, each but the first beginning at its bullet."""
    parts: list[Piece] = []
    for start, end in pairwise([0, *cuts, len(piece.text)]):
        text = piece.text[start:end].rstrip()
        part = piece if not start else replace(piece, gap=0.0, frame=False)
        parts.append(replace(part, start=piece.start + start, end=piece.start + start + len(text), text=text))
    return parts


def marks(pieces: Sequence[Piece]) -> dict[int, int]:
    """Return the length of the mark of each piece that begins a list entry or a numbered heading."""
    found: dict[int, int] = {}
    candidates: list[tuple[int, str, str]] = []
    close = _close_dashes(pieces)
    above = ""
    dashed = False
    for index, piece in enumerate(pieces):
        # The number of what the file tags as a heading is part of the heading.
        tagged = piece.line.is_own_paragraph and piece.line.heading_level
        mark = None if tagged else mark_of(piece.text)
        if piece.line.marker and piece.text.startswith(piece.line.marker):
            found[index] = len(piece.line.marker)
            if mark and mark.sort == "order":
                candidates.append((index, mark.text, ""))
        elif mark is None:
            dashed = dashed and not piece.gap
        elif mark.sort == "bullet":
            found[index] = len(mark.text)
        elif mark.sort == "sign":
            # A dash may also stand within a sentence that wraps just before it, but then in lower case.
            capital = piece.text[len(mark.text) :].lstrip()[:1].isupper()
            after_text = (capital and not breaks_off(above)) or is_lead_in_line(above)
            inner = index > 0 and _stands_further_in(piece, pieces[index - 1])
            if dashed or _can_begin(piece, above) or after_text or index in close or inner:
                found[index] = len(mark.text)
                dashed = True
        elif piece.line.tag != "TR":
            candidates.append((index, mark.text, above))
        above = piece.text
    found.update(_numbered(pieces, candidates))
    found.update(dict.fromkeys(_tight_dashes(pieces, found), 1))
    return lost_marks(pieces) | found


def _stands_further_in(piece: Piece, above: Piece) -> bool:
    """Return whether a line of a page stands further in than the one above it, in smaller type."""
    box, other = piece.line.box, above.line.box
    if box is None or other is None or piece.line.page != above.line.page:
        return False
    return box.x0 > other.x0 + FURTHER_IN and piece.line.style.size < above.line.style.size


def _close_dashes(pieces: Sequence[Piece]) -> set[int]:
    """Return the pieces that begin with a dash, several of them close below each other: no sentence wraps so."""
    dashes = [index for index, piece in enumerate(pieces) if _DASH.match(piece.text)]
    found: set[int] = set()
    run: list[int] = []
    for index in dashes:
        if run and not _stands_close(pieces, run[-1], index):
            run = []
        run.append(index)
        led = run[0] > 0 and can_introduce(pieces[run[0] - 1].text)
        if len(run) >= (LED_DASHES if led else MIN_TIGHT):
            found.update(run)
    return found


def _stands_close(pieces: Sequence[Piece], last: int, index: int) -> bool:
    """Return whether a mark stands close below the last one of its list, with no white space between."""
    return index - last <= CLOSE and not any(piece.gap for piece in pieces[last + 1 : index + 1])


def _tight_dashes(pieces: Sequence[Piece], marked: Collection[int]) -> list[int]:
    """Return the pieces that begin with a dash and no space after it, as in `-bygge skole`, if they are entries.

    One may be the rest of a word (`og -|lagring`): most must stand where an entry can begin, or close below the marked
    entries of a list that has such dashes.
    """
    tight = [index for index, piece in enumerate(pieces) if _TIGHT_DASH.match(piece.text)]
    alone, listed = list[int](), list[int]()
    for index in tight:
        above = pieces[index - 1].text if index else ""
        whole = not breaks_off(above)
        near = [other for other in range(max(index - CLOSE, 0), index) if _stands_close(pieces, other, index)]
        if _can_begin(pieces[index], above) or (whole and any(other in alone or other in listed for other in near)):
            alone.append(index)
        elif whole and any(other in marked and pieces[other].text[:1] == pieces[index].text[:1] for other in near):
            listed.append(index)
    return listed + (alone if len(alone) >= MIN_TIGHT and len(alone) >= SHARE_OF_TIGHT * len(tight) else [])


def _numbered(pieces: Sequence[Piece], candidates: Sequence[tuple[int, str, str]]) -> dict[int, int]:
    """Return the numbers and letters that count: each follows on one before it, or another follows on it."""
    found: dict[int, int] = {}
    values = [place_in_order(mark) for _, mark, _ in candidates]
    last: dict[str, Counter[int]] = {}
    last_place = {value: place for place, value in enumerate(values)}
    for place, (index, mark, above) in enumerate(candidates):
        brackets = "".join(sign for sign in mark if not sign.isalnum())
        value = values[place]
        known = last.setdefault(brackets, Counter())
        if pieces[index].line.marker:  # the reader has seen that it is a mark
            known[value] += 1
            continue
        opens = _can_begin(pieces[index], above) or (value == 1 and _begins_close(candidates, values, place))
        continued = known[value - 1] > 0
        leads = last_place.get(value + 1, -1) > place
        if not (opens or continued) or not (continued or leads or (value == 1 and can_introduce(above))):
            continue
        # "12. svangerskapsuke" or "1. mai" within a sentence, unless the list has come just so far.
        ordinal = is_date_or_ordinal(pieces[index].text) and not (opens and (continued or (leads and value == 1)))
        if ordinal and (not continued or breaks_off(above)):
            continue
        found[index] = len(mark)
        if continued:
            known[value - 1] -= 1
        known[value] += 1
    return found


def _begins_close(candidates: Sequence[tuple[int, str, str]], values: Sequence[int], place: int) -> bool:
    """Return whether the next number or letter of a list stands close below its first: `a) …`, `b) …`."""
    if place + 1 == len(candidates):
        return False
    (index, mark, _), (below, after, _) = candidates[place : place + 2]
    return values[place + 1] == values[place] + 1 and mark[-1] == after[-1] and below - index <= CLOSE


def _can_begin(piece: Piece, above: str) -> bool:
    """Return whether a line can begin something new, by the white space, frames and tags and by the line above it."""
    opens = bool(piece.gap) or piece.frame or piece.line.is_own_paragraph
    return opens or not above or may_end_sentence(above)
