"""Note numbers of typeset pages, set small above the line, and the notes that they lead to at the foot of a page."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from operator import attrgetter

from ingest.parser.furniture.placed import Usual
from ingest.parser.readers.pdf.spans import Span
from ingest.parser.readers.raised import NOTE_NUMBER, is_note_number

SMALL = 0.85
"""Times the type size that they stand beside: note numbers are set smaller. Chosen, as all here."""
RAISED = (0.12, 0.75)
"""Type sizes of its words, from where to where the baseline of a note's number stands above theirs."""
NEAR = 0.35
"""Type sizes between a word and its note's number at most."""
AFTER = 1.0
"""Type sizes between a note's number and the note that it begins at most."""
SMALL_PRINT = 0.95
"""Times the usual type size: notes are set smaller than the text."""

_NUMBER = re.compile(r"\s*[(\[]?(\d{1,3})[)\].]?(?=\s|$)")


def without_numbers(words: list[Span]) -> tuple[list[Span], list[Span]]:
    """Return the words of a page without the numbers of notes, and these, each with why."""
    numbers = [word for word in words if len(word.text) <= 12 and NOTE_NUMBER.fullmatch(word.text.strip())]
    if not numbers:
        return words, []
    found: list[Span] = []
    rows = sorted(words, key=attrgetter("y"))
    heights = [word.y for word in rows]
    for number in numbers:
        if number.size <= 0:
            continue
        beside = [word for word in _between(rows, heights, number) if _raises(number, word)]
        before = next((word for word in beside if -NEAR <= (number.x0 - word.x1) / word.size <= NEAR), None)
        after = next((word for word in beside if -NEAR <= (word.x0 - number.x1) / word.size <= AFTER), None)
        if before is None and (after is None or not after.text.strip()):
            continue
        left, right = before.text if before else "", after.text if after else ""
        if is_note_number(number.text.strip(), left, right):
            if before is not None:
                before.x1 = max(before.x1, number.x1)
            found.append(replace(number, why="note number"))
    taken = {(number.x0, number.y) for number in found}
    return [word for word in words if (word.x0, word.y) not in taken], found


def _between(rows: Sequence[Span], heights: Sequence[float], number: Span) -> Iterable[Span]:
    """Return the words whose baseline may be the one that a number is raised above."""
    return rows[bisect_left(heights, number.y) : bisect_right(heights, number.y + 5 * number.size)]


def _raises(number: Span, word: Span) -> bool:
    """Return whether a number is set small above the line of some words."""
    if number.size > SMALL * word.size:
        return False
    return RAISED[0] * word.size <= word.y - number.y <= RAISED[1] * word.size


def mark_notes(pages: Sequence[Sequence[Span]], unseen: Sequence[Sequence[Span]], usual: Usual) -> None:
    """Set `why` on the notes in small print at the foot of the pages whose numbers were found raised in the text."""
    numbers: set[str] = set()
    for page, apart in zip(pages, unseen, strict=True):
        raised = [word for word in apart if word.why == "note number"]
        numbers.update(number for word in raised for number in re.findall(r"\d+", word.text))
        if not numbers:
            continue
        small = [word for word in page if not word.why and word.size <= SMALL_PRINT * usual.size]
        begins = [word for word in small if _is_numbered(word, numbers, small)]
        begins += [word for word in small if any(_begins(number, word) for number in raised)]
        for first in sorted(begins, key=attrgetter("y")):
            column = [word for word in page if word.y > first.y and word.x1 > first.x0 and word.x0 < first.x1]
            if any(word.size > SMALL_PRINT * usual.size and not word.why for word in column):
                continue  # a list in small print, with text below it
            for word in small:
                if word.y >= first.y - 0.5 * first.size and word.x1 > first.x0:
                    word.why = "footnote"


def _is_numbered(word: Span, numbers: Collection[str], small: Sequence[Span]) -> bool:
    """Return whether words begin with one of some numbers, or are one with others at their right."""
    match = _NUMBER.match(word.text)
    if not match or match[1] not in numbers:
        return False
    beside = any(other.x0 > word.x1 and abs(other.y - word.y) < 1 for other in small)
    return beside or bool(word.text[match.end() :].strip())


def _begins(number: Span, word: Span) -> bool:
    """Return whether a raised number begins a note."""
    return _raises(number, word) and -NEAR <= (word.x0 - number.x1) / word.size <= AFTER
