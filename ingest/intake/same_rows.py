"""Which row is which part of a new parse, so that sections keep their addresses and passages their public ids."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence

from ingest.parser.document import Item, ParsedProgramme
from ingest.parser.document import Section as ParsedSection
from programmes.identity import Known, Wanted, keep_ids, keep_words, letters, match_by_keys
from programmes.models import Passage, Programme, Section, new_public_id


def same_sections(parsed_sections: Sequence[ParsedSection], before: Sequence[Section]) -> dict[str, Section]:
    """Return which section of a parse is which row: by words and place, by words alone, by place alone."""

    def words(section: Section | ParsedSection) -> str:
        return letters(section.text if isinstance(section, ParsedSection) else section.source_title or str(section))

    def place(section: Section | ParsedSection) -> Hashable:
        return section.page, section.line, bool(section.title)

    found = match_by_keys(before, parsed_sections, lambda section: (words(section), place(section)), words, place)
    return {parsed.id: before[index] for parsed, index in zip(parsed_sections, found, strict=True) if index is not None}


def section_ids_of(programme: Programme, new: Sequence[ParsedSection]) -> dict[str, str]:
    """Return a public id for each section that has no row, by the id of the parse: its old one where it was gone."""
    gone: dict[str, list[str]] = {}
    for note in programme.gone_pledges.filter(is_section=True).order_by("gone_at"):
        gone.setdefault(letters(note.text), []).append(note.public_id)
    return {
        section.id: old.pop(0)
        if (old := gone.get(letters(f"{section.shown_number} {section.shown_title}")))
        else new_public_id()
        for section in new
    }


def public_ids_of(
    programme: Programme, parsed: ParsedProgramme, before: Sequence[Passage], home: Mapping[str, str]
) -> list[str]:
    """Return a public id for each entry: its old one where it had one, even if it was gone or of another kind.

    `home` are the public ids that entries of the same raw parse have had, by the id of the entry: what corrections took
    apart, joined or took out comes back as what it was, in whatever order they are undone. Others are told by words.
    """
    first_with = {home[entry.id]: entry.id for entry in reversed(parsed.entries) if entry.id in home}
    at_home = {entry_id: public_id for public_id, entry_id in first_with.items()}
    kept: list[str | None] = [at_home.get(entry.id) for entry in parsed.entries]
    titles = {section.id: section.shown_title for section in parsed.sections}
    wanted = [
        Wanted(
            entry.text, titles[entry.section], (entry.place.page_first, entry.place.line_first), isinstance(entry, Item)
        )
        for entry in parsed.entries
    ]
    taken = set(kept)
    known = [
        Known(
            passage.public_id,
            passage.text,
            passage.section.title,
            (passage.page_first, passage.line_first),
            bool(passage.number),
        )
        for passage in before
        if passage.public_id not in taken
    ]
    gone = [
        Known(note.public_id, note.text, "")
        for note in programme.gone_pledges.filter(is_section=False).order_by("gone_at")
        if note.public_id not in taken
    ]
    for candidates, find in ((known, keep_ids), (gone, keep_words)):
        left = [n for n, public_id in enumerate(kept) if public_id is None]
        for n, public_id in zip(left, find(candidates, [wanted[n] for n in left]), strict=True):
            kept[n] = public_id
    return [public_id or new_public_id() for public_id in kept]
