"""Stage after the blocks: lists of a typeset page that only their place shows, further in than their lead-in.

Without marks their lines were taken for one paragraph; they are taken apart before sentences are put together again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from ingest.parser.document import Block, Piece
from ingest.parser.draft import Draft
from ingest.parser.language.demands import Votes, is_plain_demand
from ingest.parser.language.joining import Joiner
from ingest.parser.language.lead_ins import can_introduce, is_lead_in
from ingest.parser.language.sentences import breaks_off
from ingest.parser.profile import Medium, stands_in, type_of

ROOM = 2.0
"""Points: a line that had so much more room than the next word needs is not wrapped. Chosen, as all here."""
LEAST = 3
"""Entries of a list with no lead-in at least …"""
MOST = 0.5
"""… of which so many ask for something."""
GUTTER = 8.0
"""Points between two columns at least."""

Edges = dict[tuple[int, int], float]
"""The right edge of each column in points, by page and region."""


def indented(draft: Draft) -> Draft:
    """Return the document with what stands further in right below a lead-in as its entries, kind "entry"."""
    if draft.profile.medium is not Medium.TYPESET:
        return draft
    edges = _right_edges(draft.blocks)
    result: list[Block] = []
    for block, further in _stretches(draft.blocks):
        if not further:
            result.append(block)
            continue
        entries = [entry for inner in further for entry in _entries(inner.pieces, edges, draft.profile.joiner)]
        led = is_lead_in(block.text) or (can_introduce(block.text) and not block.text.endswith(":"))
        asks = len(entries) >= LEAST and Votes.of(entry.text for entry in entries).asks(MOST)
        result += [block, *(entries if led or asks else further)]
    return draft.with_blocks(result)


def _stretches(blocks: Sequence[Block]) -> Iterator[tuple[Block, list[Block]]]:
    """Yield each paragraph with those right below that stand further in than it does."""
    index = 0
    while index < len(blocks):
        block = blocks[index]
        end = index + 1
        while end < len(blocks) and block.kind == blocks[end].kind == "text" and stands_in(blocks[end], block):
            end += 1
        yield block, list(blocks[index + 1 : end])
        index = end


def _right_edges(blocks: Sequence[Block]) -> Edges:
    """Return how far the lines of each column may reach: as wide as any on its page, and not into the next one."""
    spans: dict[tuple[int, int], tuple[float, float]] = {}
    for piece in (piece for block in blocks for piece in block.pieces):
        if box := piece.line.box:
            column = (piece.line.page, piece.line.region)
            left, right = spans.get(column, (box.x0, box.x1))
            spans[column] = min(left, box.x0), max(right, box.x1)
    edges: Edges = {}
    for (page, region), (left, right) in spans.items():
        beside = [span for (other, _), span in spans.items() if other == page]
        widest = left + max(end - start for start, end in beside)
        edges[page, region] = max(right, min([widest, *(start - GUTTER for start, _ in beside if start >= right)]))
    return edges


def _entries(pieces: Sequence[Piece], edges: Edges, joiner: Joiner) -> list[Block]:
    """Return some lines as entries: a line that had room for the first word of the next ends one.

    Where the first begins with a capital all do; where each line does, each is one.
    """
    capital = pieces[0].text[:1].isupper()
    each = all(piece.text[:1].isupper() for piece in pieces)
    found: list[list[Piece]] = [[pieces[0]]]
    for above, piece in pairwise(pieces):
        may_begin = not capital or piece.text[:1].isupper()
        whole = capital and not breaks_off(above.text)  # after a capital, a line that goes on seldom begins with one
        begins = may_begin and (each or whole or is_plain_demand(piece.text) or _has_room(above, piece, edges))
        if begins or type_of(piece) != type_of(above):
            found.append([])
        found[-1].append(piece)
    return [Block("entry", tuple(group), joiner.join(group), by="indent") for group in found]


def _has_room(above: Piece, piece: Piece, edges: Edges) -> bool:
    """Return whether the first word of a line had stood on the one above, had they been one text."""
    box = above.line.box
    if box is None or not above.text:
        return True
    letter = (box.x1 - box.x0) / len(above.text)
    word = piece.text.split(maxsplit=1)[0]
    return box.x1 + (len(word) + 1) * letter + ROOM < edges[above.line.page, above.line.region]
