"""What a page holds and does not show as text: letters are judged one by one, and then in the light of their page."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import groupby

from ingest.parser.readers.pdf.glyphs import Glyph, Rule, Sheet

HIDDEN = "hidden text"
STRUCK = "struck-out text"
OUTSIDE = "outside the page"
WATERMARK = "watermark"
NOT_PAINTED, ON_ITS_COLOUR, SLANTED = "not painted", "on its own colour", "slanted"
"""What is seen of a letter by itself; the page says what that means."""

MOST = 0.5
"""Share of a page's letters that are shown as text, where others are unpainted, in the colour of their ground or askew:
else it is a scan with its text laid over it, its ground is not known, or all of it lies askew. Chosen, as all here."""
EDGE = 1.0
"""Points that a letter may stand outside the page."""
STRIKE = (0.14, 0.45)
"""Type sizes above the baseline, from where to where a line strikes letters out: no underline, no ruled edge."""
FITS = 0.6
"""Type sizes that such a line may begin before its words or end after them."""


def settle(sheet: Sheet) -> None:
    """Say of each letter of a page why it is not shown as text, if it is not."""
    glyphs = sheet.glyphs
    seen = {why for glyph in glyphs if (why := glyph.why)}
    if seen:
        meaning = {why: why for why in seen}
        count = {why: sum(glyph.why == why for glyph in glyphs) for why in seen}
        most = MOST * len(glyphs)
        if NOT_PAINTED in seen:
            nothing_else = count[NOT_PAINTED] == len(glyphs) and sheet.is_painted
            is_scan = nothing_else or (sheet.images and count[NOT_PAINTED] > most)
            meaning[NOT_PAINTED] = "" if is_scan else HIDDEN
        if ON_ITS_COLOUR in seen:
            meaning[ON_ITS_COLOUR] = HIDDEN if count[ON_ITS_COLOUR] < most else ""
        if SLANTED in seen:
            meaning[SLANTED] = WATERMARK if count[SLANTED] < most else ""
        for glyph in glyphs:
            if glyph.why:
                glyph.why = meaning[glyph.why]
    if sheet.width > EDGE and sheet.height > EDGE:
        width, height = sheet.width, sheet.height
        for glyph in glyphs:
            if glyph.x0 >= 0 and glyph.x1 <= width and 0 <= glyph.y <= height:
                continue
            middle, y = (glyph.x0 + glyph.x1) / 2, glyph.y - glyph.size / 4
            if not (-EDGE <= middle <= width + EDGE and -EDGE <= y <= height + EDGE):
                glyph.why = OUTSIDE


def strike_out(sheet: Sheet) -> None:
    """Mark the letters of an upright page that a line is drawn through."""
    lines = [rule for rule in sheet.rules if rule.lies]
    if not lines:
        return
    rows: dict[int, list[Glyph]] = defaultdict(list)
    for glyph in sheet.glyphs:
        if not glyph.turned and not glyph.why and not glyph.text.isspace():
            rows[int(glyph.y)].append(glyph)
    heights = sorted(rows)
    tallest = max((glyph.size for row in rows.values() for glyph in row), default=0.0)
    for rule in lines:
        height = (rule.top + rule.bottom) / 2
        first, last = bisect_left(heights, height - 1), bisect_right(heights, height + STRIKE[1] * tallest)
        for y in heights[first:last]:
            for glyph in _struck(rule, height, rows[y]):
                glyph.why = STRUCK


def _struck(rule: Rule, height: float, row: Iterable[Glyph]) -> Sequence[Glyph]:
    """Return the letters of a row that a line strikes out: it is as long as they are, and lies at their middle."""
    crossed = [
        glyph
        for glyph in row
        if rule.x0 - 1 <= (glyph.x0 + glyph.x1) / 2 <= rule.x1 + 1
        and STRIKE[0] * glyph.size <= glyph.y - height <= STRIKE[1] * glyph.size
    ]
    if len(crossed) < 2:
        return ()  # one letter may be crossed by chance
    slack = FITS * crossed[0].size
    first, last = min(glyph.x0 for glyph in crossed), max(glyph.x1 for glyph in crossed)
    fits = rule.x0 >= first - slack and rule.x1 <= last + slack
    return crossed if fits else ()


def slanted_words(glyphs: Iterable[Glyph]) -> list[str]:
    """Return what is written askew, as the file goes: its letters have no baseline in common."""
    words = ("".join(glyph.text for glyph in group) for size, group in groupby(glyphs, lambda glyph: glyph.size))
    return [text for text in (" ".join(word.split()) for word in words) if text]
