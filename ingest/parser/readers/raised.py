"""Note numbers: figures set above the line that belong to no figure of the text, as in `50` with a raised 3.

A page shows which is which; taken for digits they would put false figures in a party's mouth.
"""

from __future__ import annotations

import re

from ingest.parser.language.rules import Rule, union

RAISED: tuple[Rule, ...] = (
    Rule("area or volume", r"(?<![^\W\d_])(?:[cdkm]?m|mil)\^[23](?!\d)", "verksted på 300 m^2"),
    Rule("formula", r"(?<![^\W\d_])(?:C?O|NO|SO|CH|H|PM)\^\d", "kutte CO^2"),
    Rule("fraction", r"\^\d{1,2}[/⁄]", "bruke 2 ^1/3 million"),
)
"""Raised figures that are no note's number. `^` stands where the type is raised, with one sign after the figure."""
NOTE_NUMBER = re.compile(r"[(\[]?(?:[1-9]\d{0,2}(?:\s?[,;–-]\s?\d{1,3})*|[*†‡]{1,3})[)\].]?")
"""What stands raised at the place that a note is about."""
_TEXT = union(RAISED)


def is_note_number(raised: str, before: str, after: str = "") -> bool:
    """Return whether a raised figure between these words is a note's number, and no part of a unit or formula."""
    return bool(NOTE_NUMBER.fullmatch(raised)) and not _TEXT.search(f"{before[-12:]}^{raised}{after[:1]}")
