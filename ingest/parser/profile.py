"""What is usual in one document, measured once, after the furniture is gone, and handed to every stage."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from enum import Enum
from itertools import groupby, pairwise
from typing import NamedTuple

from ingest.parser.document import Block, Bookmark, Line, Piece
from ingest.parser.language.demands import begins_with_infinitive
from ingest.parser.language.joining import Joiner
from ingest.parser.language.lead_ins import is_lead_in, is_lead_in_line
from ingest.parser.language.markers import mark_of
from ingest.parser.language.sentences import breaks_off, can_end_title, is_complete
from ingest.parser.values import replace, value
from programmes.identity import letters

SHORT = 0.7
"""Share of the usual width below which a line that ends in a stop ends its paragraph.
The limits of plain text were measured on invented programmes of Word, web and pdftotext, the others chosen."""
FULL = 0.86
"""Share of the usual width above which a line counts as full: type is not set in equal letters."""
SHORTEST = 45
"""Characters: lines that are all shorter have not been wrapped either."""
LONGEST = 110
"""Characters: with a longer line among them, lines that are seldom continued are not wrapped at all."""
MIN_LISTED = 5
"""Lines in lower case: fewer say nothing of lists without marks."""
LONGER = 1.3
"""Times the usual width: no wrapped text has more than slips of such lines …"""
FEW = 3
"""… and fewer are slips."""
LISTED_DEMANDS = 0.65
"""Of the lines in lower case: so many begin with an infinitive where each is a wish, and hardly any in wrapped text."""
LISTED_SHARE = 0.4
"""Lines of a list end where they like: fewer of them than this are full."""
MIN_RUN = 3
"""Lines in lower case, one after the other: fewer say nothing of a list in the middle of wrapped text."""
UNWRAPPED = 180
"""Characters: with a longer line among them, lines that are seldom continued are paragraphs, in lower case too."""
RARELY = 0.04
"""Share of lines: what fewer have, white space above them or one that goes on with them, is a slip."""
MIN_SURE = 12
"""Lines that certainly go on: fewer say nothing of how much room the next word may have left."""
MIN_LINES = 12
"""Lines: in fewer, the absence of white space, or of lines that are gone on with, says nothing."""
MAX_HEADING_LINES = 4
"""Lines: no heading has more, nor has what stands in the middle of a sentence as a heading may."""
MUCH = 0.25
"""Share of the letters: what is set in a type with more of them is text."""
MIN_TITLE = 3
"""Letters: a shorter bookmark proves nothing."""
MIN_BEHIND = 3
"""Headings behind their own text: fewer are slips, and so many are columns taken in the wrong order."""
MIN_PROSE = 60
"""Characters: a shorter paragraph after a list may be a note to it."""
RARE = 0.1
"""Share of lines: one space before more of them is an indent, and opens no frame."""
MIN_INDENT, MAX_INDENT = 6.0, 40.0
"""Points that an entry stands further in than the lead-in of its list."""
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
            tagged = tagged or line.tag not in {"", "TR"}  # a plain text may have a table
        return cls.FLOWING if tagged else cls.PLAIN


@value
class Profile:
    """What is usual in a document, or in a side box, which has a type and a width of its own."""

    medium: Medium
    body: Type
    """The type that most characters are set in."""
    texts: frozenset[Type]
    """The types that much of the text is set in, the body type among them: none of them tells a heading."""
    width: float
    """Characters of a full line, 0 where lines are not wrapped."""
    joiner: Joiner
    """Puts lines together, and knows the words that this document hyphenates."""
    tight: bool
    """Hardly any line has white space above it, so its absence says nothing."""
    parted: bool
    """White space parts lines in lower case too: those above it are mostly not full."""
    listed: bool
    """Each line is a paragraph, in lower case too."""
    unwrapped: bool
    """… and some are so long that no line is wrapped, however it ends."""
    listed_lines: frozenset[tuple[int, int]]
    """Lines in lower case that are a list in the middle of wrapped text, by page and number."""
    room: float
    """Characters that a line has with the next word where it goes on: with fewer its paragraph ends. 0 if unknown."""
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
        runs = _runs_in_lower_case(pieces) if plain else set[int]()
        continued = _continued(pieces)
        wrapped = [pair for pair in continued if pair.place not in runs] if plain else []
        listed = plain and (_lists_in_lines(continued) or _is_unwrapped(pieces, continued, wrapped))
        width = 0.0 if listed else _usual_width(pieces, continued, runs)
        return cls(
            medium,
            _body_type(pieces),
            _text_types(pieces),
            width,
            Joiner(piece.text for piece in pieces),
            tight=plain and _is_tight(pieces),
            parted=_is_parted(wrapped, width),
            listed=listed,
            unwrapped=listed and any(len(piece.text) > UNWRAPPED for piece in pieces),
            listed_lines=frozenset((pieces[index].line.page, pieces[index].line.number) for index in runs),
            room=_room(wrapped),
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


def stands_in(block: Block, lead_in: Block) -> bool:
    """Return whether a paragraph stands further in than its lead-in in one column, as entries without marks do."""
    here, above = block.first.line, lead_in.first.line
    if here.box is None or above.box is None or (here.page, here.region) != (above.page, above.region):
        return False
    return MIN_INDENT <= here.box.x0 - above.box.x0 <= MAX_INDENT


def _is_dark(colour: str) -> bool:
    return len(colour) != 7 or max(int(colour[place : place + 2], 16) for place in (1, 3, 5)) < DARK


def _body_type(pieces: Iterable[Piece]) -> Type:
    """Return the type that most characters are set in."""
    types: Counter[Type] = Counter()
    for piece in pieces:
        types[type_of(piece)] += len(piece.text)
    return types.most_common(1)[0][0] if types else PLAIN_TYPE


def _text_types(pieces: Sequence[Piece]) -> frozenset[Type]:
    """Return the types that much of the text is set in: bold lists and plain prose."""
    types: Counter[Type] = Counter()
    for piece in pieces:
        types[type_of(piece)] += len(piece.text)
    return frozenset(kind for kind, count in types.items() if count >= MUCH * types.total())


def _lists_in_lines(continued: Sequence[_Pair]) -> bool:
    """Return whether lines of a plain text begin in lower case because each is a wish, not because a width is full."""
    pairs = [(pair.above.text, pair.below.text) for pair in continued]
    if len(pairs) < MIN_LISTED:
        return False
    lengths = sorted(len(before) for before, _ in pairs)
    width = lengths[int(len(lengths) * 0.95)]
    full = sum(len(before) + 1 + len(text.split(maxsplit=1)[0]) > FULL * width for before, text in pairs)
    if full < LISTED_SHARE * len(pairs):
        return True
    return sum(begins_with_infinitive(text) for _, text in pairs) >= LISTED_DEMANDS * len(pairs)


class _Pair(NamedTuple):
    """A line that ends in no stop, the one in lower case below it, and the place of that one among all."""

    place: int
    above: Piece
    below: Piece


def _continued(pieces: Sequence[Piece]) -> list[_Pair]:
    """Return each line that ends in no stop and is followed by one in lower case, with that line."""
    return [
        _Pair(index, before, piece)
        for index, (before, piece) in enumerate(pairwise(pieces), start=1)
        if piece.text[0].islower() and not is_complete(before.text) and not mark_of(piece.text)
    ]


def _runs_in_lower_case(pieces: Sequence[Piece]) -> set[int]:
    """Return the indexes of lines that begin in lower case, several in a row, and end where they like: lists."""
    lengths = sorted(len(piece.text) for piece in pieces)
    width = lengths[int(len(lengths) * 0.9)] if lengths else 0
    found: set[int] = set()
    for lower, group in groupby(range(len(pieces)), lambda index: pieces[index].text[0].islower()):
        run = list(group) if lower else []
        if len(run) < MIN_RUN or any(mark_of(pieces[index].text) for index in run) or not _opens(pieces, run[0]):
            continue
        full = sum(_with_next_word(pieces[index - 1], pieces[index]) > FULL * width for index in run[1:])
        if full < LISTED_SHARE * (len(run) - 1):
            found.update(run)
    return found


def _opens(pieces: Sequence[Piece], index: int) -> bool:
    """Return whether a line in lower case begins something new, by the white space and the line above it."""
    above = pieces[index - 1].text if index else ""
    return bool(pieces[index].gap) or not above or is_complete(above) or is_lead_in_line(above)


def _is_unwrapped(pieces: Sequence[Piece], continued: Sequence[_Pair], wrapped: Sequence[_Pair]) -> bool:
    """Return whether each line of a plain text is a paragraph.

    Some are very long, and hardly one is gone on with; or several are much longer than those that seem to be full.
    """
    close = sum(not pair.below.gap for pair in wrapped)
    if any(len(piece.text) > UNWRAPPED for piece in pieces) and close <= RARELY * len(pieces):
        return True
    width = _usual_width(pieces, continued, ())
    return sum(len(piece.text) > LONGER * width for piece in pieces) >= max(FEW, RARELY * len(pieces)) and width > 0


def _wraps(line: str) -> bool:
    """Return whether a line ends in the middle of a sentence, and is no lead-in."""
    return breaks_off(line) and not is_lead_in_line(line)


def _room(continued: Sequence[_Pair]) -> float:
    """Return how many characters nearly all lines that certainly go on have with the next word."""
    lengths = sorted(_with_next_word(pair.above, pair.below) for pair in continued if not pair.below.gap)
    return float(lengths[int(len(lengths) * 0.01)]) if len(lengths) >= MIN_SURE else 0.0


def _with_next_word(above: Piece, below: Piece) -> int:
    """Return how many characters a line would have with the first word of the next."""
    return len(above.text) + 1 + len(below.text.split(maxsplit=1)[0])


def _is_tight(pieces: Sequence[Piece]) -> bool:
    gaps = sum(piece.gap > 0 for piece in pieces)
    return len(pieces) >= MIN_LINES and gaps <= RARELY * len(pieces)


def _is_parted(continued: Iterable[_Pair], width: float) -> bool:
    """Return whether white space ends paragraphs before lines in lower case: a page's end stands below a full line."""
    parted = [pair for pair in continued if pair.below.gap]
    full = sum(_with_next_word(pair.above, pair.below) > FULL * width for pair in parted)
    return len(parted) >= MIN_RUN and full < LISTED_SHARE * len(parted)


def _usual_width(pieces: Sequence[Piece], continued: Sequence[_Pair], listed: Collection[int]) -> float:
    """Return how many characters a full line has, 0 where lines are not wrapped; those of lists are not asked."""
    pairs = (pair for pair in continued if not pair.below.gap and pair.place not in listed)
    lengths = sorted(len(pair.above.text) for pair in pairs)
    if not lengths and len(pieces) >= MIN_LINES and not any(_wraps(piece.text) for piece in pieces):
        return 0.0
    if len(lengths) < max(5, RARELY * len(pieces)):
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
