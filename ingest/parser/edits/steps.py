"""What the steps of a correction are made of. Every function returns a new parse and leaves the old one as it was."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, TypeVar, cast

from ingest.parser.document import Entry, Furniture, Item, Line, ParsedProgramme, Passage, Piece, Place
from ingest.parser.edits.anchors import spot
from ingest.parser.edits.common import EDITOR, ITEM_KINDS, PROSE_KINDS, Done, Unfit
from ingest.parser.language.joining import Joiner, plain
from ingest.parser.language.markers import split_mark
from ingest.parser.report.coverage import printed
from ingest.parser.values import replace

T = TypeVar("T")

ACCOUNTS = dict.fromkeys(ITEM_KINDS, "items") | dict.fromkeys(PROSE_KINDS, "prose")
"""The key of `CharacterCoverage` that each kind of entry counts under."""


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
        after = counted(with_entries(after, index, 0, passage), lead_in, "lead_ins", "prose")
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
    item = Item(kind=wanted, lead_in=lead_in, **of_any_kind(passage))  # type: ignore[arg-type]
    return cast(Item, themed_as(passage, item))


def of_any_kind(entry: Entry) -> dict[str, Any]:
    """Return the values of an entry that it keeps as whatever kind it stands."""
    kept = ("id", "section", "marker", "text", "place", "printed", "repaired", "corrected")
    return {name: getattr(entry, name) for name in kept}


def themed_as(entry: Entry, other: Entry) -> Entry:
    """Return another entry with the themes of an entry."""
    kept = ("theme", "also_themes", "sub_themes", "theme_reasons")
    return replace(other, **{name: getattr(entry, name) for name in kept})


def without_themes(entry: Entry) -> Entry:
    """Return an entry with no themes."""
    return replace(entry, theme=None, also_themes=(), sub_themes=(), theme_reasons=())


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
    return max((n + 1 for n, each in enumerate(entries) if each.place.begins <= here), default=0)


def spliced(parts: Sequence[T], index: int, gone: int, *new: T) -> tuple[T, ...]:
    """Return parts with others in the place of those, so many, that stand from an index on."""
    return (*parts[:index], *new, *parts[index + gone :])


def with_entries(parsed: ParsedProgramme, index: int, gone: int, *new: Entry) -> ParsedProgramme:
    """Return a parse with other entries in the place of those, so many, that stand from an index on."""
    return replace(parsed, entries=spliced(parsed.entries, index, gone, *new))


def changed(parsed: ParsedProgramme, index: int, entry: Entry) -> Done:
    """Return a parse with another entry at an index."""
    return with_entries(parsed, index, 1, entry), (entry.id,)


def adopted(parsed: ParsedProgramme, old: str, new: str | None) -> ParsedProgramme:
    """Return a parse in which what hung under one item hangs under another, or under none."""
    entries = (replace(e, parent=new) if isinstance(e, Item) and e.parent == old else e for e in parsed.entries)
    return replace(parsed, entries=tuple(entries))


def below(parsed: ParsedProgramme, entry_id: str) -> set[str]:
    """Return the ids of all that hangs under an item."""
    found = {entry_id}
    for item in parsed.items:  # a parent stands before what hangs under it
        if item.parent in found:
            found.add(item.id)
    return found - {entry_id}


def counted(parsed: ParsedProgramme, words: str, source: str, target: str) -> ParsedProgramme:
    """Return a parse with the characters of words moved from one account of its coverage to another.

    A kind of entry stands for the account that it counts under. What a hyphen at a line's end counted for stays where
    it was.
    """
    source, target = (ACCOUNTS.get(each, each) for each in (source, target))
    if source == target:
        return parsed
    left, there = getattr(parsed.coverage, source), getattr(parsed.coverage, target)
    count = min(printed(words), left)
    return replace(parsed, coverage=replace(parsed.coverage, **{source: left - count, target: there + count}))


def taken_out(parsed: ParsedProgramme, place: tuple[int, int], words: str, account: str) -> ParsedProgramme:
    """Return a parse with words of an account as furniture that begins on a page and line."""
    index = next((n for n, each in enumerate(parsed.furniture) if spot(each) > place), len(parsed.furniture))
    furniture = spliced(parsed.furniture, index, 0, Furniture(*place, words, EDITOR))
    return counted(replace(parsed, furniture=furniture), words, account, "furniture")


def joined_text(*texts: str) -> str:
    """Return texts as one, a word that was broken at the end of one mended."""
    lines = [Line(each, 1, 1) for each in texts if each.strip()]
    return Joiner(texts).join([Piece(line, 0, len(line.text), line.text.strip()) for line in lines])
