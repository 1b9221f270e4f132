"""What a generated document is made of: the headings, lead-ins and entries of a document that has a right result."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import zip_longest
from random import Random
from typing import Any

from tools.quality.documents import Document
from tools.quality.families.prose import PARAGRAPHS
from tools.quality.scoring import key

UNFIT = ("question", "dissent", "repaired")
"""A document with such entries keeps them in its own layout alone."""
TITLE = "title"
"""The id of the title in a generated right result, where it may be a section."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the right result."""

    id: str
    title: str
    number: str
    level: int
    parent: str | None


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a list; a sub-entry has a `parent`."""

    id: str
    text: str
    lead_in: str
    section: str | None
    parent: str | None = None
    fair_lead_ins: tuple[str, ...] = ()
    """Other lead-ins that a reader could give it."""
    is_pledge: bool = True
    """Whether a parser is asked for it; else it is a fact, a candidate, a source …"""


@dataclass(frozen=True, slots=True)
class Programme:
    """A programme without its layout."""

    name: str
    language: str
    """`nb` or `nn`."""
    title: str
    party: str
    """Who wants it, as its lead-ins name them."""
    headings: tuple[Heading, ...]
    entries: tuple[Entry, ...]

    def section_entries(self, section: str | None) -> list[Entry]:
        """Return the entries of a section, of None those above the first heading."""
        return [entry for entry in self.entries if entry.section == section]


@dataclass(frozen=True, slots=True)
class Block:
    """A part of a programme in the order of its pages."""

    kind: str
    """title, heading, prose, lead_in or entry."""
    text: str
    level: int = 1
    """Depth of a heading or an entry."""


def programme_of(document: Document) -> Programme | None:
    """Return what a document is made of, None where it has entries that only its own layout shows."""
    gold = document.gold
    items = [item for item in gold["items"] if not item.get("optional")]
    if not items or any(item.get(name) or item.get("kind") == name for item in items for name in UNFIT):
        return None
    meta = gold.get("meta") or {}
    title = str(_first(meta.get("title")) or document.name)
    headings = tuple(_headings(gold["sections"], title))
    known = {heading.id for heading in headings}
    texts = {item["id"]: item["text"] for item in items}
    return Programme(
        name=document.name,
        language=str(_first(meta.get("language")) or "nb"),
        title=title,
        party=str(_first(meta.get("branch")) or "Fjordpartiet"),
        headings=headings,
        entries=tuple(
            Entry(
                item["id"],
                item["text"],
                item["lead_in"],
                item["section"] if item["section"] in known else None,
                item.get("parent") if item.get("parent") in texts else None,
            )
            for item in items
        ),
    )


def _headings(sections: Iterable[dict[str, Any]], title: str) -> Iterator[Heading]:
    """Yield the headings that a parser is asked for, but for the title; what stood under that has no parent."""
    found: dict[str, Heading] = {}
    for section in sections:
        if key(section["title"]) not in ("", key(title)) and not section.get("optional"):
            above = found.get(section.get("parent") or "")
            heading = Heading(
                section["id"],
                section["title"],
                section.get("number") or "",
                above.level + 1 if above else 1,
                above.id if above else None,
            )
            found[heading.id] = heading
            yield heading


def _first(value: Any) -> Any:
    """Return a detail, of several fair answers the first that is one."""
    return next(filter(None, value), None) if isinstance(value, list) else value


def blocks(programme: Programme, chance: Random) -> Iterator[Block]:
    """Yield a programme from top to bottom, with paragraphs of prose between heading and list."""
    paragraphs = list(PARAGRAPHS[programme.language])
    chance.shuffle(paragraphs)
    prose = iter(paragraphs * (2 + len(programme.entries)))
    yield Block("title", programme.title)
    yield Block("prose", next(prose))
    yield from _lists(programme.section_entries(None), prose)
    for heading, below in zip_longest(programme.headings, programme.headings[1:]):
        entries = programme.section_entries(heading.id)
        yield Block("heading", f"{heading.number} {heading.title}".strip(), heading.level)
        ends = below is None or below.level <= heading.level
        if chance.random() < 0.6 or (not entries and ends):
            yield Block("prose", next(prose))
        yield from _lists(entries, prose)


def _lists(entries: Iterable[Entry], prose: Iterator[str]) -> Iterator[Block]:
    lead_in = ""
    depth: dict[str, int] = {}
    for entry in entries:
        depth[entry.id] = depth.get(entry.parent or "", 0) + 1
        if depth[entry.id] == 1 and entry.lead_in != lead_in:
            lead_in = entry.lead_in
            yield Block("lead_in", lead_in) if lead_in else Block("prose", next(prose))
        yield Block("entry", entry.text, depth[entry.id])


def gold_of(programme: Programme, *, ranks: bool, nesting: bool) -> dict[str, Any]:
    """Return the right result; where the layout shows no ranks or no nesting, none is asked for."""
    above: list[str] = []
    pledges = [entry for entry in programme.entries if entry.is_pledge]
    other = {entry.section for entry in programme.entries} - {entry.section for entry in pledges}
    sections: list[dict[str, Any]] = [
        {"id": TITLE, "title": programme.title, "level": 1, "parent": None, "optional": True}
    ]
    for heading in programme.headings:
        fair = [*(["", TITLE] if heading.parent is None else []), *([] if ranks else [*above, "", TITLE])]
        section = {"id": heading.id, "title": heading.title, "number": heading.number, "level": heading.level}
        numbered = [f"{heading.number} {heading.title}"] if heading.number else []
        section |= {"parent": heading.parent, "acceptable_parents": fair, "title_variants": numbered}
        sections.append(section | ({"optional": True} if heading.id in other else {}))
        above.append(heading.id)
    items = [
        {
            "id": entry.id,
            "section": entry.section,
            "kind": "pledge",
            "lead_in": entry.lead_in,
            "acceptable_lead_ins": list(entry.fair_lead_ins),
            "parent": entry.parent,
            "acceptable_parents": [] if nesting else [None],
            "text": entry.text,
        }
        for entry in pledges
    ]
    return {
        "source": programme.name,
        "sections": sections,
        "items": [item | ({} if item["section"] else {"acceptable_sections": [TITLE]}) for item in items],
        "optional_headings": [programme.title],
    }


def with_lead_ins(programme: Programme, new: dict[tuple[str | None, str], str]) -> Programme:
    """Return a programme with other lead-ins, by section and the lead-in that was; "" takes one away.

    An entry that holds its sub-entries' lead-in keeps it.
    """
    texts = {entry.id: entry.text for entry in programme.entries}
    entries = []
    for entry in programme.entries:
        parent = texts.get(entry.parent or "", "")
        lead_in = entry.lead_in if parent.endswith(entry.lead_in or "\0") else new[entry.section, entry.lead_in]
        entries.append(replace(entry, lead_in=lead_in, fair_lead_ins=()))
    return replace(programme, entries=tuple(_with_fair_lead_ins(programme.headings, entries)))


def _with_fair_lead_ins(headings: tuple[Heading, ...], entries: list[Entry]) -> Iterator[Entry]:
    """Yield the entries; a list without a lead-in may be ruled by the one above where that is told nowhere.

    So it is below a deeper heading, below a list in the same section, and where the programme has one lead-in alone.
    """
    order: dict[str | None, int] = {None: -1, **{heading.id: place for place, heading in enumerate(headings)}}
    level: dict[str | None, int] = {None: 0, **{heading.id: heading.level for heading in headings}}
    alone = len({(entry.section, entry.lead_in) for entry in entries if entry.lead_in}) == 1
    ruling: Entry | None = None
    for entry in sorted(entries, key=lambda entry: order[entry.section]):
        if entry.lead_in:
            ruling = entry if entry.is_pledge else None
        elif ruling and (alone or ruling.section == entry.section or level[entry.section] > level[ruling.section]):
            entry = replace(entry, fair_lead_ins=(ruling.lead_in,))
        yield entry


def plain(title: str) -> str:
    """Return a heading as it stands within a sentence, "" where it doesn't fit into one."""
    words = title.split()
    if len(words) > 4 or re.search(r"[^\w ,-]", title) or title.isupper():
        return ""
    return title[:1].lower() + title[1:]
