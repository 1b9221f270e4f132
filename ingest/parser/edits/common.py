"""What the steps of a correction are made of. Every function returns a new parse and leaves the old one as it was."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from ingest.parser.document import (
    CharacterCoverage,
    Entry,
    Furniture,
    Item,
    Line,
    ParsedProgramme,
    Passage,
    Piece,
    Place,
)
from ingest.parser.edits.anchors import Anchor
from ingest.parser.language.joining import Joiner, plain
from ingest.parser.language.markers import split_mark
from ingest.parser.report.coverage import printed

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


@dataclass(frozen=True, slots=True)
class Edit:
    """One change: its kind, where, and what the kind needs; see the table `KINDS` of the package."""

    id: int
    kind: str
    place: Anchor
    change: dict[str, Any]


def keep_lead_ins(before: ParsedProgramme, after: ParsedProgramme) -> ParsedProgramme:
    """Return a changed parse in which a lead-in that lost its last item stands as prose, so that no words are lost."""
    left = {(item.id, item.lead_in) for item in after.items}
    lists: defaultdict[tuple[str, str], list[Item]] = defaultdict(list)
    for item in before.items:
        lists[item.section, item.lead_in].append(item)
    for (section, lead_in), items in lists.items():
        if not lead_in or any((item.id, lead_in) in left for item in items):
            continue
        item = items[0]
        at = before.entries.index(item)
        ids = {entry.id for entry in before.entries[:at]}
        index = next((n for n, entry in enumerate(after.entries) if entry.id not in ids), len(after.entries))
        place = replace(item.place, page_last=item.place.page_first, line_last=item.place.line_first)
        passage = Passage(f"{item.id}.lead", section, "prose", lead_in, place)
        entries = (*after.entries[:index], passage, *after.entries[index:])
        coverage = moved_in(after.coverage, printed(lead_in), "lead_ins", "prose")
        after = replace(after, entries=entries, coverage=coverage)
    return after


def item_at(parsed: ParsedProgramme, index: int) -> Item:
    """Return the entry at an index if it is an item. Raises `Unfit`."""
    entry = parsed.entries[index]
    if not isinstance(entry, Item):
        raise Unfit("Dette gjelder bare løfter og spørsmål, og avsnittet er brødtekst.")
    return entry


def new_item(parsed: ParsedProgramme, index: int, passage: Passage, wanted: str) -> Item:
    """Return a passage as an item, in the list of the item before it or else of the one after it in its section."""
    around = (*reversed(parsed.entries[:index]), *parsed.entries[index:])
    lead_in = next((e.lead_in for e in around if isinstance(e, Item) and e.section == passage.section), "")
    return Item(
        passage.id,
        passage.section,
        wanted,  # type: ignore[arg-type]
        lead_in,
        passage.marker,
        passage.text,
        passage.place,
        repaired=passage.repaired,
        corrected=passage.corrected,
    )


def entry_of(
    parsed: ParsedProgramme, index: int, words: str, place: Place, section: str, wanted: str, entry_id: str
) -> Entry:
    """Return an entry of the wanted kind for words that will stand at an index. Raises `Unfit`."""
    if wanted in PROSE_KINDS:
        return Passage(entry_id, section, wanted, plain(words), place)  # type: ignore[arg-type]
    if wanted not in ITEM_KINDS:
        raise Unfit("Denne typen avsnitt finnes ikke.")
    marker, rest = split_mark(plain(words))
    item = new_item(parsed, index, Passage(entry_id, section, "prose", rest or marker, place), wanted)
    return replace(item, marker=marker if rest else "")


def place_in_order(entries: Sequence[Entry], here: tuple[int, int]) -> int:
    """Return the index at which something that begins on a page and line stands among entries."""
    before = [n for n, each in enumerate(entries) if (each.place.page_first, each.place.line_first) <= here]
    return before[-1] + 1 if before else 0


def changed(parsed: ParsedProgramme, index: int, entry: Entry) -> Done:
    """Return a parse with another entry at an index."""
    entries = (*parsed.entries[:index], entry, *parsed.entries[index + 1 :])
    return replace(parsed, entries=entries), (entry.id,)


def accounted(parsed: ParsedProgramme, index: int, entry: Entry, count: int, source: str, target: str) -> Done:
    """Return a parse with another entry at an index, its characters moved from one account to another."""
    done, ids = changed(parsed, index, entry)
    return replace(done, coverage=moved_in(parsed.coverage, count, source, target)), ids


def with_entries(parsed: ParsedProgramme, entries: list[Entry]) -> ParsedProgramme:
    """Return a parse with other entries."""
    return replace(parsed, entries=tuple(entries))


def adopted(entries: list[Entry], old: str, new: str | None) -> list[Entry]:
    """Return the entries with what hung under one item hung under another, or under none."""
    return [replace(e, parent=new) if isinstance(e, Item) and e.parent == old else e for e in entries]


def below(parsed: ParsedProgramme, entry_id: str) -> set[str]:
    """Return the ids of all that hangs under an item."""
    found = {entry_id}
    for item in parsed.items:  # a parent stands before what hangs under it
        if item.parent in found:
            found.add(item.id)
    return found - {entry_id}


def account(entry: Entry) -> str:
    """Return the key of `CharacterCoverage` that an entry counts under."""
    return "items" if isinstance(entry, Item) else "prose"


def account_of(wanted: str) -> str:
    """Return the key of `CharacterCoverage` that a kind of entry counts under."""
    return "items" if wanted in ITEM_KINDS else "prose"


def moved_in(coverage: CharacterCoverage, count: int, source: str, target: str) -> CharacterCoverage:
    """Return an account with characters moved; what a hyphen at a line's end counted for stays where it was."""
    if source == target:
        return coverage
    accounts = {each.name: getattr(coverage, each.name) for each in fields(CharacterCoverage)}
    count = min(count, accounts[source])
    return replace(coverage, **{source: accounts[source] - count, target: accounts[target] + count})


def inserted(furniture: tuple[Furniture, ...], line: Furniture) -> tuple[Furniture, ...]:
    """Return furniture with one more line, in the order of pages and lines."""
    index = next((n for n, each in enumerate(furniture) if (each.page, each.line) > (line.page, line.line)), None)
    return (*furniture, line) if index is None else (*furniture[:index], line, *furniture[index:])


def joined_text(*texts: str) -> str:
    """Return texts as one, a word that was broken at the end of one mended."""
    lines = [Line(each, 1, 1) for each in texts if each.strip()]
    return Joiner(texts).join([Piece(line, 0, len(line.text), line.text.strip()) for line in lines])
