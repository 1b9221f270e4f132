"""What stands in the index: the kinds of entries, and the parts that a page of results has."""

from __future__ import annotations

from enum import IntEnum, StrEnum


class Kind(IntEnum):
    """What an entry of the index is; the numbers are kept in the index."""

    PLEDGE = 1
    """An entry of a list of what the party wants, at any depth."""
    PROSE_PLEDGE = 2
    """A pledge in running text."""
    QUESTION = 3
    DISSENT = 4
    """What some want and the party does not: an entry of a list under a dissent or an alternative."""
    PROSE = 5
    SECTION = 6
    """A heading."""

    @property
    def label(self) -> str:
        """What CONTRACT.md calls it; a dissent is a pledge that says whose it is."""
        return {Kind.DISSENT: "pledge"}.get(self, self.name.lower())


class Part(StrEnum):
    """A part of a page of results."""

    PLEDGES = "pledges"
    TEXT = "text"
    CHAPTERS = "chapters"


KINDS_OF = {
    Part.PLEDGES: (Kind.PLEDGE, Kind.PROSE_PLEDGE, Kind.QUESTION, Kind.DISSENT),
    Part.TEXT: (Kind.PROSE,),
    Part.CHAPTERS: (Kind.SECTION,),
}
OWN = (Kind.PLEDGE, Kind.PROSE_PLEDGE, Kind.QUESTION)
"""What counts as a hit: totals, facets and themes leave dissents out."""
ELSEWHERE = (Kind.PROSE, Kind.SECTION)
