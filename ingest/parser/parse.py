"""From a file to a `ParsedProgramme`: the straight line."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from ingest.parser.document import Furniture, ParsedProgramme, RawDocument, SourceLine
from ingest.parser.furniture.lines import clean
from ingest.parser.profile import Profile
from ingest.parser.progress import tell
from ingest.parser.readers import read
from ingest.parser.report.coverage import coverage
from ingest.parser.report.excerpt import excerpt
from ingest.parser.report.meta import meta
from ingest.parser.report.problems import doubts
from ingest.parser.stages.blocks import blocks
from ingest.parser.stages.headings import headings
from ingest.parser.stages.items import items
from ingest.parser.stages.outline import outline
from ingest.parser.stages.rejoin import rejoin
from ingest.parser.stages.reorder import restore
from ingest.parser.stages.repairs import with_repairs
from ingest.parser.stages.side_boxes import with_side_boxes, without_side_boxes
from ingest.parser.stages.unmarked import unmarked
from ingest.parser.themes import with_themes


def parse(
    source: Path | bytes, filename: str = "", pages: Collection[int] | None = None, *, repair: bool = True
) -> ParsedProgramme:
    """Return what the parser makes of a file, given by its path or its content.

    `pages` (from 1) shows those pages alone, read in the light of the whole file; without `repair` damaged words
    are left alone. Raises an `IngestError`
    that says what is wrong.
    """
    tell("read")
    return interpret(read(source, filename), pages, repair=repair)


def interpret(raw: RawDocument, pages: Collection[int] | None = None, *, repair: bool = True) -> ParsedProgramme:
    """Return what the stages make of a document that a reader has read, or of some of its pages."""
    tell("interpret", raw.source.pages, raw.source.pages)
    cleaned = clean(raw)
    profile = Profile.of(cleaned.pieces, raw.bookmarks)
    text, boxes = without_side_boxes(cleaned.pieces, cleaned.furniture, profile)
    found = rejoin(blocks(text, profile), profile)
    found = items(headings(unmarked(found, profile), profile), profile)
    found = restore(found)
    read_boxes = []
    for above, box in boxes:
        own = profile.of_box(box)
        read_boxes.append((above, items(rejoin(blocks(box, own), own), own, found)))
    found = with_side_boxes(found, read_boxes)
    sections, entries = outline(found)
    if repair:
        entries = with_repairs(entries, raw.lines)
    entries = with_themes(entries, sections)
    account = coverage(raw.lines, found, cleaned.furniture, pages)
    furniture = tuple(map(Furniture.of, cleaned.furniture))
    problems = raw.problems + doubts(found, account)
    lines = tuple(map(SourceLine.of, raw.lines))
    programme = ParsedProgramme(raw.source, meta(raw, found), sections, entries, furniture, problems, account, lines)
    return programme if pages is None else excerpt(programme, pages)
