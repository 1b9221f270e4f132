"""Places in a source that are found again in another parse: a quote, where it stood, and what stood around it.

Found from the surest sign to the weakest: the quote where it stood, the quote elsewhere, a quote much like it near by.
Where two places are as good, neither is: a place is never guessed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rapidfuzz import fuzz

from ingest.parser.document import Furniture, Item, Passage, Section

CONTEXT = 32
"""Characters of the text before and after that are kept with a quote."""
TELLING = 20
"""Characters from which a quote that stands once in the document is known wherever it stands."""
NEAR_PAGES = 2
NEAR_LINES = 60
"""How far from where it stood a short quote, or one much like it, is looked for."""
ALIKE = 88.0
"""Likeness in per cent (rapidfuzz ratio) from which a quote near by is the same one, read a little differently."""
CLEAR = 10.0
"""How much better (per cent of context) the best place must be than the next."""

Anchor = Mapping[str, Any]
"""`page`, `line`, `quote`, `before`, `after`: plain JSON."""


Part = Item | Passage | Furniture | Section
"""Something in a parse that an anchor can point at; `text` is its words in the source."""


def spot(part: Part) -> tuple[int, int]:
    """Return the page and line that a part of a parse begins on."""
    if isinstance(part, Furniture | Section):
        return part.page, part.line
    return part.place.page_first, part.place.line_first


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
    quote = place["quote"]
    same = [index for index, part in enumerate(parts) if part.text == quote]
    if here := [index for index in same if _is_there(place, parts[index])]:
        return _best(place, parts, here)
    if near := [index for index in same if len(quote) >= TELLING or _is_near(place, parts[index])]:
        return _best(place, parts, near)
    if len(quote) < TELLING:
        return None
    alike = [
        index
        for index, part in enumerate(parts)
        if _is_near(place, part) and fuzz.ratio(quote, part.text, score_cutoff=ALIKE)
    ]
    return _best(place, parts, alike)


def same_place(one: Anchor, other: Anchor) -> bool:
    """Return whether two anchors point at the same words, or at words of which one has the other within it."""
    shorter, longer = sorted((str(one["quote"]), str(other["quote"])), key=len)
    if (one["page"], one["line"]) == (other["page"], other["line"]):
        return shorter in longer
    near: bool = abs(one["page"] - other["page"]) <= 1
    return near and len(shorter) >= TELLING and shorter in longer and shorter != longer


def _is_there(place: Anchor, part: Part) -> bool:
    return (int(place["page"]), int(place["line"])) == spot(part)


def _is_near(place: Anchor, part: Part) -> bool:
    page, line = spot(part)
    pages, lines = abs(page - int(place["page"])), abs(line - int(place["line"]))
    return lines <= NEAR_LINES if pages == 0 else pages <= NEAR_PAGES


def _best(place: Anchor, parts: Sequence[Part], candidates: Sequence[int]) -> int | None:
    """Return the candidate whose context is clearly the likest; the only one needs no context."""
    if len(candidates) < 2:
        return candidates[0] if candidates else None
    scored = sorted(((_context(place, parts, index), index) for index in candidates), reverse=True)
    return scored[0][1] if scored[0][0] >= scored[1][0] + CLEAR else None


def _context(place: Anchor, parts: Sequence[Part], index: int) -> float:
    """Return how much a part's words and neighbours are like an anchor's, in per cent."""
    here = anchor_at(parts, index)
    likeness = [_likeness(str(place[side]), str(here[side])) for side in ("before", "after", "quote")]
    return sum(likeness) / len(likeness)


def _likeness(one: str, other: str) -> float:
    return fuzz.ratio(one, other) if one or other else 100.0
