"""What the parser is not sure of, with its place, for a person to look at.

Each problem has a kind, and the ids of what it is about. `doubt/` finds what may be wrong by all that tells of errors;
here stand, beside it, the few things that a rule can see for certain.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from ingest.parser.document import Block, Piece, Problem
from ingest.parser.draft import Draft
from ingest.parser.language.markers import number_of
from ingest.parser.report.doubt.kinds import asked
from ingest.parser.report.unseen import remarks, unreadable
from ingest.parser.values import replace

LONG_ITEM = 1200
"""Characters: a longer item has probably swallowed something. Chosen, not measured."""


def problems(draft: Draft) -> Draft:
    """Return the document with what is doubtful about its parse: what the reader found, then in document order."""
    found = sorted((*_seen(draft), *asked(draft.doubts)), key=lambda problem: (problem.page, problem.line))
    if draft.coverage.unassigned:
        found.append(
            Problem(1, 1, f"{draft.coverage.unassigned} tegn i kilden kom ikke med i resultatet.", "lost text")
        )
    if not any(block.kind in ("item", "question") for block in draft.blocks):
        found.append(Problem(1, 1, "Ingen lister med løfter er funnet i dokumentet.", "no lists"))
    return replace(draft, problems=(*draft.raw.problems, *_of_source(draft), *found))


def _of_source(draft: Draft) -> Iterator[Problem]:
    """Yield what the editor should know of how the source was read."""
    yield from remarks(draft.furniture)
    yield from unreadable(draft.raw.lines)


def _seen(draft: Draft) -> Iterator[Problem]:
    """Yield what a rule can see of the blocks, with the id of what became of each."""
    sections = iter([section.id for section in draft.sections if section.level])
    entries = iter(draft.entries)
    doubted = {doubt.of for doubt in draft.doubts}
    number = 0
    for index, block in enumerate(draft.blocks):
        after = draft.blocks[index + 1] if index + 1 < len(draft.blocks) else None
        if block.kind == "lead_in":
            number = 0
            if after is None or after.kind not in ("item", "question"):
                yield _problem(block.first, "Innledningen har ingen punkter rett under seg.", "lead-in without list")
            continue
        own = next(sections) if block.kind == "heading" else next(entries).id if block.kind != "entry" else ""
        for message, kind in _of_block(block):
            if kind != "long" or own not in doubted:
                yield _problem(block.first, message, kind, own)
        if block.kind == "item" and (here := number_of(block.mark)) is not None:
            if number and here > number + 1:
                message = f"Nummereringen hopper fra {number} til {here}."
                yield _problem(block.first, message, "numbers leap", own)
            number = here


def _of_block(block: Block) -> Iterator[tuple[str, str]]:
    """Yield what is doubtful about a block by itself, and its kind."""
    if block.displaced:
        yield f"Overskriften «{block.text}» er flyttet foran teksten sin.", "heading moved"
    if _interrupted(block.pieces):
        yield "Setningen er delt av annen tekst i kilden og er satt sammen igjen.", "sentence joined"
    if block.kind == "item":
        if not any(map(str.isalpha, block.text)):
            yield "Punktet har ingen tekst.", "no text"
        elif len(block.text) > LONG_ITEM:
            yield "Punktet er uvanlig langt: hører alt til?", "long"


def _problem(first: Piece, message: str, kind: str, own: str = "") -> Problem:
    return Problem(first.line.page, first.line.number, message, kind, (own,) if own else ())


def _interrupted(pieces: Sequence[Piece]) -> bool:
    """Return whether lines of something else stand between the lines of a block."""
    return any(
        above.line.page == below.line.page and below.line.number - above.line.number > 4 + below.line.space_before
        for above, below in pairwise(pieces)
    )
