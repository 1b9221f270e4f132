"""The stage that puts repaired wording beside what text recognition damaged; `ingest.parser.ocr` does the repair."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ingest.parser.document import Item, Line, Passage
from ingest.parser.ocr import damaged_lines, repair_damaged


def with_repairs(entries: Sequence[Item | Passage], lines: Sequence[Line]) -> tuple[Item | Passage, ...]:
    """Return the entries, those that begin on a damaged line with their text repaired beside it where that differs."""
    damaged = {
        (line.page, line.number)
        for first, end in damaged_lines([line.text for line in lines])
        for line in lines[first:end]
    }
    return tuple(
        _repaired(entry) if (entry.place.page_first, entry.place.line_first) in damaged else entry for entry in entries
    )


def _repaired(entry: Item | Passage) -> Item | Passage:
    """Return an entry of a damaged page with its repaired text, or as it is where nothing was to repair."""
    better = repair_damaged(entry.text)
    return entry if better == entry.text else replace(entry, repaired=better)
