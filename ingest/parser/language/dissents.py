"""Dissents: whether a text names a minority's proposal, or an alternative, in a draft of a programme.

A new wording is one row of `dissents` in `rules.toml`.
"""

from __future__ import annotations

import re

from ingest.parser.language.rules import DISSENTS, union

LONGEST = 120
"""Characters of the words that name a dissent. Chosen, not measured."""

_DISSENT = union(DISSENTS)
_PROPOSES = re.compile(
    r"\s?:(?:\s|$)|,?\s(?=(?:foreslår|føreslår|ønsker|ønskjer|ynskjer|vil|går inn|mener|meiner|til å|som erstatning)\b)"
)


def dissent_of(text: str) -> str:
    """Return the words that name a dissent or alternative at the beginning of a text, "" where it names none.

    `DISSENS 3: Kari Vik foreslår å erstatte punktet med:` gives `DISSENS 3: Kari Vik`.
    """
    match = _DISSENT.match(text)
    if match is None:
        return ""
    end = _PROPOSES.search(text, match.end())
    if end is not None and end[0].strip() == ":" and (after := _PROPOSES.search(text, end.end())):
        end = after if after.start() <= LONGEST else end
    name = text[: end.start() if end else len(text)]
    return name[:LONGEST].rstrip(" .:–-")
