"""Which items are a minority's or an alternative, and so not the party's own pledges."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ingest.parser.document import Block
from ingest.parser.language.dissents import dissent_of
from ingest.parser.profile import type_of
from ingest.parser.values import replace


def with_dissents(blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield the blocks, with each item that stands under a dissent carrying the words that name it.

    A dissent reaches to the next lead-in, paragraph or heading. One that introduces a heading of its own reaches to the
    next heading that looks the same.
    """
    dissent = ""
    heading: Block | None = None
    above: Block | None = None
    for block in blocks:
        if block.kind in ("item", "question"):
            named = dissent_of(block.text) or dissent
            yield replace(block, dissent=named) if named else block
            above = block
            continue
        if named := dissent_of(block.text):
            dissent, heading = named, None
        elif block.kind == "heading" and dissent and above is not None and above.text.endswith(":") and not heading:
            heading = block
        elif heading is None or (block.kind == "heading" and _looks_like(block, heading)):
            dissent, heading = "", None
        above = block
        yield block


def _looks_like(block: Block, heading: Block) -> bool:
    """Return whether two headings are tagged and set alike."""
    return block.heading_level == heading.heading_level and type_of(block.pieces[0]) == type_of(heading.pieces[0])
