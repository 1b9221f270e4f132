"""Stage around the others: side boxes are read by themselves, so that none stands in the middle of a text or a list.

A box with a title of its own and no lead-in lists facts: its title heads nothing, and its list is judged by how it
reads. A box that goes on with what stands above it, or has a lead-in or a heading of the document, is part of the text.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from ingest.parser.document import Block, Piece
from ingest.parser.draft import Draft, SideBox
from ingest.parser.language.lead_ins import is_lead_in
from ingest.parser.language.markers import mark_of
from ingest.parser.profile import type_of
from ingest.parser.values import replace
from programmes.identity import letters

MOST = 0.4
"""Share of a document's letters: where boxes have more, they are its design, and hold its text.
Measured on 120 layouts."""
LARGE = 1.6
"""Times the body type: a larger title is a chapter's, on coloured ground."""


def without_side_boxes(draft: Draft) -> Draft:
    """Return the document with the boxes that stand beside the text apart from it."""
    pieces, profile = draft.pieces, draft.profile
    groups = [tuple(group) for _, group in groupby(pieces, lambda piece: (piece.line.page, piece.line.aside))]
    boxes = [group for group in groups if group[0].line.aside]
    boxed = sum(len(piece.text) for box in boxes for piece in box)
    if not boxes or boxed > MOST * sum(len(piece.text) for piece in pieces):
        return draft
    size = profile.body[0]
    contents = (cut.piece.text.rstrip("0123456789") for cut in draft.furniture if cut.why == "table of contents")
    large = (piece.text for piece in pieces if not piece.line.aside and type_of(piece)[0] > size)
    outside = {*map(letters, contents), *map(letters, large)}

    def stands_apart(box: Sequence[Piece]) -> bool:
        first = box[0]
        goes_on = first.text[0].islower() or mark_of(first.text) is not None
        heading = (
            type_of(first)[0] > LARGE * size
            or first.line.heading_level
            or profile.has_bookmark(first.text, first)
            or letters(first.text) in outside
        )
        return not goes_on and not heading and not any(is_lead_in(piece.text) for piece in box)

    text: list[Piece] = []
    found: list[SideBox] = []
    for group in groups:
        if group[0].line.aside and stands_apart(group):
            found.append(SideBox(text[-1] if text else group[0], group))
        else:
            text.extend(group)
    return replace(draft, pieces=tuple(text), side_boxes=tuple(found))


def with_side_boxes(draft: Draft) -> Draft:
    """Return the document with the blocks of each box behind the block that holds the piece above the box."""
    blocks = draft.blocks
    after: dict[int, list[Block]] = {}
    place = {id(piece.line): index for index, block in enumerate(blocks) for piece in (block.first, *block.pieces)}
    for box in draft.side_boxes:
        after.setdefault(place.get(id(box.above.line), -1), []).extend(box.blocks)
    result = list(after.get(-1, []))
    for index, block in enumerate(blocks):
        result.append(block)
        result.extend(after.get(index, []))
    return draft.with_blocks(result)
