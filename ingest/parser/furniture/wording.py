"""Whole lines that say themselves what they are: credits of pictures, references to chapters, leaders of contents.

The limits are chosen, not measured; the tests of the limits show each.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

from ingest.parser.document import Line
from ingest.parser.furniture.placed import Pages
from ingest.parser.language import rules

MAX_LENGTH = 300
"""Characters: no caption, reference or entry of contents is longer."""
SMALL_PRINT = 0.82
"""Times the usual type size: the credits of pictures are set smaller than this."""
LONGEST_CREDIT = 120
"""Characters of a credit in small print."""

_ROWS = [(rule.name, re.compile(rule.pattern)) for rule in rules.FURNITURE if rule.name != "page number"]
_HINT = re.compile(r":|\.\s?\.\s?\.|[Ll]es ")
"""What every row has: the rows are slow, and asked of few lines."""
_CREDIT = re.compile(r"foto|photo|illustrasjon|istock|shutterstock|unsplash|adobe ?stock|ntb|scanpix|getty|©", re.I)


def find(lines: Sequence[Line], numbered: Collection[int], why: Mapping[int, str]) -> dict[int, str]:
    """Find lines that a row of the furniture table matches from end to end."""
    found = {}
    for index, line in enumerate(lines):
        if index in why or len(line.text) > MAX_LENGTH or not _HINT.search(line.text):
            continue
        text = line.text.strip()
        if name := next((name for name, pattern in _ROWS if pattern.fullmatch(text)), ""):
            found[index] = name
    return found


def mark_small_print(pages: Pages, usual_size: float) -> None:
    """Mark the credits of pictures that are set in small print: there the name of an agency is enough."""
    for page in pages:
        for words in page:
            small = words.size < SMALL_PRINT * usual_size and len(words.text) < LONGEST_CREDIT
            if small and not words.why and _CREDIT.search(words.text):
                words.why = "photo credit"
