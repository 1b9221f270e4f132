"""From a file to a `ParsedProgramme`: the straight line."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from ingest.blocks import blocks
from ingest.clean import clean
from ingest.coverage import coverage
from ingest.displaced import restore
from ingest.document import Furniture, ParsedProgramme, RawDocument
from ingest.doubts import doubts
from ingest.excerpt import excerpt
from ingest.headings import headings
from ingest.items import items
from ingest.mend import mend
from ingest.meta import meta
from ingest.outline import outline
from ingest.readers import read
from ingest.repairs import with_repairs
from ingest.themes import with_themes
from ingest.unmarked import unmarked


def parse(
    source: Path | bytes, filename: str = "", pages: Collection[int] | None = None, *, repair: bool = True
) -> ParsedProgramme:
    """Return what the parser makes of a file, given by its path or its content.

    `pages` (from 1) shows those pages alone, read in the light of the whole file; without `repair` damaged words
    are left alone. Raises an `IngestError`
    that says what is wrong.
    """
    return interpret(read(source, filename), pages, repair=repair)


def interpret(raw: RawDocument, pages: Collection[int] | None = None, *, repair: bool = True) -> ParsedProgramme:
    """Return what the stages make of a document that a reader has read, or of some of its pages."""
    cleaned = clean(raw)
    found = restore(items(headings(unmarked(mend(blocks(cleaned.pieces, raw.bookmarks))), raw.bookmarks)))
    sections, entries = outline(found)
    if repair:
        entries = with_repairs(entries, raw.lines)
    entries = with_themes(entries, sections)
    account = coverage(raw.lines, found, cleaned.furniture, pages)
    furniture = tuple(map(Furniture.of, cleaned.furniture))
    problems = raw.problems + doubts(found, account)
    programme = ParsedProgramme(raw.source, meta(raw, found), sections, entries, furniture, problems, account)
    return programme if pages is None else excerpt(programme, pages)
