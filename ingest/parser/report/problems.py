"""What the parser is not sure of, with its place, for a person to look at."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from ingest.parser.document import Block, Piece, Problem
from ingest.parser.draft import Draft
from ingest.parser.language.markers import number_of
from ingest.parser.report.unseen import remarks, unreadable

LONG_ITEM = 1200
"""Characters: a longer item has probably swallowed something. Chosen, not measured."""


def problems(draft: Draft) -> Draft:
    """Return the document with what is doubtful about its parse: what the reader found, then in document order."""
    found = [Problem(first.line.page, first.line.number, message) for first, message in _doubts(draft.blocks)]
    if draft.coverage.unassigned:
        found.append(Problem(1, 1, f"{draft.coverage.unassigned} tegn i kilden kom ikke med i resultatet."))
    if not any(block.kind in ("item", "question") for block in draft.blocks):
        found.append(Problem(1, 1, "Ingen lister med løfter er funnet i dokumentet."))
    return replace(draft, problems=(*draft.raw.problems, *_of_source(draft), *found))


def _of_source(draft: Draft) -> Iterator[Problem]:
    """Yield what the editor should know of how the source was read."""
    yield from remarks(draft.furniture)
    yield from unreadable(draft.raw.lines)


def _doubts(blocks: Sequence[Block]) -> Iterator[tuple[Piece, str]]:
    """Yield the first piece of each doubtful block, and what is doubtful about it."""
    number = 0
    for index, block in enumerate(blocks):
        after = blocks[index + 1] if index + 1 < len(blocks) else None
        if block.displaced:
            yield block.first, f"Overskriften «{block.text}» sto etter sin egen tekst og er flyttet foran den."
        if _interrupted(block.pieces):
            yield block.first, "Setningen er delt av annen tekst i kilden og er satt sammen igjen."
        if block.kind == "lead_in":
            number = 0
            if after is None or after.kind not in ("item", "question"):
                yield block.first, "Innledningen har ingen punkter rett under seg."
        if block.kind == "text" and block.marker is not None:
            yield block.first, "Punktet står i en liste som ikke er regnet som løfter."
        if block.kind != "item":
            continue
        if not any(map(str.isalpha, block.text)):
            yield block.first, "Punktet har ingen tekst."
        elif len(block.text) > LONG_ITEM:
            yield block.first, "Punktet er uvanlig langt. Se etter tekst som ikke hører til."
        if (here := number_of(block.mark)) is not None:
            if number and here > number + 1:
                yield block.first, f"Nummereringen hopper fra {number} til {here}."
            number = here


def _interrupted(pieces: Sequence[Piece]) -> bool:
    """Return whether lines of something else stand between the lines of a block."""
    return any(
        above.line.page == below.line.page and below.line.number - above.line.number > 4 + below.line.space_before
        for above, below in pairwise(pieces)
    )
