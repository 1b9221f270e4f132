"""What passes between the stages of the parser: small frozen values that know their place.

A reader turns a file into a `RawDocument`, and the stages of `parse.py` turn that into a `ParsedProgramme`.
Pages and lines are counted from 1. Lengths on a page are points (1/72 inch) from its upper
left corner.
"""

from __future__ import annotations

from dataclasses import field
from typing import Literal

from ingest.parser.values import value

ItemKind = Literal["pledge", "question"]
PassageKind = Literal["prose", "prose_pledge"]
BlockKind = Literal["text", "entry", "heading", "lead_in", "item", "question"]
ReasonPlace = Literal["text", "lead-in", "parent", "heading", "neighbours"]


def storable(text: str) -> str:
    """Return a text of the source with the signs replaced that no database takes: NUL and halves of surrogates."""
    return text.replace("\0", "\ufffd").encode("utf-8", "replace").decode()


@value
class Style:
    """How a line is set, where the file tells; the neutral style stands for plain text."""

    size: float = 0.0
    """Type size in points, 0 where unknown."""
    bold: bool = False
    italic: bool = False
    font: str = ""
    """Family name without its subset prefix."""
    colour: str = ""
    """As `#rrggbb`, empty where unknown or black."""


@value
class Box:
    """A rectangle on a page, in points from the page's upper left corner."""

    x0: float
    top: float
    x1: float
    bottom: float


@value
class Line:
    """One line of the source, as a reader found it, in reading order."""

    text: str
    """Decoded, otherwise untouched: marker, printed line number and hyphen still in place."""
    page: int
    number: int
    """Line in a text file, in reading order if it shows columns; in a PDF the line on its page."""
    style: Style = Style()
    """The style that most of the line's characters have."""
    box: Box | None = None
    marker: str = ""
    """A list marker that the reader knows from geometry or tags; it still begins `text`."""
    text_x: float | None = None
    """Where the words begin after the marker: continuation lines hang here."""
    tag: str = ""
    """Structure tag: H1–H6, P, LI, Lbl, TOC, Artifact …, empty where the file has none."""
    region: int = 0
    """The column or side box on the page that the line stands in, in reading order."""
    aside: int = 0
    """The side box on the page that the line stands in, counted from 1; 0 for the page's own text."""
    space_before: float = 0.0
    """White space above, in lines: blank lines of a text, the gap over the line pitch of a page."""
    furniture: str = ""
    """Why the reader knows the line to be furniture ("line number", "artifact" …), or empty."""

    @property
    def heading_level(self) -> int:
        """The level that the file tags the line with as a heading, 1 to 6; 0 where it is tagged as none."""
        return int(self.tag[1]) if self.tag[:1] == "H" and self.tag[1:2].isdigit() else 0

    @property
    def is_own_paragraph(self) -> bool:
        """Whether the file itself says that the line begins a paragraph, as Markdown and word processors do."""
        return bool(self.tag) and self.box is None


@value
class SourceLine:
    """A line of the source as the desk shows it beside the parse."""

    page: int
    number: int
    text: str
    box: tuple[float, float, float, float] | None = None
    """Left, top, right and bottom on the page in points, where the reader knows."""

    @classmethod
    def of(cls, line: Line) -> SourceLine:
        """Return what the desk needs of a line."""
        box = line.box and tuple(round(edge, 1) for edge in (line.box.x0, line.box.top, line.box.x1, line.box.bottom))
        return cls(line.page, line.number, storable(line.text), box or None)  # type: ignore[arg-type]

    @property
    def width(self) -> float:
        """Return the width of the box, 0 without one."""
        return self.box[2] - self.box[0] if self.box else 0.0

    @property
    def height(self) -> float:
        """Return the height of the box, 0 without one."""
        return self.box[3] - self.box[1] if self.box else 0.0


@value
class Bookmark:
    """An entry of a PDF's outline: support for a heading, not proof."""

    title: str
    level: int
    page: int | None
    top: float | None = None


@value
class Source:
    """The file that was read."""

    filename: str
    sha256: str
    media_type: str
    pages: int


@value
class RawDocument:
    """A file as a reader understood it: its lines in reading order, nothing interpreted."""

    source: Source
    lines: tuple[Line, ...]
    bookmarks: tuple[Bookmark, ...] = ()
    title: str = ""
    """The title that the file's own properties give."""
    problems: tuple[Problem, ...] = ()


@value
class Piece:
    """A stretch of one line, as the stages hand it on: cut, never changed, so that nothing gets lost."""

    line: Line
    start: int
    end: int
    text: str
    """`line.text[start:end]`, without white space at its ends."""
    gap: float = 0.0
    """White space above, in lines, beyond what usually stands between two lines of this document."""
    frame: bool = False
    """The line opens a text frame of its own, so it continues nothing."""


@value
class Cut:
    """A stretch of a line that belongs to the page and not to the text, and why."""

    piece: Piece
    why: str


@value
class Block:
    """Lines that belong together: a paragraph, a list entry, a heading or a lead-in."""

    kind: BlockKind
    pieces: tuple[Piece, ...]
    text: str
    """The words of the block, joined as they are to be read, without the marker."""
    marker: Piece | None = None
    number: Piece | None = None
    """The number before a heading's words."""
    level: int = 0
    """How high a heading stands among the others, 1 for the highest; 0 while unknown."""
    names_document: bool = False
    """The heading is a title of the whole document: nothing stands under it."""
    displaced: bool = False
    """The heading was found behind its own text."""
    depth: int = 0
    """Depth of an item in its list, 0 for the outermost."""
    lead_in: str = ""
    """What introduces the list that an item stands in."""
    dissent: str = ""
    """The words that name the dissent or alternative that an item stands under."""
    by: str = ""
    """What made an entry or a heading of a paragraph, "" for its mark."""
    ruled_by: str = ""
    """What decided that an entry is an item, or none."""
    margin: float = 1.0
    """By how much that was decided: 0 is a toss-up."""

    @property
    def gap(self) -> float:
        """White space above the block, in lines beyond the usual."""
        return self.first.gap

    @property
    def first(self) -> Piece:
        """The piece that the block begins with, marker and number included."""
        return self.marker or self.number or self.pieces[0]

    @property
    def mark(self) -> str:
        """The list mark that the block begins with, "" without one."""
        return self.marker.text if self.marker else ""

    @property
    def is_row(self) -> bool:
        """Whether the block is a row of a table, maybe one typed with tabs: no heading, and no entry of a list."""
        return self.first.line.tag == "TR" or self.first.line.text.strip().count("\t") > 1

    @property
    def heading_level(self) -> int:
        """The level that the file tags the block with as a heading; 0 where it is tagged as none."""
        return self.first.line.heading_level

    @property
    def is_own_paragraph(self) -> bool:
        """Whether the file itself says that the block is a paragraph."""
        return self.first.line.is_own_paragraph


@value
class Place:
    """A stretch of the source, pages and lines inclusive."""

    page_first: int
    page_last: int
    line_first: int
    line_last: int

    @property
    def begins(self) -> tuple[int, int]:
        """The page and line of its beginning."""
        return self.page_first, self.line_first

    @property
    def ends(self) -> tuple[int, int]:
        """The page and line of its end."""
        return self.page_last, self.line_last


@value
class Printed:
    """The numbers that the source itself prints beside a stretch; empty where it prints none.

    A page between two that are numbered has the number that its place gives it: whoever counts finds it.
    """

    page: str = ""
    """The number printed on the page that the stretch begins on."""
    line: str = ""
    """The number printed beside its first line."""
    page_last: str = ""
    """The number printed on the page that the stretch ends on."""


@value
class Section:
    """A heading and what stands under it; title "" and level 0 for text before the first."""

    id: str
    title: str
    level: int
    page: int
    line: int
    number: str = ""
    parent: str | None = None
    confidence: float = 1.0
    """How sure the parser is that this is a heading and stands where it belongs, 0 to 1."""
    corrected: str | None = None
    """What an editor made of the title; see `ingest.parser.edits`."""
    corrected_number: str = ""
    """The number that goes with the corrected title."""

    @property
    def text(self) -> str:
        """The heading as the source has it, its number before it."""
        return f"{self.number} {self.title}".strip()

    @property
    def shown_title(self) -> str:
        """The title that readers see."""
        return self.title if self.corrected is None else self.corrected

    @property
    def shown_number(self) -> str:
        """The number that readers see."""
        return self.number if self.corrected is None else self.corrected_number


@value
class Reason:
    """One thing that led to a theme."""

    theme: str
    word: str
    """As it stands in the text or heading; empty for the neighbours."""
    where: ReasonPlace
    weight: float
    """Its part of the theme's score."""


@value
class Passage:
    """A paragraph of running text."""

    id: str
    section: str
    kind: PassageKind
    text: str
    place: Place
    marker: str = ""
    """The mark of a list entry that an editor made prose of."""
    repaired: str | None = None
    """The text with OCR damage repaired, where anything was."""
    corrected: str | None = None
    """What an editor made of the text; see `ingest.parser.edits`."""
    printed: Printed = Printed()
    confidence: float = 1.0
    """How sure the parser is that the text holds no list of pledges, 0 to 1."""
    theme: str | None = None
    """The main theme of a pledge in running text."""
    also_themes: tuple[str, ...] = ()
    sub_themes: tuple[str, ...] = ()
    theme_reasons: tuple[Reason, ...] = ()


@value
class Item:
    """One entry of a list of what the party wants, or of what it asks."""

    id: str
    section: str
    kind: ItemKind
    lead_in: str
    marker: str
    text: str
    place: Place
    parent: str | None = None
    repaired: str | None = None
    """The text with OCR damage repaired, where anything was."""
    corrected: str | None = None
    """What an editor made of the text; see `ingest.parser.edits`."""
    dissent: str = ""
    """The words that name the dissent or alternative that the entry stands under: it is not the party's pledge."""
    printed: Printed = Printed()
    confidence: float = 1.0
    """How sure the parser is that this is an entry of a list of pledges, with its right lead-in and heading, 0 to 1."""
    theme: str | None = None
    also_themes: tuple[str, ...] = ()
    sub_themes: tuple[str, ...] = ()
    """Sub-themes of Los below the main theme that fit."""
    theme_reasons: tuple[Reason, ...] = ()
    """What led to the main theme and the others; empty where a person set them."""


Entry = Passage | Item
"""What stands under a heading."""


@value
class Furniture:
    """A line that belongs to the page and not to the text, and why."""

    page: int
    line: int
    text: str
    why: str

    @classmethod
    def of(cls, cut: Cut) -> Furniture:
        """Return what a stage has cut away, as the result shows it."""
        return cls(cut.piece.line.page, cut.piece.line.number, storable(cut.piece.text.strip()), cut.why)


@value
class Problem:
    """Something that the parser doubts and a person should look at."""

    page: int
    line: int
    message: str
    """In Norwegian, for the admin who uploaded the file."""
    kind: str = ""
    """What is doubted, as a short name of `report/problems.py`."""
    of: tuple[str, ...] = ()
    """The ids of the entries and sections that it is about: a run of entries under one doubt is one problem."""


@value
class Meta:
    """What the text says about itself; None where it does not."""

    title: str | None = None
    party: str | None = None
    """Party code as in Norwegian election results."""
    branch: str | None = None
    level: str | None = None
    """national, county or municipality."""
    period_start: int | None = None
    period_end: int | None = None
    doc_type: str | None = None
    """programme, statement or consultation."""
    status: str | None = None
    """proposal, hearing or adopted."""
    language: str | None = None
    """nb, nn or another ISO 639-1 code."""


@value
class CharacterCoverage:
    """How many characters that are not white space went where; `unassigned` must be 0."""

    characters: int = 0
    sections: int = 0
    prose: int = 0
    lead_ins: int = 0
    items: int = 0
    furniture: int = 0
    unassigned: int = 0


@value
class ParsedProgramme:
    """All that the parser makes of one file, in document order."""

    source: Source
    meta: Meta
    sections: tuple[Section, ...]
    entries: tuple[Entry, ...]
    """Prose and items together, in document order."""
    furniture: tuple[Furniture, ...] = ()
    problems: tuple[Problem, ...] = ()
    coverage: CharacterCoverage = field(default_factory=CharacterCoverage)
    lines: tuple[SourceLine, ...] = ()
    """The source itself, line for line, in reading order."""
    parser: str = ""
    """The version of the parser that made it, see `ingest.parser.version`; empty in parses kept from before."""

    @property
    def items(self) -> tuple[Item, ...]:
        """The list entries, in document order."""
        return tuple(entry for entry in self.entries if isinstance(entry, Item))

    @property
    def passages(self) -> tuple[Passage, ...]:
        """The running text, in document order."""
        return tuple(entry for entry in self.entries if isinstance(entry, Passage))
