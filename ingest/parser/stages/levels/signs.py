"""The signs of a heading's level that all kinds of documents share.

The limit is chosen, not measured; `limits_levels.txt` among the cases shows it.
"""

from __future__ import annotations

from ingest.parser.document import Block
from ingest.parser.language import rules

SHORTEST = 4
"""Characters: a shorter heading in capitals may be an abbreviation."""


def in_capitals(block: Block) -> bool:
    """Return whether a heading is written in capitals: `OPPVEKST` stands above `Skole`."""
    return block.text.isupper() and len(block.text) >= SHORTEST


def names_part(block: Block) -> bool:
    """Return whether a heading names a part: `Del 2: Trygghet` stands above all that names none."""
    return bool(rules.PART.match(block.text))


def number_depth(block: Block) -> int:
    """Return how deep a heading's number is, 0 without one: `2.1 Skole` stands below `2 Oppvekst`."""
    return block.number.text.rstrip(".").count(".") + 1 if block.number else 0
