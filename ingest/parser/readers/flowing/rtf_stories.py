"""The texts of an RTF file while they are read: paragraphs, the tables that they stand in, boxes that hang on them."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import chain

from ingest.parser.readers.flowing.flow import Run
from ingest.parser.readers.flowing.word_flow import ParagraphKind

MAX_TABLES = 30
"""Tables within tables."""


@dataclass(slots=True)
class Paragraph:
    """A paragraph as it was read."""

    runs: list[Run]
    kind: ParagraphKind
    label: str
    depth: int


Row = list[list[Run]]
"""The cells of a table row that holds values."""
Block = Paragraph | Row


def runs_of(blocks: list[Block]) -> list[Run]:
    """Return the words of some blocks, one after the other."""
    return [run for block in blocks for run in (block.runs if isinstance(block, Paragraph) else chain(*block))]


@dataclass(slots=True)
class Table:
    """A table row while it is read."""

    cells: list[list[Block]] = field(default_factory=list)
    open: list[Block] = field(default_factory=list)
    """What the cell that is being read holds so far."""

    def blocks(self) -> list[Block]:
        """Return the row: as one where its cells hold values, else what its cells hold, one after the other."""
        cells = [*self.cells, self.open] if self.open else self.cells
        if len(cells) < 2 or not all(map(_is_value, cells)):
            return [block for cell in cells for block in cell]
        return [[runs_of(cell) for cell in cells]]


@dataclass(slots=True)
class Story:
    """A text with paragraphs of its own: the document, a header, a note, a text box."""

    furniture: str = ""
    runs: list[Run] = field(default_factory=list)
    label: str | None = None
    """The bullet or number of the paragraph that is being read."""
    blocks: list[Block] = field(default_factory=list)
    boxes: list[Block] = field(default_factory=list)
    """What hangs on that paragraph, and follows it."""
    tables: list[Table] = field(default_factory=list)

    def put(self, blocks: list[Block], level: int) -> None:
        """Add blocks to the text, or to the open cell of the table of a level from 1, and end the tables deeper in."""
        level = max(0, min(level, MAX_TABLES))
        while len(self.tables) > level:
            ended = self.tables.pop().blocks()
            (self.tables[-1].open if self.tables else self.blocks).extend(ended)
        while len(self.tables) < level:
            self.tables.append(Table())
        (self.tables[-1].open if self.tables else self.blocks).extend(blocks)

    def end_cell(self) -> None:
        """End the open cell of the innermost table."""
        if self.tables:
            self.tables[-1].cells.append(self.tables[-1].open)
            self.tables[-1].open = []


def _is_value(cell: list[Block]) -> bool:
    """Return whether a cell holds one plain paragraph at most."""
    if not cell:
        return True
    first = cell[0]
    return len(cell) == 1 and isinstance(first, Paragraph) and not (first.label or first.kind.heading)
