"""The stage that puts repaired wording beside what text recognition damaged; `ingest.parser.ocr` does the repair."""

from __future__ import annotations

from ingest.parser.document import Entry
from ingest.parser.draft import Draft
from ingest.parser.ocr import damaged_lines, repair_damaged
from ingest.parser.values import replace


def repairs(draft: Draft) -> Draft:
    """Return the document with repaired text beside that of the entries that begin on a damaged line."""
    lines = draft.raw.lines
    damaged = {
        (line.page, line.number)
        for first, end in damaged_lines([line.text for line in lines])
        for line in lines[first:end]
    }
    entries = (_repaired(entry) if entry.place.begins in damaged else entry for entry in draft.entries)
    return replace(draft, entries=tuple(entries))


def _repaired(entry: Entry) -> Entry:
    """Return an entry of a damaged page with its repaired text, or as it is where nothing was to repair."""
    better = repair_damaged(entry.text)
    return entry if better == entry.text else replace(entry, repaired=better)
