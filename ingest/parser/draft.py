"""A document on its way through the stages."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import field

from ingest.parser.document import Block, CharacterCoverage, Cut, Entry, Meta, Piece, Problem, RawDocument, Section
from ingest.parser.profile import Profile
from ingest.parser.values import replace, value


@value
class SideBox:
    """A box beside the text, read by itself."""

    above: Piece
    """The last piece of the text above the box."""
    pieces: tuple[Piece, ...]
    blocks: tuple[Block, ...] = ()
    """What the box says, once it is read."""


@value
class Doubt:
    """What the parser is not sure of, of one entry or section."""

    of: str
    """Its id."""
    kind: str
    place: int
    """Its place among all entries and headings, from 0."""
    page: int
    line: int
    about: str = ""
    """The words that it may not belong to: a lead-in, a heading."""


@value
class Draft:
    """What is known of a document so far: each stage takes a draft and gives it back richer."""

    raw: RawDocument
    pages: Collection[int] | None = None
    """The pages that are asked for, counted from 1; None for all."""
    pieces: tuple[Piece, ...] = ()
    """The lines without what belongs to the page."""
    furniture: tuple[Cut, ...] = ()
    """What belongs to the page."""
    profile: Profile = field(default_factory=Profile.of)
    """What is usual in the document."""
    side_boxes: tuple[SideBox, ...] = ()
    around: tuple[Block, ...] = ()
    """In the draft of a side box: the blocks of the document that it stands in."""
    blocks: tuple[Block, ...] = ()
    """Paragraphs, list entries, headings and lead-ins, in document order."""
    sections: tuple[Section, ...] = ()
    entries: tuple[Entry, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    """What of the sections and entries is to be asked."""
    meta: Meta = field(default_factory=Meta)
    coverage: CharacterCoverage = field(default_factory=CharacterCoverage)
    problems: tuple[Problem, ...] = ()

    def of_box(self, box: SideBox) -> Draft:
        """Return a draft of a side box by itself, with a profile of its own."""
        return Draft(self.raw, pieces=box.pieces, profile=self.profile.of_box(box.pieces), around=self.blocks)

    def with_blocks(self, blocks: Sequence[Block]) -> Draft:
        """Return the draft with other blocks."""
        return replace(self, blocks=tuple(blocks))
