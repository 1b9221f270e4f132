"""What people change in a parse, as edits on places in the source: applied anew to every parse of the same file.

`apply` takes a raw parse and the edits, oldest first, and returns the parse as people want it. It is pure: leaving an
edit out undoes it. What does not fit a parse any more is named, with the reason, and changes nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from ingest.corrections import entries, source
from ingest.corrections.anchors import Place, anchor_at, find, spots_of
from ingest.corrections.common import EDITOR, Done, Unfit, keep_lead_ins
from ingest.document import Furniture, Item, ParsedProgramme, Passage

__all__ = ["EDITOR", "Applied", "Edit", "anchor_of", "anchor_of_furniture", "apply"]

Entry = Item | Passage


@dataclass(frozen=True, slots=True)
class Edit:
    """One change: its kind, where, and what the kind needs (the table `KINDS` tells)."""

    id: int
    kind: str
    place: Place
    change: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Applied:
    """A parse with the edits applied that fit it."""

    parsed: ParsedProgramme
    unfit: tuple[int, ...] = ()
    """Ids of the edits whose place was not found, or that make no sense there any more."""
    reasons: dict[int, str] = field(default_factory=dict)
    """Why each of them does not fit, in Norwegian."""
    touched: dict[str, tuple[int, ...]] = field(default_factory=dict)
    """The edits that made each entry what it is, by the entry's id."""


class Step(NamedTuple):
    """How a kind of edit is done: on an entry, on a line of furniture, or on lines of the source."""

    on: str
    do: Callable[[ParsedProgramme, int, Edit], Done]


KINDS: dict[str, Step] = {
    "text": Step("entry", entries.text),  # {"text": "Bygge skole."}
    "split": Step("entry", entries.split),  # {"at": 13, "rest": "Ansette lærere."}: offset in the source's wording
    "merge": Step("entry", entries.merge),  # {"with": place of the entry before}
    "move": Step("entry", entries.move),  # {"section": place of its heading}
    "kind": Step("entry", entries.kind),  # {"kind": "prose"}
    "nest": Step("entry", entries.nest),  # {"parent": place of another item, or None}
    "furniture": Step("entry", source.furniture),  # {}
    "rescue": Step("furniture", source.rescue),  # {"kind": "pledge"}
    "add": Step("lines", source.add),  # {"lines": [[3, 12], [3, 13]], "kind": "pledge"}: page and line
    "repair": Step("entry", entries.repair),  # {"repaired": "Bygge skole."}, or None for the source's wording
    "themes": Step("entry", entries.themes),  # {"main": "skole-og-utdanning", "also": []}
}
"""The kinds of edit, each with an example of what its `change` holds."""


def anchor_of(entry: Entry, neighbours: tuple[Entry | None, Entry | None]) -> dict[str, Any]:
    """Return the anchor of an entry, given the entries before and after it."""
    before, after = neighbours
    parts = [part for part in (before, entry, after) if part is not None]
    return anchor_at(spots_of(parts), 1 if before is not None else 0)


def anchor_of_furniture(furniture: Sequence[Furniture], index: int) -> dict[str, Any]:
    """Return the anchor of a line of furniture, with the furniture before and after it as context."""
    return anchor_at(spots_of(furniture), index)


def apply(parsed: ParsedProgramme, edits: Iterable[Edit]) -> Applied:
    """Return a parse with edits applied in their order; its coverage stays whole and its raw words stay as they are."""
    reasons: dict[int, str] = {}
    touched: defaultdict[str, tuple[int, ...]] = defaultdict(tuple)
    for edit in edits:
        try:
            done, ids = _done(parsed, edit)
        except Unfit as unfit:
            reasons[edit.id] = str(unfit)
            continue
        parsed = keep_lead_ins(parsed, done)
        for entry_id in ids:
            touched[entry_id] += (edit.id,)
    return Applied(parsed, tuple(reasons), reasons, dict(touched))


def _done(parsed: ParsedProgramme, edit: Edit) -> Done:
    """Return a parse with one edit done, and the ids of the entries it made or changed. Raises `Unfit`."""
    step = KINDS.get(edit.kind)
    if step is None:
        raise Unfit("Denne typen rettelse finnes ikke.")
    index: int | None = 0
    if step.on != "lines":
        index = find(edit.place, spots_of(parsed.entries if step.on == "entry" else parsed.furniture))
    if index is None:
        raise Unfit("Stedet finnes ikke igjen i teksten slik den nå er lest.")
    try:
        return step.do(parsed, index, edit)
    except (KeyError, TypeError, ValueError) as error:  # a change that was written by another version
        raise Unfit("Rettelsen mangler opplysninger som trengs.") from error
