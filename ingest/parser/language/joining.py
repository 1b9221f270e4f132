"""How lines become words: the one place that joins, folds and never rewords."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from itertools import pairwise

from ingest.parser.document import Bookmark, Piece

LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "ft", "ﬆ": "st"})
INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\x01\x07"))
"""Deleted: zero-width characters, and two that PDF fonts leave behind bullets."""

SOFT_HYPHEN = "\u00ad"
COORDINATORS = frozenset({"og", "eller", "samt", "men", "til", "kontra"})
"""A hyphen before one of these is real: `vare-|og tungtransport`."""

_ODD = re.compile(f"[{''.join(map(chr, (*LIGATURES, *INVISIBLE)))}]")
SHORT = 0.7
"""Share of the usual width below which a line that ends in a stop ends its paragraph."""
SHORTEST = 45
"""Characters: lines that are all shorter have not been wrapped either."""
LONGEST = 110
"""Characters: with a longer line among them, lines that are seldom continued are not wrapped at all."""

NEVER = 0.02
"""Share of lines that begin in lower case below which none is wrapped …"""
ENOUGH = 40
"""… in a document of so many lines."""
TIGHT = 0.03
"""Share of lines with white space above them below which it is a slip."""
FULL = 0.86
"""Share of the usual width above which a line counts as full: type is not set in equal letters."""
MIN_LISTED = 5
"""Lines in lower case: fewer tell nothing of lists without marks."""
LISTED_SHARE = 0.4
"""Lines of a list end where they like: fewer of them than this are full."""
MIN_TITLE = 3
"""Letters: a shorter bookmark proves nothing."""

_HYPHENATED = re.compile(r"\w+-\w+")
_FIRST_WORD = re.compile(r"[\w]+")


def plain(text: str) -> str:
    """Return a text in NFC with ligatures spelt out, invisible characters gone and white space collapsed."""
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
        if _ODD.search(text):
            text = text.translate(LIGATURES).translate(INVISIBLE)
    return " ".join(text.split())


def _unhyphened(text: str) -> str:
    """Return a text without soft hyphens."""
    return " ".join(text.replace(SOFT_HYPHEN, "").split()) if SOFT_HYPHEN in text else text


class Joiner:
    """Joins the lines of one document, knowing the hyphenated words that it writes within lines."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._hyphenated = {word.casefold() for line in lines if "-" in line for word in _HYPHENATED.findall(line)}

    def join(self, pieces: Sequence[Piece]) -> str:
        """Return the words of some pieces as one text, broken words mended."""
        parts: list[str] = []
        for piece in pieces:
            if line := plain(piece.text):
                if parts:
                    parts[-1], joint = self._joint(parts[-1], line)
                    parts.append(joint)
                parts.append(line)
        return _unhyphened("".join(parts))

    def _joint(self, above: str, line: str) -> tuple[str, str]:
        """Return a line as it stands before the next, and what comes between the two."""
        last = above[-1]
        if last == SOFT_HYPHEN:
            return above[:-1], ""
        if last == "/" and above[-2:-1].isalnum():
            return above, ""
        if last == "–" and above[-2:-1].isdigit() and line[0].isdigit():
            return above, ""
        if last != "-":
            return above, " "
        word = above[:-1].rpartition(" ")[2]
        following = _FIRST_WORD.match(line)
        if not following or following[0] in COORDINATORS:
            return above, " "
        if not word:
            # "karbonfangst og -|lagring": the hyphen belongs to the line that follows, after a space.
            return above, "" if above[-2:-1] == " " else " "
        stem = word.rpartition("/")[2]
        real = (
            not line[0].islower()
            or len(stem) == 1
            or not stem[-1:].isalpha()
            or stem[-1:].isupper()
            or f"{stem}-{following[0]}".casefold() in self._hyphenated
        )
        return (above, "") if real else (above[:-1], "")


Type = tuple[int, bool, str]
"""Size in whole points, whether bold, and colour unless it is read as black."""

PLAIN: Type = (0, False, "")
"""Where the file tells nothing."""
DARK = 0x60
"""The brightest channel of a grey that is read as black."""


def type_of(piece: Piece) -> Type:
    """Return how a line is set, so that two lines of one paragraph compare equal."""
    style = piece.line.style
    if not style.size and not style.bold and not style.colour:
        return PLAIN
    return (round(style.size), style.bold, "" if _is_dark(style.colour) else style.colour)


def _is_dark(colour: str) -> bool:
    return len(colour) != 7 or max(int(colour[place : place + 2], 16) for place in (1, 3, 5)) < DARK


def body_type(pieces: Iterable[Piece]) -> Type:
    """Return the type that most characters are set in."""
    types: Counter[Type] = Counter()
    for piece in pieces:
        types[type_of(piece)] += len(piece.text)
    return types.most_common(1)[0][0] if types else PLAIN


def letters(text: str) -> str:
    """Return the letters and digits of a text alone, to compare titles by."""
    return "".join(filter(str.isalnum, text.casefold()))


def bookmarked(bookmarks: Iterable[Bookmark]) -> frozenset[tuple[str, int]]:
    """Return the titles of bookmarks, as letters, with each page that they can stand on; page 0 stands for any."""
    found: set[tuple[str, int]] = set()
    for bookmark in bookmarks:
        if len(title := letters(bookmark.title)) >= MIN_TITLE:
            pages = (bookmark.page - 1, bookmark.page, bookmark.page + 1) if bookmark.page else (0,)
            found.update((title, page) for page in pages)
    return frozenset(found)


def is_bookmarked(text: str, piece: Piece, titles: Collection[tuple[str, int]]) -> bool:
    """Return whether a text is the title of a bookmark to its page."""
    return bool(titles) and ((title := letters(text), piece.line.page) in titles or (title, 0) in titles)


def lists_in_lines(pieces: Sequence[Piece]) -> bool:
    """Return whether lines of a plain text begin in lower case because each is a wish, not because a width is full."""
    pairs = [
        (before.text, piece.text)
        for before, piece in pairwise(pieces)
        if piece.text[0].islower() and before.text[-1] not in ".:!?"
    ]
    if len(pairs) < MIN_LISTED or any(piece.line.box or piece.line.tag for piece in pieces):
        return False
    lengths = sorted(len(before) for before, _ in pairs)
    width = lengths[int(len(lengths) * 0.95)]
    full = sum(len(before) + 1 + len(text.split(maxsplit=1)[0]) > FULL * width for before, text in pairs)
    return full < LISTED_SHARE * len(pairs)


def is_tight(pieces: Sequence[Piece]) -> bool:
    """Return whether hardly any line of a plain text has white space above it."""
    if len(pieces) < ENOUGH or any(piece.line.box or piece.line.tag for piece in pieces):
        return False
    return sum(piece.gap > 0 for piece in pieces) < TIGHT * len(pieces)


def usual_width(pieces: Sequence[Piece]) -> float:
    """Return how many characters a full line has, 0 where lines are not wrapped."""
    lengths = sorted(
        len(before.text)
        for before, piece in pairwise(pieces)
        if not piece.gap and piece.text[0].islower() and before.text[-1] not in ".:!?"
    )
    if len(lengths) < NEVER * len(pieces) and len(pieces) >= ENOUGH:
        return 0.0
    if len(lengths) < max(5, 0.04 * len(pieces)):
        longest = max((len(piece.text) for piece in pieces), default=0)
        return float(longest) if SHORTEST <= longest <= LONGEST else 0.0
    return float(lengths[int(len(lengths) * 0.8)])
