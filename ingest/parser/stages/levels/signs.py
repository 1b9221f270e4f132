"""The signs of a heading's level that all kinds of documents share."""

from __future__ import annotations

import re

from ingest.parser.document import Block
from ingest.parser.language import rules

_LETTERED = re.compile(r"([A-ZÆØÅ])(\d{1,2})?([a-z])?[.:]?")
SHORTEST = 4
"""Characters: a shorter heading in capitals may be an abbreviation. Chosen, not measured."""


def in_capitals(block: Block) -> bool:
    """Return whether a heading is written in capitals: `OPPVEKST` stands above `Skole`."""
    return block.text.isupper() and len(block.text) >= SHORTEST


def names_part(block: Block) -> bool:
    """Return whether a heading names a part: `Del 2: Trygghet` stands above all that names none."""
    return bool(rules.PART.match(block.text))


def number_depth(block: Block) -> int:
    """Return how deep a heading's number is, 0 without one: `2.1 Skole` stands below `2 Oppvekst`, `A1` below `A`."""
    if block.number is None:
        return 0
    lettered = is_lettered(block)
    return sum(map(bool, lettered.groups())) if lettered else block.number.text.rstrip(".").count(".") + 1


def is_lettered(block: Block) -> re.Match[str] | None:
    """Return the parts of a number like `A1a` before a heading, None if it has none."""
    return _LETTERED.fullmatch(block.number.text) if block.number else None


def is_roman(block: Block) -> bool:
    """Return whether a heading's number can be a Roman one."""
    return block.number is not None and set(block.number.text.rstrip(".:")) <= {*"IVX"}
