"""What kind of document it is, and how far it has come: a proposal, out to hearing, or adopted."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from ingest.parser.document import Block
from ingest.parser.report.meta.front import FIRST, LAST, Front

Status = Literal["proposal", "hearing", "adopted"]

DOC_TYPES: tuple[tuple[str, str], ...] = (
    ("statement", r"uttalelse|uttale(?:\b|-)|resolusjon|erklæring"),
    ("consultation", r"innspill\b(?! til val)|innspel\b|\bhøring\b|\bhøyring\b"),
)
"""Words of the front that name what is no programme."""

_PROGRAMME = re.compile(r"program", re.IGNORECASE)
_HEARING = re.compile(r"\bhør(?:ing|ings\w+)\b|\bhøyr(?:ing|ings\w+)\b", re.IGNORECASE)
_PROPOSAL = re.compile(r"\b(?:\w*forslag|framlegg|\w*utkast|innstilling)\b", re.IGNORECASE)
_ADOPTED = re.compile(
    r"\b(?:vedtat?t|vedteke|vedtatte|vedtekne|godkjent?|godkjend|vedtaket)\b"
    r"|(?<!styre)møte\w*\b[^.]{0,40}\bvedtok\b",
    re.IGNORECASE,
)
_FOLLOWS = re.compile(r"\bfølg(?:ende|jande) \w*program\w* (?:\w+ )?ved", re.IGNORECASE)
_OF_MEETING = re.compile(r"møte|\b(?:18|19|20)\d\d\b", re.IGNORECASE)


def status_of(front: Front, blocks: Sequence[Block]) -> Status | None:
    """Return how far a document has come by its front and its end, or a sentence that says so of the programme.

    What is out to hearing or proposed says so on its front; what says nothing is unknown, not adopted.
    """
    told = (*front.texts, *front.last)
    for status, pattern in (("hearing", _HEARING), ("proposal", _PROPOSAL)):
        if any(pattern.search(words) and (_PROGRAMME.search(words) or words == front.title) for words in front.texts):
            return status  # type: ignore[return-value]
    sentences = (block.text for block in (*blocks[:FIRST], *blocks[-LAST:]) if _PROGRAMME.search(block.text))
    adopted = any(_ADOPTED.search(words) and _OF_MEETING.search(words) for words in (*told, *sentences))
    return "adopted" if adopted or any(_FOLLOWS.search(block.text) for block in blocks) else None


def doc_type_of(title: str | None, front: Front, blocks: Sequence[Block], filename: str) -> str:
    """Return the kind of document: by its title, by whether it asks or wishes, and last by what its file is called."""
    words = " ".join(filter(None, (title, front.title, *front.first[:3], filename)))
    if title and _PROGRAMME.search(title) and not re.search(r"om\s\w*program|innspill", title, re.IGNORECASE):
        return "programme"
    asked = sum(block.kind == "question" for block in blocks)
    if asked > sum(block.kind == "item" for block in blocks):
        return "consultation"
    return next((kind for kind, pattern in DOC_TYPES if re.search(pattern, words, re.IGNORECASE)), "programme")
