"""Some pages of a parse: read in the light of the whole file, shown alone."""

from __future__ import annotations

from collections.abc import Collection

from ingest.parser.document import Item, ParsedProgramme
from ingest.parser.values import replace


def excerpt(programme: ParsedProgramme, pages: Collection[int]) -> ParsedProgramme:
    """Return what stands on some pages (from 1), with the sections that it stands in.

    The coverage is left as it is: it must be taken from the lines of the pages.
    """
    spans = ((entry, range(entry.place.page_first, entry.place.page_last + 1)) for entry in programme.entries)
    entries = tuple(entry for entry, span in spans if any(page in pages for page in span))
    kept = {entry.id for entry in entries}
    by_id = {section.id: section for section in programme.sections}
    wanted: set[str] = set()
    for start in (*(s.id for s in programme.sections if s.page in pages), *(entry.section for entry in entries)):
        section = by_id.get(start)
        while section is not None and section.id not in wanted:
            wanted.add(section.id)
            section = by_id.get(section.parent or "")
    return replace(
        programme,
        sections=tuple(section for section in programme.sections if section.id in wanted),
        entries=tuple(
            replace(entry, parent=None) if isinstance(entry, Item) and entry.parent not in kept else entry
            for entry in entries
        ),
        furniture=tuple(line for line in programme.furniture if line.page in pages),
        problems=tuple(problem for problem in programme.problems if problem.page in pages),
        lines=tuple(line for line in programme.lines if line.page in pages),
    )
