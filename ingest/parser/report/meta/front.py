"""The short texts that say what a document is: its own title, its first lines, its margins and its last lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice, takewhile

from ingest.parser.document import Block
from ingest.parser.draft import Draft

FIRST = 30
"""Paragraphs that may be the front, after the menus of a printed web page. Chosen, not measured."""
LAST = 8
"""Paragraphs that may be the end. Chosen, not measured."""
SHORT = 110
"""Characters of a text that names something; a longer one tells. Chosen, not measured."""
MARGINS = ("running header", "page header", "page footer", "artifact", "web page")
"""Reasons of furniture that repeats what the document is."""
SEPARATORS = re.compile(r"\s+[|–—›»>/·•-]\s+|:\s+|(?<=\w)[|·•](?=\w)|\n")
"""What stands between the parts of a title: `Valgprogram | Fjordpartiet`."""

_CRUMB = re.compile(r"\s[›»>]\s|(?:\s/\s.*){2}|\s/\s.*\bprogram\w*$", re.IGNORECASE)
_MENU = re.compile(r"(?:1\. )?(?:Hjem|Heim|Forside)(?:[A-ZÆØÅ]| [A-ZÆØÅ]| \d\. )")
_CASE = re.compile(r"^(?:(?:Sak|SAK) \d+/\d+:?|\d\.(?= \w*[Pp]rogram)) ")
_LEADERS = re.compile(r"\s?(?:\.\s?){4,}\s?\d*$|(?:_{3,}|…{2,}).*$")
_ADDRESS = re.compile(
    r"(?:https?://|www\.)\S+|\S+@\S+|\b[\w-]+\.(?:no|example|com|org|net|info)\b(?:/\S*)?", re.IGNORECASE
)
_DATE = re.compile(r"\b\d{1,2}[./]\d{1,2}[./]\d{2,4},? (?:kl\.? )?\d{1,2}[:.]\d\d(?: [AP]M)?\b")


@dataclass(frozen=True)
class Front:
    """What a document says of itself by its look."""

    title: str
    """The file's own title, "" where it has none that says anything."""
    first: tuple[str, ...]
    """The short texts that it begins with, in order."""
    margins: tuple[str, ...]
    """Headers, footers and a web page's menus, each once."""
    last: tuple[str, ...]
    """The short texts that it ends with."""

    @classmethod
    def of(cls, draft: Draft) -> Front:
        """Return the front of a document."""
        blocks = draft.blocks
        margins = dict.fromkeys(tidy(cut.piece.text) for cut in draft.furniture if cut.why in MARGINS)
        return cls(
            tidy(draft.raw.title),
            tuple(tidy(block.text) for block in takewhile(_is_front, blocks[:FIRST]) if _names(block.text)),
            tuple(islice(filter(None, margins), FIRST)),
            tuple(tidy(block.text) for block in blocks[max(FIRST, len(blocks) - LAST) :] if _names(block.text)),
        )

    @cached_property
    def texts(self) -> tuple[str, ...]:
        """All but the end, what says most first."""
        return tuple(filter(None, (self.title, *self.first, *self.margins)))

    @cached_property
    def parts(self) -> tuple[str, ...]:
        """The parts of all its texts, each once: `Valgprogram | Rødt Nordvika` has two."""
        return tuple(dict.fromkeys(part for text in self.texts for part in parts(text)))


def tidy(text: str) -> str:
    """Return a short text without web addresses, times of printing, leader dots and the number before it."""
    text = _LEADERS.sub("", _DATE.sub("", _ADDRESS.sub("", text)))
    return _CASE.sub("", " ".join(text.split()).strip(" ,;|"))


def parts(text: str) -> Iterator[str]:
    """Yield the parts of a title between its separators."""
    yield from filter(None, (part.strip(" .,:–-") for part in SEPARATORS.split(text)))


def is_crumb(text: str) -> bool:
    """Return whether a text is the path to a web page, or its menu: `Hjem > Politikk`, `HjemProgramKontakt`."""
    return bool(_CRUMB.search(text) or _MENU.match(text))


def _is_front(block: Block) -> bool:
    """Return whether no list of pledges has begun."""
    return block.kind not in ("lead_in", "item", "question")


def _names(text: str) -> bool:
    """Return whether a text is short enough to name something, and no sentence or menu."""
    return (
        bool(text)
        and len(text) <= SHORT
        and not _MENU.match(text)
        and not (text.endswith(".") and len(text) > SHORT // 2)
    )
