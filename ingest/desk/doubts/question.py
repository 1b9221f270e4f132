"""What a question of the queue is: something in doubt, with its place, the words to read, and what may be answered."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.utils.functional import Promise

from ingest.parser.document import Entry, Item, ParsedProgramme, Section
from ingest.parser.edits import HEADING, anchor_at, anchor_of_heading
from ingest.parser.edits.anchors import CONTEXT, Anchor
from programmes.identity import letters
from programmes.models import Programme

ACCEPT = "accept"
"""The answer that it is right as it was read."""
BEGINNING = 6
"""Words of an entry that tell where it belongs, where the question is not what its words say."""
FEW = 3
"""Entries of a run whose beginnings tell where it belongs; of a longer one the first and the last are shown."""

Part = Entry | Section


@dataclass(frozen=True, slots=True)
class Answer:
    """What a person may answer besides that it is right, and what that does to each part that the question is about."""

    slug: str
    label: str | Promise
    kind: str
    """The kind of correction."""
    change: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class WordChange:
    """A word that was repaired, wherever it stands: what it was and became, and in which entries."""

    source: str
    repaired: str
    of: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """Something in doubt that one answer settles."""

    kind: str
    """What is doubted, as a short name; `kinds.py` says to which filter it belongs."""
    message: str
    """The question, in Norwegian."""
    page: int
    line: int
    of: tuple[str, ...] = ()
    """The ids of the entries and headings that it is about; none where it is about lines of the source."""
    words: tuple[str, ...] = ()
    """What is to be read to answer, a piece for each entry; shortened where the beginning is enough."""
    quote: str = ""
    """The whole words that it is about: an answer holds as long as they are the same."""
    before: str = ""
    after: str = ""
    """A few words that stand around, so that the place is known again."""
    under: str = ""
    """The heading that it stands under."""
    lead_in: str = ""
    looks: str = ""
    """What others of the same kind must share to be answered alike; see `alike`."""
    answers: tuple[Answer, ...] = ()
    word_changes: tuple[WordChange, ...] = ()
    theme: str = ""
    """The slug of the theme that it is about."""
    is_of_heading: bool = False
    """Whether it is about a heading, whose title tells what it is."""

    @property
    def key(self) -> str:
        """Return what the question is called in addresses and forms."""
        named = f"{self.kind}|{self.page}|{self.line}|{letters(self.quote) or self.quote}|{self.message}"
        return hashlib.sha256(named.encode()).hexdigest()[:12]

    @property
    def place(self) -> dict[str, Any]:
        """Return where it stands and what it is about, as an answer keeps it."""
        return {"page": self.page, "line": self.line, "quote": self.quote, "before": self.before, "after": self.after}


@dataclass(frozen=True)
class Reviewed:
    """A programme as the parser left it, which is what the questions are about: corrections settle them later."""

    programme: Programme
    parsed: ParsedProgramme

    @cached_property
    def parts(self) -> dict[str, Part]:
        """Return all entries and headings by their ids."""
        return {part.id: part for part in (*self.parsed.sections, *self.parsed.entries)}

    @cached_property
    def positions(self) -> dict[str, int]:
        """Return where each entry stands among the entries."""
        return {entry.id: index for index, entry in enumerate(self.parsed.entries)}

    @cached_property
    def lines(self) -> dict[tuple[int, int], str]:
        """Return the lines of the source by page and number."""
        return {(line.page, line.number): line.text.strip() for line in self.parsed.lines}

    @cached_property
    def first_below(self) -> dict[str, int]:
        """Return the position of the first entry right under each heading that has one."""
        found: dict[str, int] = {}
        for index, entry in enumerate(self.parsed.entries):
            found.setdefault(entry.section, index)
        return found

    def question(
        self, kind: str, message: str, of: Sequence[str], *, whole: bool, at: tuple[int, int] | None = None, **more: Any
    ) -> Question:
        """Return a question about some entries and headings, or about a line of the source where there are none.

        `whole` shows all words of each entry, not the beginning alone.
        """
        parts = [self.parts[part_id] for part_id in of if part_id in self.parts]
        page, line = at or _begins(parts[0])
        if not parts:
            text = self.lines.get((page, line), "")
            return Question(kind, message, page, line, words=(text,) if text else (), quote=text, **more)
        first = parts[0]
        context = self._around(first)
        return Question(
            kind,
            message,
            page,
            line,
            of=tuple(part.id for part in parts),
            words=tuple(text for text in self._shown(parts, whole=whole) if text not in message),
            quote="\n".join(part.text for part in parts),
            before=context[0][-CONTEXT:],
            after=context[1][:CONTEXT],
            under="" if isinstance(first, Section) else _unless_named(self._heading(first.section), message),
            lead_in=_unless_named(first.lead_in, message) if isinstance(first, Item) else "",
            is_of_heading=isinstance(first, Section),
            **more,
        )

    def _shown(self, parts: Sequence[Part], *, whole: bool) -> list[str]:
        """Return the words to read: of a heading what stands around it too, for that is what tells."""
        if isinstance(parts[0], Section) and len(parts) == 1:
            above, below = self._around(parts[0])
            return [text for text in (_end(above), parts[0].text, beginning(below)) if text]
        if whole:
            return [(getattr(part, "repaired", None) or part.text) for part in parts]
        shown = [beginning(part.text) for part in parts]
        return shown if len(shown) <= FEW else [*shown[: FEW - 1], shown[-1]]

    def _around(self, part: Part) -> tuple[str, str]:
        """Return what stands right before and after an entry, or before a heading and under it."""
        entries = self.parsed.entries
        if isinstance(part, Section):
            at = self.first_below.get(part.id)
            if at is None:
                return "", ""
            return entries[at - 1].text if at else "", entries[at].text
        at = self.positions[part.id]
        return entries[at - 1].text if at else "", entries[at + 1].text if at + 1 < len(entries) else ""

    def _heading(self, section_id: str) -> str:
        section = self.parts.get(section_id)
        return section.text if isinstance(section, Section) else ""


def _unless_named(words: str, message: str) -> str:
    """Return words, but nothing where the question names them already."""
    return "" if words in message else words


def beginning(text: str) -> str:
    """Return the first words of a text."""
    words = text.split()
    return text if len(words) <= BEGINNING + 2 else f"{' '.join(words[:BEGINNING])} …"


def _end(text: str) -> str:
    words = text.split()
    return text if len(words) <= BEGINNING + 2 else f"… {' '.join(words[-BEGINNING:])}"


def _begins(part: Part) -> tuple[int, int]:
    return (part.page, part.line) if isinstance(part, Section) else part.place.begins


def place_in(parsed: ParsedProgramme, part_id: str) -> Anchor | None:
    """Return the anchor of an entry or a heading in the present parse, None where it is gone."""
    for index, entry in enumerate(parsed.entries):
        if entry.id == part_id:
            return anchor_at(parsed.entries, index)
    for index, section in enumerate(parsed.sections):
        if section.id == part_id:
            return anchor_of_heading(parsed.sections, index)
    return None


def change_of(answer: Answer, parsed: ParsedProgramme, part_id: str) -> dict[str, Any]:
    """Return the change that an answer makes of one part: a new heading stands on the level of the one above it."""
    change = dict(answer.change)
    if change.get("kind") == HEADING:
        home = next((entry.section for entry in parsed.entries if entry.id == part_id), "")
        level = next((section.level for section in parsed.sections if section.id == home), 1)
        change["level"] = max(level, 1)
    return change
