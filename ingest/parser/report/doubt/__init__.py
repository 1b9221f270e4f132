"""Stage after the outline: how sure the parser is of each entry and heading, and what a person should be asked.

The stages record what decided and by how much (`Block.by`, `ruled_by`, `margin`); `features.py`,
`of_entries.py` and `of_headings.py` look for what tells that they may be wrong, and `model.py` weighs it.
"""

from __future__ import annotations

from typing import TypeVar

from ingest.parser.document import Entry, Section
from ingest.parser.draft import Draft
from ingest.parser.report.doubt.kinds import kind_of
from ingest.parser.report.doubt.model import chance, chances, kept_weights
from ingest.parser.report.doubt.observed import observe
from ingest.parser.values import replace

Element = TypeVar("Element", Entry, Section)
BOUND = 0.5
"""What the parser is less sure of is a problem. The weights are set so that documents that are read right have few:
chosen, see `tools/doubt/train.py`."""


def doubts(draft: Draft) -> Draft:
    """Return the document with the confidence of its entries and sections, and what is doubted of them."""
    weights = kept_weights()
    sure: dict[str, float] = {}
    found = []
    for place, (one, more, wrong) in enumerate(chances(observe(draft), weights)):
        sure[one.id] = round(1 - chance(wrong), 2)
        if sure[one.id] < BOUND:
            found.append(kind_of(one, more, place))
    return replace(
        draft,
        sections=tuple(_with(section, sure.get(section.id, 1.0)) for section in draft.sections),
        entries=tuple(_with(entry, sure[entry.id]) for entry in draft.entries),
        doubts=tuple(found),
    )


def _with(element: Element, confidence: float) -> Element:
    return element if confidence == element.confidence else replace(element, confidence=confidence)
