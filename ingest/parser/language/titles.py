"""Titles of programmes: what the lines on a programme's front say. A new wording is one row of `rules.TITLE_LINES`."""

from __future__ import annotations

import re

from ingest.parser.language.rules import TITLE_LINES, union

LONGEST = 100
"""Characters: no line that names a programme is longer. Chosen, not measured."""

_LINE = union(TITLE_LINES, re.IGNORECASE)
_ADOPTION = union((row for row in TITLE_LINES if row.name == "adoption"), re.IGNORECASE)


def names_programme(line: str) -> bool:
    """Return whether a line of the front names the programme, its election, its period or who adopted it."""
    return len(line) <= LONGEST and bool(_LINE.fullmatch(line))


def tells_adoption(line: str) -> bool:
    """Return whether a line says who adopted the programme, and when: `Vedtatt på årsmøtet 3. mars 2023`."""
    return len(line) <= LONGEST and bool(_ADOPTION.fullmatch(line))
