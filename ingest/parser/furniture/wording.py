"""Whole lines that say themselves what they are: credits of pictures, references to chapters, leaders of contents."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

from ingest.parser.document import Line
from ingest.parser.furniture.placed import Pages
from ingest.parser.language import rules
from ingest.parser.language.lead_ins import is_lead_in
from ingest.parser.language.markers import mark_of

MAX_LENGTH = 300
"""Characters: no caption, reference or entry of contents is longer. Chosen, not measured, as all here."""
SMALL_PRINT = 0.82
"""Times the usual type size: the credits of pictures are set smaller than this."""
LONGEST_CREDIT = 120
"""Characters of a credit in small print."""

LONGEST_DESCRIPTION = 60
"""Characters of the description of a picture."""
CREDIT = "photo credit"

_ALONE = re.compile(r"(?:foto(?:graf)?|illustrasjon|photo)\s?:", re.IGNORECASE)
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


def find_descriptions(lines: Sequence[Line], numbered: Collection[int], why: Mapping[int, str]) -> dict[int, str]:
    """Find the descriptions of pictures: a short line right above a credit that stands alone, and heads nothing.

    It heads nothing if a title stands below the credit, or if both stand between a lead-in and its list.
    """
    found = {}
    for index, reason in why.items():
        if reason != CREDIT or index in numbered or not _ALONE.match(lines[index].text.strip()):
            continue
        above = _beside(lines, index, -1, why)
        if above is None or lines[above].heading_level or lines[above].box:
            continue
        text = lines[above].text.strip()
        below, before = _beside(lines, index, 1, why), _beside(lines, above, -1, why)
        titled = below is not None and _like_title(lines[below].text.strip())
        within = before is not None and is_lead_in(lines[before].text.strip())
        if _like_title(text) and (titled or within):
            found[above] = "caption"
    return found


def _beside(lines: Sequence[Line], index: int, step: int, why: Mapping[int, str]) -> int | None:
    """Return the next line above or below that has words and is no furniture."""
    index += step
    while 0 <= index < len(lines):
        if index not in why and lines[index].text.strip():
            return index
        index += step
    return None


def _like_title(text: str) -> bool:
    """Return whether a line is short, without a stop and without a mark."""
    return len(text) <= LONGEST_DESCRIPTION and text[-1:].isalnum() and text[0].isupper() and mark_of(text) is None


def mark_small_print(pages: Pages, usual_size: float) -> None:
    """Mark the credits of pictures that are set in small print: there the name of an agency is enough."""
    for page in pages:
        for words in page:
            small = words.size < SMALL_PRINT * usual_size and len(words.text) < LONGEST_CREDIT
            if small and not words.why and _CREDIT.search(words.text):
                words.why = CREDIT
