"""What is usual in one document, measured once, after the furniture is gone, and handed to every stage.

The limits of plain text were measured on invented programmes as Word, web pages and pdftotext give them (items F1 from
0.31–0.96 to 0.94–1.00), the others chosen; `limits_profile.txt` among the cases shows each.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from itertools import pairwise

from ingest.parser.document import Bookmark, Line, Piece
from ingest.parser.language.joining import Joiner
from ingest.parser.language.lead_ins import is_lead_in
from ingest.parser.language.markers import mark_of
from ingest.parser.language.sentences import can_end_title, is_complete
from programmes.identity import letters

SHORT = 0.7
"""Share of the usual width below which a line that ends in a stop ends its paragraph."""
FULL = 0.86
"""Share of the usual width above which a line counts as full: type is not set in equal letters."""
SHORTEST = 45
"""Characters: lines that are all shorter have not been wrapped either."""
LONGEST = 110
"""Characters: with a longer line among them, lines that are seldom continued are not wrapped at all."""
ENOUGH = 40
"""Lines: what fewer than one in so many do is a slip, and a document with fewer lines says nothing."""
MIN_LISTED = 5
"""Lines in lower case: fewer say nothing of lists without marks."""
LISTED_SHARE = 0.4
"""Lines of a list end where they like: fewer of them than this are full."""
MAX_HEADING_LINES = 4
"""Lines: no heading has more, nor has what stands in the middle of a sentence as a heading may."""
MIN_TITLE = 3
"""Letters: a shorter bookmark proves nothing."""
MIN_BEHIND = 3
"""Headings behind their own text: fewer are slips, and so many are columns taken in the wrong order."""
MIN_PROSE = 60
"""Characters: a shorter paragraph after a list may be a note to it."""
RARE = 0.1
"""Share of lines: one space before more of them is an indent, and opens no frame."""
DARK = 0x60
"""The brightest channel of a grey that is read as black."""

Type = tuple[int, bool, str]
"""Size in whole points, whether bold, and colour unless it is read as black."""
PLAIN_TYPE: Type = (0, False, "")
"""The type of text whose file says nothing of it."""

Edges = dict[tuple[int, int], float]
"""The left edge of each column in points, by page and region."""


class Medium(Enum):
    """What a file says of its lines, and so by which signs they are read."""

    PLAIN = "plain"
    """Lines of text and nothing else: `.txt`."""
    FLOWING = "flowing"
    """Paragraphs that the file itself marks as such: Markdown, HTML, word processors."""
    TYPESET = "typeset"
    """Lines with a place on a page and a type: PDF."""

    @classmethod
    def of(cls, lines: Iterable[Line]) -> Medium:
        """Return the medium of some lines of one file."""
        tagged = False
        for line in lines:
            if line.box:
                return cls.TYPESET
            tagged = tagged or bool(line.tag)
        return cls.FLOWING if tagged else cls.PLAIN


@dataclass(frozen=True, slots=True)
class Profile:
    """What is usual in a document, or in a side box, which has a type and a width of its own."""

    medium: Medium
    body: Type
    """The type that most characters are set in."""
    width: float
    """Characters of a full line, 0 where lines are not wrapped."""
    joiner: Joiner
    """Puts lines together, and knows the words that this document hyphenates."""
    tight: bool
    """Hardly any line has white space above it, so its absence says nothing."""
    listed: bool
    """Each line is a paragraph, in lower case too."""
    edges: Edges
    """Where the outermost line of each column begins."""
    two_columns: bool
    """The text was taken out of two columns in the wrong order, so that headings stand behind their own text."""
    titles: frozenset[tuple[str, int]]
    """The titles of the file's bookmarks as letters, with each page that they can stand on; page 0 is any."""

    @classmethod
    def of(cls, pieces: Sequence[Piece] = (), bookmarks: Iterable[Bookmark] = ()) -> Profile:
        """Return what is usual in the pieces of a document."""
        medium = Medium.of(piece.line for piece in pieces)
        plain = medium is Medium.PLAIN
        listed = plain and _lists_in_lines(pieces)
        return cls(
            medium,
            _body_type(pieces),
            0.0 if listed else _usual_width(pieces),
            Joiner(piece.text for piece in pieces),
            tight=plain and _is_tight(pieces),
            listed=listed,
            edges=_edges(pieces),
            two_columns=plain and _headings_behind_text(pieces) >= MIN_BEHIND,
            titles=_titles(bookmarks),
        )

    def of_box(self, pieces: Sequence[Piece]) -> Profile:
        """Return the profile of a side box of this document: its own, but for the words that are hyphenated."""
        return replace(Profile.of(pieces), joiner=self.joiner)

    def has_bookmark(self, text: str, piece: Piece) -> bool:
        """Return whether a text that begins with a piece is the title of a bookmark to its page."""
        return bool(self.titles) and (
            (title := letters(text), piece.line.page) in self.titles or (title, 0) in self.titles
        )


def type_of(piece: Piece) -> Type:
    """Return how a line is set, so that two lines of one paragraph compare equal."""
    style = piece.line.style
    if not style.size and not style.bold and not style.colour:
        return PLAIN_TYPE
    return (round(style.size), style.bold, "" if _is_dark(style.colour) else style.colour)


def _is_dark(colour: str) -> bool:
    return len(colour) != 7 or max(int(colour[place : place + 2], 16) for place in (1, 3, 5)) < DARK


def _body_type(pieces: Iterable[Piece]) -> Type:
    """Return the type that most characters are set in."""
    types: Counter[Type] = Counter()
    for piece in pieces:
        types[type_of(piece)] += len(piece.text)
    return types.most_common(1)[0][0] if types else PLAIN_TYPE


def _lists_in_lines(pieces: Sequence[Piece]) -> bool:
    """Return whether lines of a plain text begin in lower case because each is a wish, not because a width is full."""
    pairs = [(before.text, piece.text) for before, piece in _continued(pieces)]
    if len(pairs) < MIN_LISTED:
        return False
    lengths = sorted(len(before) for before, _ in pairs)
    width = lengths[int(len(lengths) * 0.95)]
    full = sum(len(before) + 1 + len(text.split(maxsplit=1)[0]) > FULL * width for before, text in pairs)
    return full < LISTED_SHARE * len(pairs)


def _continued(pieces: Sequence[Piece]) -> Iterator[tuple[Piece, Piece]]:
    """Yield each line that ends in no stop and is followed by one in lower case, with that line."""
    return (
        (before, piece)
        for before, piece in pairwise(pieces)
        if piece.text[0].islower() and not is_complete(before.text)
    )


def _is_slip(count: int, lines: int) -> bool:
    """Return whether so few lines of a document have a sign that it says nothing, and enough have not."""
    return (count + 1) * ENOUGH <= lines


def _is_tight(pieces: Sequence[Piece]) -> bool:
    return _is_slip(sum(piece.gap > 0 for piece in pieces), len(pieces))


def _usual_width(pieces: Sequence[Piece]) -> float:
    """Return how many characters a full line has, 0 where lines are not wrapped."""
    lengths = sorted(len(before.text) for before, piece in _continued(pieces) if not piece.gap)
    if _is_slip(len(lengths), len(pieces)):
        return 0.0
    if len(lengths) < max(5, 0.04 * len(pieces)):
        longest = max((len(piece.text) for piece in pieces), default=0)
        return float(longest) if SHORTEST <= longest <= LONGEST else 0.0
    return float(lengths[int(len(lengths) * 0.8)])


def frames(pieces: Sequence[Piece]) -> list[bool]:
    """Return for each line of a plain text whether a column or text frame begins there: it has one space before it."""
    indented = [piece.line.text[0] == " " and piece.line.text[1:2] != " " for piece in pieces]
    return indented if sum(indented) < RARE * len(indented) else [False] * len(indented)


def _headings_behind_text(pieces: Sequence[Piece]) -> int:
    """Return how often prose follows a list and a heading stands right before the next lead-in.

    Such a heading has nothing below it but a list: it stands behind the prose that it heads.
    """
    found = 0
    between: list[str] = []
    for text in _paragraphs(pieces):
        if mark_of(text) is None and not is_lead_in(text):
            between.append(text)
            continue
        if mark_of(text) is None and len(between) > 1 and len(between[0]) >= MIN_PROSE:
            found += between[-1][0].isupper() and can_end_title(between[-1])
        between = []
    return found


def _paragraphs(pieces: Sequence[Piece]) -> Iterator[str]:
    """Yield the text of lines that stand together, as far as white space and marks part them."""
    lines: list[str] = []
    for piece, opens in zip(pieces, frames(pieces), strict=True):
        if lines and (piece.gap or opens or mark_of(piece.text)):
            yield " ".join(lines)
            lines = []
        lines.append(piece.text)
    if lines:
        yield " ".join(lines)


def _edges(pieces: Iterable[Piece]) -> Edges:
    edges: Edges = {}
    for piece in pieces:
        if box := piece.line.box:
            column = (piece.line.page, piece.line.region)
            edges[column] = min(edges.get(column, box.x0), box.x0)
    return edges


def _titles(bookmarks: Iterable[Bookmark]) -> frozenset[tuple[str, int]]:
    found: set[tuple[str, int]] = set()
    for bookmark in bookmarks:
        if len(title := letters(bookmark.title)) >= MIN_TITLE:
            pages = (bookmark.page - 1, bookmark.page, bookmark.page + 1) if bookmark.page else (0,)
            found.update((title, page) for page in pages)
    return frozenset(found)
