"""Watermarks that stand upright: large or grey words behind the text, in the same place on page after page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from ingest.parser.furniture.placed import Usual
from ingest.parser.language.lead_ins import may_end_lead_in
from ingest.parser.readers.pdf.spans import Span

LARGE = 1.8
"""Times the usual type size that words are set in to lie behind the text. Chosen, as all here."""
PALE = 0.55
"""Share of white in the grey that is too pale to be read as text."""
LONGEST = 60
"""Characters of a watermark at most."""
PAGES = 2
"""Pages on which a watermark recurs."""


def mark(pages: Sequence[Sequence[Span]], usual: Usual) -> None:
    """Set `why` on the words of all pages that are a watermark.

    Words that lie across others are one if they are large and pale, or large and recur in their place; pale grey ones
    in large type also where they meet no other words, if they recur.
    """
    places: dict[tuple[str, int, int], list[tuple[Span, Sequence[Span]]]] = defaultdict(list)
    for page in pages:
        for words in page:
            if words.size >= LARGE * usual.size and len(words.text) <= LONGEST and not may_end_lead_in(words.text):
                places[words.text, round(words.x0 / 3), round(words.y / 3)].append((words, page))
    for found in places.values():
        recurs = len(found) >= PAGES
        pale = all(is_pale(words) for words, _ in found)
        if not (recurs or pale):
            continue
        if (recurs and pale) or any(_lies_across(words, page) for words, page in found):
            for words, _ in found:
                words.why = "watermark"


def is_pale(words: Span) -> bool:
    """Return whether words are set in a grey that is nearer to white than to black."""
    colour = words.runs[0].colour
    if not colour:
        return False
    levels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    return min(levels) >= PALE and max(levels) - min(levels) < 0.1


def _lies_across(words: Span, page: Sequence[Span]) -> bool:
    """Return whether words lie over or under others of their page."""
    top, bottom = words.y - 0.7 * words.size, words.y
    return any(
        other is not words
        and other.x0 < words.x1
        and other.x1 > words.x0
        and top < other.y - 0.3 * other.size < bottom
        and other.size < words.size
        for other in page
    )
