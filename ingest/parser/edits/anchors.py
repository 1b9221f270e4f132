"""Places in a source that are found again in another parse: a quote, where it stood, and what stood around it.

`programmes.identity` says which places may be the one. Where two are as good, neither is: a place is never guessed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ingest.parser.document import Furniture, Item, Passage, Section
from programmes.identity import UNMISTAKABLE, Spot, clearest, find_quote, likeness

CONTEXT = 32
"""Characters of the text before and after that are kept with a quote."""

Anchor = Mapping[str, Any]
"""`page`, `line`, `quote`, `before`, `after`: plain JSON."""


Part = Item | Passage | Furniture | Section
"""Something in a parse that an anchor can point at; `text` is its words in the source."""


def spot(part: Part) -> Spot:
    """Return the page and line that a part of a parse begins on."""
    return (part.page, part.line) if isinstance(part, Furniture | Section) else part.place.begins


def anchor_at(parts: Sequence[Part], index: int) -> dict[str, Any]:
    """Return the anchor of one of the parts of a parse, with its neighbours as context."""
    before = parts[index - 1].text if index else ""
    after = parts[index + 1].text if index + 1 < len(parts) else ""
    page, line = spot(parts[index])
    return {
        "page": page,
        "line": line,
        "quote": parts[index].text,
        "before": before[-CONTEXT:],
        "after": after[:CONTEXT],
    }


def find(place: Anchor, parts: Sequence[Part]) -> int | None:
    """Return which of the parts an anchor points at, None where none is or two are as good."""
    candidates = find_quote(place["quote"], (int(place["page"]), int(place["line"])), parts, spot)
    if len(candidates) == 1:
        return candidates[0]  # the only one needs no context
    best = clearest([_context(place, parts, index) for index in candidates])
    return None if best is None else candidates[best]


def same_place(one: Anchor, other: Anchor) -> bool:
    """Return whether two anchors point at the same words, or the words of one stand within those of the other."""
    shorter, longer = sorted((str(one["quote"]), str(other["quote"])), key=len)
    if (one["page"], one["line"]) == (other["page"], other["line"]):
        return shorter in longer
    near: bool = abs(one["page"] - other["page"]) <= 1
    return near and len(shorter) >= UNMISTAKABLE and shorter in longer and shorter != longer


def _context(place: Anchor, parts: Sequence[Part], index: int) -> float:
    """Return how much a part's words and neighbours are like an anchor's, in per cent."""
    here = anchor_at(parts, index)
    sides = [(str(place[side]), str(here[side])) for side in ("before", "after", "quote")]
    return sum(likeness(*side) for side in sides) / len(sides)
