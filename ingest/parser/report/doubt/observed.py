"""What is seen of each entry and heading of a document: the names of the signs that are there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, TypeVar

from ingest.parser.document import Block, Entry
from ingest.parser.draft import Draft
from ingest.parser.report.doubt.context import Run, Whole, bare_headings, runs
from ingest.parser.report.doubt.features import OF_RUN, Sign
from ingest.parser.report.doubt.of_entries import OF_ENTRY, Seen
from ingest.parser.report.doubt.of_headings import OF_HEADING, Headed

Sort = Literal["item", "passage", "section"]
Subject = TypeVar("Subject")


@dataclass(slots=True)
class Observed:
    """An entry or heading, and the signs of it."""

    sort: Sort
    id: str
    block: Block
    signs: tuple[str, ...]
    shared: tuple[str, ...]
    """The signs of its run: the same tuple for each of them."""
    run: Run | None = None


def observe(draft: Draft) -> Iterator[Observed]:
    """Yield the signs of each entry and heading, in document order."""
    whole = Whole.of(draft)
    bare = bare_headings(draft.blocks)
    blocks = draft.blocks
    sections = iter([section.id for section in draft.sections if section.level])
    entries = iter(draft.entries)
    place = {id(block): index for index, block in enumerate(blocks) if block.kind == "heading"}
    for one in runs(draft, whole):
        if isinstance(one, Block):
            index = place[id(one)]
            seen = Headed(one, _at(blocks, index - 1), _at(blocks, index + 1), whole)
            yield Observed("section", next(sections), one, _signs(OF_HEADING.items(), seen), ())
        else:
            one.bare = id(one.heading) in bare
            yield from _of_run(one, entries)


def _of_run(run: Run, entries: Iterator[Entry]) -> Iterator[Observed]:
    shared = _signs(OF_RUN.items(), run)
    sort: Sort = "item" if run.sort in ("items", "questions") else "passage"
    looked_for = [(name, function) for name, (function, where) in OF_ENTRY.items() if where(run)]
    for place, block in enumerate(run.blocks):
        signs = _signs(looked_for, Seen(block, run, place))
        yield Observed(sort, next(entries).id, block, signs, shared, run)


def _at(blocks: Sequence[Block], index: int) -> Block | None:
    return blocks[index] if 0 <= index < len(blocks) else None


def _signs(functions: Iterable[tuple[str, Callable[[Subject], Sign]]], subject: Subject) -> tuple[str, ...]:
    """Return the names of the signs that are there, with the words of those that say how much."""
    found = []
    for name, function in functions:
        if sign := function(subject):
            found.append(name if sign is True else f"{name}: {sign}")
    return tuple(found)
