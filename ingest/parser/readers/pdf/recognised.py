"""Pages whose text was recognised: words one by one, as Tesseract lays them invisibly over the picture of a page.

Each word has a size and a baseline of its own, measured from its letters, and a page that was scanned askew climbs. So
type and height mean nothing here from word to word; the order in the file does, for Tesseract writes line after line.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from ingest.parser.language.markers import MARKER
from ingest.parser.readers.pdf.spans import TAB, Span

FONTS = frozenset({"GlyphLessFont", "HiddenHorzOCR"})
"""Fonts with no shapes: the picture is to be seen, the text to be found."""
SAME_LINE = 0.5
"""Difference of baselines, in type sizes, from one word to the next. Measured on four noisy scans, as all here."""
WORD_GAP = 2.0
"""Gap, in type sizes, that no two words of one line have: justified lines are set wide, a gutter is wider."""
OVERLAP = 0.3
"""What two words may overlap, in type sizes."""
NEAR = 0.15
"""Difference of sizes, by share, within which two lines are set in one type."""

# What Tesseract makes of a bullet: no line of Norwegian begins with one of these and a space.
_MARK = re.compile(rf"(?:[*«»+°¢©®e¤§.,]|[*.+e][*.+e])(?=\s+\S)|«(?=[A-ZÆØÅ][^»]*$)|{MARKER.pattern}")


def is_recognised(spans: Sequence[Span]) -> bool:
    """Return whether most of a page's text was recognised."""
    letters = Counter[bool]()
    for span in spans:
        letters[span.face.family in FONTS] += len(span.text)
    return letters[True] > letters[False]


def text_lines(spans: Sequence[Span]) -> list[Span]:
    """Return the words of a page as lines, each one span with one size; what stands for a bullet is its marker."""
    lines: list[list[Span]] = []
    for span in spans:
        if lines and _goes_on(lines[-1][-1], span):
            lines[-1].append(span)
        else:
            lines.append([span])
    return [_joined(line) for line in lines]


def level(pages: Sequence[Sequence[Span]]) -> None:
    """Give lines that are set in about one type one size: that of most letters, or else of the first such line."""
    letters = Counter[float]()
    for page in pages:
        for span in page:
            letters[span.size] += len(span.text)
    sizes: list[float] = []
    for size, _ in letters.most_common():
        if not any(abs(size - known) <= NEAR * known for known in sizes):
            sizes.append(size)
    for page in pages:
        for span in page:
            span.size = min(sizes, key=lambda known: abs(span.size - known))
            for run in span.runs:
                run.size = span.size


def _goes_on(above: Span, span: Span) -> bool:
    """Return whether a word stands on one line with the word before it."""
    size = max(above.size, span.size)
    gap = span.x0 - above.x1
    return abs(span.y - above.y) <= SAME_LINE * size and -OVERLAP * size <= gap <= WORD_GAP * size


def _joined(words: Sequence[Span]) -> Span:
    """Return the words of a line as one span, with the size that most of its letters have or a greater one."""
    sizes = sorted((word.size, len(word.text)) for word in words)
    half = sum(length for _, length in sizes) / 2
    size = next(
        size for place, (size, _) in enumerate(sizes) if sum(length for _, length in sizes[: place + 1]) >= half
    )
    runs = [run for word in words for run in (*word.runs[:-1], replace(word.runs[-1], text=f"{word.runs[-1].text} "))]
    runs[-1].text = runs[-1].text.rstrip()
    line = Span(runs, words[0].x0, max(word.x1 for word in words), words[0].y, round(size, 1))
    if match := _MARK.match(line.text):
        line.marker = match[0]
        # Where the words begin is known if the mark was recognised as a word.
        apart = len(words) > 1 and len(words[0].text) == len(match[0])
        line.text_x = words[1].x0 if apart else words[0].text_x or line.x0 + size
        line.hangs = apart and line.text_x - words[0].x1 > TAB * size
    return line
