"""Fifth stage: the tree of sections, and every passage and item in its place."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.parser.document import Block, Item, Passage, Place, Section
from ingest.parser.language import rules
from ingest.parser.stages.levels import levels, titles


def outline(blocks: Sequence[Block]) -> tuple[tuple[Section, ...], tuple[Passage | Item, ...]]:
    """Return the sections and, in document order, the prose and items under them."""
    sections: list[Section] = []
    entries: list[Passage | Item] = []
    above: list[Item] = []
    ranks = levels(blocks)
    path: list[tuple[int, Section]] = []
    covers = titles(blocks)
    for index, block in enumerate(blocks):
        if block.kind == "heading":
            path = [] if index in covers else [step for step in path if step[0] < ranks[index]]
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
            path = [] if index in covers else [*path, (ranks[index], section)]
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
                place(block),
                parent=above[-1].id if above else None,
            )
            entries.append(item)
            above.append(item)
        elif block.kind == "text":
            kind = "prose_pledge" if rules.PROSE_PLEDGE.search(block.text) else "prose"
            entries.append(Passage(f"p{len(entries) + 1}", here, kind, block.text, place(block)))  # type: ignore[arg-type]
    return tuple(sections), tuple(entries)


def place(block: Block) -> Place:
    """Return the stretch of the source that a block covers."""
    first, last = block.first.line, block.pieces[-1].line
    return Place(first.page, last.page, first.number, last.number)
