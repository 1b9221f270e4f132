"""What all edits share: what one is, what it gives, and the kinds of entries."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ingest.parser.document import ParsedProgramme
from ingest.parser.edits.anchors import Anchor

EDITOR = "editor"
"""Why a line is furniture that a person took out of the text."""
ITEM_KINDS = ("pledge", "question")
PROSE_KINDS = ("prose", "prose_pledge")
HEADING = "heading"
"""What an entry or a line of furniture can be made besides another kind of entry."""

Done = tuple[ParsedProgramme, tuple[str, ...]]
"""A changed parse, and the ids of the entries that were made or changed."""


class Unfit(Exception):
    """An edit does not fit the parse; the message is for a person, in Norwegian."""


class AlreadySo(Unfit):
    """An edit asks for what the parse has by itself: a better parser has done a person's work."""


@dataclass(frozen=True, slots=True)
class Edit:
    """One change: its kind, where, and what the kind needs; see the table `KINDS` of the package."""

    id: int
    kind: str
    place: Anchor
    change: dict[str, Any]
