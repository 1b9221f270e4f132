"""Pull quotes: words of the text that are set again in large type, to be looked at."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from ingest.parser.document import Line
from ingest.parser.furniture.contents import title_of
from programmes.identity import letters

LARGE = 1.15
"""Times the usual type size: a pull quote is set larger than this. Chosen, not measured, as all here."""
QUOTE_WORDS = 5
"""Words that a pull quote has at least: a heading may be fewer of the text's words."""

LONGEST_NAME = 40
"""Characters of the name of who says it, behind the quotation marks."""

_QUOTE = re.compile(rf"[«“”\"].+[»”“\"].{{0,{LONGEST_NAME}}}")


def find(lines: Sequence[Line], usual_size: float, contents: Collection[int]) -> set[int]:
    """Return the indexes of lines in large type that only repeat, or quote, what the text says.

    They stand in quotation marks, or alone in a region of their own with words that the text has too. What the
    table of contents names, in the lines `contents`, is a title.
    """
    large = LARGE * usual_size
    text = "".join(
        letters(line.text)
        for index, line in enumerate(lines)
        if line.style.size <= large and not line.furniture and index not in contents
    )
    titles = "".join(title_of(lines[index].text) for index in sorted(contents))
    found: set[int] = set()
    start = 0
    while start < len(lines):
        first = lines[start]
        end = start + 1
        while end < len(lines) and _set_alike(first, lines[end]):
            end += 1
        words = " ".join(line.text for line in lines[start:end])
        if first.style.size > large and not first.furniture and len(words.split()) >= QUOTE_WORDS:
            alone = all(
                other.page != first.page or other.region != first.region
                for other in (*lines[max(start - 1, 0) : start], *lines[end : end + 1])
            )
            if _QUOTE.fullmatch(words) or (alone and letters(words) in text and letters(words) not in titles):
                found.update(range(start, end))
        start = end
    return found


def _set_alike(first: Line, line: Line) -> bool:
    """Return whether two lines stand in one region, in one type."""
    here = (line.page, line.region, line.style, line.furniture)
    return here == (first.page, first.region, first.style, first.furniture)
