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
from ingest.headings import headings
from ingest.items import items
from ingest.mend import mend
from ingest.meta import meta
from ingest.outline import outline
from ingest.progress import tell
from ingest.readers import read
from ingest.unmarked import unmarked


def parse(source: Path | bytes, filename: str = "", pages: Collection[int] | None = None) -> ParsedProgramme:
    """Return what the parser makes of a file, given by its path or its content.

    `pages` (from 1) takes those pages alone. Raises an `IngestError` that says what is wrong.
    """
    tell("read")
    return interpret(read(source, filename, pages))


def interpret(raw: RawDocument) -> ParsedProgramme:
    """Return what the stages make of a document that a reader has read."""
    tell("interpret", raw.source.pages, raw.source.pages)
    cleaned = clean(raw)
    found = restore(items(headings(unmarked(mend(blocks(cleaned.pieces))))))
    sections, entries = outline(found)
    account = coverage(raw.lines, found, cleaned.furniture)
    return ParsedProgramme(
        raw.source,
        meta(raw, found),
        sections,
        entries,
        tuple(
            Furniture(cut.piece.line.page, cut.piece.line.number, cut.piece.text.strip(), cut.why)
            for cut in cleaned.furniture
        ),
        raw.problems + doubts(found, account),
        account,
    )
