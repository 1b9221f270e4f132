"""From glyphs to spans: stretches of one baseline with no gap wide enough to be a gutter."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from ingest.parser.language.markers import MARKER
from ingest.parser.readers.pdf.glyphs import Face, Glyph

WORD_SPACE = 0.17
"""Gap, in type sizes, that stands for a space where the file paints none. Measured on seven PDFs, as all here."""
BREAK = 0.6
"""Gap, in type sizes, that ends a span: it may be a gutter, a tab or the space after a marker."""
TAB = 0.45
"""White space after a marker, in type sizes, that no space bar makes."""
LEAST_SPACED = 3
"""Gaps between letters: where there are fewer, all of them must be wide in a title that is set so."""
SPACED = 0.6
"""Type sizes that each letter of such a title takes at least, white space and all."""
SAME_BASELINE = 0.06
"""Difference of baselines, in type sizes, within one span."""

SAME_SPOT = 0.12
"""Distance, in type sizes, within which the same letter is not painted twice, but for a shadow or false bold."""

DASHES = str.maketrans({"\u2010": "-", "\u2011": "-"})
ACCENTS = {"\u02da": "\u030a", "\u00a8": "\u0308", "\u00b4": "\u0301", "`": "\u0300"}
"""Accents that some files paint over the letter as glyphs of their own."""
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f\u200b-\u200d\u2060\ufeff]")
_SPACES = re.compile(r"\s+")


Spot = tuple[str, float, int, int]
"""A letter and the cell of a grid that it stands in."""


@dataclass(slots=True)
class FaceRun:
    """The characters of a span that are set alike."""

    text: str
    face: Face
    size: float
    colour: str
    tag: str


@dataclass(slots=True)
class Span:
    """A stretch of glyphs on one baseline, without white space at its ends."""

    runs: list[FaceRun]
    x0: float
    x1: float
    y: float
    size: float
    marker: str = ""
    """The list marker that the span begins with, where white space follows it."""
    text_x: float = 0.0
    """Where the words begin after the marker."""
    hangs: bool = False
    """The marker stands apart from its words by more than a space."""
    why: str = ""
    """Why the span belongs to the page and not to the text, once known."""

    @property
    def text(self) -> str:
        """The characters of all runs."""
        return "".join(run.text for run in self.runs)

    @property
    def top(self) -> float:
        """Where the tallest letters end."""
        return self.y - 0.75 * self.size

    @property
    def bottom(self) -> float:
        """Where the deepest letters end."""
        return self.y + 0.22 * self.size

    @property
    def tag(self) -> str:
        """The structure tag that most of its characters stand in."""
        return majority((run.tag, len(run.text)) for run in self.runs)

    @property
    def face(self) -> Face:
        """The face that most of its characters have."""
        return max(self.runs, key=lambda run: len(run.text)).face


def majority(votes: Iterable[tuple[str, int]]) -> str:
    """Return the value with the most weight."""
    counted: Counter[str] = Counter()
    for value, weight in votes:
        counted[value] += weight
    return counted.most_common(1)[0][0] if counted else ""


def spans(glyphs: Sequence[Glyph]) -> list[Span]:
    """Return the upright glyphs of a page as spans, in content order.

    Within a span the content order stays: a glyph of no width must not change places with its neighbour.
    """
    seen: set[Spot] = set()
    groups = _groups(glyph for glyph in glyphs if not glyph.turned)
    return [_span(kept) for group in groups if (kept := _without_doubles(group, seen))]


def _groups(glyphs: Iterable[Glyph]) -> Iterator[list[Glyph]]:
    """Yield the glyphs in stretches with neither a jump nor a wide gap, control characters gone."""
    group: list[Glyph] = []
    end = 0.0
    for glyph in glyphs:
        if not glyph.text.isprintable():
            glyph.text = _CONTROL.sub("", glyph.text)
        if not glyph.text:
            continue
        if group:
            last = group[-1]
            size = max(glyph.size, last.size, 1.0)
            if (
                abs(glyph.y - last.y) > SAME_BASELINE * size
                or glyph.x0 - end > BREAK * size
                or (glyph.x0 < end - 0.5 * size and glyph.text not in ACCENTS)
            ):
                yield group
                group = []
        if not group:
            if glyph.text.isspace():
                continue
            end = glyph.x1
        group.append(glyph)
        if not glyph.text.isspace():
            end = max(end, glyph.x1)
    if group:
        yield group


def _without_doubles(group: list[Glyph], seen: set[Spot]) -> list[Glyph]:
    """Return a group without glyphs that were painted in the same place before: shadows and false bold."""
    kept = []
    for glyph in group:
        if glyph.text.isspace():
            kept.append(glyph)
            continue
        # Two grids, half a step apart: what is cut by one lies together in the other.
        step = SAME_SPOT * max(glyph.size, 1.0)
        x, y = glyph.x0 / step, glyph.y / step
        one = (glyph.text, step, round(x), round(y))
        two = (glyph.text, -step, round(x + 0.5), round(y + 0.5))
        if one not in seen and two not in seen:
            kept.append(glyph)
        seen.add(one)
        seen.add(two)
    while kept and kept[-1].text.isspace():
        kept.pop()
    while kept and kept[0].text.isspace():
        kept.pop(0)
    return kept


def _space(group: Sequence[Glyph]) -> float:
    """Return the gap, in type sizes, that stands for a space: more than what stands between all letters of a title."""
    if group[-1].x1 - group[0].x0 < SPACED * group[0].size * len(group):
        return WORD_SPACE
    gaps = [(after.x0 - glyph.x1) / max(glyph.size, 1.0) for glyph, after in pairwise(group) if glyph.text != " "]
    wide = sum(gap > WORD_SPACE for gap in gaps)
    if not wide or wide * 2 < len(gaps) or (len(gaps) < LEAST_SPACED and wide < len(gaps)):
        return WORD_SPACE
    return sorted(gaps)[len(gaps) // 2] + WORD_SPACE


@lru_cache(maxsize=4096)
def _piece(text: str) -> str:
    """Return what a glyph says with one kind of space and of hyphen."""
    return _SPACES.sub(" ", text.translate(DASHES))


def _span(group: list[Glyph]) -> Span:
    """Return a group of glyphs as a span, with spaces where the file leaves gaps."""
    runs: list[FaceRun] = []
    starts: list[float] = []
    end = group[0].x0
    text = ""
    space = _space(group)
    for glyph in group:
        piece = _piece(glyph.text)
        if piece in ACCENTS and text and glyph.x0 < end - 0.3 * (glyph.x1 - glyph.x0):
            runs[-1].text = unicodedata.normalize("NFC", runs[-1].text + ACCENTS[piece])
            continue
        if piece != " " and text[-1:] not in ("", " ") and glyph.x0 - end > space * glyph.size:
            runs[-1].text += " "
            text += " "
            starts.append(end)
        if piece == " " and text.endswith(" "):
            continue
        last = runs[-1] if runs else None
        if (
            last is not None
            and last.face is glyph.face
            and last.colour == glyph.colour
            and last.tag == glyph.tag
            and abs(last.size - glyph.size) < 0.1
        ):
            last.text += piece
        else:
            runs.append(FaceRun(piece, glyph.face, glyph.size, glyph.colour, glyph.tag))
        text += piece
        starts.extend([glyph.x0] * len(piece))
        if piece != " ":
            end = max(end, glyph.x1)
    sizes: Counter[float] = Counter()
    for run in runs:
        sizes[run.size] += len(run.text)
    span = Span(runs, group[0].x0, end, group[0].y, sizes.most_common(1)[0][0])
    if match := MARKER.match(text):
        rest = match.end() + len(text[match.end() :]) - len(text[match.end() :].lstrip())
        span.marker = match[0]
        span.text_x = starts[rest] if rest < len(starts) else end
        span.hangs = rest < len(starts) and span.text_x - starts[match.end()] > TAB * span.size
    return span
