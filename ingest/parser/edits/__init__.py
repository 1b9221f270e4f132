"""What people change in a parse, as edits on places in the source: applied anew to every parse of the same file.

`apply` takes a raw parse and the edits, oldest first, and returns the parse as people want it. It is pure: leaving an
edit out undoes it. What does not fit a parse any more is named, with the reason, and changes nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from ingest.parser.document import ParsedProgramme, Section
from ingest.parser.edits import entries, headings, source
from ingest.parser.edits.anchors import Anchor, Part, anchor_at, find
from ingest.parser.edits.common import EDITOR, HEADING, AlreadySo, Done, Edit, Unfit
from ingest.parser.edits.steps import keep_lead_ins
from ingest.parser.themes import with_themes_of
from ingest.parser.values import replace


@dataclass(frozen=True, slots=True)
class Applied:
    """A parse with the edits applied that fit it."""

    parsed: ParsedProgramme
    unfit: tuple[int, ...] = ()
    """Ids of the edits whose place was not found, or that make no sense there any more, or change nothing."""
    reasons: dict[int, str] = field(default_factory=dict)
    """Why each of them does not fit, in Norwegian."""
    settled: frozenset[int] = frozenset()
    """Those of them that ask for what the parse has by itself."""
    touched: dict[str, tuple[int, ...]] = field(default_factory=dict)
    """The edits that made each entry and section what it is, by its id."""

    @property
    def waiting(self) -> tuple[int, ...]:
        """The ids of the edits that a person must look at: they don't fit, and what they ask for is not so."""
        return tuple(edit_id for edit_id in self.unfit if edit_id not in self.settled)


Do = Callable[[ParsedProgramme, int, Edit], Done]

ENTRY, FURNITURE, LINES, OF_HEADING = "entry", "furniture", "lines", "heading"

KINDS: dict[tuple[str, str], Do] = {
    ("text", ENTRY): entries.text,  # {"text": "Bygge skole."}
    ("split", ENTRY): entries.split,  # {"at": 13, "rest": "Ansette lærere."}: offset in the source's wording
    ("merge", ENTRY): entries.merge,  # {"with": place of the entry before}
    ("move", ENTRY): entries.move,  # {"section": place of its heading}
    ("kind", ENTRY): entries.kind,  # {"kind": "prose"}, or {"kind": "heading", "level": 2}
    ("nest", ENTRY): entries.nest,  # {"parent": place of another item, or None}
    ("furniture", ENTRY): source.furniture,  # {}
    ("repair", ENTRY): entries.repair,  # {"repaired": "Bygge skole."}, or None for the source's wording
    ("themes", ENTRY): entries.themes,  # {"main": "skole-og-utdanning", "also": []}
    ("rescue", FURNITURE): source.rescue,  # {"kind": "pledge"}, or a heading as above
    ("add", LINES): source.add,  # {"lines": [[3, 12], [3, 13]], "kind": "pledge"}: page and line
    ("text", OF_HEADING): headings.text,  # {"title": "Skole", "number": "2.1"}
    ("split", OF_HEADING): headings.split,  # {"rest": "Vi vil bygge."}: what is no heading
    ("merge", OF_HEADING): headings.merge,  # {"with": place of the heading before}
    ("level", OF_HEADING): headings.level,  # {"level": 2}
    ("move", OF_HEADING): headings.move,  # {"section": place of the heading to stand under, or None}
    ("begin", OF_HEADING): headings.begin,  # {"at": place of the entry that it stands before}
    ("kind", OF_HEADING): headings.kind,  # {"kind": "prose"}
    ("furniture", OF_HEADING): headings.furniture,  # {}
}
"""What each kind of edit does with what it is made on, with an example of what its `change` holds."""

ALWAYS_ON = {"rescue": FURNITURE, "add": LINES}
"""What these kinds are made on; an edit of a heading says so in its place (`of`), all others are of entries."""


ENTRIES_STAY = {"text", "repair", "themes", "level", "split"}
"""Kinds after which every list still has its items, so that no lead-in can have lost its list."""


def made_on(kind: str, place: Anchor) -> str:
    """Return what an edit is made on."""
    return ALWAYS_ON.get(kind) or str(place.get("of", ENTRY))


def anchor_of_heading(sections: Sequence[Section], index: int) -> dict[str, Any]:
    """Return the anchor of a heading, with the headings before and after it as context."""
    return anchor_at(sections, index) | {"of": OF_HEADING}


def apply(start: ParsedProgramme | Applied, edits: Iterable[Edit]) -> Applied:
    """Return a parse with edits applied in their order, after those that are applied already.

    Its coverage stays whole and its raw words stay as they are.
    """
    before = start if isinstance(start, Applied) else Applied(start)
    parsed, reasons, settled = before.parsed, dict(before.reasons), set(before.settled)
    touched = defaultdict(tuple, before.touched)
    for edit in edits:
        try:
            done, ids = _done(parsed, edit)
        except Unfit as unfit:
            reasons[edit.id] = str(unfit)
            if isinstance(unfit, AlreadySo):
                settled.add(edit.id)
            continue
        done = done if edit.kind in ENTRIES_STAY else keep_lead_ins(parsed, done)
        parsed = _with_themes_of_new(parsed, done, ids)
        for entry_id in ids:
            touched[entry_id] += (edit.id,)
    return Applied(parsed, tuple(reasons), reasons, frozenset(settled), dict(touched))


def _with_themes_of_new(before: ParsedProgramme, after: ParsedProgramme, ids: tuple[str, ...]) -> ParsedProgramme:
    """Return a changed parse in which what an edit made a pledge or a question has themes, as the parser gives them."""
    had_been = {entry.id for entry in before.entries if entry.kind != "prose"}
    new = {e.id for e in after.entries if e.id in ids and e.id not in had_been and e.kind != "prose" and not e.theme}
    if not new:
        return after
    return replace(after, entries=with_themes_of(new, after.entries, after.sections))


def _done(parsed: ParsedProgramme, edit: Edit) -> Done:
    """Return a parse with one edit done, and the ids of the entries or sections it made or changed. Raises `Unfit`."""
    on = made_on(edit.kind, edit.place)
    do = KINDS.get((edit.kind, on))
    if do is None:
        raise Unfit("Denne typen rettelse finnes ikke.")
    parts: dict[str, Sequence[Part]] = {ENTRY: parsed.entries, FURNITURE: parsed.furniture, OF_HEADING: parsed.sections}
    index = 0 if on == LINES else find(edit.place, parts[on])
    if index is None:
        raise Unfit("Stedet finnes ikke igjen i teksten slik den nå er lest.")
    try:
        return do(parsed, index, edit)
    except (KeyError, TypeError, ValueError) as error:  # a change that was written by another version
        raise Unfit("Rettelsen mangler opplysninger som trengs.") from error
