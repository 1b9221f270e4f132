"""The stage that makes the tree of sections, with every passage and item in its place."""

from __future__ import annotations

from ingest.parser.document import Block, Entry, Item, Passage, Place, Section
from ingest.parser.draft import Draft
from ingest.parser.language import rules
from ingest.parser.values import replace


def outline(draft: Draft) -> Draft:
    """Return the document with its sections and, in document order, the prose and items under them."""
    sections: list[Section] = []
    entries: list[Entry] = []
    above: list[Item] = []
    path: list[tuple[int, Section]] = []
    for block in draft.blocks:
        if block.kind == "heading":
            path = [] if block.names_document else [step for step in path if step[0] < block.level]
            first = block.first.line
            section = Section(
                f"s{len(sections) + 1}",
                block.text,
                len(path) + 1,
                first.page,
                first.number,
                number=block.number.text.rstrip(".):") if block.number else "",
                parent=path[-1][1].id if path else None,
            )
            path = [] if block.names_document else [*path, (block.level, section)]
            sections.append(section)
            continue
        if not sections:
            first = block.first.line
            sections.append(Section("s0", "", 0, first.page, first.number))
        here = sections[-1].id
        if block.kind in ("item", "question"):
            del above[block.depth :]
            item = Item(
                f"i{len(entries) + 1}",
                here,
                "question" if block.kind == "question" else "pledge",
                block.lead_in,
                block.marker.text if block.marker else "",
                block.text,
                _place(block),
                parent=above[-1].id if above else None,
                dissent=block.dissent,
            )
            entries.append(item)
            above.append(item)
        elif block.kind == "text":
            kind = "prose_pledge" if rules.PROSE_PLEDGE.search(block.text) else "prose"
            entries.append(Passage(f"p{len(entries) + 1}", here, kind, block.text, _place(block)))  # type: ignore[arg-type]
    return replace(draft, sections=tuple(sections), entries=tuple(entries))


def _place(block: Block) -> Place:
    """Return the stretch of the source that a block covers."""
    first, last = block.first.line, block.pieces[-1].line
    return Place(first.page, last.page, first.number, last.number)
