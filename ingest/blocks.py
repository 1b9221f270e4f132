"""Second stage: lines become blocks, paragraphs and list entries, by their marks, white space and width."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from ingest import rules
from ingest.document import Block, Piece
from ingest.wording import Joiner

FULL = 0.86
"""Share of the usual width above which a line counts as full: type is not set in equal letters."""
SHORT = 0.7
"""Share of the usual width below which a line that ends in a stop ends its paragraph."""

LONGEST = 110
"""Characters: with a longer line among them, lines that are seldom continued are not wrapped at all."""

REACH = 12
"""Blocks: how far above the beginning of a broken sentence is looked for."""

_END = re.compile(r"[.!?…](?:[»”\")\d]{0,3})$|[.!?]$")
_WORD = re.compile(r"\S+")
_ORDER = re.compile(r"\(?(\w{1,3})[.)]")


def blocks(pieces: Sequence[Piece]) -> tuple[Block, ...]:
    """Return pieces grouped to blocks of kind "text" and "entry", in their order."""
    marks = _marks(pieces)
    width = usual_width(pieces)
    joiner = Joiner(piece.text for piece in pieces)
    result: list[Block] = []
    group: list[Piece] = []
    marker: Piece | None = None

    def close() -> None:
        if group:
            result.append(Block("entry" if marker else "text", tuple(group), joiner.join(group), marker=marker))

    for index, piece in enumerate(pieces):
        after = pieces[index + 1] if index + 1 < len(pieces) else None
        if index in marks:
            close()
            marker, rest = _cut(piece, marks[index])
            group = [rest]
        elif group and _goes_on(result, group, piece, after, width, marker is not None):
            group.append(piece)
        else:
            close()
            marker, group = None, [piece]
    close()
    return tuple(_reunite(result, width, joiner))


def _reunite(found: Sequence[Block], width: float, joiner: Joiner) -> list[Block]:
    """Return the blocks with sentences put together that something else stands in the middle of.

    A paragraph that begins in lower case goes on with the nearest one above that breaks off, be it over a
    heading or a column of other text.
    """
    result: list[Block] = []
    for block in found:
        target = _broken_off(result, block, width) if block.marker is None else None
        if target is None:
            result.append(block)
        else:
            pieces = result[target].pieces + block.pieces
            result[target] = replace(result[target], pieces=pieces, text=joiner.join(pieces))
    return result


def _broken_off(above: Sequence[Block], block: Block, width: float) -> int | None:
    """Return the index of the block whose sentence this one goes on with, if any."""
    first = block.text[0]
    if first.isupper() or not first.isalpha():
        before = above[-1] if above else None
        open_end = before is not None and not block.first.frame and _is_open(before.text) and len(before.text) > width
        return len(above) - 1 if open_end and not _short(block, width) else None
    for back in range(1, min(REACH, len(above)) + 1):
        candidate = above[-back]
        if not candidate.text or _END.search(candidate.text) or candidate.text[-1:] == ":":
            continue
        if _is_open(candidate.text) or (back > 1 and all(_short(between, width) for between in above[1 - back :])):
            return len(above) - back
    return None


def _is_open(text: str) -> bool:
    """Return whether a text breaks off in the middle of a sentence."""
    return text[-1:] in {",", "-", "–"} or text.rpartition(" ")[2].casefold() in rules.OPEN_ENDS


def _short(block: Block, width: float) -> bool:
    """Return whether a block can be a heading that stands in the middle of a sentence."""
    return block.marker is None and all(len(piece.text) < SHORT * width for piece in block.pieces)


def usual_width(pieces: Sequence[Piece]) -> float:
    """Return how many characters a full line has, 0 where lines are not wrapped."""
    lengths = sorted(
        len(before.text)
        for before, piece in pairwise(pieces)
        if not piece.gap and piece.text[0].islower() and before.text[-1] not in ".:!?"
    )
    if len(lengths) < max(5, 0.04 * len(pieces)):
        longest = max((len(piece.text) for piece in pieces), default=0)
        return float(longest) if longest <= LONGEST else 0.0
    return float(lengths[int(len(lengths) * 0.8)])


def _cut(piece: Piece, mark: int) -> tuple[Piece, Piece]:
    """Return a piece as its mark, so many characters long, and the words after it."""
    rest = piece.text[mark:].lstrip()
    marker = replace(piece, end=piece.start + mark, text=piece.text[:mark])
    return marker, replace(piece, start=piece.end - len(rest), text=rest, gap=0.0, frame=False)


def _marks(pieces: Sequence[Piece]) -> dict[int, int]:
    """Return the length of the mark of each piece that begins a list entry or a numbered heading."""
    found: dict[int, int] = {}
    candidates: list[tuple[int, re.Match[str], str]] = []
    before: Piece | None = None
    dashed = False
    for index, piece in enumerate(pieces):
        match = rules.MARK.match(piece.text)
        if piece.line.marker and piece.text.startswith(piece.line.marker):
            found[index] = len(piece.line.marker)
        elif match is None:
            dashed = dashed and not piece.gap
        elif not match[0][-1].isalnum() and match[0][0] not in "-–—*(" and not match[0][0].isalnum():
            found[index] = match.end()
        elif match[0] in {"-", "–", "—", "*", "o"}:
            # A dash may also stand within a sentence that wraps just before it.
            if before is None or piece.gap or piece.frame or dashed or _may_end(before.text):
                found[index] = match.end()
                dashed = True
        else:
            candidates.append((index, match, before.text if before else ""))
        before = piece
    found.update(_numbered(pieces, candidates))
    return found


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
        opens = bool(pieces[index].gap or pieces[index].frame or not before or _may_end(before))
        continued = known[value - 1] > 0
        leads = any(place < later <= place + 60 for later in following.get(value + 1, ()))
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
    return 26 * (len(sign) - 1) + ord(sign[:1] or "a") - 96


def _may_end(text: str) -> bool:
    """Return whether a line can be the last of its sentence."""
    return text[-1] in ".:!?…»)" or text[-1] == "”"


def _goes_on(
    above: Sequence[Block], group: Sequence[Piece], piece: Piece, after: Piece | None, width: float, entry: bool
) -> bool:
    """Return whether a piece without a mark belongs to the block that is open."""
    if not group[-1].text:
        return True  # a mark on a line of its own: its words follow
    if piece.gap and not entry and above and _interrupts(group, above[-1], width):
        return False
    return _continues(group, piece, after, width, entry)


def _continues(group: Sequence[Piece], piece: Piece, after: Piece | None, width: float, entry: bool) -> bool:
    """Return whether a piece without a mark goes on with the block above it."""
    above = group[-1]
    text, before = piece.text, above.text
    if piece.frame or _style(piece) != _style(above):
        return False
    ended = bool(_END.search(before))
    lower = text[0].islower()
    last = before[-1]
    if last == ":":
        return lower and not piece.gap
    if piece.gap:
        return not ended and lower
    if not width:
        return not ended and lower
    full = len(before) + 1 + len(_WORD.match(text)[0]) > FULL * width  # type: ignore[index]
    if ended:
        if entry:
            return not _like_heading(text, after, width)
        return full or lower or len(before) > SHORT * width
    if lower or full or _is_open(before) or (before.isupper() and text.isupper()):
        return True
    return not (_like_heading(text, after, width) or len(before) < SHORT * width)


def _like_heading(text: str, after: Piece | None, width: float) -> bool:
    """Return whether a line stands alone as a heading does: short, no stop, and white space below it."""
    return (
        text[0].isupper()
        and text[-1] not in ".,;-"
        and len(text) < 0.75 * width
        and (after is None or bool(after.gap) or after.frame)
    )


def _interrupts(group: Sequence[Piece], above: Block, width: float) -> bool:
    """Return whether short lines stand apart in the middle of the sentence above them, as a stray heading does."""
    if rules.PART.match(group[0].text):
        return True
    return (
        bool(group[0].gap)
        and not _END.search(above.text)
        and above.text[-1:] != ":"
        and len(above.pieces[-1].text) > SHORT * width
        and all(len(piece.text) < SHORT * width for piece in group)
    )


def _style(piece: Piece) -> tuple[float, bool, str]:
    style = piece.line.style
    return (round(style.size * 2), style.bold, style.colour)
