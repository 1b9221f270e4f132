"""Titles: what the lines on a programme's front say, and which short lines are no title of anything.

A new wording is one row of `rules.TITLE_LINES` or `rules.NO_TITLES`.
"""

from __future__ import annotations

import re

from ingest.parser.language.demands import names_someone
from ingest.parser.language.rules import NO_TITLES, TITLE_LINES, named, union

LONGEST = 100
"""Characters: no line that names a programme is longer. Chosen, not measured."""

_LINE = union(TITLE_LINES, re.IGNORECASE)
_ADOPTION = union(named(TITLE_LINES, "adoption"), re.IGNORECASE)
_NO_TITLE = union(NO_TITLES)
_VALUE = union(named(NO_TITLES, "value"))


def names_programme(line: str) -> bool:
    """Return whether a line of the front names the programme, its election, its period or who adopted it."""
    return len(line) <= LONGEST and bool(_LINE.fullmatch(line))


def tells_adoption(line: str) -> bool:
    """Return whether a line says who adopted the programme, and when: `Vedtatt på årsmøtet 3. mars 2023`."""
    return len(line) <= LONGEST and bool(_ADOPTION.fullmatch(line))


def is_no_title(line: str) -> bool:
    """Return whether a line greets, names people or tells a value, and so heads nothing: `Topp: Kari Fjord, 44`."""
    return bool(_NO_TITLE.fullmatch(line)) or names_someone(line) or names_someone(line.partition(": ")[2])


def begins_with_value(text: str) -> bool:
    """Return whether a text begins with a value and its name: `Gjeld per innbygger: 88 200 kroner`."""
    return bool(_VALUE.match(text))
